"""Databases for tests: an SQLite file, or a database of its own on a real PostgreSQL.

QUOTEMARK_TEST_POSTGRES says where that is, as [user[:password]@]host:port. Where nothing answers, the tests fail:
`make test` sees to it that there is one.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import secrets
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

from server.store import Database, upgrade_database

KINDS = ("sqlite", "postgresql")
_ADDRESS = os.environ.get("QUOTEMARK_TEST_POSTGRES", "127.0.0.1:5432")
_SERVER = _ADDRESS if "@" in _ADDRESS else f"postgres@{_ADDRESS}"

Result = TypeVar("Result")


@contextmanager
def make_database(kind: str, folder: Path) -> Iterator[str]:
    """Yield the address of an empty database with all its tables; it is gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite+aiosqlite:///{folder / 'quotes.db'}"
        return
    with make_postgresql_database(f"TEMPLATE {_make_template()}") as address:
        yield address


@cache
def _make_template() -> str:
    """Return the name of an empty database with all tables, which is sooner copied than made; gone with the process."""
    name = _make_name()
    execute(f"CREATE DATABASE {name}")
    # In no other thread: none can be begun then.
    atexit.register(lambda: asyncio.run(_ask(f"DROP DATABASE {name} WITH (FORCE)")))
    run_apart(_upgrade(address_on_server(name)))
    return name


def _make_name() -> str:
    return f"quotemark_{secrets.token_hex(8)}"


def address_on_server(name: str, user: str = "") -> str:
    """Return the address of a database, there or not, for the usual user or another one."""
    server = f"{user}@{_SERVER.rpartition('@')[2]}" if user else _SERVER
    return f"postgresql+asyncpg://{server}/{name}"


@contextmanager
def make_postgresql_database(options: str = "") -> Iterator[str]:
    """Yield the address of a database without tables, made with SQL's `options`."""
    name = _make_name()
    execute(f"CREATE DATABASE {name} {options}")
    try:
        yield address_on_server(name)
    finally:
        execute(f"DROP DATABASE {name} WITH (FORCE)")


def execute(statement: str) -> None:
    """Run a statement on the PostgreSQL server, outside of any transaction."""
    run_apart(_ask(statement))


def run_apart(work: Coroutine[Any, Any, Result]) -> Result:
    """Run `work` in a thread: the caller's may have an event loop that runs already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _ask(statement: str) -> list[tuple[Any, ...]]:
    connection = await asyncpg.connect(f"postgresql://{_SERVER}/postgres", timeout=10)
    try:
        return [tuple(row) for row in await connection.fetch(statement)]
    finally:
        await connection.close()


async def _upgrade(address: str) -> None:
    database = Database(address)
    try:
        await upgrade_database(database)
    finally:
        await database.close()


def end_connections(address: str) -> None:
    """End all connections to a PostgreSQL database, as its restart would."""
    name = address.rpartition("/")[2]
    execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608


def count_connections(address: str, asking: str = "%") -> int:
    """Count the connections to a PostgreSQL database whose last statement is `asking`, as LIKE has it."""
    name = address.rpartition("/")[2]
    ((count,),) = run_apart(
        _ask(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}' AND query LIKE '{asking}'")  # noqa: S608
    )
    return int(count)
