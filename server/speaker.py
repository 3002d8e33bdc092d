"""Whether a page names the speaker of a quote."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache

from matcher.folding import PLAIN_LETTERS

# Words of names that do not name anybody alone.
_PARTICLES = frozenset(
    "al bin da das de del den der di do dos du el ibn la le van von und y jr jr. sr sr. ii iii iv".split()
)
_ACCENTS = re.compile("[\u0300-\u036f]+")
_MARKS = "'“”‘’–—…•\u00a0"
# A first word this short is likely a family name that stands first: Xi, Kim, Moon.
_SHORT_FIRST_WORD = 4
_WORD = re.compile(r"\w+")
# Only where more names are looked for does it pay to part the page into its words. Some hold thousands of quotes.
_FEW_NAMES = 50


class Page:
    """A page's text, folded at most once however many names are looked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._asked = 0

    def names(self, speaker: str) -> bool:
        """Tell whether the page has the speaker's name: all of it, or the part that stands for the person.

        >>> Page("Mr. Orbán told state radio").names("Viktor Orban")
        True
        """
        return any(self._has(_fold(name).strip()) for name in _short_names(speaker))

    def _has(self, folded_name: str) -> bool:
        if not folded_name:
            return False
        # A boundary is asked for only beside letters of scripts that put spaces between words.
        bounded = folded_name[0] < "\u0e00"
        self._asked += 1
        if bounded and self._asked > _FEW_NAMES:
            words = _WORD.findall(folded_name)
            if not self._words.issuperset(words):
                return False
            if words == [folded_name]:
                return True
        if folded_name not in self._folded:
            return False
        return not bounded or _alone(folded_name).search(self._folded) is not None

    @cached_property
    def _folded(self) -> str:
        return _fold(self._text)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self._folded))


# `re` itself keeps 512 patterns, and compiling one anew takes longer than searching a page for it.
@lru_cache(maxsize=4_096)
def _alone(folded_name: str) -> re.Pattern[str]:
    # Not `\b`: many a name in Devanagari or Tamil ends in a vowel sign, which is no word's character to it.
    return re.compile(rf"(?<!\w){re.escape(folded_name)}(?!\w)")


def _short_names(speaker: str) -> list[str]:
    """Return what names the speaker: what a page most likely has first, the whole last."""
    words = [word for word in speaker.split() if word.casefold() not in _PARTICLES]
    if len(words) < 2:
        return [speaker]
    is_family_first = len(words[0]) <= _SHORT_FIRST_WORD
    return [words[-1], *(words[:1] if is_family_first else ()), speaker]


def _fold(text: str) -> str:
    # Decomposing a page takes longer than searching it, and most need it only for their quotation marks.
    for mark in _MARKS:
        text = text.replace(mark, " ")
    if text.isascii():
        return text.lower()
    folded = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    for letter, plain in PLAIN_LETTERS.items():  # on a page a hundred times as fast as `translate`
        folded = folded.replace(letter, plain)
    return folded
