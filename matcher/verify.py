"""From a candidate to the matches that it holds: align it, read it, and hold it against the bar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher.align import MOST_BEFORE, align
from matcher.evidence import (
    Promise,
    bits_of_all,
    has_marks_near,
    has_much_of_quoted_part,
    is_match,
    is_verbatim,
)
from matcher.outside import with_negations_outside, with_numbers_outside
from matcher.reading import Reading, read, read_exact, with_replaced_edges
from matcher.stretches import Candidate
from matcher.texts import Run, Text, Wording
from matcher.thresholds import (
    LONGEST_INTERRUPTION,
    SLACK_BITS,
    most_alignments,
)

_MOST_ROUNDS = 50  # alignments of one wording with one stretch of a page
# Of one alignment, which has 20 runs at most in 7,800 pages; and how much takes as long as one.
_MOST_RUNS = 300
_PAIRS_AN_ALIGNMENT = 150
_RUNS_AN_ALIGNMENT = 10
_COMPARED_AN_ALIGNMENT = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A match, and the quotes that have its wording."""

    quote_ids: list[str]
    reading: Reading
    verbatim: bool


class Verifier:
    """Verifies the candidates of one page: first, for all, what is there word for word; then the rest."""

    def __init__(self, page: Text, packed: NDArray[np.uint32], wordings: int) -> None:
        self._page = page
        self._packed = packed
        self._wordings = wordings
        # By word of the page: the bits of the whole quote that has it.
        self._explained = np.zeros(len(packed), np.uint16)
        self._left = most_alignments(len(packed))

    @property
    def is_complete(self) -> bool:
        """Whether no alignment was left out because the page asked for more than it may cost."""
        return self._left >= 0

    def verify(self, candidates: Iterable[tuple[Candidate, list[str]]]) -> list[Found]:
        """Return what of the candidates, each with its wording's quotes, is a match; several may explain one place."""
        stretches = [
            _Stretch(candidate, quote_ids)
            for candidate, quote_ids in candidates
            if not candidate.needs_marks or has_marks_near(self._page, candidate.start, candidate.end)
        ]
        for stretch in stretches:
            self._take_whole(stretch)
        rest = [stretch for stretch in stretches if stretch.candidate.scores]
        if len(rest) > self._left:  # the likeliest first
            rest.sort(key=lambda stretch: -max(stretch.candidate.scores.values()))
        for stretch in rest:
            if not self.is_complete:
                break
            if self._is_worth_it(stretch.candidate):
                self._align(stretch)
        return [found for stretch in stretches for found in stretch.found()]

    def _take_whole(self, stretch: _Stretch) -> None:
        wording = stretch.candidate.wording
        for diagonal in stretch.candidate.whole:
            reading = read_exact(wording, diagonal, self._page)
            if is_match(reading, wording, self._page, self._wordings):
                stretch.readings.append(with_negations_outside(reading, wording, self._page))
                words = self._explained[reading.start : reading.end]
                np.maximum(words, np.uint16(min(wording.total_bits, 65535)), out=words)

    def _is_worth_it(self, candidate: Candidate) -> bool:
        """Whether more may be found than whole quotes, and not only where these explain the page better."""
        wording = candidate.wording
        runs = [run for runs in candidate.runs.values() for run in runs]
        first, last = min(run.page for run in runs), max(run.page_end for run in runs)
        # As `choose` will find; what is quoted in a quote may be reported all the same.
        explained = self._explained[first:last]
        is_explained = explained.all() and (explained >= bits_of_all(runs, wording) + SLACK_BITS).all()
        if is_explained and not has_much_of_quoted_part(runs, wording):
            return False
        # A lone run is a chain, which `look_into` has weighed, but for the marks that it may need right beside it.
        if not candidate.is_lone or not (candidate.needs_marks or candidate.whole):
            return True
        return Promise(wording, self._page, self._wordings).of_chain(runs)

    def _align(self, stretch: _Stretch) -> None:
        """Align the strongest diagonals with those near them, until all are explained."""
        candidate = stretch.candidate
        wording, others = candidate.wording, candidate.scores
        promise = Promise(wording, self._page, self._wordings)
        is_worth_it = (lambda chain: True) if candidate.is_lone else promise.of_chain
        for _ in range(_MOST_ROUNDS):
            taken = [(r.start, r.end) for r in stretch.readings]
            others = {d: b for d, b in others.items() if not any(s <= d < e for s, e in taken)}
            if not others:
                return
            self._left -= 1
            if self._left < 0:
                return
            strongest = max(others, key=others.__getitem__)
            limits = _free_around(strongest + len(wording) // 2, taken, len(self._packed))
            near = [d for d in others if abs(d - strongest) <= len(wording) + LONGEST_INTERRUPTION]
            # A page may have a quote twice, close together: what all have in common may be none of the two.
            for diagonals in (near, [strongest])[: len(near)]:
                runs = [run for diagonal in diagonals for run in candidate.runs.get(diagonal, ())]
                if len(runs) > _MOST_RUNS:
                    runs = sorted(runs, key=lambda run: -wording.bits_of(run))[:_MOST_RUNS]
                # What it costs to chain more runs than a text has that was not made for it.
                self._left -= len(runs) * min(len(runs), MOST_BEFORE) // _PAIRS_AN_ALIGNMENT
                aligned = align(wording, self._page, runs, limits, is_worth_it)
                readings = self._acceptable(aligned, wording)
                if readings or not aligned:  # what is no chain with those near is none alone
                    break
            if not aligned and len(near) == len(others):
                return
            stretch.readings.extend(readings)
            explained = {run.page - run.quote for run in aligned} & others.keys() if readings else {strongest}
            others = {d: bits for d, bits in others.items() if d not in (explained or {strongest})}

    def _acceptable(self, runs: list[Run], wording: Wording) -> list[Reading]:
        """Read the runs as one match; where that is none, cut them at their widest gap and try both parts."""
        page, wordings = self._page, self._wordings
        found: list[Reading] = []
        parts = [runs] if runs else []
        while parts and self.is_complete:
            runs = parts.pop()
            if not Promise(wording, page, wordings).of_alignment(runs):
                continue
            draft = read(runs, wording, page)
            self._left -= len(runs) // _RUNS_AN_ALIGNMENT + draft.compared // _COMPARED_AN_ALIGNMENT
            if is_match(draft.reading, wording, page, wordings):
                self._left -= len(draft.changes)  # whose guards take as long
                reading = with_replaced_edges(draft.with_changes(wording, page))
                reading = with_numbers_outside(reading, wording, page)
                found.append(with_negations_outside(reading, wording, page))
            elif len(runs) > 1:
                widest = max(range(1, len(runs)), key=lambda i: _difference(runs[i - 1], runs[i]))
                parts += runs[widest:], runs[:widest]
        return found


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A candidate at work, and what was found of it."""

    candidate: Candidate
    quote_ids: list[str]
    readings: list[Reading] = field(default_factory=list)

    def found(self) -> list[Found]:
        wording = self.candidate.wording
        return [Found(self.quote_ids, reading, is_verbatim(reading, wording)) for reading in self.readings]


def _free_around(place: int, taken: list[tuple[int, int]], end: int) -> tuple[int, int]:
    """The stretch of the page around a token, clear of what is taken."""
    return max((b for _, b in taken if b <= place), default=0), min(
        (a for a, _ in taken if a > place), default=end
    )


def _difference(before: Run, after: Run) -> int:
    return max(after.quote - before.quote_end, after.page - before.page_end)
