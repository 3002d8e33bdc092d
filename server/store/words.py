"""The index of words: what of a quote can be asked for, and the conditions that find it.

Both databases are handed the same words, folded and cut here, so that both find the same. Where a script
puts no spaces between words, pairs of neighbouring characters stand for them. What lists are narrowed by
(status, rating, publisher, speaker, language, site) stands among the words, so that one index answers any
combination; its words begin with "_", which no word that is asked for does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, bindparam, column, literal_column, table
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from server.models import Rating, Status, StoredQuote
from server.store.folded import digest_folded, fold_letters
from server.store.sites import name_site

# PostgreSQL takes words of 2,046 bytes at most, and 1 MB of them a quote.
LONGEST_WORD = 64
MOST_CHARACTERS = 100_000
_DIGEST_CHARACTERS = 20

# Thai, Lao, Myanmar, Khmer; kana, CJK and what belongs to it.
_NO_SPACES = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]+)"
)

# What is in no tag but "-": a language that is asked for may be any words, and would end in a query.
_NO_TAG = re.compile("[^a-z0-9]")

# SQLite's full-text table: its rows are those of `quotes`.
quote_words = table("quote_words", column("rowid"), column("quote_words"))

# PostgreSQL's column of `quotes`, which it makes of `searchable` by itself.
_POSTGRESQL_WORDS = literal_column("quotes.quote_words", TSVECTOR)


def write_searchable(quote: StoredQuote) -> str:
    """Return all that the quote is found by, each once, with single spaces between."""
    texts = [quote.text, *(wording.text for wording in quote.wordings)]
    facets = [name_status(quote.status)]
    if quote.speaker:
        texts += [quote.speaker.name, quote.speaker.role or ""]
        facets.append(name_speaker(quote.speaker.name))
    if quote.language:
        parts = quote.language.split("-")
        facets += [name_language("-".join(parts[:length])) for length in range(1, len(parts) + 1)]
    for check in quote.checks:
        texts += [check.publisher, check.title or "", check.verdict.label]
        facets.append(name_publisher(check.publisher))
        if check.verdict.rating:
            facets.append(name_rating(check.verdict.rating))
        if check.url and check.url.host:
            labels = name_site(check.url.host).split(".")
            facets += [name_of_site(".".join(labels[at:])) for at in range(len(labels))]
    return " ".join(dict.fromkeys([*facets, *cut_texts(texts)]))[:MOST_CHARACTERS]


def name_status(status: Status) -> str:
    return f"_status_{status.value}"


def name_rating(rating: Rating) -> str:
    return f"_rating_{rating.value}"


def name_publisher(publisher: str) -> str:
    return f"_publisher_{_digest_name(publisher)}"


def name_speaker(speaker: str) -> str:
    return f"_speaker_{_digest_name(speaker)}"


def _digest_name(name: str) -> str:
    return digest_folded(fold_letters(name) or name)[:_DIGEST_CHARACTERS]


def name_language(language: str) -> str:
    return f"_language_{_NO_TAG.sub('_', language.lower())}"[:LONGEST_WORD]


def name_of_site(site: str) -> str:
    return f"_site_{digest_folded(site)[:_DIGEST_CHARACTERS]}"


def cut_texts(texts: Iterable[str]) -> list[str]:
    """Return the words of the texts, each once, as the index holds them.

    >>> cut_texts(["They lie, they lie", "习近平说"])
    ['they', 'lie', '习近', '近平', '平说', '说']
    """
    words: dict[str, None] = {}
    for each in texts:
        for word, unspaced in _cut_words(each):
            words.update(dict.fromkeys([*_pairs(word), word[-1]] if unspaced else [word[:LONGEST_WORD]]))
    return list(words)


def ask_words(asked: str) -> list[tuple[str, bool]]:
    """Return the words to look for, and whether each may be the beginning of one."""
    words: dict[tuple[str, bool], None] = {}
    for word, unspaced in _cut_words(asked):
        if not unspaced:
            # One letter begins too many words to be worth asking for.
            words[word[:LONGEST_WORD], len(word) > 1] = None
        elif len(word) == 1:
            words[word, True] = None
        else:
            words.update({(pair, False): None for pair in _pairs(word)})
    return list(words)


# Words are letters, digits and "_" alone: nothing of either query language is among them.


def match_on_sqlite(words: Iterable[tuple[str, bool]]) -> ColumnElement[bool]:
    """Return the condition on `quote_words` that a quote holds all words, or what begins with them."""
    query = " ".join(f'"{word}"' + "*" * is_beginning for word, is_beginning in words)
    return quote_words.c.quote_words.op("MATCH")(query)


def match_on_postgresql(words: Iterable[tuple[str, bool]]) -> ColumnElement[bool]:
    """Return the condition on `quotes` that a quote holds all words, or what begins with them."""
    query = " & ".join(f"'{word}'" + ":*" * is_beginning for word, is_beginning in words)
    return _POSTGRESQL_WORDS.op("@@")(bindparam("words", query, type_=TSQUERY, unique=True))


def _cut_words(raw: str) -> Iterator[tuple[str, bool]]:
    """Yield the folded words, and whether each is of a script without spaces."""
    for word in fold_letters(raw).replace("_", " ").split():
        if word.isascii():
            yield word, False
            continue
        for at, part in enumerate(_NO_SPACES.split(word)):
            if part:
                yield part, at % 2 == 1


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]
