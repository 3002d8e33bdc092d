"""Which language a text is in, for words that mean different things in several: by its commonest small words.

Only languages in the Latin alphabet are told apart; the others need no telling here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from matcher.word_lists import read_sections

# As a regular expression: a letter of a script that is written with spaces, or a mark of one (Python's \w lacks the
# vowel signs of Hindi and Bengali).
LETTER = (
    r"(?:[^\W\d_\u3005-\u3007\u3040-\u30ff\u3400-\u9fff]"
    r"|[\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0981-\u0983\u09bc-\u09cd\u09d7])"
)
_LATIN_WORD = re.compile(r"[a-zß-öø-žșț]+")
_LONGEST = 2000  # characters that are looked at
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _words in read_sections("languages")["small words"]:
    for _word in _words:
        _LANGUAGES_OF.setdefault(_word, []).append(_language)


def language_of(text: str) -> str | None:
    """Return the code of the language that `text` is most likely in; None if nothing tells.

    >>> language_of("O presidente disse que não há dinheiro no Brasil")
    'pt'
    """
    return _language_of(text[:_LONGEST])


@lru_cache(maxsize=256)
def _language_of(text: str) -> str | None:
    scores: dict[str, float] = {}
    for word in _LATIN_WORD.findall(text.lower()):
        languages = _LANGUAGES_OF.get(word, ())
        for language in languages:
            scores[language] = scores.get(language, 0) + 1 / len(languages)
    if not scores:
        return None
    first, *others = sorted(scores, key=lambda language: -scores[language])
    return first if not others or scores[first] > scores[others[0]] else None


def is_small_word(word: str) -> bool:
    """Whether `word` (lower case) is one of the commonest small words of some language."""
    return word in _LANGUAGES_OF
