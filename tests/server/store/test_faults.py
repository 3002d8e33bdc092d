"""A disk that is full or read-only keeps nobody from reading, and says what is wrong to whoever writes."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
import time
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import event

from server.models import Status
from server.store import Database, DatabaseUnusable, Store, StoreFull, StoreUnavailable, upgrade_database
from server.store.faults import name_fault
from tests.databases import address_on_server, execute, make_database, make_postgresql_database
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio


async def test_a_full_disk_is_told_and_heals(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'quotes.db'}")
    quote = await store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
    async with store._database.write() as connection:  # a bound stands for the disk's
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    big = [make_quote(f"{number} " * 1_000) for number in range(200)]
    with pytest.raises(StoreFull):
        await store.quotes.import_all(big, publish=False, may_publish=True, actor="tests")
    assert await store.quotes.find(quote.id) == quote
    revision = await store.read_revision()
    async with store._database.write() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    created = await store.quotes.create(make_quote("Room again"), Status.DRAFT, "tests")
    assert created.revision == revision + 1
    await store.close()


async def test_a_database_that_is_away_is_told() -> None:
    with pytest.raises(StoreUnavailable):
        await Store.open("postgresql+asyncpg://postgres@127.0.0.1:1/quotes")


async def test_a_connection_that_is_lost_while_it_is_made_is_told(tmp_path: Path) -> None:
    with make_database("postgresql", tmp_path) as address:
        store = await Store.open(address)
        engine = store._database._reader
        await engine.dispose()  # the next to be made is lost before it is prepared
        event.listen(
            engine.sync_engine, "connect", lambda made, _: made.driver_connection.terminate(), insert=True
        )
        with pytest.raises(StoreUnavailable, match="can't be reached; try again"):
            await store.read_revision()
        await store.close()
        with pytest.raises(StoreUnavailable), name_fault(address):
            raise asyncpg.InternalClientError(
                "cannot switch to state 11; another operation (2) is in progress"
            )


async def test_a_file_that_another_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.store.database.BUSY_SECONDS", 0)
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'quotes.db'}")
    with sqlite3.connect(tmp_path / "quotes.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable):
            await store.quotes.create(make_quote(), Status.DRAFT, "tests")
        other.execute("ROLLBACK")
    other.close()
    await store.quotes.create(make_quote(), Status.DRAFT, "tests")
    await store.close()


async def test_those_who_wait_for_another_process_give_up_together(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.store.database.BUSY_SECONDS", 1)
    store, other = await Store.open(database), await Store.open(database)
    began = time.monotonic()
    async with other._database.change():
        tried = await asyncio.gather(
            *(store.quotes.create(make_quote(), Status.DRAFT, "tests") for _ in range(5)),
            return_exceptions=True,
        )
    assert {type(each) for each in tried} == {StoreUnavailable}
    assert time.monotonic() - began < 3
    await store.quotes.create(make_quote(), Status.DRAFT, "tests")
    await other.close()
    await store.close()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("CREATE TABLE quotes (id INTEGER)", "another program's tables of our names: quotes"),
        ("CREATE TABLE alembic_version AS SELECT 'abc' AS version_num", "of a later version"),
    ],
)
async def test_tables_of_another_program_are_told_and_left_alone(
    without_tables: str, statement: str, told: str
) -> None:
    database = Database(without_tables)
    async with database.write() as connection:
        await connection.exec_driver_sql(statement)
    with pytest.raises(DatabaseUnusable, match=told):
        await upgrade_database(database)
    await database.close()


async def test_a_user_without_the_right_to_make_tables_is_told() -> None:
    role = f"quotemark_{secrets.token_hex(8)}"
    execute(f"CREATE ROLE {role} LOGIN")
    try:
        with make_postgresql_database() as address:
            database = Database(address_on_server(address.rpartition("/")[2], role))
            with pytest.raises(DatabaseUnusable, match="lacks a right"):
                await upgrade_database(database)
            await database.close()
    finally:
        execute(f"DROP ROLE {role}")


@pytest.mark.parametrize("variable", ["PGSSLROOTCERT", "PGSSLCERT"])
async def test_a_certificate_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "missing.crt"))
    ssl = "verify-full" if variable == "PGSSLROOTCERT" else "require"
    with pytest.raises(
        DatabaseUnusable, match=f"{variable} names {tmp_path}/missing.crt, which is not there"
    ):
        await Store.open(f"{address_on_server('postgres')}?ssl={ssl}")


async def test_a_way_to_use_tls_that_is_none_is_told_under_the_name_that_addresses_have_for_it() -> None:
    with pytest.raises(DatabaseUnusable, match="`ssl` parameter must be one of"):
        await Store.open(f"{address_on_server('postgres')}?ssl=true")
