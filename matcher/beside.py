"""What stands right before and after a change, in the quote and on the page: it tells how the change is meant."""

from __future__ import annotations

import re
from typing import NamedTuple

from matcher.marks import in_brackets, without_outside
from matcher.quoted_parts import DOUBLE_MARK
from matcher.word_lists import read_words

# Behind an abbreviation ("U.S.", "Rep.") there is mostly none.
_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!\b[A-Z][a-z]{3})[.!?…][\"”’)\]]*\s+(?=[\"“(\[]?[^\W\d_a-zà-ÿа-я])|[。！？।]"
)
_MARKS = 5  # characters beside a text that may end a sentence
_WORDS_OF_SENTENCE = 5
_TRUE = read_words("negations")["true"]


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


def without_sentences(before: str, text: str, after: str) -> str:
    """Return `text`, where it stands, without the sentences that it has whole: what they negate is their own.

    A short one may deny what stands before it, and so may one that speaks of truth: "Absolutely not."

    >>> without_sentences("It is safe. ", "It does not harm anybody. It", " is cheap.")
    ' It'
    >>> without_sentences("It is safe. ", "Not so. It", " is cheap.")
    'Not so. It'
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(before[-_MARKS:] + text + after[:_MARKS])]
    if len(ends) < 2:
        return text
    start = len(before[-_MARKS:])
    first, last = max(0, ends[0] - start), max(0, ends[-1] - start)
    words = text[first:last].casefold().split()
    if len(words) < _WORDS_OF_SENTENCE or any(word.strip(".,!?") in _TRUE for word in words):
        return text
    return f"{text[:first]} {text[last:]}"


def _inside(before: str, text: str, after: str) -> str:
    """`text`, where it stands, without what of it is outside of quotation marks."""
    start = len(before)
    return without_outside(before + text + after)[start : start + len(text)]
