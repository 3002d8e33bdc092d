"""`copy_database`: all of a database in another, and nothing by halves."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect, select

from server.models import MatchKind, Rating, Report, ReportState, Role, Status
from server.store import (
    Counted,
    Database,
    DatabaseMissing,
    DatabaseTaken,
    DatabaseUnusable,
    SchemaOutdated,
    Search,
    Store,
    copy_database,
    upgrade_database,
)
from server.store.tables import metadata
from tests.databases import KINDS, make_database, make_postgresql_database
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def on_sqlite(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'quotes.db'}"


@pytest.fixture
def on_postgresql() -> Iterator[str]:
    with make_postgresql_database() as address:
        yield address


async def fill(address: str) -> str:
    """Put rows into every table, among them a quote that was deleted; return a token that is valid."""
    store = await Store.open(address)
    quote = await store.quotes.create(make_quote(wordings=[{"text": "他说😀"}]), Status.PUBLISHED, "Ann")
    await store.quotes.replace(quote.id, make_quote("Xi, again", said_on="0999-12-31"), "Bob")
    gone = await store.quotes.create(make_quote("Gone by now"), Status.DRAFT, "Ann")
    await store.quotes.delete(gone.id, "Bob")
    many = [make_quote(f"Number {number} \\ “quoted”\n and more") for number in range(1_100)]
    await store.quotes.import_all(many, publish=False, may_publish=True, actor="Ann")
    await store.quotes.create(make_quote(wordings=[{"text": "他说😀"}]), Status.RETIRED, "Ann")
    await store.users.add("Ann", "$argon2id$…", Role.ADMIN, "command line")
    await store.sessions.start((await store.users.list_all())[0])
    await store.reports.add(Report(quote=quote.id, kind=MatchKind.EXACT, words="some words", note="No"))
    await store.reports.decide([1], ReportState.DISMISSED, "It is one", "Ann")
    await store.labels.edit("Polygraph.info", "Hmm", Rating.MIXED, "Ann")
    await store.corpus.add("A page", "Its text\x7f", "Ann")
    await store.match_counts.add({Counted(dt.date(2026, 11, 25), quote.id, "mixed"): 3})
    await store.quotes.block(quote.id, "0" * 64, "Ann")
    await store.tokens.create("revoked", Role.VIEWER, "Ann")
    await store.tokens.revoke(1, "Ann")
    token = await store.tokens.create("valid", Role.EDITOR, "Ann")
    await store.close()
    return token


async def read_rows(address: str) -> Rows:
    database = Database(address)
    async with database.read() as connection:
        found = {
            table.name: [
                tuple(row) for row in await connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
        }
    await database.close()
    return found


@pytest.mark.parametrize("kind", KINDS)
async def test_each_row_of_each_table_is_copied(kind: str, on_sqlite: str, tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    await fill(on_sqlite)
    whole = await read_rows(on_sqlite)
    assert all(whole.values()), "a table without a row proves nothing"
    with make_database(kind, tmp_path / "target") as target:
        await copy_database(on_sqlite, target)
        assert await read_rows(target) == whole


async def test_from_postgresql_to_sqlite(on_sqlite: str, on_postgresql: str) -> None:
    database = Database(on_postgresql)
    await upgrade_database(database)
    await database.close()
    await fill(on_postgresql)
    told: dict[str, int] = {}
    await copy_database(on_postgresql, on_sqlite, lambda table, rows: told.update({table: rows}))
    assert await read_rows(on_sqlite) == await read_rows(on_postgresql)
    assert list(told) == [table.name for table in metadata.sorted_tables]


async def test_life_goes_on_in_the_copy(on_sqlite: str, on_postgresql: str) -> None:
    token = await fill(on_sqlite)
    await copy_database(on_sqlite, on_postgresql)  # its tables are made, too
    store = await Store.open(on_postgresql)
    assert (await store.tokens.find(token)) is not None
    assert (await store.quotes.search(Search(words="again"))).total == 1
    assert await store.audit.find_break() is None
    revision = await store.read_revision()
    quote = await store.quotes.create(make_quote("The first new one"), Status.PUBLISHED, "Ann")
    assert quote.revision == revision + 1
    await store.tokens.create("new", Role.VIEWER, "Ann")
    await store.users.add("Bob", "$argon2id$…", Role.EDITOR, "Ann")
    await store.reports.add(Report(quote=quote.id, kind=MatchKind.EXACT, note="New"))
    await store.corpus.add("Another", "page", "Ann")
    await store.labels.edit(None, "Hmm", Rating.FALSE, "Ann")
    rows = await read_rows(on_postgresql)
    assert [row[0] for row in rows["tokens"]] == [1, 2, 3]
    assert [row[0] for row in rows["users"]] == [1, 2]
    assert [row[0] for row in rows["reports"]] == [1, 2]
    assert [row[0] for row in rows["corpus_pages"]] == [1, 2]
    await store.close()


@pytest.mark.parametrize("kind", KINDS)
async def test_a_database_that_holds_anything_is_left_alone(
    kind: str, on_sqlite: str, tmp_path: Path
) -> None:
    (tmp_path / "target").mkdir()
    await fill(on_sqlite)
    with make_database(kind, tmp_path / "target") as target:
        store = await Store.open(target)
        await store.tokens.create("here first", Role.VIEWER, "Ann")
        await store.close()
        before = await read_rows(target)
        with pytest.raises(DatabaseTaken, match="the target is not empty"):
            await copy_database(on_sqlite, target)
        assert await read_rows(target) == before


@pytest.mark.parametrize("kind", KINDS)
async def test_what_fails_half_way_leaves_nothing_behind(kind: str, on_sqlite: str, tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    await fill(on_sqlite)

    def stop_there(table: str, _rows: int) -> None:
        if table == "wordings":
            raise KeyboardInterrupt

    with make_database(kind, tmp_path / "target") as target:
        with pytest.raises(KeyboardInterrupt):
            await copy_database(on_sqlite, target, stop_there)
        assert not any((await read_rows(target)).values())
        await copy_database(on_sqlite, target)
        assert await read_rows(target) == await read_rows(on_sqlite)


async def test_the_copy_is_of_one_moment(on_sqlite: str, tmp_path: Path) -> None:
    await fill(on_sqlite)
    before = await read_rows(on_sqlite)
    written: list[str] = []

    def write_in_between(table: str, rows: int) -> None:
        if table == "quotes" and rows and not written:
            with sqlite3.connect(tmp_path / "quotes.db") as other:
                other.execute("UPDATE checks SET label = 'Later'")
                written.append(table)

    (tmp_path / "target").mkdir()
    with make_database("sqlite", tmp_path / "target") as target:
        await copy_database(on_sqlite, target, write_in_between)
        assert written
        assert await read_rows(target) == before != await read_rows(on_sqlite)


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_a_source_that_is_not_there_is_not_made(on_sqlite: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing, match="there is no database"):
        await copy_database(on_sqlite, f"sqlite+aiosqlite:///{tmp_path / 'copy.db'}")
    assert not names_in(tmp_path)


async def test_a_source_of_another_version_is_told(on_postgresql: str, on_sqlite: str) -> None:
    with pytest.raises(SchemaOutdated, match="quotemark db upgrade"):
        await copy_database(on_postgresql, on_sqlite)


async def test_a_target_that_cannot_hold_every_text_is_refused_before_anything_is_made(
    on_sqlite: str,
) -> None:
    await fill(on_sqlite)
    with make_postgresql_database("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0") as target:
        with pytest.raises(DatabaseUnusable, match="LATIN1"):
            await copy_database(on_sqlite, target)
        database = Database(target)
        async with database.read() as connection:
            assert await connection.run_sync(lambda sync: inspect(sync).get_table_names()) == []
        await database.close()
