"""Offsets in the unit that the client counts in."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

Spans = Sequence[tuple[int, int]]


class Unit(StrEnum):
    CODEPOINT = "codepoint"  # as Python and the W3C's selectors count
    UTF16 = "utf16"  # as JavaScript counts: characters beyond U+FFFF are two


def convert_spans(text: str, spans_of: Sequence[Spans], unit: Unit) -> list[list[list[int]]]:
    """Return spans in code points of `text` as spans in `unit`.

    >>> convert_spans("😀 “lies”", [[(3, 7)]], Unit.UTF16)
    [[[4, 8]]]
    """
    before = _count_astral(text) if unit is Unit.UTF16 and spans_of else None
    if before is None:
        return [[list(span) for span in spans] for spans in spans_of]
    return [[[at + int(np.searchsorted(before, at)) for at in span] for span in spans] for spans in spans_of]


def _count_astral(text: str) -> np.ndarray[tuple[int], np.dtype[np.int64]] | None:
    """Return the places of the characters that take two units, or None where there are none."""
    if text.isascii():
        return None
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    places = np.flatnonzero(points > 0xFFFF)
    return places if len(places) else None
