"""The signs that stand beside a number and are no words to folding: a minus, a currency's, a percent sign.

"30" is not "30 %", and "€5" not "$5", though their words are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from matcher.quantities import numbers_in
from matcher.texts import Run, Text, Wording

_CURRENCIES = "$¢£¥₠-⃀฿៛﷼＄￠￡￥￦"
_SPACE = "[ \u00a0\u202f]"
# A hyphen is a minus only where nothing stands before it that it could join to the number; at a line's beginning it is
# a bullet. A dash may be either, so that it is no difference.
_BEFORE = re.compile(
    rf"(?P<minus>(?:(?<=[ \u00a0\u202f(\[“”„«\"‘'])|^)[-‐‑−﹣－])?(?P<currency>[{_CURRENCIES}])?$"
)
_AFTER = re.compile(rf"{_SPACE}?(?:(?P<percent>[%٪％])|(?P<currency>[{_CURRENCIES}])(?!\d))")
_MOST_BEFORE, _MOST_AFTER = 3, 3  # characters
_ANY = re.compile(rf"[-‐‑−﹣－{_CURRENCIES}]\d|\d{_SPACE}?[%٪％{_CURRENCIES}]")
_DIGIT = re.compile(r"\d")
_MINUS_WORDS = frozenset({"minus", "moins", "menos", "meno", "минус", "мінус"})
_WORDS_NEAR = 4  # in which a percent sign or word still speaks of a number: "30 to 40 percent"


class _Signs(NamedTuple):
    minus: bool
    currency: str
    percent: bool


def with_signs(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of some words and of the signs beside them, where a number begins or ends them.

    >>> with_signs("from $5 to 30 %.", 6, 13)
    (5, 15)
    """
    if text[start].isdigit() and (before := _before(text, start)):
        start -= len(before[0])
    if text[end - 1].isdigit() and (after := _after(text, end)):
        end += len(after[0])
    return start, end


def slice_with_signs(text: Text, first: int, last: int) -> str:
    """The text of tokens [first, last), with the signs beside a number at its ends."""
    if first == last:
        return ""
    start, end = with_signs(text.text, text.starts[first], text.ends[last - 1])
    return text.text[start:end]


def differing_signs(runs: list[Run], wording: Wording, page: Text) -> Iterator[tuple[int, str, str]]:
    """Yield the equal numbers that a page has with other signs than the quote: their tokens, and as both write them."""
    first, last = page.starts[runs[0].page], page.ends[runs[-1].page_end - 1]
    said = page.text[first:last]
    # The page first: the wording's text may not have been read yet.
    if not (_DIGIT.search(said) and _DIGIT.search(wording.raw)):
        return
    if len(runs) == 1 and said in wording.raw and not (said[0].isdigit() or said[-1].isdigit()):
        return  # letter for letter the same, and no sign stands outside
    if not (_ANY.search(wording.raw) or _ANY.search(page.text, max(0, first - 1), last + _MOST_AFTER)):
        return
    for run in runs:
        for place in range(run.length):
            ours, theirs = run.quote + place, run.page + place
            if page.text[page.starts[theirs]].isdigit() and _differ(wording.text, ours, page, theirs):
                checked = slice_with_signs(wording.text, ours, ours + 1)
                yield theirs, checked, slice_with_signs(page, theirs, theirs + 1)


def _differ(quote: Text, ours: int, page: Text, theirs: int) -> bool:
    a, b = _signs(quote, ours), _signs(page, theirs)
    return (
        (a.minus and not b.minus and not _has_minus(page, theirs))
        or (b.minus and not a.minus and not _has_minus(quote, ours))
        or (a.percent and not b.percent and not _is_percent(page, theirs))
        or (b.percent and not a.percent and not _is_percent(quote, ours))
        or (a.currency != b.currency and bool(a.currency and b.currency))
    )


def _signs(text: Text, token: int) -> _Signs:
    before, after = _before(text.text, text.starts[token]), _after(text.text, text.ends[token])
    currencies = [found["currency"] for found in (before, after) if found and found["currency"]]
    return _Signs(bool(before and before["minus"]), "".join(currencies[:1]), bool(after and after["percent"]))


def _before(text: str, start: int) -> re.Match[str] | None:
    return _BEFORE.search(text[max(0, start - _MOST_BEFORE) : start])


def _after(text: str, end: int) -> re.Match[str] | None:
    return _AFTER.match(text[end : end + _MOST_AFTER])


def _has_minus(text: Text, token: int) -> bool:
    """Whether a word, or a dash that may be one, says that the number is below zero."""
    start = text.starts[token]
    if text.text[max(0, start - _MOST_BEFORE) : start].rstrip(_CURRENCIES).endswith(("–", "—")):
        return True
    return token > 0 and text.folded(token - 1) in _MINUS_WORDS


def _is_percent(text: Text, token: int) -> bool:
    """Whether a percent sign or word near the number may speak of it, too."""
    last = min(len(text.words), token + _WORDS_NEAR)
    start, end = max(0, text.starts[token] - _MOST_BEFORE), text.ends[last - 1] + _MOST_AFTER
    return any(number.percent for number in numbers_in(text.text[start:end]))
