"""The database as a whole: migrations, durability, two processes, tokens."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from server.models import Role, Status
from server.store import Database, SchemaOutdated, Store, may_corrupt, upgrade_database
from server.store.tables import metadata
from server.store.upgrade import require_current_schema
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio


async def test_the_migrations_make_the_tables(database: str) -> None:
    opened = Database(database)

    def compare(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    with pytest.raises(SchemaOutdated):
        await require_current_schema(opened)
    await upgrade_database(opened)
    await upgrade_database(opened)
    await require_current_schema(opened)
    async with opened.read() as connection:
        assert await connection.run_sync(compare) == []
    await opened.close()


async def test_the_file_is_in_wal_mode_and_holds_its_foreign_keys(store: Store, tmp_path: Path) -> None:
    quote = await store.quotes.create(make_quote(), Status.DRAFT, "tests")
    with sqlite3.connect(tmp_path / "quotes.db") as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        other.execute("PRAGMA foreign_keys = ON")
        other.execute("DELETE FROM quotes WHERE id = ?", (quote.id,))
        assert other.execute("SELECT count(*) FROM checks").fetchone() == (0,)
    other.close()


async def test_what_another_process_writes_is_seen(store: Store, database: str) -> None:
    other = await Store.open(database)
    created = await other.quotes.create(make_quote(), Status.DRAFT, "tests")
    await other.close()
    assert await store.quotes.find(created.id) == created


@pytest.mark.parametrize(
    ("version", "faulty"),
    [
        ((3, 6, 23), False),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
    ],
)
async def test_versions_of_sqlite_that_may_corrupt_their_file(
    version: tuple[int, int, int], faulty: bool
) -> None:
    assert may_corrupt(version) is faulty


async def test_a_database_in_memory_works(database: str) -> None:
    store = await Store.open("sqlite+aiosqlite://")
    created = await store.quotes.create(make_quote(), Status.DRAFT, "tests")
    assert await store.quotes.find(created.id) == created
    await store.close()


async def test_a_token_is_found_by_its_secret_only(store: Store, tmp_path: Path) -> None:
    secret = await store.tokens.create("Ann", Role.EDITOR)
    found = await store.tokens.find(secret)
    assert found is not None
    assert (found.name, found.role) == ("Ann", Role.EDITOR)
    assert await store.tokens.find(secret[:-1]) is None
    assert await store.tokens.find("") is None
    await store.close()
    assert secret.encode() not in (tmp_path / "quotes.db").read_bytes()


def test_each_role_may_do_what_the_roles_before_it_may() -> None:
    assert [[role.allows(needed) for needed in Role] for role in Role] == [
        [True, False, False, False],
        [True, True, False, False],
        [True, True, True, False],
        [True, True, True, True],
    ]
