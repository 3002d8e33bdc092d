"""The public face: an index of quotes that finds them in any text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from matcher.align import Run, Text, Wording, align, score_of
from matcher.background import shipped_background
from matcher.candidates import Candidate, Part, find_candidates
from matcher.evidence import is_match, is_verbatim, may_match
from matcher.file import open_part, save_part
from matcher.folding import fold
from matcher.index import SURPRISAL_BITS, SURPRISAL_MASK, Progress, StaticPart, build_static, pack
from matcher.marks import has_marks, is_quoted
from matcher.reading import Change, Kind, Reading, read, read_exact
from matcher.shingles import keys
from matcher.thresholds import LONGEST_INTERRUPTION

_MOST_SHARED = 0.25  # of the words of two matches that are both reported
_EQUAL_BITS = 8
_MOST_EQUAL = 0.8
_AROUND_WORDS = 6  # looked at on both sides of a candidate
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


WorthIt = Callable[[float, int], bool]  # bits and words of a wording that agree
Owners = Callable[[Part, int], list[str]]


def find_in(
    parts: Sequence[Part], text: str, owners: Owners = lambda part, wording: part.quote_ids(wording)
) -> list[Match]:
    """Find the wordings of all `parts`; `owners` says which quotes a wording is to be reported for, maybe none."""
    tokens = fold(text)
    page_keys = keys(tokens)
    packed = pack(tokens.hashes)
    wordings = sum(len(part.starts) for part in parts)
    page = Text(text, _Lazy(tokens.starts), _Lazy(tokens.ends), _Lazy(packed >> SURPRISAL_BITS))
    found: list[_Found] = []
    for part in parts:
        for candidate in find_candidates(part, page_keys, packed, wordings):
            if owners(part, candidate.wording):
                found.extend(_verify(part, candidate, page, packed, wordings))
    return _matches(_choose(found), page, owners)


class _Lazy(Sequence[int]):
    """An array as a sequence of Python integers, which are made where they are asked for."""

    def __init__(self, array: NDArray[np.integer]) -> None:
        self._array = array

    def __len__(self) -> int:
        return len(self._array)

    @overload
    def __getitem__(self, key: int) -> int: ...
    @overload
    def __getitem__(self, key: slice) -> list[int]: ...
    def __getitem__(self, key: int | slice) -> int | list[int]:
        return self._array[key].tolist()


@dataclass(frozen=True, slots=True)
class _Found:
    part: Part
    wording: int
    reading: Reading
    verbatim: bool


def _wording(part: Part, number: int) -> Wording:
    start = int(part.starts[number])
    packed = part.tokens[start : start + int(part.lengths[number])]
    return Wording(packed, int(part.weights[number]), lambda: part.text(number))


def _verify(
    part: Part, candidate: Candidate, page: Text, packed: NDArray[np.uint32], wordings: int
) -> list[_Found]:
    """Align a candidate: first each of its diagonals that has the whole quote, then what else there is."""
    wording = _wording(part, candidate.wording)
    count = len(wording)
    first = max(0, candidate.diagonals[0] - _AROUND_WORDS)
    last = min(len(packed), candidate.diagonals[-1] + count + _AROUND_WORDS)
    quoted = has_marks(page.text[max(0, page.starts[first] - 4) : page.ends[last - 1] + 5])

    def worth_it(bits: float, words: int) -> bool:
        return may_match(bits, words, wording, wordings, quoted=quoted)

    bits, words = _shared(wording, packed[first:last])
    if not worth_it(min(bits, candidate.total), min(words, candidate.words)):
        return []
    quote = wording.packed & ~SURPRISAL_MASK
    readings: list[Reading] = []
    others: dict[int, int] = {}
    for diagonal, band_bits in zip(candidate.diagonals, candidate.bits, strict=True):
        inside = 0 <= diagonal <= len(packed) - count
        if inside and np.array_equal(packed[diagonal : diagonal + count], quote):
            readings.append(read_exact(wording, diagonal))
        else:
            others[diagonal] = band_bits
    readings = [reading for reading in readings if is_match(reading, wording, page, wordings)]
    for _ in range(_MOST_ROUNDS):
        taken = [(r.start, r.end) for r in readings]
        others = {d: b for d, b in others.items() if not any(s <= d < e for s, e in taken)}
        if not others:
            break
        runs = _align_strongest(wording, page, others, taken, worth_it)
        readings.extend(_acceptable(runs, wording, page, wordings))
    return [_Found(part, candidate.wording, reading, is_verbatim(reading, wording)) for reading in readings]


def _shared(wording: Wording, stretch: NDArray[np.uint32]) -> tuple[int, int]:
    """The bits and the number of the wording's words that stand anywhere in a stretch of the page."""
    there = set((stretch >> SURPRISAL_BITS).tolist())
    shared = [bits for word, bits in zip(wording.words, wording.bits, strict=True) if word in there]
    return sum(shared), len(shared)


