"""What stands right before and after a change, in the quote and on the page: it tells how the change is meant."""

from __future__ import annotations

from typing import NamedTuple

from matcher.marks import in_brackets, without_outside
from matcher.quoted_parts import DOUBLE_MARK


class Beside(NamedTuple):
    """`before` and `after` a change in the quote, and `page_before` and `page_after` it on the page. `near`: the page's
    words around it."""

    before: str = ""
    after: str = ""
    page_before: str = ""
    page_after: str = ""
    near: str = ""

    @property
    def brackets(self) -> tuple[bool, bool]:
        """Whether the quote's side, and the page's, is all that some brackets hold."""
        return in_brackets(self.before, self.after), in_brackets(self.page_before, self.page_after)

    def said(self, checked: str, page: str) -> str:
        """The page's side, without what stands outside of quotation marks that close before it or in it, unless the
        quote's own side does."""
        if not DOUBLE_MARK.search(self.page_before + page):
            return page
        before = len(self.before)
        own = without_outside(self.before + (checked or "x") + self.after)[
            before : before + len(checked or "x")
        ]
        if own != (checked or "x"):
            return page
        start = len(self.page_before)
        return without_outside(self.page_before + page + self.page_after)[start : start + len(page)]
