"""The database as a whole: migrations, durability, two processes, tokens."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

import server.store
from server.models import Role, Status
from server.store import (
    Database,
    SchemaOutdated,
    Search,
    Store,
    StoreUnavailable,
    TokenNotFound,
    may_corrupt,
    upgrade_database,
)
from server.store.folded import digest_folded
from server.store.tables import audit_log, metadata, tokens
from server.store.times import now
from server.store.upgrade import require_current_schema
from server.store.words import name_publisher, name_speaker
from tests.server.quotes import XI, make_quote

pytestmark = pytest.mark.anyio


def is_portable(_item: object, name: str | None, _kind: str, _reflected: bool, _other: object) -> bool:
    """Tell what `server.store.tables` describes from the index of words, which each database has its own way."""
    return not (name or "").startswith(("quote_words", "ix_quotes_words"))


async def test_the_migrations_make_the_tables(without_tables: str) -> None:
    opened = Database(without_tables)

    def compare(connection: Connection) -> list[object]:
        options = {"include_object": is_portable, "compare_type": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    with pytest.raises(SchemaOutdated, match="no tables yet; run `quotemark db upgrade`"):
        await require_current_schema(opened)
    await upgrade_database(opened)
    await upgrade_database(opened)
    await require_current_schema(opened)
    async with opened.read() as connection:
        assert await connection.run_sync(compare) == []
    await opened.close()


async def test_a_file_that_is_replaced_while_it_is_in_use_is_neither_written_nor_read(tmp_path: Path) -> None:
    file, former, other = tmp_path / "quotes.db", tmp_path / "former.db", tmp_path / "other.db"
    await (await Store.open(f"sqlite+aiosqlite:///{other}")).close()
    store = await Store.open(f"sqlite+aiosqlite:///{file}")
    quote = await store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
    file.rename(former)
    for replace in (lambda: None, lambda: other.rename(file)):
        replace()
        with pytest.raises(StoreUnavailable, match="moved, removed or replaced while it was in use"):
            await store.quotes.create(make_quote("Another quote of words"), Status.DRAFT, "tests")
        with pytest.raises(StoreUnavailable):
            await store.quotes.find(quote.id)
        assert file.exists() is not other.exists()
    former.rename(file)
    await store.quotes.create(make_quote("Another quote of words"), Status.DRAFT, "tests")
    assert (await store.quotes.search(Search())).total == 2
    await store.close()


async def test_a_new_file_is_read_by_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "quotes.db"
    store = await Store.open(f"sqlite+aiosqlite:///{file}")
    assert [mode_of(Path(f"{file}{end}")) for end in ("", "-shm", "-wal")] == [0o600] * 3
    await store.close()
    file.chmod(0o640)  # as an operator may have it
    await (await Store.open(f"sqlite+aiosqlite:///{file}")).close()
    assert mode_of(file) == 0o640


def mode_of(file: Path) -> int:
    return file.stat().st_mode & 0o777


def downgrade(connection: Connection, revision: str) -> None:
    """Give the database the tables of an older version, as an operator would who goes back to it."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(server.store.__file__).parent / "migrations"))
    command.downgrade(config, revision)


async def test_going_back_to_a_version_without_reasons_loses_only_them(store: Store, database: str) -> None:
    quote = await store.quotes.create(make_quote(), Status.IN_REVIEW, "tests")
    await store.quotes.move(quote.id, Status.DRAFT, "Bo", reason="The date is missing")
    opened = Database(database)
    async with opened.write() as connection:
        await connection.run_sync(downgrade, "0003")
    with pytest.raises(SchemaOutdated, match="earlier version; run `quotemark db upgrade`"):
        await require_current_schema(opened)
    await upgrade_database(opened)
    async with opened.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0099'"))
    with pytest.raises(SchemaOutdated, match="later version than this program; install that version"):
        await require_current_schema(opened)
    await opened.close()
    moved = await store.quotes.move(quote.id, Status.IN_REVIEW, "Ann", reason="It is there now")
    assert moved.status is Status.IN_REVIEW
    told = [(entry.action, entry.reason) for entry in (await store.quotes.read_history(quote.id)).entries]
    assert told == [("moved", "It is there now"), ("moved", None), ("created", None)]


async def test_an_address_that_an_older_version_kept_with_a_tracker_is_found_without_it(
    store: Store, database: str
) -> None:
    tracked = make_quote(url="https://www.snopes.com/a?id=1&utm_source=x")
    quote = await store.quotes.create(tracked, Status.DRAFT, "tests")
    opened = Database(database)
    async with opened.write() as connection:
        await connection.run_sync(downgrade, "0002")
        await connection.execute(text("UPDATE checks SET url_digest = 'of an older version'"))
    await upgrade_database(opened)
    await opened.close()
    mended = make_quote(XI.replace("any attempt", "every attempt"), url="https://www.snopes.com/a?id=1")
    [taken] = await store.quotes.import_all([mended], publish=False, may_publish=True, actor="tests")
    assert taken.quote.id == quote.id


