"""Connections: many that read, and one that writes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from typing import Any

from sqlalchemy import Executable, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from server.store.faults import name_fault
from server.store.sqlite import create_sqlite_engine

# How long a writer waits for another, of this process or another (a command line import, say).
BUSY_SECONDS = 30
CONNECT_SECONDS = 5
# Connections of one process to a shared database, for reading and for writing.
POOL_SIZE = 5

# What a process says on PostgreSQL after each change, and what a listener listens to. It is a hint alone:
# the change log is the truth.
CHANGES_CHANNEL = "quotemark_changes"
# Any number will do, as long as all processes that share a database use the same.
_CHANGES_LOCK = 0x0_9D0_7E


class Database:
    """Gives out connections in transactions: `read()`, `write()`, and `change()` for what the change log tells.

    On SQLite, all writes of a process go through one connection, because of its fault (see `may_corrupt`).
    On PostgreSQL, only changes go one by one, among all processes that share it.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.is_sqlite = make_url(address).get_backend_name() == "sqlite"
        self._writer = self._create_engine(address, writes=True)
        in_memory = self.is_sqlite and make_url(address).database in (None, "", ":memory:")
        # A database in memory lives in its one connection.
        self._reader = self._writer if in_memory else self._create_engine(address, writes=False)
        self._changing = asyncio.Lock()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        with name_fault():
            async with self._reader.connect() as connection, connection.begin():
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Yield a connection in a transaction that is committed at the end, for what no change log tells."""
        turn = self._changing if self.is_sqlite else nullcontext()
        async with turn, self._transact(keep=True) as connection:
            yield connection

    @asynccontextmanager
    async def change(self, *, keep: bool = True) -> AsyncIterator[AsyncConnection]:
        """Yield the one connection that may change quotes; without `keep` it is rolled back at the end."""
        async with self._changing, self._transact(keep=keep) as connection:
            if not self.is_sqlite:
                # Revisions are given out under this lock, so that none is seen before a lower one.
                await connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({_CHANGES_LOCK})"))
            yield connection

    async def close(self) -> None:
        # The writer last: the last connection to leave does SQLite's final checkpoint.
        await self._reader.dispose()
        await self._writer.dispose()

    @asynccontextmanager
    async def _transact(self, *, keep: bool) -> AsyncIterator[AsyncConnection]:
        with name_fault():
            async with self._writer.connect() as connection:
                transaction = await connection.begin()
                try:
                    yield connection
                except BaseException:
                    await transaction.rollback()
                    raise
                await (transaction.commit() if keep else transaction.rollback())

    def _create_engine(self, address: str, *, writes: bool) -> AsyncEngine:
        if self.is_sqlite:
            return create_sqlite_engine(address, writes=writes, busy_seconds=BUSY_SECONDS)
        return create_async_engine(
            address,
            pool_size=POOL_SIZE,
            max_overflow=0,
            pool_timeout=BUSY_SECONDS,
            pool_pre_ping=True,
            connect_args={"timeout": CONNECT_SECONDS},
            # A quote is read from three tables, which must be of one moment.
            isolation_level="READ COMMITTED" if writes else "REPEATABLE READ",
            hide_parameters=True,  # errors end in logs, and what was sent must not
        )


async def execute_many(
    connection: AsyncConnection, statement: Executable, rows: Sequence[dict[str, Any]]
) -> None:
    """Run the statement for each row; where this is cancelled, it ends first.

    asyncpg (0.31) waits without end, and swallows the cancellation, where it is cancelled while it writes many rows.
    """
    running = asyncio.ensure_future(connection.execute(statement, rows))
    try:
        await asyncio.shield(running)
    finally:
        await asyncio.wait([running])
