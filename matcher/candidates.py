"""From a page's keys to the few stretches of it that are worth an alignment.

Every hit of a key is weighed by the words that agree around it on the same diagonal (page place minus quote
place); what is left is gathered by wording and stretch, and must promise to reach the bar. All of it is
array operations over the hits, but for the last few.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.index import SURPRISAL_MASK, Hits, Posted, first_of_equals, sizes_of_groups
from matcher.stretches import Candidates, Stretches, look_into
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
_HITS_AT_ONCE = 1 << 17  # so that no page needs memory without bound
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
    def look_up(self, page_keys: NDArray[np.uint64], page: NDArray[np.uint32]) -> Hits: ...
    def posted(self) -> Posted: ...
    def wording_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]: ...
    def text(self, wording: int) -> str: ...
    def quote_ids(self, wording: int) -> list[str]: ...


class _Strong(NamedTuple):
    """Hits around which enough agrees: arrays of equal length, the last two as `_agreement` gives them."""

    at: NDArray[np.int64]
    places: NDArray[np.int64]
    agreeing_bits: NDArray[np.uint16]
    bits: NDArray[np.uint8]
    same: NDArray[np.bool_]

    def of(self, some: NDArray[np.int64]) -> _Strong:
        return _Strong(
            self.at.take(some),
            self.places.take(some),
            self.agreeing_bits.take(some),
            self.bits.take(some, axis=0),
            self.same.take(some, axis=0),
        )


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
) -> Candidates:
    """Return the stretches of `page` (tokens packed as in the index) that may hold a wording of `part`."""
    hits = part.look_up(page_keys, page)
    if not len(hits.at):
        return Candidates([], hits.complete)
    # In the order of the index, its tokens and wordings are found faster.
    together = np.sort((hits.places << _PLACE_BITS) + hits.at)
    at, places = together & ((1 << _PLACE_BITS) - 1), together >> _PLACE_BITS
    strong = _find_strong(part.tokens, places, page, at)
    if not len(strong.at):
        return Candidates([], hits.complete)
    wording = part.wording_at(strong.places)
    kept = _may_be_enough(part, wording, strong.agreeing_bits, wordings).nonzero()[0]
    if not len(kept):
        return Candidates([], hits.complete)
    strong, wording = strong.of(kept), wording.take(kept)
    scores = _scores(strong.bits.T.copy(), strong.same.T.copy())
    left = (scores >= (BAND_BITS - GAP_BITS) * _COUNTS).nonzero()[0]
    if not len(left):
        return Candidates([], hits.complete)
    strong, wording, scores = strong.of(left), wording.take(left), scores.take(left)
    diagonal = strong.at - strong.places
    diagonal += part.starts.take(wording)
    # One hit for each diagonal of a wording: the strongest.
    together = (wording << _DIAGONAL_BITS) + diagonal  # sorts faster than the two
    order = np.argsort(together)
    together = together.take(order)
    firsts = first_of_equals(together).nonzero()[0]
    scores = np.maximum.reduceat(scores.take(order), firsts)
    agreeing_bits = np.maximum.reduceat(strong.agreeing_bits.take(order), firsts)
    order = order.take(firsts)
    found = _gather(
        part,
        page,
        _Diagonals(
            wording.take(order), diagonal.take(order), scores // _COUNTS, scores % _COUNTS, agreeing_bits
        ),
        wordings,
    )
    return found._replace(complete=found.complete and hits.complete)


def _find_strong(
    tokens: NDArray[np.uint32], places: NDArray[np.int64], page: NDArray[np.uint32], at: NDArray[np.int64]
) -> _Strong:
    blocks = []
    for first in range(0, len(at), _HITS_AT_ONCE):
        some_at, some_places = at[first : first + _HITS_AT_ONCE], places[first : first + _HITS_AT_ONCE]
        bits, same = _agreement(tokens, some_places, page, some_at)
        agreeing_bits = np.einsum("ij->i", bits, dtype=np.uint16)  # a sum of short rows takes longer
        strong = (agreeing_bits >= BAND_BITS).nonzero()[0]
        blocks.append(_Strong(some_at, some_places, agreeing_bits, bits, same).of(strong))
    return blocks[0] if len(blocks) == 1 else _Strong(*map(np.concatenate, zip(*blocks, strict=True)))


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
    firsts = first_of_equals(wording).nonzero()[0]
    sizes = sizes_of_groups(firsts, len(wording))
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


def _gather(part: Part, page: NDArray[np.uint32], diagonals: _Diagonals, wordings: int) -> Candidates:
    """Join neighbouring diagonals of a wording to stretches, and keep those that may reach the bar."""
    wording, diagonal = diagonals.wording, diagonals.diagonal
    scores, words = diagonals.scores.astype(np.int64), diagonals.words.astype(np.int64)
    length = part.lengths.take(wording).astype(np.int64)
    joined = np.zeros(len(wording), np.bool_)
    joined[1:] = (wording[1:] == wording[:-1]) & (
        diagonal[1:] - diagonal[:-1] <= LONGEST_INTERRUPTION + length[1:] // 2
    )
    firsts = (~joined).nonzero()[0]
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
    kept = enough.nonzero()[0]
    if not len(kept):
        return Candidates([], complete=True)
    sizes = sizes_of_groups(firsts, len(wording))
    members = np.repeat(enough, sizes).nonzero()[0]
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
