"""Moving from one database to the other by export and import loses nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import orjson
import pytest

from server.exporting import Format, export_quotes
from server.models import ExportedQuote, Quote, Status, StoredQuote
from server.store import Outcome, Store
from tests.databases import make_database
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio


@pytest.fixture
async def on_sqlite(tmp_path: Path) -> AsyncIterator[Store]:
    with make_database("sqlite", tmp_path) as address:
        store = await Store.open(address)
        yield store
        await store.close()


@pytest.fixture
async def on_postgresql(tmp_path: Path) -> AsyncIterator[Store]:
    with make_database("postgresql", tmp_path) as address:
        store = await Store.open(address)
        yield store
        await store.close()


async def fill(store: Store) -> None:
    """Create quotes of each status, with all that a quote can hold, and two that only their ids tell apart."""
    whole = make_quote(
        "=cmd|'/c calc'!A1 said “élections” 😀,\nand \"more\"; 习近平说",
        label="Pants on Fire",
        rating="false",
        summary="'= is how the summary begins\tand goes on",
        language="zh-Hans-CN",
        said_on="0999-12-31",
        speaker={"name": "-O'Brien", "role": "@ large"},
        wordings=[{"text": "+1", "kind": "translation", "language": "fr"}, {"text": "x" * 9_999}],
    ).model_dump(mode="json")
    whole["checks"].append(
        {"publisher": "Second", "verdict": {"label": "Misleading", "rating": "misleading"}}
    )
    whole["form"] = "paraphrase"
    for status in Status:
        created = await store.quotes.create(Quote.model_validate(whole), Status.PUBLISHED, "tests")
        if status is not Status.PUBLISHED:
            await store.quotes.move(created.id, status, "tests")
    unrated = make_quote("Nobody has rated this", label="Hmm", rating=None)
    await store.quotes.create(unrated, Status.DRAFT, "tests")
    for number in range(600):
        await store.quotes.create(make_quote(f"Twice the same {number // 2}"), Status.PUBLISHED, "tests")


async def read_all(store: Store) -> list[StoredQuote]:
    return [quote async for quotes in store.quotes.iterate_all() for quote in quotes]


async def export(store: Store, format_: Format) -> bytes:
    return b"".join([piece async for piece in export_quotes(store.quotes.iterate_all(), format_)])


async def move(source: Store, target: Store) -> list[Outcome]:
    lines = (await export(source, Format.NDJSON)).splitlines()
    quotes = [ExportedQuote.model_validate(orjson.loads(line)) for line in lines]
    imported = await target.quotes.import_all(quotes, publish=False, may_publish=True, actor="tests")
    return [item.outcome for item in imported]


def without_revision(quotes: list[StoredQuote]) -> list[dict[str, object]]:
    return [quote.model_dump(exclude={"revision"}) for quote in quotes]


async def test_from_sqlite_to_postgresql_and_back(
    on_sqlite: Store, on_postgresql: Store, tmp_path: Path
) -> None:
    await fill(on_sqlite)
    assert set(await move(on_sqlite, on_postgresql)) == {Outcome.CREATED}
    moved = await read_all(on_postgresql)
    assert without_revision(moved) == without_revision(await read_all(on_sqlite))
    assert len(moved) == 605

    assert set(await move(on_sqlite, on_postgresql)) == {Outcome.UNCHANGED}
    assert await read_all(on_postgresql) == moved

    (tmp_path / "back").mkdir()
    with make_database("sqlite", tmp_path / "back") as address:
        back = await Store.open(address)
        await move(on_postgresql, back)
        for format_ in Format:
            assert await export(back, format_) == await export(on_sqlite, format_)
        await back.close()


async def test_an_older_export_does_not_bring_back_what_was_retired(on_sqlite: Store) -> None:
    quote = await on_sqlite.quotes.create(make_quote(), Status.PUBLISHED, "tests")
    line = (await export(on_sqlite, Format.NDJSON)).strip()
    await on_sqlite.quotes.move(quote.id, Status.RETIRED, "tests")
    exported = ExportedQuote.model_validate(orjson.loads(line))
    (item,) = await on_sqlite.quotes.import_all([exported], publish=True, may_publish=True, actor="tests")
    assert (item.outcome, item.quote.status) == (Outcome.UNCHANGED, Status.RETIRED)
    assert item.reason == "The quote is retired; an import does not bring it back."
