"""The public face: an index of quotes that finds them in any text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.align import Run, Text, Wording, align
from matcher.background import shipped_background
from matcher.candidates import Candidate, Part, find_candidates
from matcher.evidence import is_match
from matcher.file import open_part, save_part
from matcher.folding import fold
from matcher.index import SURPRISAL_BITS, SURPRISAL_MASK, Progress, StaticPart, build_static, pack
from matcher.reading import Change, Kind, Reading, read, read_exact
from matcher.shingles import keys
from matcher.thresholds import LONGEST_INTERRUPTION, WHOLE_BITS

_MOST_SHARED = 0.25  # of the words of two matches that are both reported
_EQUAL_BITS = 8
_MOST_EQUAL = 0.8
_MOST_ROUNDS = 50  # alignments of one wording with one stretch of a page


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
    reading: Reading


def _wording(part: Part, number: int) -> Wording:
    start = int(part.starts[number])
    packed = part.tokens[start : start + int(part.lengths[number])]
    return Wording(part.text(number), (packed >> SURPRISAL_BITS).tolist(), (packed & SURPRISAL_MASK).tolist())


def _verify(
    part: Part, candidate: Candidate, page: Text, packed: NDArray[np.uint32], wordings: int
) -> list[_Found]:
    """Align a candidate: first each of its diagonals that has the whole quote, then what else there is."""
    wording = _wording(part, candidate.wording)
    start, count = int(part.starts[candidate.wording]), len(wording.words)
    quote = part.tokens[start : start + count] & ~SURPRISAL_MASK
    readings: list[Reading] = []
    others: dict[int, int] = {}
    for diagonal, bits in zip(candidate.diagonals, candidate.bits, strict=True):
        inside = 0 <= diagonal <= len(packed) - count
        if inside and np.array_equal(packed[diagonal : diagonal + count], quote):
            readings.append(read_exact(wording, diagonal))
        else:
            others[diagonal] = bits
    readings = [reading for reading in readings if is_match(reading, wording, page, wordings)]
    for _ in range(_MOST_ROUNDS):
        taken = [(r.start, r.end) for r in readings]
        others = {d: bits for d, bits in others.items() if not any(a <= d < b for a, b in taken)}
        if not others:
            break
        runs = _align_strongest(wording, page, others, taken)
        readings.extend(_acceptable(runs, wording, page, wordings))
    return [_Found(part, candidate.wording, reading) for reading in readings]


def _align_strongest(
    wording: Wording, page: Text, diagonals: dict[int, int], taken: list[tuple[int, int]]
) -> list[Run]:
    """Align the strongest diagonal with those near it, clear of what is taken, and strike them off."""
    strongest = max(diagonals, key=diagonals.__getitem__)
    reach = len(wording.words) + LONGEST_INTERRUPTION
    near = [d for d in diagonals if abs(d - strongest) <= reach]
    middle = strongest + len(wording.words) // 2
    first = max((b for _, b in taken if b <= middle), default=0)
    last = min((a for a, _ in taken if a > middle), default=len(page.words))
    runs = align(wording, page, near, first, last)
    explained = {run.page - run.quote for run in runs} | {strongest}
    for diagonal in explained & diagonals.keys():
        del diagonals[diagonal]
    return runs


def _acceptable(runs: list[Run], wording: Wording, page: Text, wordings: int) -> list[Reading]:
    """Read the runs as one match; where that is none, cut them at their worst gap and try both parts."""
    if not runs:
        return []
    reading = read(runs, wording, page)
    if is_match(reading, wording, page, wordings):
        return [reading]
    if len(runs) == 1 or sum(map(wording.bits_of, runs)) < WHOLE_BITS:
        return []
    worst = max(range(1, len(runs)), key=lambda i: _difference(runs[i - 1], runs[i]))
    return [
        *_acceptable(runs[:worst], wording, page, wordings),
        *_acceptable(runs[worst:], wording, page, wordings),
    ]


def _difference(before: Run, after: Run) -> int:
    return max(after.quote - before.quote_end, after.page - before.page_end)


def _choose(found: list[_Found]) -> list[_Found]:
    """The best explanation of each place.

    What overlaps a better match stays only if it is a whole quote, word for word, or if the two explain the
    same words equally well: then the page does not say which of the two it means.
    """
    chosen: list[_Found] = []
    for candidate in sorted(found, key=lambda f: (-f.reading.score, f.reading.kind == "fragment")):
        mine = candidate.reading
        rivals = [c.reading for c in chosen if c.reading.start < mine.end and mine.start < c.reading.end]
        if mine.kind == "exact" or all(
            _overlap(rival, mine) <= _MOST_SHARED or _is_equal(rival, mine) for rival in rivals
        ):
            chosen.append(candidate)
    return sorted(chosen, key=lambda f: (f.reading.start, -f.reading.end))


def _is_equal(rival: Reading, mine: Reading) -> bool:
    close = rival.kind == mine.kind and rival.score - mine.score < _EQUAL_BITS
    return close and _overlap(rival, mine) >= _MOST_EQUAL


def _overlap(a: Reading, b: Reading) -> float:
    """How much of the shorter one's words both have."""
    shared = sum(max(0, min(a1, b1) - max(a0, b0)) for a0, a1 in a.pieces for b0, b1 in b.pieces)
    return shared / max(1, min(sum(e - s for s, e in a.pieces), sum(e - s for s, e in b.pieces)))


def _matches(found: list[_Found], page: Text, owners: Owners) -> list[Match]:
    out = []
    for one in found:
        r = one.reading
        spans = tuple((page.start(first), page.end(last - 1)) for first, last in r.pieces)
        for quote_id in owners(one.part, one.wording):
            similarity, coverage = round(r.similarity, 4), round(r.coverage, 4)
            out.append(Match(quote_id, r.kind, spans, similarity, coverage, tuple(r.changes)))
    return out
