"""What the server's tests share: a store of their own, and quotes to put into it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from server.store import Store
from tests.databases import KINDS, make_database, make_postgresql_database


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database: each test runs on SQLite and on PostgreSQL."""
    with make_database(request.param, tmp_path) as address:
        yield address


@pytest.fixture(params=KINDS)
def without_tables(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that has no tables yet."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'quotes.db'}"
        return
    with make_postgresql_database() as address:
        yield address


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    opened = await Store.open(database)
    yield opened
    await opened.close()
