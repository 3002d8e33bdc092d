"""Offsets in the unit that the client counts in."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

Spans = Sequence[tuple[int, int]]


class Unit(StrEnum):
    CODEPOINT = "codepoint"  # as Python and the W3C's selectors count
    UTF16 = "utf16"  # as JavaScript counts: characters beyond U+FFFF are two


def convert_spans(text: str, spans_of: Sequence[Spans], unit: Unit) -> list[list[list[int]]]:
    """Return spans in code points of `text` as spans in `unit`.

    >>> convert_spans("😀 “lies”", [[(3, 7)]], Unit.UTF16)
    [[[4, 8]]]
    """
    if unit is Unit.CODEPOINT or text.isascii():
        return [[list(span) for span in spans] for spans in spans_of]
    places = sorted({at for spans in spans_of for span in spans for at in span})
    units = _count_units(text, places)
    return [[[units[at] for at in span] for span in spans] for spans in spans_of]


def _count_units(text: str, places: Sequence[int]) -> dict[int, int]:
    """Return how many UTF-16 units stand before each of the places, which ascend."""
    units: dict[int, int] = {}
    counted = start = 0
    for place in places:
        counted += len(text[start:place].encode("utf-16-le", "surrogatepass")) // 2
        units[place] = counted
        start = place
    return units
