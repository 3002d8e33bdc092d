"""Try a draft: what a page would show with it, and which of many pages it would hit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import orjson

import matcher
from server.admin.looks import look_of
from server.live_index import Found

# So much of a page is shown around a hit.
_CONTEXT = 90
_MOST_HITS_OF_PAGE = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a page; `number` names the quote it matches, None where it matches none."""

    text: str
    number: int | None = None
    look: str = ""
    by_draft: bool = False
    is_end: bool = False


@dataclass(slots=True)
class Entry:
    """A quote that a page reproduces."""

    quote_id: str
    text: str
    label: str
    publisher: str
    look: str
    by_draft: bool
    kinds: list[str] = field(default_factory=list)
    changes: list[matcher.Change] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Trial:
    """A page in paragraphs of marks, and what its numbers stand for; with and without the draft."""

    paragraphs: list[list[Mark]]
    entries: list[Entry]
    without: int  # how many matches are other quotes'
    with_draft: int  # how many are the draft's own


@dataclass(frozen=True, slots=True)
class SearchedPage:
    """A stored page that a quote hits: the surroundings of its first hits."""

    id: int
    title: str
    count: int
    hits: list[tuple[str, str, str, str]]  # before, the words, after, the kind


def make_trial(text: str, found: Found, draft_id: str | None) -> Trial:
    """Show what was found in the text, with the draft as if it were published."""
    own = [match for match in found.matches if match.quote_id == draft_id]
    matches = [match for match in found.matches if match.quote_id != draft_id]
    entries: dict[str, Entry] = {}
    for match in [*matches, *own]:
        entry = entries.get(match.quote_id)
        if entry is None:
            card = orjson.loads(found.cards[match.quote_id])
            by_draft = match.quote_id == draft_id
            entry = entries[match.quote_id] = _describe(match.quote_id, card, by_draft=by_draft)
        entry.kinds.append(str(match.kind))
        entry.changes += match.changes
    numbers = {quote_id: at for at, quote_id in enumerate(entries, 1)}
    pieces = _cut(text, [*own, *matches], entries, numbers)
    return Trial(_split(pieces), list(entries.values()), len(matches), len(own))


def describe_hits(number: int, title: str, text: str, matches: Sequence[matcher.Match]) -> SearchedPage:
    """Return a stored page with the surroundings of its first matches."""
    hits = [_surround(text, match) for match in matches[:_MOST_HITS_OF_PAGE]]
    return SearchedPage(number, title, len(matches), hits)


def _describe(quote_id: str, card: dict[str, object], *, by_draft: bool) -> Entry:
    check = card["checks"][0]  # type: ignore[index]
    verdict = check["verdict"]
    return Entry(
        quote_id,
        str(card["text"]),
        verdict["label"],
        check["publisher"],
        look_of(verdict["rating"]),
        by_draft,
    )


def _cut(
    text: str, matches: Sequence[matcher.Match], entries: dict[str, Entry], numbers: dict[str, int]
) -> list[Mark]:
    """Return the text in pieces; where matches overlap, the first of `matches` is the one that is seen."""
    spans = [(start, end, match.quote_id) for match in matches for start, end in match.spans]
    taken: list[tuple[int, int, str]] = []
    for start, end, quote_id in spans:
        if not any(start < other_end and other < end for other, other_end, _ in taken):
            taken.append((start, end, quote_id))
    pieces: list[Mark] = []
    at = 0
    for start, end, quote_id in sorted(taken):
        entry = entries[quote_id]
        pieces += [
            Mark(text[at:start]),
            Mark(text[start:end], numbers[quote_id], entry.look, entry.by_draft, is_end=True),
        ]
        at = end
    return [*pieces, Mark(text[at:])]


def _split(pieces: Sequence[Mark]) -> list[list[Mark]]:
    """Return the pieces by paragraphs, as line breaks divide them."""
    paragraphs: list[list[Mark]] = [[]]
    for piece in pieces:
        for at, line in enumerate(piece.text.split("\n")):
            if at:
                paragraphs.append([])
            if line:
                paragraphs[-1].append(Mark(line, piece.number, piece.look, piece.by_draft, piece.is_end))
    return [paragraph for paragraph in paragraphs if paragraph]


def _surround(text: str, match: matcher.Match) -> tuple[str, str, str, str]:
    start, end = match.spans[0][0], match.spans[-1][1]
    before = text[max(0, start - _CONTEXT) : start].replace("\n", " ")
    after = text[end : end + _CONTEXT].replace("\n", " ")
    return before, text[start:end].replace("\n", " "), after, str(match.kind)
