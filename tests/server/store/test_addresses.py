"""An address that asks for what the driver does not know is refused in plain words, before anything is asked of it."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest
from sqlalchemy import text

from server.models import Status
from server.store import Database, DatabaseUnusable, Store, StoreUnavailable, upgrade_database
from server.store.faults import name_fault
from server.store.listening import listen
from tests.databases import make_database, make_postgresql_database
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio

SERVER = "postgresql+asyncpg://me:s3cret@db.internal/quotes"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (f"{SERVER}?sslmode=require", "not known: sslmode; TLS is asked for by ssl="),
        (f"{SERVER}?foo=bar&options=-csearch_path%3Dx", "not known: foo, options$"),
        (f"{SERVER}?prepared_statement_cache_size=many", "can't be used: .*many"),
        (f"{SERVER}?host=a&host=b:5432", "can't be used: All ports"),
        ("sqlite+aiosqlite:///quotes.db?timeout=long", "can't be used: .*long"),
        ("sqlite+aiosqlite://host/quotes.db", "can't be used: .*Invalid SQLite URL"),
    ],
)
def test_options_that_are_not_known_are_told(address: str, told: str) -> None:
    with pytest.raises(DatabaseUnusable, match=told) as raised:
        Database(address)
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize(
    ("options", "refusal", "told"),
    [
        ("ssl=perhaps", DatabaseUnusable, "must be one of"),
        ("ssl=verify-full", DatabaseUnusable, "root certificate file"),
        ("ssl=require", StoreUnavailable, "rejected SSL upgrade"),
    ],
)
async def test_what_keeps_tls_from_working_is_told(
    options: str, refusal: type[Exception], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/nonexistent")
    with make_postgresql_database() as address:
        database = Database(f"{address}?{options}")
        with pytest.raises(refusal, match=told):
            await upgrade_database(database)
        await database.close()


def test_a_certificate_that_is_not_trusted_is_told() -> None:
    untrusted = ssl.SSLCertVerificationError(1, "certificate verify failed")
    untrusted.verify_message = "self-signed certificate"
    with pytest.raises(StoreUnavailable, match="TLS fails: self-signed certificate"), name_fault(SERVER):
        raise untrusted


async def test_hints_are_heard_whatever_options_the_address_has(tmp_path: Path) -> None:
    heard = asyncio.Event()
    with make_database("postgresql", tmp_path) as address:
        listening = asyncio.create_task(listen(f"{address}?prepared_statement_cache_size=0", heard.set))
        await asyncio.wait_for(heard.wait(), 10)  # that it listens
        heard.clear()
        store = await Store.open(address)
        await store.quotes.create(make_quote(), Status.DRAFT, "tests")
        await asyncio.wait_for(heard.wait(), 10)  # of the change
        await store.close()
        listening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await listening


async def test_behind_a_pooler_no_statement_is_prepared_for_another_transaction() -> None:
    prepared = text("SELECT count(*) FROM pg_prepared_statements")
    with make_postgresql_database() as address:
        for options, kept in ("", True), ("?prepared_statement_cache_size=0", False):
            database = Database(address + options)
            async with database.read() as connection:
                assert bool(await connection.scalar(prepared)) is kept, options
            await database.close()


@pytest.mark.parametrize("statement", ["PREPARE one AS SELECT 1", "EXECUTE another"])
async def test_a_pooler_that_gives_each_transaction_another_connection_is_told(statement: str) -> None:
    told = r"pooler .* add \?prepared_statement_cache_size=0 to the address"
    with make_postgresql_database() as address:
        database = Database(address)
        async with database.read() as connection:
            if statement.startswith("PREPARE"):
                await connection.execute(text(statement))
            with pytest.raises(DatabaseUnusable, match=told), name_fault(address):
                await connection.execute(text(statement))
        await database.close()


async def test_no_tables_are_made_in_an_encoding_that_can_not_hold_every_text() -> None:
    with make_postgresql_database("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0") as address:
        database = Database(address)
        with pytest.raises(DatabaseUnusable, match="LATIN1"):
            await upgrade_database(database)
        await database.close()
