"""Show where in an article each field came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

# Longer articles are shown to here; the fields keep their snippets beside them all the same.
MOST_SHOWN = 60_000
_MOST_WORDS = 80
# Readers of machine-made data name the key that a value stood under.
_KEY = re.compile(r"^[\w.@]+: ")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the article; `fields` are those that came from it."""

    text: str
    fields: tuple[str, ...] = ()


def mark_evidence(text: str, evidence: Mapping[str, str]) -> list[Segment]:
    """Return the text in pieces, those marked that a snippet of `evidence` (by field) was found in."""
    shown = text[:MOST_SHOWN]
    places: dict[int, set[str]] = {}
    for field, snippet in evidence.items():
        found = _find(shown, snippet)
        for at in range(*found) if found else ():
            places.setdefault(at, set()).add(field)
    segments: list[Segment] = []
    start = 0
    for at in range(1, len(shown) + 1):
        if at == len(shown) or places.get(at) != places.get(start):
            segments.append(Segment(shown[start:at], tuple(sorted(places.get(start, ())))))
            start = at
    return segments


def _find(text: str, snippet: str) -> tuple[int, int] | None:
    """Return where a snippet stands, whatever its spaces; of a long or shortened one, its beginning."""
    for wanted in (snippet, _KEY.sub("", snippet)):
        words = wanted.rstrip("…").split()[:_MOST_WORDS]
        if not words:
            continue
        found = re.search(r"\s+".join(map(re.escape, words)), text)
        if found:
            return found.span()
    return None
