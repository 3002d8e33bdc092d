"""The words that say numbers, months and days (words/numbers.txt), as `quantities` reads them."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import Literal, NamedTuple, get_args

from matcher.word_lists import read_sections

Amount = int | Fraction
Kind = Literal["cardinal", "ordinal", "scale", "month", "weekday"]

# They join the parts of a number; the second kind also between tens and units: treinta y cinco, not twenty and five.
CONNECTORS = frozenset(["and", "y", "e", "et", "und", "i", "și", "en", "و"])
TENS_CONNECTORS = CONNECTORS - {"and"}
ARTICLES = frozenset(["a", "an"])
HANGUL_SCALES = {"백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12}


class NumberWord(NamedTuple):
    """What a word says. `sure`: it hardly means anything else."""

    amount: Amount
    kind: Kind
    sure: bool


def without_apostrophes(word: str) -> str:
    return word.replace("'", "").replace("’", "").replace("ʼ", "")


def _amount(text: str) -> Amount:
    amount = Fraction(text)
    return int(amount) if amount.denominator == 1 else amount


def _without_marks(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _number_words() -> dict[str, NumberWord]:
    """Sure words of a kind that comes first go before; a possible word is never sure, in whatever language."""
    table: dict[str, NumberWord] = dict(_compounds())
    keeps_marks = set(_SECTIONS["keeps its marks"][0][1])
    kinds: tuple[Kind, ...] = get_args(Kind)
    for sure in (False, True):
        for kind in kinds:
            sections = [kind, *(["decade"] if kind == "cardinal" else [])] if sure else [f"{kind}?"]
            for key, words in (line for section in sections for line in _SECTIONS.get(section, ())):
                entry = NumberWord(_amount(key), kind, sure)
                for word in words:
                    folded = without_apostrophes(word.casefold())
                    table.setdefault(folded, entry)
                    if folded not in keeps_marks:
                        table.setdefault(_without_marks(folded), entry)
    return table


def _compounds() -> dict[str, NumberWord]:
    """German, Dutch and Italian numbers below 100 that are one word: fünfundzwanzig, vijfentwintig, venticinque;
    and with a half: zweieinhalb, tweeënhalf."""
    out: dict[str, NumberWord] = {}
    german, dutch, italian = (dict(_SECTIONS[name]) for name in ("german", "dutch", "italian"))
    for unit in range(2, 10):
        value = NumberWord(unit + Fraction(1, 2), "cardinal", sure=True)
        digit = dutch["units"][unit - 1]
        out[german["units"][unit - 1] + "einhalb"] = value
        out[digit + ("ën" if digit.endswith("e") else "en") + "half"] = value
    for place in range(8):
        for unit in range(1, 10):
            value = NumberWord(10 * (place + 2) + unit, "cardinal", sure=True)
            word = f"{german['units'][unit - 1]}und{german['tens'][place]}"
            out[word] = out[word.replace("ß", "ss").replace("ü", "ue")] = value
            ten, digit = dutch["tens"][place], dutch["units"][unit - 1]
            out[digit + ("ën" if digit.endswith("e") else "en") + ten] = value
            ten, digit = italian["tens"][place], italian["units"][unit - 1]
            out[(ten[:-1] if digit[0] in "uo" else ten) + digit.replace("tre", "tré")] = value
            out[(ten[:-1] if digit[0] in "uo" else ten) + digit] = value
    return out


_SECTIONS = read_sections("numbers")
NUMBER_WORDS = _number_words()
# Sept. is September, sept is French for 7.
AMBIGUOUS_MONTHS = {
    word: NumberWord(int(key), "month", sure=False)
    for key, words in _SECTIONS["month?"]
    for word in words
    if NUMBER_WORDS[word].kind != "month"
}
SHORT_SCALES = {word: int(key) for key, words in _SECTIONS["short scale"] for word in words}
DECADES = frozenset(word for _, words in _SECTIONS["decade"] for word in words)
PERCENT = frozenset(_SECTIONS["percent"][0][1])
ORDINAL_SUFFIXES = frozenset(_SECTIONS["ordinal suffix"][0][1])
NO_LABELS = frozenset(_SECTIONS["no label"][0][1])
AND_A_HALF = frozenset(word.replace("-", " ") for _, words in _SECTIONS["and a half"] for word in words)
NO_NUMERALS = frozenset(word for _, words in _SECTIONS["no numeral"] for word in words)
