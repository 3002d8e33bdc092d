"""Connections: many that read, and one that writes."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

# How long a process waits for another process (a command line import, say) that is writing.
BUSY_SECONDS = 30


def may_corrupt(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> bool:
    """Tell whether this SQLite has the WAL-reset fault.

    It corrupts a file in rare cases where several connections write or checkpoint at once:
    3.7.0 to 3.51.2, mended also in 3.44.6 and 3.50.7 (https://sqlite.org/wal.html#walresetbug).
    """
    mended = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return version >= (3, 7, 0) and not mended


class Database:
    """Gives out connections in transactions: `read()` for any number, `write()` for one at a time.

    All writes of a process go through one connection, because of SQLite's fault (see `may_corrupt`).
    """

    def __init__(self, address: str) -> None:
        self.is_sqlite = make_url(address).get_backend_name() == "sqlite"
        self._writer = _create_engine(address, self.is_sqlite, writes=True)
        in_memory = self.is_sqlite and make_url(address).database in (None, "", ":memory:")
        # A database in memory lives in its one connection.
        self._reader = self._writer if in_memory else _create_engine(address, self.is_sqlite, writes=False)
        self._write_lock = asyncio.Lock()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        async with self._reader.connect() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def write(self, *, keep: bool = True) -> AsyncIterator[AsyncConnection]:
        """Yield the writing connection in a transaction; without `keep` it is rolled back at the end."""
        async with self._write_lock, self._writer.connect() as connection:
            transaction = await connection.begin()
            try:
                yield connection
            except BaseException:
                await transaction.rollback()
                raise
            await (transaction.commit() if keep else transaction.rollback())

    async def close(self) -> None:
        # The writer last: the last connection to leave does SQLite's final checkpoint.
        await self._reader.dispose()
        await self._writer.dispose()


def _create_engine(address: str, is_sqlite: bool, *, writes: bool) -> AsyncEngine:
    if not is_sqlite:
        return create_async_engine(address, pool_pre_ping=True, hide_parameters=True)
    engine = create_async_engine(
        address,
        poolclass=AsyncAdaptedQueuePool,  # for a database in memory, too
        pool_size=1 if writes else 4,
        max_overflow=0,
        connect_args={"timeout": BUSY_SECONDS},
        hide_parameters=True,  # errors end in logs, and what was sent must not
    )

    def prepare(connection: Any, _record: object) -> None:
        # The driver would open transactions by its own rules; SQLAlchemy's `begin` below does it instead.
        connection.isolation_level = None
        run_pragmas(connection, ["foreign_keys = ON"])
        if writes:
            # FULL: what was acknowledged survives a loss of power, too.
            run_pragmas(connection, ["journal_mode = WAL", "synchronous = FULL"])
        else:
            run_pragmas(connection, ["query_only = ON"])

    def begin(connection: Connection) -> None:
        # IMMEDIATE takes the write lock at once; a lock taken later could fail half-way.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine.sync_engine, "connect", prepare)
    event.listen(engine.sync_engine, "begin", begin)
    return engine


def run_pragmas(connection: DBAPIConnection, pragmas: list[str]) -> None:
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
