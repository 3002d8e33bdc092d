"""Name what keeps the database from doing its work in the store's own few words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from server.store.errors import DatabaseUnusable, StoreFull, StoreUnavailable

AWAY = "the database can't be reached; try again in a moment"

_SQLITE_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY}
_SQLITE_AWAY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN}

# SQLSTATE classes and codes (https://www.postgresql.org/docs/current/errcodes-appendix.html).
_POSTGRESQL_FULL = ("53100", "58", "25006")  # disk full, I/O errors, read-only
_POSTGRESQL_AWAY = ("08", "53", "57", "55P03")  # connections, resources, shutdown, a lock not had in time
_POSTGRESQL_UNUSABLE = {
    "3D000": "there is no such database on the server",
    "28": "the database's server refuses the user: the name or the password is wrong, or it may not connect",
    "42501": "the database's user lacks a right to do this; to make or change tables, it must be allowed to",
    "22P05": "the database's encoding can't hold a character; make the database with the encoding UTF8",
}
_SQLITE_UNUSABLE = {
    sqlite3.SQLITE_NOTADB: "the file is no SQLite database",
    sqlite3.SQLITE_CORRUPT: "the database's file is damaged",
}


@contextmanager
def name_fault() -> Iterator[None]:
    """Raise StoreFull, StoreUnavailable or DatabaseUnusable in the place of what a driver says; other faults pass."""
    try:
        yield
    except (DBAPIError, PoolTimeout, OSError) as error:
        named = _name(error)
        if named is None:
            raise
        raise named from error


def _name(error: Exception) -> Exception | None:
    if not isinstance(error, DBAPIError):
        return _away()
    cause: BaseException | None = error.orig
    while cause is not None:
        if isinstance(cause, sqlite3.Error):
            return _name_sqlite((getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF)  # without the details
        named = _name_postgresql(getattr(cause, "sqlstate", None) or "")
        if named is not None:
            return named
        if isinstance(cause, OSError):
            return _away()
        cause = cause.__cause__
    return _away() if error.connection_invalidated else None


def _name_sqlite(code: int) -> Exception | None:
    if code in _SQLITE_UNUSABLE:
        return DatabaseUnusable(_SQLITE_UNUSABLE[code])
    return _full() if code in _SQLITE_FULL else _away() if code in _SQLITE_AWAY else None


def _name_postgresql(state: str) -> Exception | None:
    for prefix, told in _POSTGRESQL_UNUSABLE.items():
        if state.startswith(prefix):
            return DatabaseUnusable(told)
    if state.startswith(_POSTGRESQL_FULL):
        return _full()
    return _away() if state.startswith(_POSTGRESQL_AWAY) else None


def _away() -> Exception:
    return StoreUnavailable(AWAY)


def _full() -> Exception:
    return StoreFull("the database can't be written: its disk is full, faulty or read-only")
