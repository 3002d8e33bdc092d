"""Of matches that overlap, the best explanation of each place of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from matcher.reading import Reading
from matcher.thresholds import EQUAL_BITS
from matcher.verify import Found

_MOST_SHARED = 0.25  # of the words of two matches that are both reported
_MOST_EQUAL = 0.8
_BLOCK_WORDS = 64


def choose(found: Iterable[Found]) -> list[Found]:
    """The best explanation of each place.

    What overlaps a better match stays only if it is there word for word, as a whole quote or a quoted part of
    one, or if the two explain the same words equally well: the page does not say which of the two it means.
    """
    chosen: list[Found] = []
    by_block: defaultdict[int, list[Reading]] = defaultdict(
        list
    )  # those that were chosen, by where they stand
    for candidate in sorted(found, key=lambda f: (-f.reading.score, f.reading.kind == "fragment")):
        mine = candidate.reading
        blocks = range(mine.start // _BLOCK_WORDS, (mine.end - 1) // _BLOCK_WORDS + 1)
        near = {id(rival): rival for block in blocks for rival in by_block[block]}.values()
        rivals = [rival for rival in near if rival.start < mine.end and mine.start < rival.end]
        if candidate.verbatim or all(
            _overlap(rival, mine) <= _MOST_SHARED or _is_equal(rival, mine) for rival in rivals
        ):
            chosen.append(candidate)
            for block in blocks:
                by_block[block].append(mine)
    return sorted(chosen, key=lambda f: (f.reading.start, -f.reading.end))


def _is_equal(rival: Reading, mine: Reading) -> bool:
    return (
        rival.kind == mine.kind
        and rival.score - mine.score < EQUAL_BITS
        and _overlap(rival, mine) >= _MOST_EQUAL
    )


def _overlap(a: Reading, b: Reading) -> float:
    """How much of the shorter one's words both have."""
    shared = sum(max(0, min(a1, b1) - max(a0, b0)) for a0, a1 in a.pieces for b0, b1 in b.pieces)
    return shared / max(1, min(sum(e - s for s, e in a.pieces), sum(e - s for s, e in b.pieces)))
