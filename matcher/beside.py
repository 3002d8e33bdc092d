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
        own = checked or "x"
        if _inside(self.before, own, self.after) != own:
            return page
        return _inside(self.page_before, page, self.page_after)


def _inside(before: str, text: str, after: str) -> str:
    """`text`, where it stands, without what of it is outside of quotation marks."""
    start = len(before)
    return without_outside(before + text + after)[start : start + len(text)]
