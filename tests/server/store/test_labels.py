"""Curators' edits of labels: the checks that wait get their rating, and imports follow."""

from __future__ import annotations

import pytest

from server.ingest import QuoteReading, Source, read_content
from server.ingest.label_map import LabelMap, edit_label, load_label_map
from server.models import Rating, Status
from server.store import Store
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio


async def test_quotes_that_wait_get_their_rating(store: Store) -> None:
    quotes = [
        make_quote("One moon", label="Hmm", rating=None, url="https://a.example/1"),
        make_quote("Two moons", label="HMM!", rating=None, url="https://a.example/2"),
        make_quote("Three moons", label="Hmm", rating=None, publisher="Snopes", url="https://a.example/3"),
        make_quote("Four moons", label="Well", rating=None, url="https://a.example/4"),
    ]
    ids = [
        item.quote.id
        for item in await store.quotes.import_all(quotes, publish=True, may_publish=True, actor="tests")
    ]
    assert {
        (each.publisher, each.label, each.count) for each in await store.overviews.list_unknown_labels()
    } == {
        ("Polygraph.info", "Hmm", 1),
        ("Polygraph.info", "HMM!", 1),
        ("Polygraph.info", "Well", 1),
        ("Snopes", "Hmm", 1),
    }
    assert await edit_label(store, "Polygraph.info", "hmm", Rating.MIXED, "ann") == 2
    found = [await store.quotes.find(quote_id) for quote_id in ids]
    assert [quote.checks[0].verdict.rating for quote in found] == [Rating.MIXED, Rating.MIXED, None, None]
    assert {quote.status for quote in found} == {Status.IN_REVIEW}
    history = await store.quotes.read_history(ids[0])
    assert [(entry.actor, [d.field for d in entry.differences]) for entry in history.entries] == [
        ("ann", ["checks.0.verdict.rating"]),
        ("tests", []),
    ]
    assert await edit_label(store, None, "hmm", Rating.FALSE, "ann") == 1
    assert [each.label for each in await store.overviews.list_unknown_labels()] == ["Well"]


async def test_the_last_edit_holds_and_the_publishers_own_before_any(store: Store) -> None:
    shipped = LabelMap()
    assert (shipped.rate("False", "Snopes"), shipped.rate("Hmm", "Snopes")) == (Rating.FALSE, None)
    await edit_label(store, "snopes.com", "False", Rating.MISLEADING, "ann")
    await edit_label(store, None, "hmm", Rating.MIXED, "ann")
    await edit_label(store, "Snopes", "Hmm", Rating.SATIRE, "ann")
    await edit_label(store, None, "unproven", None, "ann")
    edited = await load_label_map(store)
    assert edited.rate("FALSE!", "Snopes") == Rating.MISLEADING
    assert edited.rate("False", "PolitiFact") == Rating.FALSE
    assert (edited.rate("Hmm", "Snopes"), edited.rate("Hmm", "Whoever")) == (Rating.SATIRE, Rating.MIXED)
    assert edited.rate("Unproven", "Whoever") is None
    await edit_label(store, "Snopes", "Hmm", None, "ann")
    assert (await load_label_map(store)).rate("Hmm", "Snopes") is None


async def test_imports_are_rated_by_the_map_that_holds(store: Store) -> None:
    await edit_label(store, "Snopes", "Hmm", Rating.MIXED, "ann")
    table = b"quote,verdict,publisher\nTwo moons rose tonight,Hmm,Snopes\n"
    (item,) = read_content(table, Source("text/csv"))
    assert isinstance(item, QuoteReading)
    item = (await load_label_map(store)).apply(item)
    assert item.quote.checks[0].verdict.rating == Rating.MIXED
    assert "rating" not in item.missing
