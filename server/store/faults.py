"""Name what keeps the database from doing its work in the store's own few words."""

from __future__ import annotations

import os
import socket
import sqlite3
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from server.store.errors import DatabaseUnusable, StoreFull, StoreUnavailable

_SQLITE_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_SQLITE_AWAY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN}

# SQLSTATE classes and codes (https://www.postgresql.org/docs/current/errcodes-appendix.html).
_POSTGRESQL_FULL = ("53100", "58", "25006")  # disk full, I/O errors, read-only
_POSTGRESQL_AWAY = ("08", "53", "57", "55P03")  # connections, resources, shutdown, a lock not had in time
_POSTGRESQL_NO_TABLE = "42P01"
# Said of a prepared statement that is not there, or is there already.
_POOLED = (
    "a pooler before the database gives each transaction another connection (pool_mode=transaction); add"
    " ?prepared_statement_cache_size=0 to the address"
)
_POSTGRESQL_UNUSABLE = {
    "3D000": "there is no such database on the server",
    "28P01": "the database's server refuses the user: the name or the password is wrong",
    "28": "the database's server refuses the user: there is none of this name, or by its pg_hba.conf it may not"
    " connect from here, or not without TLS (ssl=require) or a certificate (PGSSLCERT)",
    "42501": "the database's user lacks a right to do this; to make or change tables, it must be allowed to",
    "26000": _POOLED,
    "42P05": _POOLED,
    "22P05": "the database's encoding can't hold a character; make the database with the encoding UTF8",
}
# The driver's own errors come bare, not as SQLAlchemy's, where a connection is lost while it is made.
_BARE = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
# Which files the driver takes for TLS, as libpq does.
_TLS_FILES = ("PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", "PGSSLCRL")
_SQLITE_UNUSABLE = {
    sqlite3.SQLITE_NOTADB: "the file is no SQLite database",
    sqlite3.SQLITE_CORRUPT: "the database's file is damaged",
}


@contextmanager
def name_fault(address: str) -> Iterator[None]:
    """Raise StoreFull, StoreUnavailable or DatabaseUnusable in the place of what a driver says; other faults pass.

    Each names the database at this SQLAlchemy URL, without its password.
    """
    try:
        yield
    except (DBAPIError, PoolTimeout, OSError, *_BARE) as error:
        named = _name(error, address)
        if named is None:
            raise
        raise named from error


def name_away(address: str, reason: str = "") -> StoreUnavailable:
    told = f"the database {_name_database(address)} can't be reached"
    return StoreUnavailable(f"{told}; try again in a moment" if not reason else f"{told}: {reason}")


def _name(error: Exception, address: str) -> Exception | None:
    if isinstance(error, OSError | asyncpg.PostgresError | asyncpg.ClientConfigurationError):
        return _name_cause(error, address)
    if not isinstance(error, DBAPIError):
        return name_away(address)
    cause: BaseException | None = error.orig
    while cause is not None:
        if isinstance(cause, sqlite3.Error):
            code = (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF  # without the details
            return _name_sqlite(code, address)
        if named := _name_cause(cause, address):
            return named
        cause = cause.__cause__
    return name_away(address) if error.connection_invalidated else None


def _name_cause(cause: BaseException, address: str) -> Exception | None:
    if isinstance(cause, asyncpg.ClientConfigurationError):
        # The driver calls it as libpq does; in an address it is `ssl`.
        return _unusable(address, str(cause).replace("`sslmode`", "`ssl`"))
    if missing := _find_missing_certificate(cause):
        return _unusable(address, missing)
    if isinstance(cause, asyncpg.InternalClientError):
        return name_away(address)  # what was on its way when the connection was lost has confused the driver
    if isinstance(cause, OSError):
        return name_away(address, _tell_reason(cause))
    return _name_postgresql(getattr(cause, "sqlstate", None) or "", address)


def _name_sqlite(code: int, address: str) -> Exception | None:
    if code in _SQLITE_UNUSABLE:
        return _unusable(address, _SQLITE_UNUSABLE[code])
    if code in _SQLITE_FULL:
        return _full(address)
    if code == sqlite3.SQLITE_READONLY:
        return _full(address, "the file or its folder can only be read; let this user write to both")
    if code == sqlite3.SQLITE_CANTOPEN:
        return name_away(address, _look_at_file(Path(make_url(address).database or "")))
    return name_away(address) if code in _SQLITE_AWAY else None


def _name_postgresql(state: str, address: str) -> Exception | None:
    for prefix, told in _POSTGRESQL_UNUSABLE.items():
        if state.startswith(prefix):
            return _unusable(address, told)
    if state == _POSTGRESQL_NO_TABLE:
        return name_away(address, "a table is not there; is a backup being restored?")
    if state.startswith(_POSTGRESQL_FULL):
        return _full(address)
    return name_away(address) if state.startswith(_POSTGRESQL_AWAY) else None


def _find_missing_certificate(error: BaseException) -> str | None:
    """Return which file that TLS needs is not there, or may not be read; Python's error does not name it."""
    if not isinstance(error, FileNotFoundError | PermissionError):
        return None
    for name in _TLS_FILES:
        file = os.environ.get(name)
        if file and not os.access(file, os.R_OK):
            return f"{name} names {file}, which is not there, or which this user may not read"
    return None


def _tell_reason(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return "no host of this name is known"
    if isinstance(error, TimeoutError):
        return "it does not answer; try again in a moment"
    if isinstance(error, ssl.SSLError):
        return f"TLS fails: {getattr(error, 'verify_message', None) or error.reason}"
    if error.errno:
        return f"{os.strerror(error.errno).lower()}; try again in a moment"
    # Of asyncpg's own, which name no errno: that the server does not speak TLS, say.
    return str(error) if isinstance(error, ConnectionError) else ""


def require_place(address: str) -> None:
    """Raise StoreUnavailable where no file can be at an SQLite address.

    The driver would tell of it too, but its thread may still be at it when the event loop is closed.
    """
    name = make_url(address).database
    if name not in (None, "", ":memory:") and (reason := _look_at_place(Path(str(name)))):
        raise name_away(address, reason)


def _look_at_file(file: Path) -> str:
    return _look_at_place(file) or "the file can't be opened; may this user write to it, and to its folder?"


def _look_at_place(file: Path) -> str:
    if file.is_dir():
        return "this is a folder"
    if file.exists() and not os.access(file, os.R_OK):
        return "this user may not read the file"
    if file.exists() or str(file).startswith("file:"):
        return ""
    if not file.parent.is_dir():
        return f"there is no folder {file.parent}"
    return (
        "" if os.access(file.parent, os.W_OK) else "there is no such file, and this user may make none there"
    )


def _name_database(address: str) -> str:
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.set(query={}).render_as_string(hide_password=True)


def _unusable(address: str, told: str) -> DatabaseUnusable:
    return DatabaseUnusable(f"{_name_database(address)}: {told}")


def _full(address: str, reason: str = "its disk is full, faulty or read-only") -> StoreFull:
    return StoreFull(f"the database {_name_database(address)} can't be written: {reason}")
