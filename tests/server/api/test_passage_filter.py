"""GET /v1/filter: with it, a client that knows no quote tells what is worth asking about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from matcher import PassageFilter
from server.api.kept_filter import KeptFilter
from server.api.searches import Searches
from server.live_index import LiveIndex
from server.models import Status
from server.store import Store
from tests.server.quotes import XI, distinct_texts, make_quote
from tests.server_process import ServerProcess

ELSEWHERE = "Nothing else was said about the weather in the harbour that week. " * 20


def fetch(server: ServerProcess, **query: str) -> httpx.Response:
    return server.client.get("/v1/filter", params=query)


def publish(server: ServerProcess, text: str) -> str:
    quote = server.publish(make_quote(text).model_dump(mode="json"))
    server.await_caught_up()
    return quote


@pytest.fixture
def published(server: ServerProcess) -> Iterator[str]:
    quote = publish(server, XI)
    yield quote
    headers = server.headers() | {"If-Match": "*"}
    assert server.client.delete(f"/v1/quotes/{quote}", headers=headers).status_code == 204
    server.await_caught_up()


@pytest.mark.usefixtures("published")
def test_only_the_passage_with_the_quote_passes(server: ServerProcess) -> None:
    answer = fetch(server)
    page = f"{ELSEWHERE}“{XI}” {ELSEWHERE}"
    [(start, end)] = PassageFilter(answer.content).passages(page)

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/octet-stream")
    assert XI in page[start:end]
    assert end - start < len(page) / 2
    assert server.match(page[start:end])["matches"]
    assert XI.encode() not in answer.content


@pytest.mark.usefixtures("published")
def test_it_is_kept_by_its_etag_until_what_is_published_changes(server: ServerProcess) -> None:
    first = fetch(server)
    known = {"If-None-Match": first.headers["etag"]}
    again = server.client.get("/v1/filter", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    for answer in (first, again):
        assert "max-age=300" in answer.headers["cache-control"]
        assert answer.headers["cache-control"].startswith("public")

    draft = server.client.post(
        "/v1/quotes",
        headers=server.headers(),
        json=make_quote("A draft of eight words is no matter").model_dump(mode="json"),
    )
    assert draft.status_code == 201
    server.await_caught_up()
    assert server.client.get("/v1/filter", headers=known).status_code == 304

    publish(server, distinct_texts(3)[2])
    assert server.client.get("/v1/filter", headers=known).status_code == 200


@pytest.mark.usefixtures("published")
def test_who_has_the_base_gets_what_came_later(server: ServerProcess) -> None:
    whole = fetch(server).content
    base = PassageFilter(whole).base
    new = distinct_texts(8)[7]
    publish(server, new)
    rest = fetch(server, base=base)
    page = f"{ELSEWHERE}“{new}” {ELSEWHERE}"

    assert rest.status_code == 200
    assert PassageFilter(whole).passages(page) == []
    assert len(PassageFilter(whole, rest.content).passages(page)) == 1


def test_of_another_base_nothing_is_told(server: ServerProcess) -> None:
    gone, faulty = fetch(server, base="0" * 16), fetch(server, base="one")

    assert (gone.status_code, gone.json()["type"]) == (404, "urn:quotemark:problem:unknown-base")
    assert (faulty.status_code, faulty.json()["errors"][0]["field"]) == (422, "base")


def test_it_is_closed_where_matching_is(tmp_path: Path) -> None:
    with ServerProcess(tmp_path, match_open=False) as server:
        refused = fetch(server)
        allowed = server.client.get(
            "/v1/filter", headers=server.headers(server.create_token("reader", "viewer"))
        )

    assert refused.status_code == 401
    assert allowed.status_code == 200
    assert allowed.headers["cache-control"].startswith("private")


@pytest.mark.anyio
async def test_a_filter_of_another_base_has_another_etag(store: Store) -> None:
    live_index, searches, tags = LiveIndex(store), Searches(), set()
    kept = KeptFilter(live_index, searches)
    for text in distinct_texts(3):
        await live_index.build()
        tags.add((await kept.current()).tag)
        await store.quotes.create(make_quote(text), Status.PUBLISHED, "tests")
    searches.close()
    assert len(tags) == 3
