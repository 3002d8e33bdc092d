"""Guards: changes of a quote that can turn its meaning. A negation, a number, a name."""

from __future__ import annotations

from typing import Literal

from matcher.beside import Beside, without_sentences
from matcher.changed_numbers import number_differs_in
from matcher.names import names_differ
from matcher.negation import negation_differs

Guard = Literal["negation", "number", "name"]
_NOTHING = Beside()


def guard_of(checked: str, page: str, quote: str = "", beside: Beside = _NOTHING) -> Guard | None:
    """Return what a change from `checked` to `page` touches that can turn the meaning, or None.

    The texts are as they stand in the quote and on the page; either may be empty. `quote`: the whole quote,
    to know its language and what it writes with capitals; without it, the change itself must tell.

    >>> guard_of("strongly rejects", "does not reject"), guard_of("six", "6"), guard_of("Obama", "Trump")
    ('negation', None, 'name')
    """
    if negation_differs(checked, page, quote) and negation_differs(
        without_sentences(beside.before, checked, beside.after),
        without_sentences(beside.page_before, page, beside.page_after),
        quote,
    ):
        return "negation"
    if number_differs_in(checked, page, quote, beside):
        return "number"
    if names_differ(checked, page, quote, beside):
        return "name"
    return None
