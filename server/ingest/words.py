"""A claim as a checker writes it: the words that were said, or a paraphrase of them.

Quotation marks tell: a text that stands in them wholly is a quote, one without is the checker's wording, and
what stands in them inside of it are words that were said. "Says …" and "X said: “…”" are the checker's too,
and go: no page repeats them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from server.ingest.quotation_marks import find_quoted, stands_in_marks, strip_outer_marks
from server.models import QuoteForm

_LONGEST_NAME = 80
_FEWEST_WORDS = 5  # fewer, such as “color revolutions”, are anybody's
_FEWEST_SIGNS = 10  # of a script that sets no spaces
_MOST_PARTS = 10

# What stands before a claim, by language: verbs without a subject ("Says …", «Afirma que …») and names of the part.
_SAYS = re.compile(
    r"""(?ix:
      says(?:\ that)? | (?:said|claims|claimed|alleges|alleged)\ that
    | (?:sagt|sagte|behauptet|behauptete),\ dass
    | (?:dice|dijo|afirma|afirmó|asegura|aseguró|sostiene)\ que
    | (?:diz|disse|afirma|afirmou)\ que
    | (?:dit|affirme|prétend|assure|a\ déclaré|a\ affirmé)\ que
    | (?:dice|afferma|sostiene|ha\ detto)\ che
    | (?:zegt|beweert|zei)\ dat
    | (?:mówi|twierdzi|powiedziała?|stwierdziła?),\ że
    | (?:říká|tvrdí|řekla?|uvedla?),\ že
    | (?:spune|susține|a\ spus|a\ declarat)\ că
    | (?:говорит|утверждает|заявила?|сказала?),\ что
    | (?:каже|стверджує|заявив|заявила),\ що
    )[:,]?\s+(?=\S)"""
)
_NAMES = re.compile(
    r"(?i:claim|the claim|quote|statement|behauptung|aussage|zitat|afirmación|declaración|frase|alegação|afirmação"
    r"|affirmation|citation|affermazione|wypowiedź|cytat|výrok|citat|afirmație|цитата|утверждение)\s?:\s+(?=\S)"
)
_VERBS = (
    r"says|said|claims|claimed|stated|tweeted|wrote|posted|sagte?|behauptete?|erklärte|dice|dijo|afirma|afirmó|aseguró"
    r"|diz|disse|afirmou|dit|affirme|a déclaré|a affirmé|afferma|ha detto|zegt|zei|mówi|powiedziała?|stwierdziła?"
    r"|řekla?|uvedla?|spune|a spus|a declarat|говорит|заявила?|сказала?|заявив|сказав"
)
_MARK = re.compile("[\"“”„«»'‘’]")
_BEFORE = re.compile(rf"(?P<name>[^\"“„«:]{{2,{_LONGEST_NAME}}}?)(?:\s(?i:{_VERBS}),?:?|:)\s+(?=[\"“„«'‘])")
_BEHIND = re.compile(rf"[,.]?\s*[-–—,]?\s*(?i:{_VERBS})\s(?P<name>[^\"“„«»”]{{2,{_LONGEST_NAME}}})[.]?\Z")
_SUBJECT = re.compile(rf"\s(?i:{_VERBS})(?:,? (?:that|dass|que|che|dat|że|že|că|что|що))\s+(?=\S)")
# Words by which a speaker speaks of themselves; "US", "EU" and "ME" are others.
_FIRST_PERSON = re.compile(
    r"\b(?:I|I['’](?:m|ve|d|ll)|[Ww]e|[Ww]e['’](?:re|ve|d|ll)|[Oo]ur|[Mm]y|me|us|[Ii]ch|[Ww]ir|[Uu]nser\w{0,2}|[Nn]osotros|[Nn]uestr[oa]s?"
    r"|[Jj]e|j['’]ai|[Nn]ous|[Nn]otre|[Nn]ós|[Nn]oss[oa]s?|[Nn]oi|[Nn]ostr[oaie]|[Nn]asz\w{0,3}|[Nn]áš|[Яя]|[Мм]ы|[Нн]аш\w{0,3})\b"
)


@dataclass(frozen=True)
class Words:
    """What a checker's text holds: `text` without what is not of the claim, and whose words it is made of.

    `parts` are the quoted parts of a paraphrase that are long enough to be found by themselves. `speaker` is
    named by the text itself. `reason` tells a curator why it is a quote, or is none.
    """

    text: str
    form: QuoteForm
    parts: tuple[str, ...]
    speaker: str | None
    reason: str


def read_words(
    text: str,
    *,
    speaker: str | None = None,
    convention: QuoteForm | None = None,
    unmarked: QuoteForm = QuoteForm.PARAPHRASE,
) -> Words:
    """Return the words of a claim.

    `convention`: what its publisher means by a claim without quotation marks; `unmarked`: what such a claim is
    where that is not known.

    >>> words = read_words("Says Jeb Bush “cut funding for veterans’ homes by half”")
    >>> words.text, words.form.value, words.parts
    ('Jeb Bush “cut funding for veterans’ homes by half”', 'paraphrase', ('cut funding for veterans’ homes by half',))
    >>> words = read_words("Xi Jinping said: “China rejects any attempt”")
    >>> words.text, words.form.value, words.speaker
    ('China rejects any attempt', 'quote', 'Xi Jinping')
    """
    text, named = _take_off_attribution(text.strip())
    if stands_in_marks(text):
        return Words(
            strip_outer_marks(text), QuoteForm.QUOTE, (), named, "the words stand in quotation marks"
        )
    rest = _take_off_says(text, speaker)
    is_told = rest != text  # the checker tells of the words instead of giving them
    text = strip_outer_marks(rest)
    if stands_in_marks(rest):
        return Words(text, QuoteForm.QUOTE, (), named, "the words stand in quotation marks")
    if convention is QuoteForm.QUOTE and not is_told:
        return Words(text, QuoteForm.QUOTE, (), named, "the publisher rates what was said word for word")
    parts = tuple(part for part in find_quoted(text) if _is_long_enough(part))[:_MOST_PARTS]
    if is_told or find_quoted(text):
        reason = "the checker's own words, with quoted parts in them" if parts else "the checker's own words"
        return Words(text, QuoteForm.PARAPHRASE, parts, named, reason)
    if _FIRST_PERSON.search(text):
        return Words(text, QuoteForm.QUOTE, (), named, "the speaker speaks of themselves")
    return Words(text, convention or unmarked, (), named, "no quotation marks stand around the words")


def _take_off_attribution(text: str) -> tuple[str, str | None]:
    """Return the text without the name of who said it, before or behind, where all else stands in marks."""
    if not _MARK.search(text):
        return text, None
    before = _BEFORE.match(text)
    if before and stands_in_marks(text[before.end() :]):
        return text[before.end() :], _as_name(before["name"])
    if text[:1] in '"“„«':
        for behind in _BEHIND.finditer(text, max(1, len(text) - _LONGEST_NAME - 60)):
            if stands_in_marks(text[: behind.start()]):
                return text[: behind.start()], _as_name(behind["name"])
    return text, None


def _take_off_says(text: str, speaker: str | None) -> str:
    """Return the text without "Says …", "Claim: …" or "<speaker> said that …" before it."""
    for prefix in (_NAMES, _SAYS):
        match = prefix.match(text)
        text = _capitalise(text[match.end() :]) if match else text
    if speaker and text.casefold().startswith(speaker.casefold()):
        match = _SUBJECT.match(text, len(speaker))
        text = _capitalise(text[match.end() :]) if match else text
    return text


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]


def _as_name(name: str) -> str | None:
    name = name.strip(" ,.–—-")
    return name if name[:1].isupper() and len(name.split()) <= 6 else None


def _is_long_enough(part: str) -> bool:
    return len(part.split()) >= _FEWEST_WORDS or (
        " " not in part and len(part) >= _FEWEST_SIGNS and not part.isascii()
    )
