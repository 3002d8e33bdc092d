"""Guards: changes of a quote that can turn its meaning. A negation, a number, a name."""

from __future__ import annotations

from typing import Literal

from matcher.names import names_differ
from matcher.negation import negation_differs
from matcher.quantities import numbers_differ

Guard = Literal["negation", "number", "name"]


def guard_of(checked: str, page: str, quote: str = "") -> Guard | None:
    """Return what a change from `checked` to `page` touches that can turn the meaning, or None.

    The texts are as they stand in the quote and on the page; either may be empty. `quote`: the whole quote,
    to know its language and what it writes with capitals; without it, the change itself must tell.

    >>> guard_of("strongly rejects", "does not reject"), guard_of("six", "6"), guard_of("Obama", "Trump")
    ('negation', None, 'name')
    """
    if negation_differs(checked, page, quote):
        return "negation"
    if numbers_differ(checked, page):
        return "number"
    if names_differ(checked, page, quote):
        return "name"
    return None
