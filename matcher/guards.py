"""Guards: changes of a quote that can turn its meaning. A negation, a number, a name."""

from __future__ import annotations

import re
from typing import Literal

Guard = Literal["negation", "number", "name"]

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def guard_of(checked: str, page: str) -> Guard | None:
    """Return what a change from `checked` to `page` touches that can turn the meaning, or None."""
    checked_words, page_words = _WORD.findall(checked), _WORD.findall(page)
    if _negations(checked_words) != _negations(page_words):
        return "negation"
    if _numbers(checked_words) != _numbers(page_words):
        return "number"
    names = _names(page_words)
    if (
        names
        and checked_words
        and not page.startswith("[")
        and not names <= {w.casefold() for w in checked_words}
    ):
        return "name"
    return None


def same_number(checked: list[str], page: list[str]) -> bool:
    """Whether both say one and the same number, and nothing else."""
    a, b = [_value(w) for w in checked], [_value(w) for w in page]
    return bool(a and b) and None not in a and None not in b and a == b


_NEGATIONS = frozenset(
    ["not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "cannot", "without"]
)


def _negations(words: list[str]) -> bool:
    return any(w.casefold() in _NEGATIONS or w.casefold().replace("’", "'").endswith("n't") for w in words)


_NUMBERS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}


def _value(word: str) -> float | None:
    word = word.casefold()
    if word in _NUMBERS:
        return _NUMBERS[word]
    try:
        return float(word.replace(",", ""))
    except ValueError:
        return None


def _numbers(words: list[str]) -> list[float]:
    return sorted(v for v in (_value(w) for w in words) if v is not None)


def _names(words: list[str]) -> set[str]:
    return {w.casefold() for w in words if w[:1].isupper() and not w.isupper()}
