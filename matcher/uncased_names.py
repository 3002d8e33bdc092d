"""Names in scripts that have no capitals: those that a list knows (`words/uncased_names.txt`), however it spells them.

What is in no list is no name here: a change then has no guard, rather than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from matcher.beside import Beside
from matcher.word_lists import read_sections

_LONGEST = 2000  # characters of a side that are looked at
_UNCASED = re.compile(r"[\u0590-\u06ff\u0900-\u097f\u3040-\u30ff\u3400-\u9fff가-힣]")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_KATAKANA = "[ァ-ヺー]"
_WORD = re.compile(r"[\u0590-\u06ff\u200c]+|[\u0900-\u097f]+|[가-힣]+")
_HANGUL, _HEBREW, _ARABIC = (re.compile(f"[{span}]") for span in ("가-힣", "\u05d0-\u05ea", "\u0621-\u06d3"))
_MOST_PARTICLES = 2  # syllables that go on after a Korean name
# "and", "with", "to", the article, and others, as they are drawn together before a word.
_DRAWN_BEFORE = re.compile("[وف]?(?:[بلك]?(?:ال)?|لل)|[ושכ]?[בלמ]?ה?")
_MOST_DRAWN_BEFORE = 4  # letters
# Letters that stand for each other, and what may be left out: points, and what joins or stretches letters.
_PLAIN = {
    **str.maketrans("أإآٱىةیکףץםןך", "اااايهيكפצמנכ"),
    **dict.fromkeys([0x0640, 0x200C, *range(0x064B, 0x0653), *range(0x0591, 0x05C8)]),
}


def uncased_names_differ(checked: str, page: str, beside: Beside) -> bool:
    """Whether the quote has a name at a change that the page has not there, and the page one that the quote has not.

    >>> uncased_names_differ("拜登", "特朗普", Beside()), uncased_names_differ("美國", "美国", Beside())
    (True, False)
    """
    if not (_UNCASED.search(checked) and _UNCASED.search(page)):
        return False
    ours = _names_at(beside.before, checked[:_LONGEST], beside.after)
    theirs = _names_at(beside.page_before, page[:_LONGEST], beside.page_after)
    return bool(ours - theirs and theirs - ours)


def _names_at(before: str, text: str, after: str) -> set[str]:
    """The names that have a character of `text`, where it stands."""
    start, end = len(before), len(before) + len(text)
    return {name for first, last, name in _names_in(before + text + after) if first < end and last > start}


def _names_in(text: str) -> Iterator[tuple[int, int, str]]:
    names, unspaced = _names()
    for found in unspaced.finditer(text):
        yield *found.span(), names[found[0]]
    for found in _WORD.finditer(text):
        if name := next((names[stem] for stem in _stems(found[0]) if stem in names), None):
            yield *found.span(), name


@cache
def _names() -> tuple[dict[str, str], re.Pattern[str]]:
    """The names by their spellings, and what finds those that are written without spaces, the longest first."""
    lines = [line for lines in read_sections("uncased_names").values() for line in lines]
    names = {form: name for name, words in lines for word in words for form in _forms(word)}
    unspaced = sorted(filter(_UNSPACED.match, names), key=len, reverse=True)
    # A word in katakana is no part of a longer one.
    whole = (
        rf"(?<!{_KATAKANA}){form}(?!{_KATAKANA})" if re.match(_KATAKANA, form) else form for form in unspaced
    )
    return names, re.compile("|".join(whole))


def _forms(word: str) -> Iterator[str]:
    """A name as it is listed, and in Arabic, Persian and Hebrew what belongs to it: مصر and مصرية, ישראל and ישראלי."""
    word = word.translate(_PLAIN)
    yield word
    if _ARABIC.match(word):
        stem = word[:-1] if word[-1] in "اه" else word
        yield from (stem + ending for ending in ("", "ه", "ا", "ين", "ون") if stem.endswith("ي"))
        yield from (stem + ending for ending in ("ي", "يه", "يا", "يين", "يون") if not stem.endswith("ي"))
    elif _HEBREW.match(word):
        stem = word.removesuffix("ה")
        yield from (stem + ending for ending in ("י", "ית", "ימ", "אי", "אית", "אימ"))


def _stems(word: str) -> Iterator[str]:
    """A word, and what is left of it without what its language draws together with a name."""
    word = word.translate(_PLAIN)
    yield word
    if _HANGUL.match(word):
        yield from (word[:-count] for count in range(1, min(_MOST_PARTICLES, len(word) - 2) + 1))
    else:
        counts = range(1, min(_MOST_DRAWN_BEFORE, len(word) - 2) + 1)
        yield from (word[count:] for count in counts if _DRAWN_BEFORE.fullmatch(word[:count]))
