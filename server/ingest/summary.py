"""The one sentence that tells a reader why: found in the article, never composed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from server.ingest.labels import fold_label
from server.ingest.quotation_marks import blank_quoted, opens_with_mark
from server.ingest.reading import Findings

# A sentence that states the verdict names the claim, then says what it is: "Claims of foreign involvement in
# the Kazakh protests are unsubstantiated." Words in quotation marks are somebody else's and do not count.
_CLAIM_WORD = re.compile(
    r"\b(claims?|allegations?|accusations?|assertions?|statements?|quotes?|quotations?|narratives?|rumou?rs?|figures?)\b"
)
_SAYS = re.compile(r"\b(is|are|was|were|has been|have been|remains?|to be)\b")
_STOP = re.compile(r"[.!?…][\"”’»)]*(?=\s+[\"“„«‘(]?[^\W\d_a-z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Cmdr|Capt|Sgt|St|Jr|Sr|vs|No|Nos|U\.S|U\.K|U\.N|E\.U|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|approx|bzw|ca|etc|ul|im|ks|tzw))\.\Z"
)
_LONGEST_SENTENCE = 400
_LONGEST_PARAGRAPH = 10_000
_MOST_SENTENCES = 1_000


def add_summary(quote: Findings, paragraphs: Sequence[str]) -> None:
    """Give a quote its summary: the first sentence of the article that states the verdict; else the
    publisher's own description of the article; else its first sentence that is no quote.
    """
    label, description = quote.text("label") or "", quote.text("description")
    sentences = list(islice(_sentences_of(paragraphs), _MOST_SENTENCES))
    for sentence, paragraph in sentences:
        if states_verdict(sentence, label):
            quote.add("summary", sentence, paragraph)
            return
    rated = fold_label(quote.text("text") or "")
    if description and fold_label(description) != rated:
        quote.add("summary", _shorten(description), f"the article's description: {description}")
    for sentence, paragraph in sentences:
        if not opens_with_mark(sentence) and fold_label(sentence) not in rated:
            quote.add("summary", sentence, f"the article's first sentence: {paragraph}")
            return


def states_verdict(sentence: str, label: str) -> bool:
    """Tell whether a sentence says, in the article's own words, that a claim is what the label calls it."""
    own_words = blank_quoted(sentence).casefold()
    words = fold_label(label)
    if not words or sentence.endswith("?"):
        return False
    verdict = re.search(r"\b" + r"\W+".join(map(re.escape, words.split())) + r"\b", own_words)
    if not verdict:
        return False
    before = own_words[: verdict.start()]
    return bool(_CLAIM_WORD.search(before) and _SAYS.search(before))


def split_sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph. Initials and common abbreviations end none."""
    sentences, start = [], 0
    for stop in _STOP.finditer(paragraph):
        if not _ABBREVIATION.search(paragraph[max(start, stop.start() - 12) : stop.start() + 1]):
            sentences.append(paragraph[start : stop.end()].strip())
            start = stop.end()
    rest = paragraph[start:].strip()
    return [*sentences, rest] if rest else sentences


def _sentences_of(paragraphs: Iterable[str]) -> Iterable[tuple[str, str]]:
    for paragraph in paragraphs:
        for sentence in split_sentences(paragraph[:_LONGEST_PARAGRAPH]):
            if len(sentence) <= _LONGEST_SENTENCE and len(sentence.split()) >= 4:
                yield sentence, paragraph


def _shorten(description: str) -> str:
    """Keep the first sentence of a long description."""
    if len(description) <= _LONGEST_SENTENCE:
        return description
    return split_sentences(description)[0][: _LONGEST_SENTENCE * 2]
