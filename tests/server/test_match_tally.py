"""Matches are counted while the server runs: by request, not by search, and never with what was read."""

from __future__ import annotations

import datetime as dt

import httpx
import pytest

from server.app import create_app
from server.live_index import Found, LiveIndex
from server.match_tally import MatchTally
from server.models import Status
from server.settings import Settings
from server.store import Store
from tests.server.quotes import XI, make_quote

pytestmark = pytest.mark.anyio

OTHER = "They need to drown Russia in blood, and we shall not let them"


async def test_what_clients_ask_is_counted_once_a_page_and_written_down_at_the_end(database: str) -> None:
    app = create_app(Settings(database=database))
    async with app.router.lifespan_context(app):
        store = app.state.services.store
        quote = await store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
        await app.state.services.live_index.build()
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            for text in (f"“{XI}” and again “{XI}”", f"One page: {XI}", "no quote at all"):
                answer = await client.post("/v1/match", json={"text": text})
                assert answer.status_code == httpx.codes.OK
    store = await Store.open(database)
    try:
        today = dt.datetime.now(dt.UTC).date()
        assert await store.match_counts.sum_by_day(today) == {(today, "unsubstantiated"): 2}
        [most] = await store.match_counts.list_most_matched(today, 5)
        assert (most.quote_id, most.count) == (quote.id, 2)
    finally:
        await store.close()


async def test_what_is_new_is_not_counted_where_too_much_is_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.match_tally.MOST_KEPT", 1)
    for text in (XI, OTHER):
        await store.quotes.create(make_quote(text), Status.PUBLISHED, "tests")
    live_index = LiveIndex(store)
    await live_index.build()
    tally = MatchTally(store)
    for text in (XI, OTHER, XI):
        tally.note(live_index.find(text))
    await tally.flush()
    today = dt.datetime.now(dt.UTC).date()
    [counted] = await store.match_counts.list_most_matched(today, 5)
    assert counted.count == 2


async def test_counts_wait_while_the_store_can_not_be_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
    live_index = LiveIndex(store)
    await live_index.build()
    tally = MatchTally(store)
    tally.note(live_index.find(XI))
    tally.note(Found(0, [], {}))
    with monkeypatch.context() as broken:

        async def refuse(counts: object) -> None:
            raise OSError("the disk is away")

        broken.setattr(store.match_counts, "add", refuse)
        await tally.flush()
    await tally.flush()
    await tally.flush()
    today = dt.datetime.now(dt.UTC).date()
    assert await store.match_counts.sum_by_day(today) == {(today, "unsubstantiated"): 1}
