"""Stretches of a page that may hold a wording: what agrees there, on all of their diagonals, and what it may become.

All of it is array operations, for all stretches of a page at once, but for what is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.agreement import Diagonals, Runs, agrees_wholly, count_near, find_runs
from matcher.index import SURPRISAL_MASK, cheapest_within, first_of_equals, spread
from matcher.texts import Run, Wording
from matcher.thresholds import (
    COMPARED_A_WORD,
    FRAGMENT_SLACK_BITS,
    LEAST_COMPARED,
    MANY_WORDS,
    MOST_SHARED,
    NEAR_WORDS,
    SLACK_BITS,
    SLACK_WORDS,
    Known,
    Slack,
    could_reach,
    most_alignments,
)

_PLACE_BITS = 32  # of a number that holds a stretch and a place in an index's tokens
_MOST_DIAGONALS = 500  # of a stretch that are looked into: many more than so many alignments can need
# Of those that a page may cost: texts of real quotes have as many of both at most.
_STRETCHES_AN_ALIGNMENT = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A wording and the diagonals, in order, on which a stretch of the page agrees with it.

    `number`: of the wording in its part. `whole`: diagonals on which the page has all of it, word for word. `scores`:
    those on which it may have something else of it, and `runs` the equal words there. `start`, `end`: of the page's
    tokens that the wording could have here. `needs_marks`: it can be no match where no quotation mark stands.
    """

    number: int
    wording: Wording
    whole: list[int]
    scores: dict[int, int]
    runs: dict[int, list[Run]]
    start: int
    end: int
    needs_marks: bool

    @property
    def is_lone(self) -> bool:
        """Whether all that agrees is one run of words: the chain that an alignment begins with is known then."""
        return len(self.runs) == 1 and len(next(iter(self.runs.values()))) == 1


class Candidates(NamedTuple):
    """`complete`: nothing was left out because the page asked for more work than it may cost."""

    candidates: list[Candidate]
    complete: bool


class Stretches(NamedTuple):
    """Stretches: arrays of one length, but for `diagonals` and `scores`, of which each stretch has the next `sizes`.

    `numbers`, `starts`, `lengths`, `weights`, `quoting`: of the wordings, as `StaticPart` has them. `unmarked`: which
    may be a match where no quotation mark stands.
    """

    numbers: NDArray[np.int64]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    weights: NDArray[np.int64]
    quoting: NDArray[np.bool_]
    unmarked: NDArray[np.bool_]
    sizes: NDArray[np.int64]
    diagonals: NDArray[np.int64]
    scores: NDArray[np.int64]

    @property
    def firsts(self) -> NDArray[np.int64]:
        """The first diagonal of each stretch."""
        return np.cumsum(self.sizes) - self.sizes

    def of(self, some: NDArray[np.bool_]) -> Stretches:
        rows = np.repeat(some, self.sizes)
        return Stretches(
            self.numbers[some],
            self.starts[some],
            self.lengths[some],
            self.weights[some],
            self.quoting[some],
            self.unmarked[some],
            self.sizes[some],
            self.diagonals[rows],
            self.scores[rows],
        )

    def on_diagonals(self) -> Diagonals:
        stretch = np.repeat(np.arange(len(self.sizes)), self.sizes)
        return Diagonals(stretch, self.starts.take(stretch), self.lengths.take(stretch), self.diagonals)


def look_into(
    stretches: Stretches,
    tokens: NDArray[np.uint32],
    page: NDArray[np.uint32],
    read_text: Callable[[int], str],
    wordings: int,
) -> Candidates:
    """Return the stretches that have their wording whole, or whose equal words could become a match.

    `tokens`, `page`: packed words of the index and of the page. `read_text` gives a wording's text by its number.
    """
    stretches, is_complete = _within_cost(stretches, tokens, page)
    on = stretches.on_diagonals()
    runs = find_runs(tokens, on, page)
    whole = np.zeros(len(on.stretch), np.bool_)
    whole[runs.row[runs.length == on.lengths.take(runs.row)]] = True
    runs = runs.of(~whole.take(runs.row))
    has_whole = np.bincount(on.stretch, whole, len(stretches.sizes)) > 0
    known, slack = _known(stretches, on, runs, tokens, page)
    promising = np.asarray(could_reach(known, slack, wordings, quoted=True))
    unmarked = stretches.unmarked & (has_whole | could_reach(known, slack, wordings, quoted=False))
    most = _STRETCHES_AN_ALIGNMENT * most_alignments(len(page))
    if np.count_nonzero(promising) > most:
        strongest = np.maximum.reduceat(stretches.scores, stretches.firsts)
        promising &= cheapest_within(most, promising.astype(np.int64), -strongest)
        is_complete = False
    runs = runs.of(promising.take(on.stretch.take(runs.row)))

    on_row: defaultdict[int, list[Run]] = defaultdict(list)
    columns = (runs.row, runs.quote, runs.page, runs.length)
    for row, *run in zip(*(column.tolist() for column in columns), strict=True):
        on_row[row].append(Run(*run))
    diagonals, scores = stretches.diagonals.tolist(), stretches.scores.tolist()
    is_whole, is_apart = whole.tolist(), _apart(on, whole).tolist()
    kept = (promising | has_whole).nonzero()[0]
    arrays = (*stretches[:5], unmarked, stretches.firsts, stretches.sizes, promising)
    out = []
    for number, start, count, weight, quoting, is_unmarked, first, size, is_promising in zip(
        *(array.take(kept).tolist() for array in arrays), strict=True
    ):
        rows = range(first, first + size)
        others = [row for row in rows if not is_whole[row]] if is_promising else []
        out.append(
            Candidate(
                number,
                Wording(tokens[start : start + count], weight, quoting, partial(read_text, number)),
                [diagonals[row] for row in rows if is_apart[row]],
                {diagonals[row]: scores[row] for row in others},
                {diagonals[row]: on_row[row] for row in others if row in on_row},
                diagonals[first],
                diagonals[first + size - 1] + count,
                not is_unmarked,
            )
        )
    return Candidates(out, is_complete)


