"""Reading numbers: the tokens of a text, put together to what they amount to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from matcher.languages import LETTER
from matcher.number_words import (
    AMBIGUOUS_MONTHS,
    AND_A_HALF,
    ARTICLES,
    CONNECTORS,
    DECADES,
    HANGUL_SCALES,
    NO_LABELS,
    NUMBER_WORDS,
    ORDINAL_SUFFIXES,
    PERCENT,
    SHORT_SCALES,
    TENS_CONNECTORS,
    Amount,
    NumberWord,
    without_apostrophes,
)
from matcher.numerals import (
    CHINESE_NUMERALS,
    ROMAN_NUMERALS,
    read_chinese,
    read_compound,
    read_digits,
    read_fraction,
)

_SPACES = " \u00a0\u2007\u2009\u202f"
TOKEN = re.compile(
    rf"""
    (?P<label>(?:[A-ZА-Я][^\W\d_]*|[Cc]ovid)-?\d[\w-]*)               # COVID-19, G20, F-16: a name, no number
  | (?P<fraction>(?<![\d/])[1-3][/⁄][2-5](?![\d/])|[¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])
  | (?P<digits>\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,'’٫٬]\d+)*)
  | (?P<percent>[%٪％]|\b(?i:per|pour|por)[{_SPACES}]?(?i:cent|ciento|cento)\b|\b(?i:la)[{_SPACES}](?i:sut[ăa])\b
               |\bفي[{_SPACES}]الم(?:ئ|ائ)ة\b|パーセント|百分之)
  | (?P<chinese>[{CHINESE_NUMERALS}]+)
  | (?P<word>{LETTER}+(?:['’ʼ]{LETTER}+)*)
  | (?P<other>\w)
  | (?P<mark>[^\s$€£¥–—‑-])
    """,
    re.VERBOSE,
)
_PLURAL_SUFFIXES = frozenset(["s", "er", "ern", "x"])
_TWENTIETH_CENTURIES = (18, 19, 20)
_PERCENT_BEFORE = "百分之"
# '08, FY08, 2007-08, 2007/08, and the decades: '90s, 90er, 90-х, años 90, lata 90.
_SHORT_YEAR_BEFORE = re.compile(
    r"(?:(?<!\d)['’‘ʼ]|\b(?i:fy|años|anos|anni|années|anii|lata|lat|latach|léta|let)[ \u00a0]"
    r"|\b(?:19|20)\d\d ?[-‐‑–/])$"
)
_DECADE_AFTER = re.compile(r"['’]?(?:s|er|ern)\b|[-‐‑]?(?:х|ті|ти|те|е)\b")
_MOST_BEFORE_YEAR = 10  # characters
_TENS = range(20, 100, 10)
_OF = ("of", "de")
_HALF, _THIRD, _QUARTER = Fraction(1, 2), Fraction(1, 3), Fraction(1, 4)


class Number(NamedTuple):
    """A number that a text says. `digits`: it is written in digits. `short_year`: it may be a year's last two."""

    amount: Amount
    kind: Literal["cardinal", "ordinal", "month", "weekday"]
    sure: bool
    digits: bool = False
    percent: bool = False
    short_year: bool = False


@dataclass(slots=True)
class _Group:
    """A number as it is read: "two million five hundred" = 2,000,000 + 500."""

    part: Amount | None = None  # that waits for its scale: 500
    total: Amount = 0  # of the parts that have theirs: 2,000,000
    last_scale: Amount = 0
    words: int = 0
    sure: bool = False
    digits: bool = False
    ordinal: bool = False

    def add(self, word: NumberWord) -> bool:
        """Take a word in; return False, and change nothing, if it begins another number."""
        if self.ordinal or not (self._scale(word.amount) if word.kind == "scale" else self._add(word.amount)):
            return False
        self.sure |= word.sure or self.words > 0
        self.ordinal = word.kind == "ordinal"
        self.words += 1
        return True

    def _add(self, amount: Amount) -> bool:
        part = self.part
        if part is None:
            if self.words and (self.digits or self.last_scale <= amount):
                return False
            self.part = amount
        elif self.digits or not _add_up(part, amount):
            return False
        else:
            self.part = _sum(part, amount)
        return True

    def _scale(self, scale: Amount) -> bool:
        part = self.part
        if scale == 100 and not self.digits:
            if part is not None and part >= 100:
                return False
            self.part = 100 * (1 if part is None else part)
        elif self.last_scale and part is None and scale <= self.last_scale:
            return False
        else:
            if scale > self.last_scale > 0:  # "mil millones"
                self.total = (self.total + (part or 0)) * scale
            else:
                self.total += (1 if part is None else part) * scale
            self.part, self.last_scale = None, scale
        return True

    def add_half(self) -> None:
        """ "… and a half"."""
        if self.part is None:
            self.total += _HALF * self.last_scale
        else:
            self.part += _HALF

    @property
    def amount(self) -> Amount:
        amount = self.total + (self.part or 0)
        return int(amount) if isinstance(amount, Fraction) and amount.denominator == 1 else amount


def _add_up(part: Amount, amount: Amount) -> bool:
    """Whether two words make one number: "twenty five", "hundred five", "soixante dix", "nineteen eighty"."""
    if amount >= 100 or amount != int(amount) or part != int(part):
        return False
    if (part % 100 == 0 and part > 0) or (part, amount) == (4, 20):
        return True
    if part % 100 in (60, 80):
        return amount < 20
    if part in _TWENTIETH_CENTURIES and amount >= 10:
        return True
    return part % 10 == 0 and part % 100 >= 20 and 0 < amount < 10


def _sum(part: Amount, amount: Amount) -> Amount:
    if (part, amount) == (4, 20):  # quatre-vingt
        return 80
    if part in _TWENTIETH_CENTURIES and amount >= 10:
        return 100 * part + amount
    return part + amount


class NumberReader:
    """Reads a text's tokens into numbers. `has_other`: the text also says something that is no number."""

    def __init__(self, text: str) -> None:
        self.text = text if text.isascii() else unicodedata.normalize("NFC", text)
        self.tokens = list(TOKEN.finditer(self.text))
        self.place = 0
        self.has_other = False

    def read(self) -> Iterator[Number]:
        while self.place < len(self.tokens):
            token = self.tokens[self.place]
            if token.lastgroup == "digits":
                yield from self._read_digits(token[0])
            elif token.lastgroup == "label":
                yield from self._read_label(token[0])
            elif token.lastgroup in ("word", "fraction", "chinese"):
                yield from self._read_word()
            else:
                self.has_other |= token.lastgroup != "mark" and token[0] != _PERCENT_BEFORE
                self.place += 1

    def _read_label(self, text: str) -> Iterator[Number]:
        """COVID-19 says no number; Mid-1990s does."""
        self.place += 1
        self.has_other = True
        word = re.split(r"[-\d]", text, maxsplit=1)[0].casefold()
        if word in NO_LABELS or word in NUMBER_WORDS:
            for number in NumberReader(text[len(word) :]).read():
                yield number._replace(short_year=number.short_year or word == "fy")

    def _read_digits(self, text: str) -> Iterator[Number]:
        amounts = read_digits(text)
        if len(amounts) == 1:
            short_year = self._is_short_year(self.tokens[self.place])
            group = _Group(part=amounts[0], words=1, sure=True, digits=True)
            yield self._read_group(group, self.place + 1)._replace(short_year=short_year)
            return
        self.place += 1
        yield from (Number(amount, "cardinal", sure=True, digits=True) for amount in amounts)

    def _read_word(self) -> Iterator[Number]:
        place = self.place
        has_article = folded(self.tokens[place][0]) in ARTICLES
        if has_article and self._is_counted(place + 1):
            place += 1  # a million
        known = self._known(place)
        if known is None:
            self.has_other = True
            self.place += 1
            if has_article:
                yield Number(1, "cardinal", sure=False)
        elif known.kind in ("month", "weekday"):
            self.place = place + 1
            yield Number(known.amount, known.kind, known.sure)
        else:
            group = _Group()
            group.add(known)
            token = self.tokens[place]
            number = self._read_group(group, place + 1)
            if number.amount in _TENS and (folded(token[0]) in DECADES or self._follows_year_word(token)):
                number = number._replace(short_year=True)
            if place > 0 and number.kind == "ordinal" and folded(self.tokens[place - 1][0]) in ARTICLES:
                # "a third" of something, or a third one
                yield number._replace(amount=Fraction(1, int(number.amount)), kind="cardinal", sure=False)
                number = number._replace(sure=False)
            yield number

    def _is_short_year(self, token: re.Match[str]) -> bool:
        """Whether two digits may be the last ones of a year."""
        digits = token[0]
        if len(digits) != 2 or not digits.isdecimal():
            return False
        is_decade = digits[1] == "0" and _DECADE_AFTER.match(self.text, token.end())
        return bool(digits[0] == "0" or is_decade or self._follows_year_word(token))

    def _follows_year_word(self, token: re.Match[str]) -> bool:
        before = self.text[max(0, token.start() - _MOST_BEFORE_YEAR) : token.start()]
        return bool(_SHORT_YEAR_BEFORE.search(before))

    def _read_group(self, group: _Group, place: int) -> Number:
        """Take in the tokens from `place` on that belong to the number; leave the reader behind them."""
        is_percent = self.place > 0 and self.tokens[self.place - 1][0] == _PERCENT_BEFORE
        while place < len(self.tokens) and self._is_joined(place):
            taken = (
                self._take_suffix(group, place)
                or self._take_half(group, place)
                or self._take_word(group, place)
            )
            if not taken:
                break
            place += taken
        if place < len(self.tokens) and self._is_percent(place):
            is_percent, place = True, place + 1
        self.place = place
        kind: Literal["ordinal", "cardinal"] = "ordinal" if group.ordinal else "cardinal"
        return Number(group.amount, kind, group.sure, group.digits, is_percent)

    # Each of these takes tokens from `place` on into the group, and returns how many.

    def _take_suffix(self, group: _Group, place: int) -> int:
        """What stands behind digits only: 1st, 11k, 1990s, 5 млн, 3억, 80 cents."""
        if not group.digits or group.words > 1 or self.tokens[place].lastgroup != "word":
            return 0
        word = folded(self.tokens[place][0])
        touches = self.tokens[place].start() == self.tokens[place - 1].end()
        scale = SHORT_SCALES.get(word) or (HANGUL_SCALES.get(word[:1]) if touches else None)
        if scale and (touches or len(word) > 1):
            return int(group.add(NumberWord(scale, "scale", sure=True)))
        if word == "cents":
            group.part = Fraction(group.part or 0) / 100
            return 1
        if touches and word in ORDINAL_SUFFIXES:
            group.ordinal = True
            return 1
        return int(touches and word in _PLURAL_SUFFIXES)

    def _take_half(self, group: _Group, place: int) -> int:
        for count in (3, 2, 1):
            words = " ".join(folded(token[0]) for token in self.tokens[place : place + count])
            if words in AND_A_HALF:
                group.add_half()
                return count
        return 0

    def _take_word(self, group: _Group, place: int) -> int:
        word = folded(self.tokens[place][0])
        known = self._known(place)
        if known is not None and known.kind not in ("month", "weekday"):
            if (
                word[0] == "و"
                and group.part is not None
                and group.part % 100 in range(1, 10)
                and 20 <= known.amount < 100
            ):
                group.part += known.amount  # Arabic: five and twenty
                return 1
            return self._take_denominator(group, known, place) or int(
                not (group.digits and known.kind != "scale") and group.add(known)
            )
        between = 1 + self._is_of_a(place)
        following = self._known(place + between)
        if following is None or not self._connects(group, word, following):
            return 0
        return between + 1 if group.add(following) else 0

    def _is_of_a(self, place: int) -> bool:
        """A quarter of a million."""
        words = [folded(token[0]) for token in self.tokens[place : place + 2]]
        return words[0] == "of" and words[-1] in ARTICLES

    def _take_denominator(self, group: _Group, known: NumberWord, place: int) -> int:
        """Two thirds, one-third, three quarters; deux tiers, две трети."""
        is_fraction = known.amount in (_THIRD, _QUARTER)
        size = Fraction(1) / known.amount if is_fraction else known.amount
        if not is_fraction and (known.kind != "ordinal" or size <= 2):
            return 0
        is_plural = self.tokens[place][0].endswith("s") or (is_fraction and known.sure)
        hyphened = self.text[self.tokens[place].start() - 1] in "-‑"
        if group.last_scale or group.amount >= 20 or not (is_plural or hyphened or group.amount == 1):
            return 0
        group.part, group.sure = Fraction(group.part or 1) / size, True
        group.words += 1
        return 1

    def _connects(self, group: _Group, word: str, following: NumberWord) -> bool:
        """Whether `word` joins what follows to the number: half a million, hundred and five, treinta y cinco."""
        if group.amount in (_HALF, _QUARTER) and (word in ARTICLES or word in _OF):
            return following.kind == "scale"
        if word not in CONNECTORS or group.digits or following.kind != "cardinal":
            return False
        part = group.part
        if part is None or part % 100 == 0:
            return True
        return word in TENS_CONNECTORS and part != 4 and part not in _TWENTIETH_CENTURIES[:2]

    def _is_counted(self, place: int) -> bool:
        """Whether an article before `place` counts what is there: a million, a half."""
        known = self._known(place)
        return (
            known is not None
            and self._is_joined(place)
            and (known.kind == "scale" or known.amount in (_HALF, _QUARTER))
        )

    def _is_joined(self, place: int) -> bool:
        """Whether only spaces or a hyphen stand between a token and the one before it."""
        between = self.text[self.tokens[place - 1].end() : self.tokens[place].start()]
        return between.strip(_SPACES + "\n") in ("", "-", "‑")

    def _is_percent(self, place: int) -> bool:
        return self.tokens[place].lastgroup == "percent" or folded(self.tokens[place][0]) in PERCENT

    def _known(self, place: int) -> NumberWord | None:
        if place >= len(self.tokens):
            return None
        token = self.tokens[place]
        if token.lastgroup == "word":
            return known_word(folded(token[0]), token[0])
        if token.lastgroup == "chinese":
            return read_chinese(token[0])
        return (
            NumberWord(read_fraction(token[0]), "cardinal", sure=True)
            if token.lastgroup == "fraction"
            else None
        )


def folded(word: str) -> str:
    word = word.casefold()
    return word if word.isalpha() else without_apostrophes(word)


def known_word(word: str, raw: str) -> NumberWord | None:
    known = NUMBER_WORDS.get(word)
    if known is not None:
        return AMBIGUOUS_MONTHS.get(word, known) if raw[0].isupper() else known
    if raw in ROMAN_NUMERALS:
        return NumberWord(ROMAN_NUMERALS[raw], "ordinal", sure=False)
    singular = NUMBER_WORDS.get(word[:-1]) if word[-1:] == "s" else None
    if singular is not None and (singular.kind == "ordinal" or singular.amount == _QUARTER):
        return singular  # thirds, quarters
    for prefix in ("و", "ال"):  # Arabic "and" and "the" are written with their word
        if word.startswith(prefix) and word[len(prefix) :] in NUMBER_WORDS:
            return NUMBER_WORDS[word[len(prefix) :]]
    amount = read_compound(word)
    return None if amount is None else NumberWord(amount, "cardinal", sure=True)
