"""What numbers count: "$5" is "5 dollars", and neither is "5 euros"; a percentage point is no percent. And what date
"31/01/2020" is."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from matcher.folding import is_unspaced
from matcher.number_reader import NumberReader
from matcher.number_words import Amount
from matcher.word_lists import read_sections

_LONGEST = 100  # characters of a quantity or a date
_UNIT_OF = {
    word.replace("_", " "): (dimension, unit)
    for dimension, units in read_sections("units").items()
    for unit, words in units
    for word in words
}
_LONGEST_FIRST = sorted(_UNIT_OF, key=len, reverse=True)
_SPACED, _UNSPACED = (
    "|".join(
        re.escape(word)
        for word in _LONGEST_FIRST
        if (word[0].isalpha() and not is_unspaced(word[0])) is spaced
    )
    for spaced in (True, False)
)
_SIGNS = "".join(re.escape(word) for word in _UNIT_OF if len(word) == 1 and not word.isalpha())
_UNIT = re.compile(rf"{_UNSPACED}|(?<![^\W\d_])(?:{_SPACED})(?!\w)", re.IGNORECASE)
_MILLIONS = re.compile(r"(?<=\d)[ \u00a0\u202f]?M(?=[$€£])")  # 500 M€
_US_DOLLAR = re.compile(r"\bUS[ \u00a0]?\$")
_PERCENT_BEFORE = re.compile(r"(?:%|\byüzde )(\d[\d.,]*)", re.IGNORECASE)
_MINUS = re.compile(rf"(?<!\w)[-−﹣－][{_SIGNS}]?\d")
_SIGNS_BEFORE = re.compile(rf"(?:(?<!\w)[-−﹣－])?[{_SIGNS}]?$")
_SIGN_AFTER = re.compile(rf"(?:[ \u00a0\u202f]?[{_SIGNS}](?!\d))?")
_ENDING = re.compile(r"(?<=\d)['’][^\W\d_]{1,4}")  # that an apostrophe joins to digits: 99'u
_NUMERIC_DATE = re.compile(
    r"(?<![\d./-])(?:(?P<year_first>\d{4})([-./])(?P<month>\d{1,2})\2(?P<day>\d{1,2})"
    r"|(?P<one>\d{1,2})(?P<by>[-./])(?P<two>\d{1,2})(?P=by)(?P<year>\d{4}))(?![/-]?\d)"
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_MOST_DAYS = 31
_SEVERAL = re.compile(r"\d|\w\W+\w")  # digits, or words
_JOINING = re.compile(r"\b(?:of(?=\s+(?-i:[A-Z]))|the|de|del|di|d['’]|von)(?:\s|\b)", re.IGNORECASE)


def units_differ(checked: str, page: str) -> bool:
    """Whether two texts have units of one kind, and none of them in common.

    >>> units_differ("5 dollars", "€5"), units_differ("20 km", "20 kilometers"), units_differ("5 days", "5 miles")
    (True, False, False)
    """
    ours, theirs = _units(checked), _units(page)
    return any(
        not {unit for kind, unit in ours if kind == dimension}
        & {unit for kind, unit in theirs if kind == dimension}
        for dimension in {kind for kind, _ in ours} & {kind for kind, _ in theirs}
    )


def same_quantity(checked: str, page: str) -> bool:
    """Whether two texts say the same numbers, of the same, and nothing else; or the same date.

    >>> same_quantity("1.7 billion dollars", "$1.7bn"), same_quantity("31 January 2020", "January 31st, 2020")
    (True, True)
    >>> same_quantity("12 percent", "12 percentage points"), same_quantity("$12", "12")
    (False, False)
    >>> same_quantity("31 January 2020", "1/31/2020"), same_quantity("1 February 2020", "01/02/2020")
    (True, False)
    """
    if max(len(checked), len(page)) > _LONGEST:
        return False
    if not (_SEVERAL.search(checked) or _SEVERAL.search(page)):
        return False  # "no" is not the word "zero"
    ours, theirs = _readings(checked), _readings(page)
    if len(ours) > 1 or len(theirs) > 1:
        return False
    quantity = _quantity(ours[0])
    return quantity is not None and quantity == _quantity(theirs[0])


def may_be_same_date(checked: str, page: str) -> bool:
    """Whether two texts are the same date if one that can be read in two ways is read in one of them.

    >>> may_be_same_date("1 February 2020", "1/2/2020"), may_be_same_date("1 March 2020", "1/2/2020")
    (True, False)
    """
    # Where both are dates in digits, one day in two orders is hardly meant.
    return _has_date(checked) != _has_date(page) and _agrees(checked, page) is True


def dates_differ(checked: str, page: str) -> bool:
    """Whether two texts, of which one is a date in digits, are other dates in whatever way it is read.

    >>> dates_differ("2 January 2020", "01.02.2020"), dates_differ("2 January 2020", "01/02/2020")
    (True, False)
    """
    return (_has_date(checked) or _has_date(page)) and _agrees(checked, page) is False


def _has_date(text: str) -> bool:
    return len(text) <= _LONGEST and bool(_NUMERIC_DATE.search(text))


def _agrees(checked: str, page: str) -> bool | None:
    """Whether any reading of a text says the quantity of one of the other; None where a text is no quantity."""
    if max(len(checked), len(page)) > _LONGEST:
        return None
    ours, theirs = ([*map(_quantity, _readings(text))] for text in (checked, page))
    if None in ours or None in theirs:
        return None
    return any(quantity in theirs for quantity in ours)


def with_unit_signs(text: str, start: int, end: int) -> str:
    """Return `text[start:end]` with the signs right before and after it that may be a quantity's: "$", "%", "-"."""
    before = _SIGNS_BEFORE.search(text[max(0, start - 3) : start])
    after = _SIGN_AFTER.match(text[end : end + 3])
    return (before[0] if before else "") + text[start:end] + (after[0] if after else "")


