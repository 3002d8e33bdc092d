"""What a follower of the store reads: all that is published as of one change, and what each later change made of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import Status, StoredQuote
from server.store.database import Database
from server.store.faults import name_away
from server.store.listening import listen
from server.store.rows import load_all
from server.store.tables import changes

_QUOTES_AT_ONCE = 1_000
_WITH_KEYS = text(
    "SELECT count(DISTINCT conrelid) FROM pg_constraint"
    " WHERE contype = 'f' AND conrelid IN (to_regclass('checks'), to_regclass('wordings'))"
)
_MARK = changes.c.revision, changes.c.quote_id, changes.c.at


@dataclass(frozen=True, slots=True)
class Mark:
    """A change of one database: its number, the quote that it changed, and when.

    Ids are random, so that no other database has the same; nor has a restored copy that went another way, where
    the same quote may have been changed by the change of that number, too, but at another moment.
    """

    revision: int = 0
    quote_id: str = ""
    at: dt.datetime | None = None


START = Mark()  # before the first change


@dataclass(frozen=True, slots=True)
class News:
    """What a change made of a quote: as it is published from then on, or None where it is not."""

    mark: Mark
    quote: StoredQuote | None


class OtherHistory(Exception):
    """The database does not have the change that was followed up to: it is another one, or was restored."""


class Feed:
    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def read_published(self) -> AsyncIterator[tuple[Mark, AsyncIterator[list[StoredQuote]]]]:
        """Yield the last change, and all that is published as of it, some at a time: one moment of the store.

        Raises StoreUnavailable while a backup is being restored.
        """
        async with self._database.read() as connection:
            if not (self._database.is_sqlite or await _is_whole(connection)):
                raise name_away(self._database.address, "a backup is being restored; try again in a moment")
            yield await _read_mark(connection), _iterate_published(connection)

    async def read_mark(self) -> Mark:
        """Return the last change."""
        async with self._database.read() as connection:
            return await _read_mark(connection)

    async def read_news(self, after: Mark, limit: int) -> list[News]:
        """Return up to `limit` changes after one, oldest first; raise OtherHistory where that one is unknown."""
        statement = (
            select(*_MARK, changes.c.after)
            .where(changes.c.revision >= after.revision)
            .order_by(changes.c.revision)
            .limit(limit + 1)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(statement)).all()
        if after != START:
            if not rows or _as_mark(rows[0]) != after:
                raise OtherHistory
            rows = rows[1:]
        return [News(_as_mark(row), _as_published(row.after)) for row in rows[:limit]]

    async def listen(self, heard: Callable[[], None]) -> None:
        """Call `heard` when the store may have changed. Ends, by raising, only when that can't be told any more.

        Where the database does not tell of changes (SQLite), it returns at once; raises HintsLost where it does,
        and what it tells gets lost on the way.
        """
        if not self._database.is_sqlite:
            await listen(self._database.address, heard)


async def _is_whole(connection: AsyncConnection) -> bool:
    """Tell whether PostgreSQL has all rows of quotes that the change log tells of.

    pg_restore fills one table after the other, and makes the foreign keys when all of them are filled.
    """
    return await connection.scalar(_WITH_KEYS) == 2


async def _read_mark(connection: AsyncConnection) -> Mark:
    statement = select(*_MARK).order_by(changes.c.revision.desc()).limit(1)
    row = (await connection.execute(statement)).first()
    return _as_mark(row) if row else START


def _as_mark(row: Any) -> Mark:
    return Mark(row.revision, row.quote_id, row.at)


async def _iterate_published(connection: AsyncConnection) -> AsyncIterator[list[StoredQuote]]:
    last = 0
    while True:
        some, last = await load_all(connection, Status.PUBLISHED, last, _QUOTES_AT_ONCE)
        if not some:
            return
        yield some


def _as_published(after: dict[str, object] | None) -> StoredQuote | None:
    if after is None or after["status"] != Status.PUBLISHED.value:
        return None
    return StoredQuote.model_validate(after)
