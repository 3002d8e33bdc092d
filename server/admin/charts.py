"""Charts as plain shapes: a template draws them, and a table beside them says the same in numbers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.admin.looks import look_of

WIDTH, HEIGHT = 720, 200
_LEFT, _BOTTOM, _TOP = 44, 22, 10
LOOKS = ("holds", "mixed", "fails", "distorts", "unproven", "satire", "unrated")
LOOK_NAMES = {
    "holds": "True, mostly true",
    "mixed": "Mixed, outdated",
    "fails": "False, mostly false",
    "distorts": "Misleading, misattributed, altered",
    "unproven": "Unsubstantiated",
    "satire": "Satire",
    "unrated": "Unrated",
}


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    look: str


@dataclass(frozen=True, slots=True)
class Tick:
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class DayChart:
    bars: list[Bar]
    ticks: list[Tick]
    labels: list[tuple[float, str]]
    looks: list[tuple[str, str]]  # those that are there, and their names
    rows: list[tuple[dt.date, list[int], int]]  # by day: the numbers by look, and their sum


def draw_days(days: Sequence[dt.date], counts: Mapping[dt.date, Mapping[str, int]]) -> DayChart:
    """Return stacked bars, one a day; `counts` holds numbers by day and rating."""
    by_look = {day: _by_look(counts.get(day, {})) for day in days}
    present = [look for look in LOOKS if any(numbers[look] for numbers in by_look.values())]
    highest = _round_up(max((sum(numbers.values()) for numbers in by_look.values()), default=0))
    step = (WIDTH - _LEFT) / len(days)
    scale = (HEIGHT - _BOTTOM - _TOP) / highest
    bars: list[Bar] = []
    for at, day in enumerate(days):
        y = float(HEIGHT - _BOTTOM)
        for look in present:
            height = by_look[day][look] * scale
            if height:
                y -= height
                bars.append(Bar(_LEFT + at * step + step * 0.12, y, step * 0.76, height, look))
    ticks = [
        Tick(HEIGHT - _BOTTOM - value * scale, f"{value:,}") for value in sorted({0, highest // 2, highest})
    ]
    labels = [
        (_LEFT + at * step + step / 2, f"{day.day} {day:%b}") for at, day in enumerate(days) if at % 7 == 0
    ]
    rows = [
        (day, [by_look[day][look] for look in present], sum(by_look[day].values()))
        for day in reversed(days)
        if any(by_look[day].values())
    ]
    return DayChart(bars, ticks, labels, [(look, LOOK_NAMES[look]) for look in present], rows)


def _by_look(counts: Mapping[str, int]) -> defaultdict[str, int]:
    numbers: defaultdict[str, int] = defaultdict(int)
    for rating, count in counts.items():
        numbers[look_of(rating)] += count
    return numbers


def _round_up(number: int) -> int:
    """Return the next number that reads well on an axis."""
    step = 10 ** max(len(str(number)) - 1, 0)
    return max(4, next(step * factor for factor in (1, 2, 4, 6, 8, 10) if step * factor >= number))
