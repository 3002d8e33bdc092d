"""Paraphrases match by a stricter bar: nobody said these words, so that only a page which has them nearly all does.

Another word in a quote is a change worth telling; in a paraphrase, it is likely another claim. What a paraphrase quotes
itself is indexed as a wording of its own, and is told as the part that it is: readers are shown the whole claim.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum

import orjson
from rapidfuzz import fuzz

import matcher
from server.models import QuoteForm, StoredQuote
from server.speaker import Page

LEAST_SIMILARITY = 0.9
LEAST_COVERAGE = 0.8
# Of a quoted part, where the speaker is not named near it. "in the last 50 years", "the largest tax increase in
# history", "according to the Congressional Budget Office": shorter ones are anybody's words.
FEWEST_PART_WORDS = 7
FEWEST_CHANGED_PART_WORDS = 9
NEAR_CHARACTERS = 300
_PART_LIKENESS = 80  # of 100: else the page has another wording, such as a translation
_WORDS_A_CHARACTER = 0.4  # in scripts without spaces
_LONGEST_WORD = 12  # characters, on average, in those with spaces
# In JSON as pydantic and orjson write it; in a text, its quotes would be escaped.
_TOLD = b'"form":"paraphrase"'


def told_form(quote: StoredQuote) -> set[str]:
    """Return the field that a reader's card holds besides: `form`, of paraphrases alone."""
    return {"form"} if quote.form is QuoteForm.PARAPHRASE else set()


class Untold(Enum):
    """Why readers are not told of a match of a paraphrase."""

    FAR = "far"  # the page has too little of it, or too much otherwise
    GUARDED = "guarded"  # a number, a name or a negation is another
    ANYBODYS = "anybody's"  # few words that it quotes, and the speaker is not named near them


def as_told(match: matcher.Match, card: bytes, text: str) -> matcher.Match | None:
    """Return what readers are told of a match in `text`; None if nothing.

    `card` is what they are told of its quote, as JSON. Any match of a quote is told. Of a paraphrase, or of a quoted
    part of it: nearly the whole of it, word for word, or with few words changed, none of them a number, a name, a date
    or a negation. Of half a paraphrase, what a page has is mostly whom or what it is about: "former U.S. ambassador to
    the Ukraine Marie Yovanovitch".
    """
    told = tell_or_say_why(match, card, text)
    return told if isinstance(told, matcher.Match) else None


def tell_or_say_why(match: matcher.Match, card: bytes, text: str) -> matcher.Match | Untold:
    """As `as_told`, and why it is nothing."""
    if _TOLD not in card:
        return match
    if match.kind != "exact":
        if not _is_near(match):
            return Untold.FAR
        if any(change.guard for change in match.changes):
            return Untold.GUARDED
    claim = orjson.loads(card)
    said = " ".join(text[start:end] for start, end in match.spans)
    share = _count_letters(said) / max(1, _count_letters(claim["text"]))
    if share >= LEAST_COVERAGE or not _is_part(said, claim["text"]):
        return match
    fewest = FEWEST_PART_WORDS if match.kind == "exact" else FEWEST_CHANGED_PART_WORDS
    if _count_words(said) < fewest and not _is_near_speaker(match, claim["speaker"], text):
        return Untold.ANYBODYS
    return replace(match, kind="fragment" if match.kind == "exact" else match.kind, coverage=round(share, 4))


def without_parts_of_wholes(matches: Iterable[matcher.Match]) -> list[matcher.Match]:
    """Return matches, by first span, without those of a quote that stand inside of another one of it."""
    kept: list[matcher.Match] = []
    ends: dict[str, int] = {}
    for match in matches:
        end = match.spans[-1][1]
        if end > ends.get(match.quote_id, 0):
            ends[match.quote_id] = end
            kept.append(match)
    return kept


def _is_near(match: matcher.Match) -> bool:
    is_like = match.similarity >= LEAST_SIMILARITY and match.coverage >= LEAST_COVERAGE
    return match.kind == "altered" and is_like


def _is_part(said: str, claim: str) -> bool:
    return fuzz.partial_ratio(said.casefold(), claim.casefold()) >= _PART_LIKENESS


def _is_near_speaker(match: matcher.Match, speaker: dict[str, str] | None, text: str) -> bool:
    if speaker is None:
        return False
    first, last = match.spans[0][0], match.spans[-1][1]
    return Page(text[max(0, first - NEAR_CHARACTERS) : last + NEAR_CHARACTERS]).names(speaker["name"])


def _count_letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _count_words(text: str) -> float:
    words = text.split()
    return len(words) if len(text) <= _LONGEST_WORD * len(words) else _WORDS_A_CHARACTER * len(text)
