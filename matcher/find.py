"""The public face: an index of quotes that finds them in any text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.align import Alignment, Change, Kind, Text, Wording, align, align_exactly
from matcher.background import shipped_background
from matcher.candidates import Candidate, Part, find_candidates
from matcher.file import open_part, save_part
from matcher.folding import fold
from matcher.index import SURPRISAL_BITS, SURPRISAL_MASK, Progress, StaticPart, build_static, pack
from matcher.shingles import keys
from matcher.thresholds import (
    FEWEST_FRAGMENT_WORDS,
    FEWEST_WORDS,
    FRAGMENT_BITS,
    FRAGMENT_SIMILARITY,
    LONGEST_INTERRUPTION,
    QUOTED_BITS,
    WHOLE_BITS,
    WHOLE_COVERAGE,
    WHOLE_SIMILARITY,
    bar,
)


@dataclass(frozen=True, slots=True)
class Match:
    """A place of a text that reproduces a quote. `spans` are code points: `text[start:end]` are its words."""

    quote_id: str
    kind: Kind
    spans: tuple[tuple[int, int], ...]
    similarity: float
    coverage: float
    changes: tuple[Change, ...]


class QuoteIndex:
    """The searchable form of quotes. Immutable; safe to share between threads and, once saved, processes."""

    def __init__(self, part: StaticPart) -> None:
        self.part = part

    @classmethod
    def build(cls, entries: Iterable[tuple[str, str]], progress: Progress | None = None) -> QuoteIndex:
        """Index (quote id, text) pairs; a quote with several wordings comes in several pairs.

        `progress(done, total)` is called now and then.
        """
        return cls(build_static(entries, shipped_background(), progress))

    def save(self, path: Path | str) -> None:
        """Write the index to one file, atomically: the path holds the old file or the whole new one."""
        save_part(self.part, Path(path))

    @classmethod
    def open(cls, path: Path | str) -> QuoteIndex:
        """Map a saved index into memory; processes that open the same file share its pages.

        Raises BadIndexFile, saying why, where the file is no index, of another version, or cut short.
        """
        return cls(open_part(Path(path)))

    def __len__(self) -> int:
        """The number of wordings."""
        return len(self.part.starts)

    def find(self, text: str) -> list[Match]:
        """Return the places of `text` that reproduce an indexed quote, by first span.

        Spans count code points of `text` as given. Any string is accepted; time is linear in its length.

        >>> index = QuoteIndex.build([("q1", "They need to drown Russia in blood")])
        >>> index.find('“They need to drown Russia in blood,” he said.')[0].spans
        ((1, 35),)
        """
        return find_in([self.part], text)


Owners = Callable[[Part, int], list[str]]


def find_in(
    parts: Sequence[Part], text: str, owners: Owners = lambda part, wording: part.quote_ids(wording)
) -> list[Match]:
    """Find the wordings of all `parts`; `owners` says which quotes a wording is to be reported for, maybe none."""
    tokens = fold(text)
    page_keys = keys(tokens)
    packed = pack(tokens.hashes)
    wordings = sum(len(part.starts) for part in parts)
    page = Text(text, tokens, _Lazy(packed))
    found: list[_Found] = []
    for part in parts:
        for candidate in find_candidates(part, page_keys, packed, wordings):
            if owners(part, candidate.wording):
                found.extend(_verify(part, candidate, page, packed, wordings))
    return _matches(_choose(found), page, owners)


class _Lazy:
    """Page words as Python integers, only where they are asked for."""

    def __init__(self, packed: NDArray[np.uint32]) -> None:
        self._packed = packed

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, key: int | slice) -> int | list[int]:
        if isinstance(key, slice):
            return (self._packed[key] >> SURPRISAL_BITS).tolist()
        return int(self._packed[key]) >> SURPRISAL_BITS


@dataclass(frozen=True, slots=True)
class _Found:
    part: Part
    wording: int
    alignment: Alignment


def _wording(part: Part, number: int) -> Wording:
    start = int(part.starts[number])
    packed = part.tokens[start : start + int(part.lengths[number])]
    return Wording(part.text(number), (packed >> SURPRISAL_BITS).tolist(), (packed & SURPRISAL_MASK).tolist())


def _verify(
    part: Part, candidate: Candidate, page: Text, packed: NDArray[np.uint32], wordings: int
) -> list[_Found]:
    wording = _wording(part, candidate.wording)
    start = int(part.starts[candidate.wording])
    quote = part.tokens[start : start + len(wording.words)] & ~SURPRISAL_MASK
    out: list[_Found] = []
    left: list[int] = []
    for diagonal in candidate.diagonals:
        if 0 <= diagonal <= len(packed) - len(quote) and np.array_equal(
            packed[diagonal : diagonal + len(quote)], quote
        ):
            alignment = align_exactly(wording, diagonal)
            if _is_match(alignment, wording, page, wordings):
                out.append(_Found(part, candidate.wording, alignment))
        else:
            left.append(diagonal)
    taken = [(f.alignment.start, f.alignment.end) for f in out]
    length = len(wording.words)
    rounds = 0
    while left and rounds < 20:
        rounds += 1
        group = [left[0]]
        while len(group) < len(left) and left[len(group)] - group[-1] <= LONGEST_INTERRUPTION:
            group.append(left[len(group)])
        slack = 4 + length // 8
        first, last = max(0, group[0] - slack), min(len(packed), group[-1] + length + slack)
        left = left[len(group) :]
        for a, b in taken:  # what an exact match has is not searched again
            if a <= first < b:
                first = b
            if a < last <= b:
                last = a
        if last - first < 3:
            continue
        found = align(wording, page, first, last)
        if found is not None and _is_match(found, wording, page, wordings):
            if any(a < found.end and found.start < b for a, b in taken):
                continue
            out.append(_Found(part, candidate.wording, found))
            taken.append((found.start, found.end))
            for side in ((first, found.start), (found.end, last)):
                if side[1] - side[0] >= length // 2:
                    again = align(wording, page, *side)
                    if again is not None and _is_match(again, wording, page, wordings):
                        out.append(_Found(part, candidate.wording, again))
                        taken.append((again.start, again.end))
    return out


_OPENING = re.compile(r"[\"“”„‟«»‹›「『《〝＂‘']['‘\[(…. ]{0,3}$")
_CLOSING = re.compile(r"^[\])….,;:!?。，！？ ]{0,4}[\"“”»«›‹」』》〞〟＂’']")


def _is_quoted(alignment: Alignment, page: Text) -> bool:
    start, end = page.start(alignment.start), page.end(alignment.end - 1)
    return bool(
        _OPENING.search(page.text[max(0, start - 4) : start]) or _CLOSING.search(page.text[end : end + 5])
    )


def _is_match(alignment: Alignment, wording: Wording, page: Text, wordings: int) -> bool:
    """Whether the evidence suffices; see thresholds."""
    index_bits = bar(wordings) - (QUOTED_BITS if _is_quoted(alignment, page) else 0)
    if alignment.kind == "exact":
        return alignment.score >= WHOLE_BITS + index_bits
    if alignment.words < FEWEST_WORDS:
        return False
    covered = alignment.matched_bits / max(wording.total_bits, 1)
    if covered >= WHOLE_COVERAGE and alignment.similarity >= WHOLE_SIMILARITY:
        return alignment.score >= WHOLE_BITS + index_bits
    return (
        alignment.words >= FEWEST_FRAGMENT_WORDS
        and alignment.similarity >= FRAGMENT_SIMILARITY
        and alignment.score >= FRAGMENT_BITS + index_bits
    )


def _choose(found: list[_Found]) -> list[_Found]:
    """The best explanation of each place; a match inside a better one stays only if it is whole and exact."""
    chosen: list[_Found] = []
    for candidate in sorted(found, key=lambda f: -f.alignment.score):
        mine = candidate.alignment
        rivals = [c for c in chosen if c.alignment.start < mine.end and mine.start < c.alignment.end]
        if mine.kind == "exact" or not any(_overlap(c.alignment, mine) > 0.25 for c in rivals):
            chosen.append(candidate)
    return sorted(chosen, key=lambda f: (f.alignment.start, -f.alignment.end))


def _overlap(a: Alignment, b: Alignment) -> float:
    shared = sum(max(0, min(ae, be) - max(as_, bs)) for as_, ae in a.pieces for bs, be in b.pieces)
    return shared / max(1, sum(e - s for s, e in b.pieces))


def _matches(found: list[_Found], page: Text, owners: Owners) -> list[Match]:
    out = []
    for one in found:
        a = one.alignment
        spans = tuple((page.start(first), page.end(last - 1)) for first, last in a.pieces)
        for quote_id in owners(one.part, one.wording):
            out.append(
                Match(quote_id, a.kind, spans, round(a.similarity, 4), round(a.coverage, 4), tuple(a.changes))
            )
    return out
