"""Words that are spelt in two ways and are the same: organise and organize, labour and labor, acção and ação; don't and
do not.

What a rule tells is here, word for word is `words/spellings.txt`. A rule may make of a word what is none, as long as
no two words become the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

from matcher.folding import fold_word
from matcher.word_lists import read_sections

_LONGEST = 40  # characters of a word
_RULES = [
    (re.compile(rule), to)
    for rule, to in (
        (r"(?<=\w{3})is(?=(?:e[ds]?|ers?|ing|able|ation(?:s|al)?)$)", "iz"),  # organise
        (r"(?<=l)ys(?=(?:e[ds]?|ers?|ing)$)", "yz"),  # analyse
        (r"(?<=\w{3})our(?!ne)", "or"),  # labour, favourite; not four, nor Osbourne
        # travelled; not called
        (r"(?<=[aeiouy])(\w*[ae]l)l(?=(?:ed|ing|ers?|ors?|ous|ously|ists?)$)", r"\1"),
    )
]
_CONTRACTED = re.compile(r"['’ʼ]|cannot|gonna", re.IGNORECASE)
_CONTRACTIONS = [
    (re.compile(rule), to)
    for rule, to in (
        (r"\bcan(?:'t|not)\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"\bshan't\b", "shall not"),
        (r"n't\b", " not"),
        (r"\bi'm\b", "i am"),
        (r"'re\b", " are"),
        (r"'ve\b", " have"),
        (r"'ll\b", " will"),
        # Elsewhere 's is a genitive, or has; and 'd is had or would.
        (r"\b(he|here|how|it|she|that|there|what|where|who)'s\b", r"\1 is"),
        (r"\blet's\b", "let us"),
        (r"\bgonna\b", "going to"),
    )
]


def _pairs() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for lines in read_sections("spellings").values():
        for _, words in lines:
            for one, other in zip(words[::2], words[1::2], strict=True):
                ending = "-" if one.endswith("-") else ""
                pairs[fold_word(one.removesuffix("-")) + ending] = fold_word(other.removesuffix("-"))
    return pairs


_PAIRS = _pairs()
_BEGINNING = re.compile(
    "|".join(sorted((word[:-1] for word in _PAIRS if word.endswith("-")), key=len, reverse=True))
)


def is_same_word(word: str, other: str) -> bool:
    """Whether two folded words are one word in two spellings.

    >>> is_same_word("organisation", "organization"), is_same_word("centre", "center"), is_same_word("four", "for")
    (True, True, False)
    """
    return max(len(word), len(other)) <= _LONGEST and _spelt_one_way(word) == _spelt_one_way(other)


@lru_cache(maxsize=1 << 14)
def _spelt_one_way(word: str) -> str:
    beginning = _BEGINNING.match(word)
    if word in _PAIRS:
        word = _PAIRS[word]
    elif beginning:
        word = _PAIRS[beginning[0] + "-"] + word[beginning.end() :]
    for rule, to in _RULES:
        word = rule.sub(to, word)
    return word


def without_contractions(text: str) -> str:
    """Return English text with two words for each that is made of two.

    >>> without_contractions("We can’t, and they won't")
    'we can not, and they will not'
    """
    if not _CONTRACTED.search(text):
        return text
    text = text.casefold().replace("’", "'").replace("ʼ", "'")
    for rule, to in _CONTRACTIONS:
        text = rule.sub(to, text)
    return text