def _known(
    stretches: Stretches, on: Diagonals, runs: Runs, tokens: NDArray[np.uint32], page: NDArray[np.uint32]
) -> tuple[Known, Slack]:
    """What the runs of each stretch show together, and what may come to it, as `Promise` tells it of one."""
    of, count = on.stretch.take(runs.row), len(stretches.sizes)
    # Several runs may have the same words of the wording, of which a match has each once.
    rows, places = spread(on.starts.take(runs.row) + runs.quote, runs.length)
    words = np.sort((of.take(rows) << _PLACE_BITS) + places)
    words = words[first_of_equals(words)]  # `np.unique` takes longer for few
    agreeing, places = words >> _PLACE_BITS, words & ((1 << _PLACE_BITS) - 1)
    known = Known(
        bits=np.bincount(agreeing, tokens.take(places) & SURPRISAL_MASK, count).astype(np.int64),
        words=np.bincount(agreeing, minlength=count),
        length=stretches.lengths,
        total_bits=stretches.weights,
        quoting=stretches.quoting,
    )
    # Short runs and typos may add so many words; to a lone run, only those that stand near it.
    more = np.full(count, SLACK_WORDS)
    lone = runs.of((np.bincount(of, minlength=count) == 1).take(of))
    near = count_near(tokens, on, page, lone, NEAR_WORDS)
    more[on.stretch.take(lone.row)] = np.minimum(SLACK_WORDS, near + (lone.length >= MANY_WORDS))
    return known, Slack(SLACK_BITS, FRAGMENT_SLACK_BITS, SLACK_WORDS, more)


def _within_cost(
    stretches: Stretches, tokens: NDArray[np.uint32], page: NDArray[np.uint32]
) -> tuple[Stretches, bool]:
    """Leave what may be compared on a page of this length; tell whether no stretch is left out."""
    most = LEAST_COMPARED + COMPARED_A_WORD * len(page)
    if stretches.sizes.max() <= _MOST_DIAGONALS and stretches.sizes @ stretches.lengths <= most:
        return stretches, True
    lengths = np.minimum(stretches.lengths, len(page))
    # Half of the most for these: those of whole wordings, which share few words, come to twice the page.
    strongest = np.clip(most // 2 // lengths, 1, _MOST_DIAGONALS)
    stretches = _with_strongest(stretches, tokens, page, strongest)
    compared = stretches.sizes * lengths
    kept = cheapest_within(most, compared, compared)
    return stretches.of(kept), bool(kept.all())


def _with_strongest(
    stretches: Stretches, tokens: NDArray[np.uint32], page: NDArray[np.uint32], most: NDArray[np.int64]
) -> Stretches:
    """Leave the strongest diagonals of each stretch, so many, and those on which it may be the whole wording."""
    on = stretches.on_diagonals()
    whole = agrees_wholly(tokens, on, page)
    apart = _apart(on, whole)
    order = np.lexsort((np.where(whole, 1, -stretches.scores), on.stretch))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - stretches.firsts.take(on.stretch)
    kept = apart | (~whole & (rank < most.take(on.stretch)))
    return stretches._replace(
        sizes=np.bincount(on.stretch[kept], minlength=len(stretches.sizes)),
        diagonals=stretches.diagonals[kept],
        scores=stretches.scores[kept],
    )


def _apart(on: Diagonals, whole: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of the diagonals that have the whole wording, those of places that share few words: “ha, ha, ha, ha” is in many
    places of a long laugh."""
    if np.count_nonzero(whole) < 2:
        return whole
    rows = np.flatnonzero(whole)
    stretch, diagonals = on.stretch.take(rows), on.diagonals.take(rows)
    least = on.lengths.take(rows) * (1 - MOST_SHARED)
    if not ((np.diff(stretch) == 0) & (np.diff(diagonals) < least[1:])).any():
        return whole
    apart = np.zeros(len(whole), np.bool_)
    last, free = -1, 0.0
    for row, of, diagonal, step in zip(*(a.tolist() for a in (rows, stretch, diagonals, least)), strict=True):
        if of != last or diagonal >= free:
            apart[row] = True
            last, free = of, diagonal + step
    return apart