async def test_quotes_that_an_older_version_kept_are_found_by_plain_letters(
    store: Store, database: str
) -> None:
    polish = make_quote("Czerwone światło dla Łodzi", publisher="Żółw", speaker={"name": "Lech Wałęsa"})
    quote = await store.quotes.create(polish, Status.DRAFT, "tests")
    await store.quotes.create(make_quote(), Status.DRAFT, "tests")
    searches = [Search(words="swiatlo lodzi"), Search(speaker="lech walesa"), Search(publisher="zolw")]
    written_before = {
        name_speaker("Lech Wałęsa"): f"_speaker_{digest_folded('Lech Wałęsa')[:20]}",
        name_publisher("Żółw"): f"_publisher_{digest_folded('Żółw')[:20]}",
    } | {"swiatlo": "swiatło", "lodzi": "łodzi", "zolw": "zołw", "walesa": "wałesa"}
    opened = Database(database)
    async with opened.write() as connection:
        await connection.run_sync(downgrade, "0004")
        made = await read_searchable(connection)
        older = " ".join(written_before.get(word, word) for word in made[0].split(" "))
        assert older.count("ł") == 4
        kept = {"words": older, "id": quote.id}
        await connection.execute(text("UPDATE quotes SET searchable = :words WHERE id = :id"), kept)
    for search in searches:
        assert (await store.quotes.search(search)).total == 0
    await upgrade_database(opened)
    for search in searches:
        assert [found.id for found in (await store.quotes.search(search)).quotes] == [quote.id]
    async with opened.read() as connection:
        assert await read_searchable(connection) == made
    await opened.close()


async def read_searchable(connection: AsyncConnection) -> list[str]:
    return list(await connection.scalars(text("SELECT searchable FROM quotes ORDER BY created_revision")))


async def test_the_file_is_in_wal_mode_and_holds_its_foreign_keys(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'quotes.db'}")
    quote = await store.quotes.create(make_quote(), Status.DRAFT, "tests")
    with sqlite3.connect(tmp_path / "quotes.db") as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        other.execute("PRAGMA foreign_keys = ON")
        other.execute("DELETE FROM quotes WHERE id = ?", (quote.id,))
        assert other.execute("SELECT count(*) FROM checks").fetchone() == (0,)
    other.close()
    async with store._database.change() as connection:
        # FULL: what was told to be written survives a loss of power.
        assert await connection.scalar(text("PRAGMA synchronous")) == 2
    await store.close()


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


async def test_a_token_is_found_by_its_secret_only(store: Store, database: str) -> None:
    secret = await store.tokens.create("Ann", Role.EDITOR, "Ann")
    found = await store.tokens.find(secret)
    assert found is not None
    assert (found.name, found.role) == ("Ann", Role.EDITOR)
    assert await store.tokens.find(secret[:-1]) is None
    assert await store.tokens.find("") is None
    opened = Database(database)
    async with opened.read() as connection:
        rows = (await connection.execute(select(tokens))).all()
    await opened.close()
    assert len(rows) == 1
    assert secret not in repr(rows)


async def test_a_revoked_token_is_found_no_more(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    secret, other = (
        await store.tokens.create("Ann", Role.EDITOR, "Ann"),
        await store.tokens.create("Bo", Role.VIEWER, "Ann"),
    )
    ann, bo = await store.tokens.list_all()
    assert (ann.name, ann.last_used_on, ann.revoked_at) == ("Ann", None, None)
    await store.tokens.note_use(bo)
    await store.tokens.revoke(ann.id, "Ann")
    assert await store.tokens.find(secret) is None
    with pytest.raises(TokenNotFound):
        await store.tokens.revoke(ann.id, "Ann")
    ann, bo = await store.tokens.list_all()
    assert ann.revoked_at is not None
    assert await store.tokens.find(other) == bo
    assert bo.last_used_on is not None
    monkeypatch.setattr(store._database, "write", None)
    await store.tokens.note_use(bo)  # writes no more that day


@pytest.mark.parametrize("table", ["changes", "audit_log"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET actor = 'someone else'", "DELETE FROM {}"])
async def test_the_database_refuses_to_rewrite_its_logs(
    store: Store, database: str, table: str, statement: str
) -> None:
    opened = Database(database)
    await store.quotes.create(make_quote(), Status.DRAFT, "tests")
    row = {"at": now(), "actor": "Ann", "action": "signed_in", "subject": "Ann", "digest": "0" * 64}
    async with opened.write() as connection:
        await connection.execute(audit_log.insert().values(row))
    with pytest.raises(DBAPIError, match="only grows"):
        async with opened.write() as connection:
            await connection.execute(text(statement.format(table)))
    await opened.close()


def test_each_role_may_do_what_the_roles_before_it_may() -> None:
    assert [[role.allows(needed) for needed in Role] for role in Role] == [
        [True, False, False, False],
        [True, True, False, False],
        [True, True, True, False],
        [True, True, True, True],
    ]
