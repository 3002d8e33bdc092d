"""The index of words: what of a quote can be searched for, and the condition that finds it.

Both databases are handed the same words, folded and cut here, so that both find the same. Where a script
puts no spaces between words, pairs of neighbouring characters stand for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, bindparam, column, func, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY

from server.store.folded import fold_words
from server.store.tables import quotes

# PostgreSQL takes words of 2,046 bytes at most, and 1 MB of them a quote.
LONGEST_WORD = 64
MOST_CHARACTERS = 100_000

# Thai, Lao, Myanmar, Khmer; kana, CJK and what belongs to it.
_NO_SPACES = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]+)"
)

_quote_words = table("quote_words", column("rowid"), column("quote_words"))


def write_searchable(texts: Iterable[str]) -> str:
    """Return the words of the texts, each once, with single spaces between them.

    >>> write_searchable(["They lie, they lie", "习近平说"])
    'they lie 习近 近平 平说 说'
    """
    words: dict[str, None] = {}
    for each in texts:
        for word, unspaced in _cut_words(each):
            words.update(dict.fromkeys([*_pairs(word), word[-1]] if unspaced else [word[:LONGEST_WORD]]))
    return " ".join(words)[:MOST_CHARACTERS]


def holds_words(asked: str, *, on_sqlite: bool) -> ColumnElement[bool] | None:
    """Return the condition that a quote holds every word of `asked`, or a word that begins with it.

    None where there is no word in `asked`, which any quote holds.
    """
    words = dict.fromkeys(_ask(asked))
    if not words:
        return None
    # Words are letters, digits and "_" alone: nothing of either query language is among them.
    if on_sqlite:
        query = " ".join(f'"{word}"' + "*" * is_beginning for word, is_beginning in words)
        matching = select(_quote_words.c.rowid).where(_quote_words.c.quote_words.op("MATCH")(query))
        return quotes.c.created_revision.in_(matching)
    query = " & ".join(f"'{word}'" + ":*" * is_beginning for word, is_beginning in words)
    lexemes = func.array_to_tsvector(func.string_to_array(quotes.c.searchable, text("' '")))
    return lexemes.op("@@")(bindparam("words", query, type_=TSQUERY, unique=True))


def _ask(asked: str) -> Iterator[tuple[str, bool]]:
    """Yield the words to look for, and whether each may be the beginning of one."""
    for word, unspaced in _cut_words(asked):
        if not unspaced:
            # One letter begins too many words to be worth asking for.
            yield word[:LONGEST_WORD], len(word) > 1
        elif len(word) == 1:
            yield word, True
        else:
            yield from ((pair, False) for pair in _pairs(word))


def _cut_words(raw: str) -> Iterator[tuple[str, bool]]:
    """Yield the folded words, and whether each is of a script without spaces."""
    for word in fold_words(raw).split():
        if word.isascii():
            yield word, False
            continue
        for at, part in enumerate(_NO_SPACES.split(word)):
            if part:
                yield part, at % 2 == 1


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]
