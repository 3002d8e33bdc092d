"""From a candidate to the matches that it holds: align it, read it, and hold it against the bar."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.align import align
from matcher.candidates import Candidate, Part
from matcher.evidence import Promise, is_match, is_verbatim
from matcher.index import SURPRISAL_BITS, SURPRISAL_MASK
from matcher.reading import Reading, read, read_exact
from matcher.texts import Run, Text, Wording
from matcher.thresholds import LONGEST_INTERRUPTION

_AROUND_WORDS = 6  # looked at on both sides of a candidate
_MOST_ROUNDS = 50  # alignments of one wording with one stretch of a page


@dataclass(frozen=True, slots=True)
class Found:
    part: Part
    wording: int
    reading: Reading
    verbatim: bool


def _wording(part: Part, number: int) -> Wording:
    start = int(part.starts[number])
    packed = part.tokens[start : start + int(part.lengths[number])]
    return Wording(packed, int(part.weights[number]), lambda: part.text(number))


def verify(
    part: Part, candidate: Candidate, page: Text, packed: NDArray[np.uint32], wordings: int
) -> list[Found]:
    """Align a candidate: first each of its diagonals that has the whole quote, then what else there is."""
    wording = _wording(part, candidate.wording)
    count = len(wording)
    first = max(0, candidate.diagonals[0] - _AROUND_WORDS)
    last = min(len(packed), candidate.diagonals[-1] + count + _AROUND_WORDS)
    promise = Promise(wording, page, wordings)
    if not promise.anywhere(candidate.total, candidate.words, first, last):
        return []
    if not promise.anywhere(*_shared(wording, packed[first:last]), first, last):
        return []
    quote = wording.packed & ~SURPRISAL_MASK
    readings: list[Reading] = []
    others: dict[int, int] = {}
    for diagonal, band_bits in zip(candidate.diagonals, candidate.scores, strict=True):
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
        runs = _align_strongest(wording, page, others, taken, promise)
        readings.extend(_acceptable(runs, wording, page, wordings))
    return [Found(part, candidate.wording, reading, is_verbatim(reading, wording)) for reading in readings]


def _shared(wording: Wording, stretch: NDArray[np.uint32]) -> tuple[int, int]:
    """The bits and the number of the wording's words that stand anywhere in a stretch of the page."""
    there = set((stretch >> SURPRISAL_BITS).tolist())
    shared = [bits for word, bits in zip(wording.words, wording.bits, strict=True) if word in there]
    return sum(shared), len(shared)


def _align_strongest(
    wording: Wording, page: Text, diagonals: dict[int, int], taken: list[tuple[int, int]], promise: Promise
) -> list[Run]:
    """Align the strongest diagonal with those near it, clear of what is taken, and strike them off."""
    strongest = max(diagonals, key=diagonals.__getitem__)
    reach = len(wording) + LONGEST_INTERRUPTION
    near = [d for d in diagonals if abs(d - strongest) <= reach]
    middle = strongest + len(wording) // 2
    first = max((b for _, b in taken if b <= middle), default=0)
    last = min((a for a, _ in taken if a > middle), default=len(page.words))
    runs = align(wording, page, near, (first, last), promise.of_chain)
    explained = {run.page - run.quote for run in runs} | {strongest}
    for diagonal in explained & diagonals.keys():
        del diagonals[diagonal]
    return runs


def _acceptable(runs: list[Run], wording: Wording, page: Text, wordings: int) -> list[Reading]:
    """Read the runs as one match; where that is none, cut them at their widest gap and try both parts."""
    if not runs:
        return []
    if not Promise(wording, page, wordings).of_alignment(runs):
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
