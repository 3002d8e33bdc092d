"""Connections: many that read, and one that writes."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext, suppress
from typing import Any

from sqlalchemy import Executable, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncTransaction, create_async_engine

from server.store.addresses import read_connect_arguments
from server.store.faults import name_away, name_fault
from server.store.sqlite import SameFile, create_sqlite_engine

# How long a writer waits for another, of this process or another (a command line import, say).
BUSY_SECONDS = 30
CONNECT_SECONDS = 5
# A shared database that gives no connection, or says nothing on one, for so long is taken for one that is away.
SILENT_SECONDS = 6
# Longest statement: a search of all words of a large store, or a write that waits for another writer.
STATEMENT_SECONDS = 2 * BUSY_SECONDS
CLOSE_SECONDS = 2
MOVED = (
    "its file was moved, removed or replaced while it was in use; put it back, or stop all that uses it, remove the"
    " former's -wal and -shm files, and start again"
)
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
    On PostgreSQL, only changes go one by one, among all processes that share it. One that is silent is away.
    """

    def __init__(self, address: str, *, patient: bool = False) -> None:
        """Open no connection yet. With `patient`, statements may take as long as they do: migrations, say.

        Raises DatabaseUnusable where the address asks for what the driver does not know.
        """
        read_connect_arguments(address)
        self.address = address
        self._patient = patient
        self._gave_up_at = -math.inf  # waiting for the database, or for another process's write
        self.is_sqlite = make_url(address).get_backend_name() == "sqlite"
        self._file = SameFile(address) if self.is_sqlite else None
        self._writer = self._create_engine(address, writes=True)
        in_memory = self.is_sqlite and make_url(address).database in (None, "", ":memory:")
        # A database in memory lives in its one connection.
        self._reader = self._writer if in_memory else self._create_engine(address, writes=False)
        self._changing = asyncio.Lock()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        with name_fault(self.address):
            async with self._connect(self._reader) as connection, connection.begin():
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Yield a connection in a transaction that is committed at the end, for what no change log tells."""
        turn = self._take_turn() if self.is_sqlite else nullcontext()
        async with turn, self._transact(keep=True) as connection:
            yield connection

    @asynccontextmanager
    async def change(self, *, keep: bool = True) -> AsyncIterator[AsyncConnection]:
        """Yield the one connection that may change quotes; without `keep` it is rolled back at the end."""
        async with self._take_turn(), self._transact(keep=keep, among_all=True) as connection:
            yield connection

    async def close(self) -> None:
        # The writer last: the last connection to leave does SQLite's final checkpoint.
        for engine in (self._reader, self._writer):
            with suppress(TimeoutError):  # of a database that is away, which takes no leave
                async with asyncio.timeout(None if self.is_sqlite else CLOSE_SECONDS):
                    await engine.dispose()

    @asynccontextmanager
    async def _take_turn(self) -> AsyncIterator[None]:
        """Be the one writer of this process; raise StoreUnavailable where the one before has waited in vain."""
        asked_at = time.monotonic()
        async with self._changing:
            if self._gave_up_at > asked_at:  # those who wait need not find out one after the other
                raise name_away(self.address)
            yield

    @asynccontextmanager
    async def _connect(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        """Yield a connection on which the database has just answered."""
        if self._file and self._file.is_gone():
            raise name_away(self.address, MOVED)
        async with AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(None if self.is_sqlite else SILENT_SECONDS):
                    connection = await stack.enter_async_context(engine.connect())
            except TimeoutError:
                self._gave_up_at = time.monotonic()
                raise
            if self._file:
                self._file.note()
            yield connection

    @asynccontextmanager
    async def _transact(self, *, keep: bool, among_all: bool = False) -> AsyncIterator[AsyncConnection]:
        """Yield a connection that writes; `among_all`, the one of all processes that share the database."""
        with name_fault(self.address):
            async with self._connect(self._writer) as connection:
                transaction = await self._begin(connection, among_all=among_all)
                try:
                    yield connection
                except BaseException:
                    await transaction.rollback()
                    raise
                await (transaction.commit() if keep else transaction.rollback())

    async def _begin(self, connection: AsyncConnection, *, among_all: bool) -> AsyncTransaction:
        asked_at = time.monotonic()
        try:
            transaction = await connection.begin()
            if among_all and not self.is_sqlite:
                # Revisions are given out under this lock, so that none is seen before a lower one.
                await connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({_CHANGES_LOCK})"))
        except DBAPIError:
            if time.monotonic() - asked_at >= BUSY_SECONDS:
                self._gave_up_at = time.monotonic()
            raise
        return transaction

    def _create_engine(self, address: str, *, writes: bool) -> AsyncEngine:
        if self.is_sqlite:
            return create_sqlite_engine(address, writes=writes, busy_seconds=BUSY_SECONDS)
        return create_async_engine(
            address,
            pool_size=POOL_SIZE,
            max_overflow=0,
            pool_timeout=BUSY_SECONDS,
            pool_pre_ping=True,
            connect_args={
                **read_connect_arguments(address),
                "timeout": CONNECT_SECONDS,
                "command_timeout": None if self._patient else STATEMENT_SECONDS,
            },
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
