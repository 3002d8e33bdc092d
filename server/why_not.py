"""Why readers are not shown a quote in a text, in plain words: for a curator who expects it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor

import matcher
from server.live_index import Found, WithQuote, texts_of
from server.live_index.cards import write_card
from server.models import Status, StoredQuote
from server.paraphrases import (
    FEWEST_PART_WORDS,
    LEAST_COVERAGE,
    LEAST_SIMILARITY,
    NEAR_CHARACTERS,
    Untold,
    tell_or_say_why,
)

# So much of a text is shown around the place that comes nearest, and at most of it.
_CONTEXT = 90
_LONGEST_PIECE = 600
_FEWEST_OF_PART = 6  # words: of a quote of fewer, no part is one

_NOTHING = "No words of it that say anything stand in this text. Is it the whole text, as a reader sees it?"
_BLOCKED = (
    "This passage is blocked for this quote, after a reader’s report. The quote’s page lets it match again."
)
_HIDDEN = "Another quote explains these words better, and readers are shown that one:"
_CUT_SHORT = "The text asks for more work than a search may cost, and was not searched to its end."
_NOT_BESIDE = "It is found by itself, but not among all that is published."
_STATUS = {
    Status.DRAFT: "It is a draft: readers are shown it once it is published.",
    Status.IN_REVIEW: "It is in review: readers are shown it once it is published.",
    Status.RETIRED: "It is retired: readers are not shown it any more.",
}
_UNTOLD = {
    Untold.FAR: (
        "It is a paraphrase, which matches only where a text has nearly all of it, nearly word for word: "
        f"{LEAST_COVERAGE:.0%} of it, {LEAST_SIMILARITY:.0%} alike, and in one piece."
    ),
    Untold.GUARDED: (
        "It is a paraphrase, and the text has another number, name or negation: that may be another claim."
    ),
    Untold.ANYBODYS: (
        "These are words that the paraphrase quotes, but few: anybody’s. "
        f"Fewer than {FEWEST_PART_WORDS}, or somewhat more that are changed, count only where the text names the "
        f"speaker within {NEAR_CHARACTERS} characters."
    ),
}


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a quote is not shown in a text: sentences, each true by itself.

    `nearest`: the place that comes nearest, and some text around it, in pieces; whether each is the place's. `rivals`:
    the ids of the quotes that are shown there instead. `wording`: which it comes nearest to, where that is not the
    quote itself.
    """

    reasons: list[str]
    nearest: list[tuple[str, bool]] = field(default_factory=list)
    rivals: list[str] = field(default_factory=list)
    wording: str | None = None


def say_status(quote: StoredQuote) -> str | None:
    """Return why readers are shown the quote nowhere, if its status is why."""
    return _STATUS.get(quote.status)


def explain_absence(quote: StoredQuote, text: str, searched: WithQuote, among: int) -> WhyNot:
    """Tell why `text` shows nothing of the quote, if that is so, though it were published.

    `searched`: all that is published, and this quote as if it were. `among`: how many wordings these are.
    """
    texts = texts_of(quote)
    found = searched.find(text)
    if any(match.quote_id == quote.id for match in found.matches):
        return WhyNot([_BLOCKED], _surround(text, _first_of(quote, found).spans))
    short = matcher.explain(text, texts, among)
    if short is not None:
        wording = texts[short.wording] if short.wording else None
        return WhyNot(_describe(short), _surround(text, short.spans), wording=wording)
    alone = matcher.QuoteIndex.build((quote.id, words) for words in texts).find(text)
    if not alone:
        return WhyNot([_NOTHING])
    card = write_card(quote)
    told = [(match, tell_or_say_why(match, card, text)) for match in alone]
    match, outcome = next((one for one in told if not isinstance(one[1], Untold)), told[0])
    nearest = _surround(text, match.spans)
    if isinstance(outcome, Untold):
        return WhyNot([_UNTOLD[outcome]], nearest)
    rivals = [other.quote_id for other in found.matches if _overlap(other.spans, match.spans)]
    if rivals:
        return WhyNot([_HIDDEN], nearest, list(dict.fromkeys(rivals)))
    return WhyNot([_NOT_BESIDE if found.complete else _CUT_SHORT], nearest)


