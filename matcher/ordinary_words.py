"""Words that are no names though a sentence may begin with one: what ordinary text writes in small letters.

German writes its nouns with a capital: those are known by the article before them. `python -m
matcher.ordinary_words FILE…` makes the list anew from text files, a sentence a line.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from matcher.languages import language_of

_SHIPPED = Path(__file__).with_name("ordinary_words.txt.gz")
_GERMAN_NOUN_ENDING = re.compile(
    r"(?:ung|heit|keit|schaft|tion|tät|ismus|nis|tum|ling|chen|lein|eur|ment|enz|anz|ik)(?:en|e|s|es|er|sen)?$"
)


def is_ordinary(word: str) -> bool:
    """Whether `word` (its case does not matter) is mostly no name."""
    return word.casefold() in _ordinary_words()


def is_german_noun(word: str) -> bool:
    """Whether a capitalised German word is a noun like any other: by the list, its ending, or its last part."""
    word = word.casefold()
    if is_ordinary(word) or _GERMAN_NOUN_ENDING.search(word):
        return True
    stem = word.removesuffix("n").removesuffix("e").removesuffix("s")
    return is_ordinary(stem) or any(is_ordinary(word[place:]) for place in range(3, len(word) - 3))


@cache
def _ordinary_words() -> frozenset[str]:
    with gzip.open(_SHIPPED, "rt", encoding="utf-8") as file:
        return frozenset(file.read().split("\n"))


# ---- making the list ------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LETTERS = re.compile(r"[a-zß-öø-žșțа-яёіїєґ]{2,}")
_SMALL = ((30, 0.6), (15, 0.7))  # how often a word is written small, and in how many of its places
_BEGINS_SENTENCE = re.compile(r"[.!?:;\"“„«»”()\[\]—–-]")
_GERMAN_ARTICLE = re.compile(
    r"d(?:er|ie|as|en|em|es)|k?eine?[nmrs]?|diese[nmrs]?|seine[nmr]?|ihre[nmr]?|im|zum|zur|am|vom|beim"
)


def count_words(lines: Iterable[str]) -> Iterator[str]:
    """Yield the ordinary words of `lines`: seen often, and mostly in small letters."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    with_article: Counter[str] = Counter()
    for line in lines:
        words = list(_WORD.finditer(line))
        german = language_of(line.strip()) == "de"
        headline = not german and sum(word[0][0].isupper() for word in words) > 0.5 * len(words)
        before, end = "", 0
        for match in words:
            text, begins = match[0], not end or _BEGINS_SENTENCE.search(line[end : match.start()])
            if text[0].islower():
                small[text] += 1
            elif text[0].isupper() and not text.isupper() and not begins and not headline:
                capital[text.lower()] += 1
                with_article[text.lower()] += german and bool(_GERMAN_ARTICLE.fullmatch(before))
            before, end = text, match.end()
    for word, count in small.items():
        if _LETTERS.fullmatch(word) and any(
            count >= least and count >= share * (count + capital[word]) for least, share in _SMALL
        ):
            yield word
    for word, count in with_article.items():
        if count >= 2 and count >= 0.1 * capital[word] and _LETTERS.fullmatch(word):
            yield word


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Make matcher/ordinary_words.txt.gz from text, a sentence a line."
    )
    parser.add_argument("files", nargs="+", type=Path)
    arguments = parser.parse_args()

    def lines() -> Iterator[str]:
        for path in arguments.files:
            data = path.read_bytes()
            text = gzip.decompress(data) if path.suffix == ".gz" else data
            yield from text.decode("utf-8", "replace").split("\n")

    words = "\n".join(sorted(set(count_words(lines()))))
    _SHIPPED.write_bytes(gzip.compress(words.encode(), mtime=0))


if __name__ == "__main__":
    main()