def _align_strongest(
    wording: Wording, page: Text, diagonals: dict[int, int], taken: list[tuple[int, int]], worth_it: WorthIt
) -> list[Run]:
    """Align the strongest diagonal with those near it, clear of what is taken, and strike them off."""
    strongest = max(diagonals, key=diagonals.__getitem__)
    reach = len(wording) + LONGEST_INTERRUPTION
    near = [d for d in diagonals if abs(d - strongest) <= reach]
    middle = strongest + len(wording) // 2
    first = max((b for _, b in taken if b <= middle), default=0)
    last = min((a for a, _ in taken if a > middle), default=len(page.words))
    runs = align(wording, page, near, (first, last), worth_it)
    explained = {run.page - run.quote for run in runs} | {strongest}
    for diagonal in explained & diagonals.keys():
        del diagonals[diagonal]
    return runs


def _acceptable(runs: list[Run], wording: Wording, page: Text, wordings: int) -> list[Reading]:
    """Read the runs as one match; where that is none, cut them at their widest gap and try both parts."""
    if not runs:
        return []
    words = sum(run.count for run in runs)
    start, end = page.starts[runs[0].page], page.ends[runs[-1].page_end - 1]
    quoted = is_quoted(page.text, start, end)
    score = score_of(runs, wording, page)
    if not may_match(score, words, wording, wordings, quoted=quoted, complete=True):
        return []
    reading = read(runs, wording, page)
    if is_match(reading, wording, page, wordings):
        return [reading]
    if len(runs) == 1:
        return []
    widest = max(range(1, len(runs)), key=lambda i: _difference(runs[i - 1], runs[i]))
    parts = runs[:widest], runs[widest:]
    return [found for part in parts for found in _acceptable(part, wording, page, wordings)]


def _difference(before: Run, after: Run) -> int:
    return max(after.quote - before.quote_end, after.page - before.page_end)


def _choose(found: list[_Found]) -> list[_Found]:
    """The best explanation of each place.

    What overlaps a better match stays only if it is there word for word, as a whole quote or a quoted part of
    one, or if the two explain the same words equally well: the page does not say which of the two it means.
    """
    chosen: list[_Found] = []
    for candidate in sorted(found, key=lambda f: (-f.reading.score, f.reading.kind == "fragment")):
        mine = candidate.reading
        rivals = [c.reading for c in chosen if c.reading.start < mine.end and mine.start < c.reading.end]
        if candidate.verbatim or all(
            _overlap(rival, mine) <= _MOST_SHARED or _is_equal(rival, mine) for rival in rivals
        ):
            chosen.append(candidate)
    return sorted(chosen, key=lambda f: (f.reading.start, -f.reading.end))


def _is_equal(rival: Reading, mine: Reading) -> bool:
    return rival.score - mine.score < _EQUAL_BITS and _overlap(rival, mine) >= _MOST_EQUAL


def _overlap(a: Reading, b: Reading) -> float:
    """How much of the shorter one's words both have."""
    shared = sum(max(0, min(a1, b1) - max(a0, b0)) for a0, a1 in a.pieces for b0, b1 in b.pieces)
    return shared / max(1, min(sum(e - s for s, e in a.pieces), sum(e - s for s, e in b.pieces)))


def _matches(found: list[_Found], page: Text, owners: Owners) -> list[Match]:
    out = []
    for one in found:
        r = one.reading
        spans = tuple((page.starts[first], page.ends[last - 1]) for first, last in r.pieces)
        for quote_id in owners(one.part, one.wording):
            similarity, coverage = round(r.similarity, 4), round(r.coverage, 4)
            out.append(Match(quote_id, r.kind, spans, similarity, coverage, tuple(r.changes)))
    return out
