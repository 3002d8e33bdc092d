"""From a candidate to the matches that it holds: align it, read it, and hold it against the bar."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.align import agreeing, align
from matcher.candidates import Candidate, Part
from matcher.evidence import Promise, is_match, is_verbatim
from matcher.reading import Reading, read, read_exact
from matcher.texts import Run, Text, Wording
from matcher.thresholds import LONGEST_INTERRUPTION

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
    return Wording(packed, int(part.weights[number]), bool(part.quoting[number]), lambda: part.text(number))


def verify(
    part: Part, candidate: Candidate, page: Text, packed: NDArray[np.uint32], wordings: int
) -> list[Found]:
    """Align a candidate: first each of its diagonals that has the whole quote, then what else there is."""
    wording = _wording(part, candidate.wording)
    runs = {diagonal: agreeing(wording, packed, diagonal) for diagonal in candidate.diagonals}
    promise = Promise(wording, page, wordings)
    if not promise.of_runs([run for on_diagonal in runs.values() for run in on_diagonal]):
        return []
    readings: list[Reading] = []
    others: dict[int, int] = {}
    for diagonal, band_bits in zip(candidate.diagonals, candidate.scores, strict=True):
        if runs[diagonal] and runs[diagonal][0].length == len(wording):
            readings.append(read_exact(wording, diagonal))
        else:
            others[diagonal] = band_bits
    readings = [reading for reading in readings if is_match(reading, wording, page, wordings)]
    for _ in range(_MOST_ROUNDS):
        taken = [(r.start, r.end) for r in readings]
        others = {d: b for d, b in others.items() if not any(s <= d < e for s, e in taken)}
        if not others:
            break
        strongest = max(others, key=others.__getitem__)
        near = [d for d in others if abs(d - strongest) <= len(wording) + LONGEST_INTERRUPTION]
        limits = _free_around(strongest + len(wording) // 2, taken, len(packed))
        aligned = align(wording, page, [run for d in near for run in runs[d]], limits, promise.of_chain)
        readings.extend(_acceptable(aligned, wording, page, wordings))
        explained = {run.page - run.quote for run in aligned} | {strongest}
        others = {d: bits for d, bits in others.items() if d not in explained}
    return [Found(part, candidate.wording, reading, is_verbatim(reading, wording)) for reading in readings]


def _free_around(place: int, taken: list[tuple[int, int]], end: int) -> tuple[int, int]:
    """The stretch of the page around a token, clear of what is taken."""
    return max((b for _, b in taken if b <= place), default=0), min(
        (a for a, _ in taken if a > place), default=end
    )


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
