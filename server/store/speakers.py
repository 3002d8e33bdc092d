"""The speakers' names, and which of them a misspelt one may mean."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.store.change_log import read_revision
from server.store.database import Database
from server.store.folded import fold_letters
from server.store.tables import quotes

# A name of more words is none, but a sentence.
_MOST_WORDS = 6
_MOST_FOUND = 10


class Speakers:
    """Knows the names once it has been asked, and then reads only what has changed since."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names = _Names()
        self._revision = 0
        self._turn = asyncio.Lock()

    async def find_alike(self, asked: str) -> list[str]:
        """Return the nearest of the speakers that a name, misspelt or cut, may mean; none where none is near.

        Each of its words is the beginning of a word of theirs, or a letter or two away from one. What a speaker
        said may be gone meanwhile.
        """
        words = fold_letters(asked).split()
        if not 0 < len(words) <= _MOST_WORDS:
            return []
        async with self._turn:
            async with self._database.read() as connection:
                revision = await read_revision(connection)
                changed = await _load_names(connection, self._revision) if revision != self._revision else []
            # In a thread: the first time, it takes some ten milliseconds for some ten thousand speakers.
            found = await asyncio.to_thread(self._names.add_and_find, changed, words)
            self._revision = revision
        return found


async def _load_names(connection: AsyncConnection, after: int) -> Sequence[str]:
    """Return the speakers of the quotes that were changed after a revision."""
    name = quotes.c.speaker_name
    statement = select(name).where(name.is_not(None)).distinct()
    if after:  # of all quotes, the index of names alone tells
        statement = statement.where(quotes.c.revision > after)
    return (await connection.scalars(statement)).all()


class _Names:
    """Names by their folded words."""

    def __init__(self) -> None:
        self._names: dict[str, None] = {}
        self._with: defaultdict[str, list[str]] = defaultdict(list)

    def add_and_find(self, added: Iterable[str], asked: Sequence[str]) -> list[str]:
        self._add(added)
        return self._find_alike(asked)

    def _add(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self._names:
                self._names[name] = None
                for word in fold_letters(name).split():
                    self._with[word].append(name)

    def _find_alike(self, asked: Sequence[str]) -> list[str]:
        """Return the names that have a word near each of those that are asked for, with the fewest letters wrong."""
        wrong = self._count_wrong(asked[0])
        for word in asked[1:]:
            more = self._count_wrong(word)
            wrong = {name: wrong[name] + more[name] for name in wrong.keys() & more.keys()}
        least = min(wrong.values(), default=0)
        return sorted(name for name, letters in wrong.items() if letters == least)[:_MOST_FOUND]

    def _count_wrong(self, asked: str) -> dict[str, int]:
        """Return the names that have a word near the one that is asked for, and how many letters are wrong in it."""
        near = {word: 0 for word in self._with if word.startswith(asked)}
        if most := _count_allowed(asked):
            alike = process.extract(
                asked, list(self._with), scorer=OSA.distance, score_cutoff=most, limit=None
            )
            near = {word: int(letters) for word, letters, _ in alike} | near
        wrong: dict[str, int] = {}
        for word, letters in near.items():
            for name in self._with[word]:
                wrong[name] = min(letters, wrong.get(name, letters))
        return wrong


def _count_allowed(word: str) -> int:
    """Return how many letters may be wrong: what is near a short word is most often another word."""
    if len(word) < 4:
        return 0
    return 1 if len(word) < 6 else 2
