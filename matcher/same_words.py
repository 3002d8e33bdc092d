"""What is the same in the quote and on the page, though spelt otherwise: numbers and what they count, dates, spaces."""

from __future__ import annotations

import re

from matcher.folding import fold_word
from matcher.quantities import may_have_number, same_number
from matcher.spelling import without_contractions
from matcher.texts import Difference, Run, Text, Wording
from matcher.units import same_quantity, with_unit_signs

_NUMBER_WORDS = 6  # of a number at the edge of a quote
# Of a number with what it counts: words that differ, and equal ones beside them.
_QUANTITY_WORDS, _QUANTITY_BESIDE = 6, 2
_PERCENT = re.compile(r"[ \u00a0\u202f]?[%٪％]")
_MOST_SPACES = 4  # by which two texts of the same words differ
_SPACES = re.compile(r"[\s–‑-]+|(?<=[^\W\d_])\.(?=[^\W\d_]|\Z)")  # and the points of "U.S."


def possible_quantities(
    differences: list[Difference], count: int, wording: Wording, page: Text
) -> list[tuple[Difference, str, str]]:
    """Return what so many differences may be, with the words between them and few equal ones beside them, if that may
    be a quantity: each with what the quote says there, and what the page says."""
    if len(differences) < count:
        return []
    first, last = differences[0], differences[-1]
    if last.quote_end - first.quote > _QUANTITY_WORDS or last.page_end - first.page > _QUANTITY_WORDS:
        return []
    before, after = _equal_beside(first, last, wording, page)
    widest = first.quote - before, last.quote_end + after, first.page - before, last.page_end + after
    if not may_have_number(wording.text.slice(*widest[:2])) or not may_have_number(page.slice(*widest[2:])):
        return []
    return [
        (
            Difference(first.quote - left, last.quote_end + right, first.page - left, last.page_end + right),
            _with_unit_signs(wording.text, first.quote - left, last.quote_end + right),
            _with_unit_signs(page, first.page - left, last.page_end + right),
        )
        for left in range(before + 1)
        for right in range(after + 1)
    ]


def _equal_beside(first: Difference, last: Difference, wording: Wording, page: Text) -> tuple[int, int]:
    """How many equal words stand before and after a difference, as far as a quantity may reach."""
    before = after = 0
    ours, theirs = wording.words, page.words
    while (
        before < min(_QUANTITY_BESIDE, first.quote, first.page)
        and ours[first.quote - before - 1] == theirs[first.page - before - 1]
    ):
        before += 1
    while (
        after < min(_QUANTITY_BESIDE, len(ours) - last.quote_end, len(theirs) - last.page_end)
        and ours[last.quote_end + after] == theirs[last.page_end + after]
    ):
        after += 1
    return before, after


def is_same_beside_number(difference: Difference, wording: Wording, page: Text) -> bool:
    """Whether the equal number before them makes two texts the same: "3 billion" and "3 bn", "50 percent" and "50%"."""
    quote, place = difference.quote - 1, difference.page - 1
    if quote < 0 or place < 0 or not _ends_in_digit(wording.text, quote):
        return False
    checked = _with_percent(wording.text, quote, difference.quote_end)
    return same_number(checked.split(), _with_percent(page, place, difference.page_end).split())


def count_same_before(run: Run, wording: Wording, page: Text) -> int | None:
    """How many tokens before the first run say the number that the quote begins with, in another spelling, or the same
    words, spaced otherwise: "childcare" and "child care".
    """
    if not 0 < run.quote <= _NUMBER_WORDS:
        return None
    checked = _with_percent(wording.text, 0, run.quote)
    # The most words: "one hundred and sixty", though "hundred and sixty" is the same number.
    for count in range(min(_NUMBER_WORDS, run.page), 0, -1):
        said = _with_percent(page, run.page - count, run.page)
        if same_number(checked.split(), said.split()) or is_spacing(checked, said):
            return count
    return None


def count_same_after(run: Run, wording: Wording, page: Text) -> int | None:
    """How many tokens after the last run say the number that the quote ends with, or the same words, spaced otherwise.

    0 where a percent sign does.
    """
    end = len(wording)
    if not 0 < end - run.quote_end <= _NUMBER_WORDS:
        return None
    beside = int(_ends_in_digit(wording.text, run.quote_end - 1) or _ends_in_digit(page, run.page_end - 1))
    checked = _with_percent(wording.text, run.quote_end - beside, end)
    for count in range(1 - beside, min(_NUMBER_WORDS, len(page.words) - run.page_end) + 1):
        said = _with_percent(page, run.page_end - beside, run.page_end + count)
        if same_number(checked.split(), said.split()) or (count and is_spacing(checked, said)):
            return count
    return _quantity_after(run, wording, page)


def _quantity_after(run: Run, wording: Wording, page: Text) -> int | None:
    """As `count_same_after`, for a number with what it counts: "700 euros" and "700 €"."""
    end = len(wording)
    most = min(_QUANTITY_BESIDE, run.length)
    if not may_have_number(wording.text.slice(run.quote_end - most, end)):
        return None
    for beside in range(most + 1):
        checked = _with_unit_signs(wording.text, run.quote_end - beside, end)
        for count in range(not beside, min(_NUMBER_WORDS, len(page.words) - run.page_end) + 1):
            said = _with_unit_signs(page, run.page_end - beside, run.page_end + count)
            if same_quantity(checked, said):
                return count
    return None


def _ends_in_digit(text: Text, token: int) -> bool:
    return text.text[text.ends[token] - 1].isdigit()


def _with_percent(text: Text, first: int, last: int) -> str:
    """The text of tokens [first, last), and the percent sign that folding leaves out, if one follows."""
    following = _PERCENT.match(text.text, text.ends[last - 1])
    return text.slice(first, last) + (following[0] if following else "")


def _with_unit_signs(text: Text, first: int, last: int) -> str:
    return with_unit_signs(text.text, text.starts[first], text.ends[last - 1]) if last > first else ""


def is_spacing(checked: str, said: str) -> bool:
    """Whether two texts differ by where they are spaced, or words are drawn together: "child care" and "childcare",
    "do not" and "don't"."""
    if abs(len(checked) - len(said)) > _MOST_SPACES:
        return False
    ours, theirs = (_SPACES.split(without_contractions(text)) for text in (checked, said))
    return "".join(map(fold_word, ours)) == "".join(map(fold_word, theirs)) != ""
