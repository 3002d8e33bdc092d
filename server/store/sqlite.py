"""What SQLite needs to be told, and what is known to be wrong with it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool


def may_corrupt(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> bool:
    """Tell whether this SQLite has the WAL-reset fault.

    It corrupts a file in rare cases where several connections write or checkpoint at once:
    3.7.0 to 3.51.2, mended also in 3.44.6 and 3.50.7 (https://sqlite.org/wal.html#walresetbug).
    """
    mended = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return version >= (3, 7, 0) and not mended


def create_sqlite_engine(address: str, *, writes: bool, busy_seconds: int) -> AsyncEngine:
    """Return an engine whose connections either read, or are the one that writes."""
    engine = create_async_engine(
        address,
        poolclass=AsyncAdaptedQueuePool,  # for a database in memory, too
        pool_size=1 if writes else 4,
        max_overflow=0,
        connect_args={"timeout": busy_seconds},
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

    def make_file(*_connecting: object) -> None:
        # Readable by its owner alone: it holds drafts, and hashes of passwords. What SQLite lays beside it is as it is.
        name = make_url(address).database or ""
        if name not in ("", ":memory:") and not name.startswith("file:"):
            with suppress(OSError):  # it is there, or SQLite tells what is wrong
                os.close(os.open(name, os.O_CREAT | os.O_EXCL, 0o600))

    def begin(connection: Connection) -> None:
        # IMMEDIATE takes the write lock at once; a lock taken later could fail half-way.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine.sync_engine, "do_connect", make_file)
    event.listen(engine.sync_engine, "connect", prepare)
    event.listen(engine.sync_engine, "begin", begin)
    return engine


def read_only_address(address: str) -> str | None:
    """Return the address by which a file is read that lies where this user may not write; None of any other.

    SQLite reads a file in WAL mode only where it may lay others beside it, or is told that nothing changes the
    file (`immutable`; https://sqlite.org/wal.html#readonly). A file with a WAL beside it is in use, and isn't so.
    """
    name = make_url(address).database or ""
    file = Path(name)
    if not file.is_file() or os.access(file.parent, os.W_OK) or Path(f"{name}-wal").exists():
        return None
    unchanging = make_url(address).set(database=f"file:{quote(str(file.absolute()))}")
    return unchanging.update_query_dict({"immutable": "1", "uri": "true"}).render_as_string()


class SameFile:
    """Tells whether a database's file is still the one that was opened first.

    Connections stay with a file that is moved away, and what they write is lost with it. Those that are opened later
    would be to another file, into which SQLite mixes what the first has left in its WAL.
    """

    def __init__(self, address: str) -> None:
        name = make_url(address).database or ""
        self._file = None if name in ("", ":memory:") or name.startswith("file:") else Path(name)
        self._opened: int | None = None  # as SQLite, too, knows a file: by its inode alone

    def note(self) -> None:
        """Take the file that is there for the one that was opened, unless one was noted before."""
        if self._file and self._opened is None:
            self._opened = self._file.stat().st_ino

    def is_gone(self) -> bool:
        try:
            return bool(self._file and self._opened and self._file.stat().st_ino != self._opened)
        except FileNotFoundError:
            return True


def run_pragmas(connection: DBAPIConnection, pragmas: list[str]) -> None:
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
