"""From a page's keys to the few stretches of it that are worth an alignment.

Every hit of a key is weighed by the words that agree around it on the same diagonal (page place minus quote
place); what is left is gathered by wording and stretch, and must promise to reach the bar. All of it is
array operations over the hits, but for the last few.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.index import SURPRISAL_MASK, Posted, first_of_equals
from matcher.stretches import Candidate, Stretches, look_into
from matcher.thresholds import (
    BAND_BITS,
    BAND_WORDS,
    BEST_BAND_BITS,
    BEST_BAND_SHARE,
    CHANGED_WORD_BITS,
    FRAGMENT_BITS,
    FRAGMENT_SLACK_BITS,
    GAP_BITS,
    LEAST_GAP_BITS,
    LONGEST_INTERRUPTION,
    QUOTED_BITS,
    SLACK_BITS,
    WHOLE_BITS,
    WHOLE_COVERAGE,
    bar,
)

_COUNTS = np.int16(32)
_DIAGONAL_BITS = 36  # of a number that holds a wording and a diagonal
_PLACE_BITS = 31  # of a page's token, in a number that holds a place in the index, too
_BEFORE, _AFTER = 8, 11  # tokens looked at before a hit and from it on, no more than an index has margin


class Part(Protocol):
    """What candidates need of a part of an index: the static one, or the changes laid over it."""

    @property
    def tokens(self) -> NDArray[np.uint32]: ...
    @property
    def starts(self) -> NDArray[np.uint32]: ...
    @property
    def lengths(self) -> NDArray[np.uint32]: ...
    @property
    def weights(self) -> NDArray[np.uint16]: ...
    @property
    def quoting(self) -> NDArray[np.uint8]: ...
    def look_up(
        self, page_keys: NDArray[np.uint64], page: NDArray[np.uint32]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]: ...
    def posted(self) -> Posted: ...
    def wording_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]: ...
    def text(self, wording: int) -> str: ...
    def quote_ids(self, wording: int) -> list[str]: ...


class _Diagonals(NamedTuple):
    """Diagonals of wordings, sorted: arrays of equal length.

    `bits`: of all words that agree in the band, while `scores` have what lies between these taken off.
    """

    wording: NDArray[np.int64]
    diagonal: NDArray[np.int64]
    scores: NDArray[np.int16]
    words: NDArray[np.int16]
    bits: NDArray[np.uint16]


def find_candidates(
    part: Part, page_keys: NDArray[np.uint64], page: NDArray[np.uint32], wordings: int
) -> list[Candidate]:
    """Return the stretches of `page` (tokens packed as in the index) that may hold a wording of `part`."""
    at, places = part.look_up(page_keys, page)
    if not len(at):
        return []
    # In the order of the index, its tokens and wordings are found faster.
    together = np.sort((places << _PLACE_BITS) + at)
    at, places = together & ((1 << _PLACE_BITS) - 1), together >> _PLACE_BITS
    bits, same = _agreement(part.tokens, places, page, at)
    agreeing_bits = np.einsum("ij->i", bits, dtype=np.uint16)  # a sum of short rows takes longer
    strong = np.flatnonzero(agreeing_bits >= BAND_BITS)
    if not len(strong):
        return []
    wording = part.wording_at(places.take(strong))
    kept = np.flatnonzero(_may_be_enough(part, wording, agreeing_bits.take(strong), wordings))
    strong, wording = strong.take(kept), wording.take(kept)
    scores = _scores(bits.take(strong, axis=0).T.copy(), same.take(strong, axis=0).T.copy())
    left = np.flatnonzero(scores >= (BAND_BITS - GAP_BITS) * _COUNTS)
    if not len(left):
        return []
    scores, strong, wording = scores.take(left), strong.take(left), wording.take(left)
    diagonal = at.take(strong) - places.take(strong) + part.starts.take(wording)
    # One hit for each diagonal of a wording: the strongest.
    together = (wording << _DIAGONAL_BITS) + diagonal  # sorts faster than the two
    order = np.argsort(together)
    together = together.take(order)
    firsts = np.flatnonzero(first_of_equals(together))
    scores = np.maximum.reduceat(scores.take(order), firsts)
    agreeing_bits = np.maximum.reduceat(agreeing_bits.take(strong.take(order)), firsts)
    order = order.take(firsts)
    return _gather(
        part,
        page,
        _Diagonals(
            wording.take(order), diagonal.take(order), scores // _COUNTS, scores % _COUNTS, agreeing_bits
        ),
        wordings,
    )


def _agreement(
    tokens: NDArray[np.uint32], places: NDArray[np.int64], page: NDArray[np.uint32], at: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """The surprisal of the words that agree around each hit on its diagonal, and which do: shapes (hits, band).

    Around the page a 0 stands, as around the wordings: it agrees with nothing.
    """
    around = np.zeros(_BEFORE + len(page) + _AFTER, page.dtype)
    around[_BEFORE : _BEFORE + len(page)] = page
    ours, theirs = _bands(tokens, places), _bands(around, at + _BEFORE)
    theirs ^= ours
    same = theirs <= SURPRISAL_MASK
    same &= ours != 0
    return (ours & SURPRISAL_MASK).astype(np.uint8) * same, same


def _bands(tokens: NDArray[np.uint32], places: NDArray[np.int64]) -> NDArray[np.uint32]:
    """The tokens around each place: shape (places, band). All of a band is copied at once, as one item."""
    band = _BEFORE + _AFTER
    items = np.ndarray(
        len(tokens) - band + 1, f"V{band * tokens.itemsize}", tokens.data, strides=(tokens.itemsize,)
    )
    return items[places - _BEFORE].view(tokens.dtype).reshape(-1, band)


def _scores(bits: NDArray[np.uint8], same: NDArray[np.bool_]) -> NDArray[np.int16]:
    """The best-scoring stretch of each band (Kadane's algorithm), and how many of its words agree; shapes (band, hits).

    Words that differ cost what they would cost an alignment. The bits are counted in units of _COUNTS, and the
    words in ones beneath them.
    """
    gains = bits * _COUNTS + same
    gains -= ~same * np.int16(CHANGED_WORD_BITS * _COUNTS)  # where none agrees, the gain is 0 up to here
    gains[1:] -= (same[:-1] > same[1:]) * np.int16(GAP_BITS * _COUNTS)
    score = np.zeros(gains.shape[1], np.int16)
    best = score.copy()
    for gain in gains:
        score += gain
        np.maximum(score, 0, out=score)
        np.maximum(best, score, out=best)
    return best


def _may_be_enough(
    part: Part, wording: NDArray[np.int64], bits: NDArray[np.uint16], wordings: int
) -> NDArray[np.bool_]:
    """Return which hits, by wording in order, are of one that `_gather` may keep: all its hits' bits would be enough.

    Nine wordings in ten are none, and their scores would take longer than this.
    """
    firsts = np.flatnonzero(first_of_equals(wording))
    sizes = np.append(firsts[1:], len(wording)) - firsts
    weights = part.weights.take(wording.take(firsts))
    total = np.add.reduceat(bits, firsts, dtype=np.int64)
    enough = _are_enough(total, np.maximum.reduceat(bits, firsts), weights, least_bits(weights, wordings))
    return np.repeat(enough, sizes)


def _are_enough(
    total: NDArray[np.int64],
    best: NDArray[np.integer],
    weights: NDArray[np.uint16],
    least: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Whether diagonals of these bits, together and the best of them, may be a match of a wording of this weight."""
    enough: NDArray[np.bool_] = total >= least - QUOTED_BITS
    return enough & (best >= np.minimum(BEST_BAND_BITS, BEST_BAND_SHARE * weights))


def least_bits(weight: NDArray[np.integer], wordings: int) -> NDArray[np.float64]:
    """Return the bits, without marks, from which on a wording of this weight (the sum of its bits) may be a match.

    `wordings`: of the whole index.
    """
    index_bits = bar(wordings)
    whole = np.maximum(WHOLE_BITS + index_bits, WHOLE_COVERAGE * weight + QUOTED_BITS) - SLACK_BITS
    return np.minimum(whole, FRAGMENT_BITS + index_bits - FRAGMENT_SLACK_BITS)


def _gather(part: Part, page: NDArray[np.uint32], diagonals: _Diagonals, wordings: int) -> list[Candidate]:
    """Join neighbouring diagonals of a wording to stretches, and keep those that may reach the bar."""
    wording, diagonal = diagonals.wording, diagonals.diagonal
    scores, words = diagonals.scores.astype(np.int64), diagonals.words.astype(np.int64)
    length = part.lengths.take(wording).astype(np.int64)
    joined = np.zeros(len(wording), np.bool_)
    joined[1:] = (wording[1:] == wording[:-1]) & (
        diagonal[1:] - diagonal[:-1] <= LONGEST_INTERRUPTION + length[1:] // 2
    )
    firsts = np.flatnonzero(~joined)
    numbers = wording.take(firsts)
    total = np.add.reduceat(scores - LEAST_GAP_BITS, firsts) + LEAST_GAP_BITS
    agreeing = np.add.reduceat(words, firsts)
    weights = part.weights.take(numbers)
    least = least_bits(weights, wordings)
    enough = _are_enough(total, np.maximum.reduceat(scores, firsts), weights, least)
    quoting = part.quoting.take(numbers) > 0
    # The part that is quoted itself needs fewer bits.
    unmarked = quoting | (np.add.reduceat(diagonals.bits, firsts, dtype=np.int64) >= least)
    enough &= agreeing >= np.minimum(length.take(firsts), BAND_WORDS)
    kept = np.flatnonzero(enough)
    if not len(kept):
        return []
    sizes = np.append(firsts[1:], len(wording)) - firsts
    members = np.flatnonzero(np.repeat(enough, sizes))
    stretches = Stretches(
        numbers.take(kept),
        part.starts.take(numbers.take(kept)).astype(np.int64),
        length.take(firsts.take(kept)),
        weights.take(kept).astype(np.int64),
        quoting.take(kept),
        unmarked.take(kept),
        sizes.take(kept),
        diagonal.take(members),
        scores.take(members),
    )
    return look_into(stretches, part.tokens, page, part.text, wordings)