def _units(text: str) -> set[tuple[str, str]]:
    return {
        _UNIT_OF[match[0].casefold()] for match in _UNIT.finditer(text) if match[0].casefold() in _UNIT_OF
    }


def _readings(text: str) -> list[str]:
    """The text with its date in digits written out, in each way that it can be read; the text alone if it has none.

    Points stand after the day: "1.2.2020". With strokes or hyphens, the month may come first.
    """
    date = _NUMERIC_DATE.search(text)
    if date is None:
        return [text]
    if date["year_first"]:
        ways = [(date["day"], date["month"])]
    else:
        ways = [(date["one"], date["two"])]
        if date["by"] != ".":
            ways.append((date["two"], date["one"]))
    year = date["year_first"] or date["year"]
    dates = {
        f"{int(day)} {_MONTHS[int(month) - 1]} {year}": None
        for day, month in ways
        if 0 < int(day) <= _MOST_DAYS and 0 < int(month) <= len(_MONTHS)
    }
    return [text[: date.start()] + written + text[date.end() :] for written in dates] or [text]


_Quantity = tuple[Counter[tuple[Amount, str]], set[tuple[str, str]], bool]


@lru_cache(maxsize=4096)
def _quantity(text: str) -> _Quantity | None:
    """The numbers of a text and what they count; None where it says anything else, or no number."""
    text = _US_DOLLAR.sub("$", text)
    text = _PERCENT_BEFORE.sub(r"\1%", _ENDING.sub("", _MILLIONS.sub("m", text)))
    units = _units(text)
    reader = NumberReader(_JOINING.sub(" ", _UNIT.sub(" ", text)))
    numbers = list(reader.read())
    if reader.has_other or not numbers:
        return None
    is_date = any(number.kind == "month" for number in numbers)  # its day is 1 or 1st
    amounts: Counter[tuple[Amount, str]] = Counter(
        (n.amount, "cardinal" if is_date and n.kind == "ordinal" else n.kind) for n in numbers
    )
    return amounts, units, bool(_MINUS.search(text))
