"""Numerals that are one token: digits with their separators, fractions, Chinese, and what some write as one word."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from matcher.number_words import NUMBER_WORDS, Amount, NumberWord

CHINESE_NUMERALS = "〇零一二三四五六七八九十百千万亿两兩萬億兆"
_HUNDRED_OF = {"tausend": "hundert", "duizend": "honderd", "mille": "cento", "mila": "cento"}
_MOST_DIGITS = 40  # of a number that are looked at
_GROUPING_ONLY = " \u00a0\u2007\u2009\u202f'’٬"
_DIGITS_OF = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_SCALE_OF = {"十": 10, "百": 100, "千": 1000}
_MYRIADS_OF = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
# Single characters that stand in many words that are no numbers.
_UNSURE_CHINESE = frozenset("一零十百千万萬") | {"千万"}
# Of wars and kings; in a person's name they may come and go.
ROMAN_NUMERALS = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "XI": 11,
    "XII": 12,
}
ROMAN_NUMERALS |= {"XIII": 13, "XIV": 14, "XV": 15, "XVI": 16, "XVII": 17, "XVIII": 18, "XIX": 19}
ROMAN_NUMERALS |= {"XX": 20, "XXI": 21, "WWI": 1, "WWII": 2}


def read_digits(text: str) -> list[Amount]:
    """Return what digits with separators amount to; several amounts if they are a date.

    >>> read_digits("1.200.000"), read_digits("1,5"), read_digits("24.02.2022")
    ([1200000], [Fraction(3, 2)], [24, 2, 2022])
    """
    if text.isascii() and text.isdigit():
        return [int(text[:_MOST_DIGITS])]
    text = "".join(c if (n := unicodedata.decimal(c, None)) is None else str(n) for c in text)
    groups, separators = re.split(r"\D", text), re.findall(r"\D", text)
    if len(text) > _MOST_DIGITS:
        return [int("".join(groups)[:_MOST_DIGITS])]
    if separators and _has_decimal_point(groups, separators):
        return [_decimal("".join(groups[:-1]), groups[-1])]
    if _is_grouped(groups) or _is_grouped_in_lakhs(groups, separators):
        return [int("".join(groups))]
    return [int(group) for group in groups]


def _has_decimal_point(groups: list[str], separators: list[str]) -> bool:
    """The last separator is a decimal point if it is the only one of its kind and groups no thousands."""
    last = separators[-1]
    if last in _GROUPING_ONLY or separators.count(last) > 1:
        return False
    if len(separators) > 1:
        return _is_grouped(groups[:-1])
    return last == "٫" or not _is_grouped(groups)


def _is_grouped(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= 3 and groups[0] != "0" and all(len(group) == 3 for group in groups[1:])


def _is_grouped_in_lakhs(groups: list[str], separators: list[str]) -> bool:
    """12,00,000, as in India."""
    *inner, last = groups[1:] or [""]
    return (
        set(separators) == {","}
        and len(groups[0]) <= 2
        and len(last) == 3
        and all(len(group) == 2 for group in inner)
    )


def _decimal(whole: str, part: str) -> Amount:
    amount = Fraction(int(whole + part), 10 ** len(part))
    return int(amount) if amount.denominator == 1 else amount


def read_fraction(text: str) -> Amount:
    """½ or 1/2."""
    if len(text) == 1:
        return Fraction(unicodedata.numeric(text)).limit_denominator(8)
    return Fraction(int(text[0]), int(text[2]))


def read_chinese(text: str) -> NumberWord:
    """三十五 = 35, 二〇二二 = 2022, 三百万 = 3,000,000; 万 and 亿 alone are scales, for digits before them."""
    text = text[:_MOST_DIGITS]
    sure = text not in _UNSURE_CHINESE
    if all(c in _DIGITS_OF for c in text):
        return NumberWord(int("".join(str(_DIGITS_OF[c]) for c in text)), "cardinal", sure)
    total, section, digit = 0, 0, None
    for char in text:
        if char in _DIGITS_OF:
            digit = _DIGITS_OF[char]
        elif char in _SCALE_OF:
            section += (1 if digit is None else digit) * _SCALE_OF[char]
            digit = None
        else:
            before = total + section + (digit or 0)
            total, section, digit = (before or 1) * _MYRIADS_OF[char], 0, None
    is_scale = not any(c in _DIGITS_OF for c in text)
    return NumberWord(total + section + (digit or 0), "scale" if is_scale else "cardinal", sure)


def read_compound(word: str) -> int | None:
    """A German, Dutch or Italian number in one word: zweihundertfünfzigtausend, centottantamila.

    >>> read_compound("zweihundertfünfzigtausend"), read_compound("tausendfünfhundert"), read_compound("hundertjährig")
    (250000, 1500, None)
    """
    if len(word) > 60:
        return None
    word = word.replace("centott", "centoott").replace("tré", "tre")  # as Italian writes 108, 180 and 103
    for thousand, hundred in _HUNDRED_OF.items():
        if thousand in word:
            head, _, tail = word.partition(thousand)
            before, after = _below_thousand(head, hundred, 1), _below_thousand(tail, hundred, 0)
            return None if before is None or after is None else 1000 * before + after
    for hundred in _HUNDRED_OF.values():
        if hundred in word:
            return _below_thousand(word, hundred, 0)
    return None


def _below_thousand(word: str, hundred: str, nothing: int) -> int | None:
    """`nothing`: what an empty word amounts to."""
    if hundred not in word:
        return _below_hundred(word, nothing)
    head, _, tail = word.partition(hundred)
    before, after = _below_hundred(head, 1), _below_hundred(tail, 0)
    return None if before is None or after is None else 100 * before + after


def _below_hundred(word: str, nothing: int) -> int | None:
    if word not in NUMBER_WORDS:  # as undici is, Italian for 11
        word = word.removeprefix("und").removesuffix("und")
    if not word:
        return nothing
    if word in ("ein", "eins", "een", "uno", "un"):
        return 1
    known = NUMBER_WORDS.get(word)
    return int(known.amount) if known and known.kind == "cardinal" and 1 < known.amount < 100 else None
