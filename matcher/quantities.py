"""Numbers in text: digits of any script and grouping, words, dates; what they amount to.

"6" and "six", "1.2 million" and "1,200,000", "Jan. 1" and "January 1st" amount to the same. An amount is *sure*,
or only *possible* where its word also means something else ("once", "second", "one", "May").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from matcher.number_reader import TOKEN, Number, NumberReader, folded, known_word
from matcher.number_words import ARTICLES, NO_NUMERALS, NUMBER_WORDS, Amount
from matcher.numerals import CHINESE_NUMERALS, read_compound

_MOST_READ = 5000  # characters of a text
_LONGEST = 80  # characters of a text that is one number
_YEARS = range(1900, 2100)
_HAS_DIGIT = re.compile(rf"[\d¼-¾⅐-⅞{CHINESE_NUMERALS}]")


def same_number(checked: list[str], page: list[str]) -> bool:
    """Whether both say one and the same number, and nothing else.

    >>> same_number(["1.2", "million"], ["1,200,000"]), same_number(["first"], ["1st"]), same_number(["two"], ["to"])
    (True, True, False)
    """
    if not (checked and page and _may_begin(checked[0]) and _may_begin(page[0])):
        return False
    a, b = number_of(" ".join(checked)), number_of(" ".join(page))
    if a is None or b is None or a.percent != b.percent or not (a.amount == b.amount or _same_year(a, b)):
        return False
    # Two single words for one amount are two words.
    if not (a.digits or b.digits or len(checked) > 1 or len(page) > 1 or "-" in checked[0] + page[0]):
        return checked == page
    return a.kind == b.kind or (a.digits and b.digits and {a.kind, b.kind} == {"cardinal", "ordinal"})


def numbers_differ(checked: str, page: str) -> bool:
    """Whether two texts surely say different numbers or dates.

    A possible number makes no difference, unless both texts are nothing but one. A month or a day of the week
    differs from another one only: that a whole date is left out is told by its digits.
    """
    a, b = numbers_in(checked), numbers_in(page)
    if not (a or b):
        return False
    if not (a and b) and all(number.kind in ("month", "weekday") for number in a + b):
        return False
    sure_a, sure_b = _amounts(a, sure=True), _amounts(b, sure=True)
    if not sure_a and not sure_b:
        return len(a) == len(b) == 1 and _differ_alone(checked, page)
    only_a = (sure_a - sure_b) - _amounts(b, sure=False)
    only_b = (sure_b - sure_a) - _amounts(a, sure=False)
    for one in a:
        other = next((n for n in b if _same_year(one, n) and _key(n) in only_b), None)
        if other and _key(one) in only_a:
            only_a -= Counter([_key(one)])
            only_b -= Counter([_key(other)])
    return bool(only_a or only_b)


def numbers_in(text: str) -> list[Number]:
    """Return the numbers of `text`, in order."""
    return list(NumberReader(text[:_MOST_READ]).read())


def may_have_number(text: str) -> bool:
    """Whether `text` may say a number: a quick look before it is read."""
    return bool(_HAS_DIGIT.search(text)) or any(map(_may_be_number, text.replace("-", " ").split()))


@lru_cache(maxsize=1 << 14)
def _may_be_number(word: str) -> bool:
    word = word.casefold()
    return word in NUMBER_WORDS or bool(read_compound(word))


def number_of(text: str) -> Number | None:
    """Return the number that `text` says, if it says one and nothing else."""
    return _cached_number_of(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _cached_number_of(text: str) -> Number | None:
    reader = NumberReader(text)
    numbers = list(reader.read())
    return numbers[0] if len(numbers) == 1 and not reader.has_other else None


def _may_begin(word: str) -> bool:
    """Whether a number may begin with `word`. It is asked of every pair of words that differ: hence the cache."""
    return len(word) <= _LONGEST and _cached_may_begin(word)


@lru_cache(maxsize=1 << 14)
def _cached_may_begin(word: str) -> bool:
    if word.casefold() in NO_NUMERALS:
        return False
    if word in NUMBER_WORDS or _HAS_DIGIT.search(word):
        return True
    first = TOKEN.search(word)
    if first is None or first.lastgroup not in ("word", "mark"):
        return first is not None
    word = folded(first[0])
    return first.lastgroup == "mark" or word in ARTICLES or known_word(word, first[0]) is not None


def _amounts(numbers: Sequence[Number], *, sure: bool) -> Counter[tuple[Amount, bool]]:
    return Counter(_key(n) for n in numbers if n.sure is sure)


def _key(number: Number) -> tuple[Amount, bool]:
    return number.amount, number.kind == "weekday"


def _same_year(one: Number, other: Number) -> bool:
    """Whether one is a year, and the other may be its last two digits: 2008 and '08, the 1990s and the nineties."""
    long, short = sorted((one, other), key=lambda number: number.amount, reverse=True)
    return short.short_year and long.amount in _YEARS and long.amount % 100 == short.amount


def _differ_alone(checked: str, page: str) -> bool:
    a, b = number_of(checked), number_of(page)
    if a is None or b is None or a.kind != b.kind or a.amount == b.amount:
        return False
    # Words for 0 and 1 are mostly "no" and "a".
    return a.kind != "cardinal" or min(a.amount, b.amount) not in (0, 1)
