"""Name what keeps the database from doing its work in the store's own few words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from server.store.errors import StoreFull, StoreUnavailable

_SQLITE_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY}
_SQLITE_AWAY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN}

# SQLSTATE classes and codes (https://www.postgresql.org/docs/current/errcodes-appendix.html).
_POSTGRESQL_FULL = ("53100", "58", "25006")  # disk full, I/O errors, read-only
_POSTGRESQL_AWAY = ("08", "53", "57", "55P03")  # connections, resources, shutdown, a lock not had in time


@contextmanager
def name_fault() -> Iterator[None]:
    """Raise StoreFull or StoreUnavailable in the place of what a driver says; other faults pass."""
    try:
        yield
    except (DBAPIError, PoolTimeout, OSError) as error:
        named = _name(error)
        if named is None:
            raise
        raise named from error


def _name(error: Exception) -> Exception | None:
    away = StoreUnavailable("the database can't be reached; try again in a moment")
    full = StoreFull("the database can't be written: its disk is full, faulty or read-only")
    if not isinstance(error, DBAPIError):
        return away
    cause: BaseException | None = error.orig
    while cause is not None:
        if isinstance(cause, sqlite3.Error):
            code = (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF  # without the details
            return full if code in _SQLITE_FULL else away if code in _SQLITE_AWAY else None
        state = getattr(cause, "sqlstate", None) or ""
        if state.startswith(_POSTGRESQL_FULL):
            return full
        if state.startswith(_POSTGRESQL_AWAY) or isinstance(cause, OSError):
            return away
        cause = cause.__cause__
    return away if error.connection_invalidated else None
