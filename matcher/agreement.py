"""Which words of wordings stand on a page where they would on a diagonal: for many diagonals at once.

A diagonal is the page's token that stands where the wording's first one would.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.folding import hash_between, mix, power_sums
from matcher.index import SURPRISAL_BITS, SURPRISAL_MASK, spread

LEAST_RUN_BITS = 8  # a run that agrees on a diagonal by less says nothing by itself
_WORDS_AT_ONCE = 1 << 16  # so that no page needs memory without bound


class Runs(NamedTuple):
    """Runs of equal words that say something by themselves: arrays of equal length, in order.

    `row`: the number of its diagonal among those that were asked about; `quote`, `page`: its first word; `bits`: of its
    words.
    """

    row: NDArray[np.int64]
    quote: NDArray[np.int64]
    page: NDArray[np.int64]
    length: NDArray[np.int64]
    bits: NDArray[np.int64]

    def of(self, some: NDArray[np.bool_]) -> Runs:
        return Runs(*(array[some] for array in self))


class Diagonals(NamedTuple):
    """Diagonals, each with its wording's place in an index's tokens, and length; and of which stretch it is."""

    stretch: NDArray[np.int64]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    diagonals: NDArray[np.int64]


def find_runs(tokens: NDArray[np.uint32], on: Diagonals, page: NDArray[np.uint32]) -> Runs:
    """Return the runs on all of these diagonals; `tokens`, `page`: packed."""
    blocks = []
    for first, last in _blocks(on.lengths):
        runs = _find_runs(tokens, Diagonals(*(array[first:last] for array in on)), page)
        blocks.append(runs._replace(row=runs.row + first))
    if len(blocks) == 1:
        return blocks[0]
    return Runs(*map(np.concatenate, zip(*blocks, strict=True)))


def _blocks(lengths: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield ranges of things of these lengths that have few words together, or are one."""
    ends, first = np.cumsum(lengths), 0
    while first < len(ends):
        done = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(ends.searchsorted(done + _WORDS_AT_ONCE, "right")))
        yield first, last
        first = last


def _find_runs(tokens: NDArray[np.uint32], on: Diagonals, page: NDArray[np.uint32]) -> Runs:
    starts = np.maximum(on.diagonals, 0)
    counts = np.minimum(on.diagonals + on.lengths, len(page)) - starts
    rows, at = spread(starts, counts)
    quote = tokens.take(at + (on.starts - on.diagonals).take(rows))
    same = (page.take(at) ^ quote) <= SURPRISAL_MASK
    # A run is as long as this stays the same: it ends where its diagonal does, if not before.
    running = np.zeros(len(same) + 2, np.int64)
    np.multiply(rows + 1, same, out=running[1:-1])
    limits = (running[1:] != running[:-1]).nonzero()[0]
    is_run = running.take(limits[:-1] + 1) != 0
    begins, ends = limits[:-1][is_run], limits[1:][is_run]
    sums = np.zeros(len(same) + 1, np.int64)
    np.cumsum(quote & SURPRISAL_MASK, out=sums[1:])
    bits = sums.take(ends) - sums.take(begins)
    row, place = rows.take(begins), at.take(begins)
    runs = Runs(row, place - on.diagonals.take(row), place, ends - begins, bits)
    return runs.of(bits >= LEAST_RUN_BITS)


def count_near(
    tokens: NDArray[np.uint32], on: Diagonals, page: NDArray[np.uint32], runs: Runs, reach: int
) -> NDArray[np.int64]:
    """Return how many of the `reach` words before and after each run in its wording are among as many on the page."""
    steps = np.arange(1, reach + 1)
    beside = np.empty((len(runs.row), 2, reach), np.int64)  # by side, counted from the run's first word
    beside[:, 0] = -steps
    beside[:, 1] = (runs.length - 1)[:, np.newaxis] + steps
    words, places = (first[:, np.newaxis, np.newaxis] + beside for first in (runs.quote, runs.page))
    starts, lengths = (array.take(runs.row)[:, np.newaxis, np.newaxis] for array in (on.starts, on.lengths))
    ours, theirs = tokens.take(starts + words, mode="clip"), page.take(places, mode="clip")
    # What is outside is no word of either.
    ours[(words < 0) | (words >= lengths)] = 0
    theirs[(places < 0) | (places >= len(page))] = 0
    same = (ours[..., np.newaxis] ^ theirs[:, :, np.newaxis]) <= SURPRISAL_MASK
    found = same.any(axis=3) & (ours != 0)
    return found.reshape(len(found), 2 * reach).sum(axis=1)


def agrees_wholly(tokens: NDArray[np.uint32], on: Diagonals, page: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Return on which diagonals the page has the whole wording; by a hash, which may say so once too often.

    However many diagonals a wording has, each of its words is looked at once.
    """
    starts, rows, of = np.unique(on.starts, return_index=True, return_inverse=True)
    lengths = on.lengths.take(rows)
    hashes = [_hashes(tokens, starts[first:last], lengths[first:last]) for first, last in _blocks(lengths)]
    wordings = np.concatenate(hashes)
    page_sums = _sums(page)
    inside = (on.diagonals >= 0) & (on.diagonals + on.lengths <= len(page))
    firsts = np.where(inside, on.diagonals, 0)
    there = hash_between(page_sums, firsts, np.where(inside, on.diagonals + on.lengths, 0))
    same: NDArray[np.bool_] = inside & (there == wordings.take(of))
    return same


def _hashes(
    tokens: NDArray[np.uint32], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.uint64]:
    _, places = spread(starts, lengths)
    lasts = np.cumsum(lengths)
    return hash_between(_sums(tokens.take(places)), lasts - lengths, lasts)


def _sums(packed: NDArray[np.uint32]) -> NDArray[np.uint64]:
    return power_sums(mix((packed >> SURPRISAL_BITS).astype(np.uint64)))