def _first_of(quote: StoredQuote, found: Found) -> matcher.Match:
    return next(match for match in found.matches if match.quote_id == quote.id)


def _describe(short: matcher.Shortfall) -> list[str]:
    unit = "characters" if short.in_characters else "words"
    if short.words == short.of_words:
        row = "" if short.in_a_row == short.words else f", {short.in_a_row} of them in a row at most"
        there = f"All of its {short.of_words} {unit} stand here{row}."
    else:
        there = (
            f"Of its {short.of_words} {unit}, {short.words} stand here, {short.in_a_row} in a row at most."
            if short.words > 1
            else f"Of its {short.of_words} {unit}, one stands here."
        )
    return [there, _say_lack(short)]


def _say_lack(short: matcher.Shortfall) -> str:
    of, there, needed = short.lack
    in_marks = "" if short.quoted else "; in quotation marks, less would do"
    match of:
        case "words":
            told = _say_lack_of_words(short)
        case "run":
            told = _say_lack_of_run(short)
        case "marks":
            where = (
                "a quotation mark must stand right before or right after them"
                if needed == 1
                else "of so few, one quotation mark must open right before them, and one close right after them"
            )
            told = f"They are common words: {where}."
        case "bits":
            is_whole = short.words == short.of_words == short.in_a_row
            told = (
                f"They could be chance: by how rare they are, they weigh {floor(there)}, and {ceil(needed)} are needed"
                f"{', even in quotation marks' if is_whole else in_marks}."
            )
        case "similarity":
            told = (
                f"Too much differs: with words added and replaced counted, it is {floor(100 * there)}% alike, and "
                f"{needed:.0%} are needed{in_marks}."
            )
        case "coverage":
            told = (
                f"They are too small a part: by how rare they are, {floor(100 * there)}% of the quote, and "
                f"{needed:.0%} are needed{in_marks}."
            )
        case "statement":
            told = f"They are {'mostly' if there > 0 else 'all'} names and titles, which anybody may mention."
    return told


def _say_lack_of_words(short: matcher.Shortfall) -> str:
    _, there, needed = short.lack
    if short.in_characters:
        return f"They make some {there:.0f} words, and a part of a quote needs at least {needed:.0f}."
    if short.of_words < _FEWEST_OF_PART:
        return "A quote of so few words matches only whole, and word for word."
    in_marks = "" if short.quoted or needed <= _FEWEST_OF_PART else "; in quotation marks, fewer would do"
    return f"A part of a quote, or one with words changed, needs at least {needed:.0f} words that agree{in_marks}."


def _say_lack_of_run(short: matcher.Shortfall) -> str:
    needed = f"{short.lack.needed:.0f} {'characters' if short.in_characters else 'words'} in a row"
    if short.of_words < short.lack.needed:
        return f"So short a quote is never found: a text is searched by {needed}."
    return f"They stand too far apart: a text is searched by {needed}, and by more where these are common."


def _overlap(spans: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    return any(start < last and first < end for start, end in spans for first, last in others)


def _surround(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Return the text around the spans in pieces, and whether each is a span's."""
    pieces = [("…" if spans[0][0] > _CONTEXT else "", False)]
    at = max(0, spans[0][0] - _CONTEXT)
    for start, end in spans:
        pieces += [(text[at:start], False), (_shorten(text[start:end]), True)]
        at = end
    pieces += [(text[at : at + _CONTEXT], False), ("…" if at + _CONTEXT < len(text) else "", False)]
    return [(piece, is_place) for piece, is_place in pieces if piece]


def _shorten(piece: str) -> str:
    if len(piece) <= _LONGEST_PIECE:
        return piece
    half = _LONGEST_PIECE // 2
    return f"{piece[:half]} … {piece[-half:]}"
