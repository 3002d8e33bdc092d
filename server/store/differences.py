"""What differs between two states of a quote, field by field."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Difference:
    """One field and its two values; None where it was added or taken away.

    `field` counts the places of lists from 0, as of the state after (of what was taken away, before).
    """

    field: str
    before: Any
    after: Any


def list_differences(
    before: Mapping[str, Any], after: Mapping[str, Any], *, without: Sequence[str] = ("revision",)
) -> list[Difference]:
    """Return the differences between two quotes as JSON has them, in the order of the fields.

    >>> list_differences({"speaker": {"name": "Xi"}}, {"speaker": {"name": "Xi Jinping"}})
    [Difference(field='speaker.name', before='Xi', after='Xi Jinping')]
    """
    names = [name for name in {**before, **after} if name not in without]
    return [found for name in names for found in _compare(name, before.get(name), after.get(name))]


def _compare(field: str, before: Any, after: Any) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in {**before, **after}:
            yield from _compare(f"{field}.{name}", before.get(name), after.get(name))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _compare_lists(field, before, after)
    else:
        yield Difference(field, before, after)


def _compare_lists(field: str, before: list[Any], after: list[Any]) -> Iterator[Difference]:
    # What stands in the middle of a list moves those after it, which are the same all the same.
    matcher = difflib.SequenceMatcher(None, _keys(before), _keys(after), autojunk=False)
    for tag, b0, b1, a0, a1 in matcher.get_opcodes():
        if tag == "equal":
            continue
        both = min(b1 - b0, a1 - a0)
        for offset in range(both):
            yield from _compare(f"{field}.{a0 + offset}", before[b0 + offset], after[a0 + offset])
        for at in range(b0 + both, b1):
            yield Difference(f"{field}.{at}", before[at], None)
        for at in range(a0 + both, a1):
            yield Difference(f"{field}.{at}", None, after[at])


def _keys(items: list[Any]) -> list[bytes]:
    return [orjson.dumps(item, option=orjson.OPT_SORT_KEYS) for item in items]
