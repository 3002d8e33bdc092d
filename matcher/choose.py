"""Of matches that overlap, the best explanation of each place of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from matcher.reading import Reading
from matcher.thresholds import EQUAL_BITS, MOST_SHARED, NEARLY_WHOLE
from matcher.verify import Found

_MOST_EQUAL = 0.8
_BLOCK_WORDS = 64


def choose(found: Iterable[Found]) -> list[Found]:
    """The best explanation of each place.

    What overlaps a better match stays only if it is there word for word, as a whole quote or a quoted part of
    one, or if the two explain the same words equally well: the page does not say which of the two it means.
    """
    distinct = _one_wording_a_place(found)
    chosen: list[Found] = []
    places = _Places()
    for candidate in sorted(distinct, key=lambda f: (-f.reading.score, f.reading.kind == "fragment")):
        mine = candidate.reading
        if candidate.verbatim or all(
            _overlap(rival, mine) <= MOST_SHARED or _is_equal(rival, mine) for rival in places.rivals(mine)
        ):
            chosen.append(candidate)
            places.add(mine)
    # Of several in one place, first the one that the page has most of.
    return sorted(chosen, key=lambda f: (f.reading.start, -f.reading.end, -f.reading.coverage))


class _Places:
    """Readings that were chosen, by where they stand."""

    def __init__(self) -> None:
        self._by_block: defaultdict[int, list[Reading]] = defaultdict(list)

    def add(self, reading: Reading) -> None:
        for block in self._blocks(reading):
            self._by_block[block].append(reading)

    def rivals(self, mine: Reading) -> list[Reading]:
        """Return those that stand where `mine` does."""
        near = {id(rival): rival for block in self._blocks(mine) for rival in self._by_block[block]}.values()
        return [rival for rival in near if rival.start < mine.end and mine.start < rival.end]

    @staticmethod
    def _blocks(reading: Reading) -> range:
        return range(reading.start // _BLOCK_WORDS, (reading.end - 1) // _BLOCK_WORDS + 1)


def _one_wording_a_place(found: Iterable[Found]) -> Iterator[Found]:
    """Of a quote's wordings, take the one that a place has: nearly all of a short one, sooner than half of a long one.

    What is there word for word stays, as ever.
    """
    by_quote: defaultdict[tuple[str, ...], list[Found]] = defaultdict(list)
    for one in found:
        by_quote[tuple(one.quote_ids)].append(one)
    for group in by_quote.values():
        if len(group) == 1:
            yield group[0]
            continue
        places = _Places()
        for one in sorted(group, key=lambda f: (f.reading.coverage < NEARLY_WHOLE, -f.reading.score)):
            if one.verbatim or all(
                _overlap(rival, one.reading) <= MOST_SHARED for rival in places.rivals(one.reading)
            ):
                places.add(one.reading)
                yield one


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
