"""What curators blocked is no match any more, wherever it stands; the quote's other passages are."""

from __future__ import annotations

import hashlib

import httpx
import pytest

from server.app import create_app
from server.blocked_passages import BlockedPassages
from server.live_index import LiveIndex
from server.models import Status
from server.settings import Settings
from server.store import Store
from server.store.folded import digest_folded
from tests.server.quotes import XI, make_quote

pytestmark = pytest.mark.anyio

ALTERED = XI.replace("strongly rejects", "firmly opposes")


def digest_as_the_extension_does(words: str) -> str:
    letters = "".join(c for c in words.lower() if c.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()


@pytest.mark.parametrize("digest", [digest_folded, digest_as_the_extension_does])
async def test_a_blocked_passage_is_left_out_at_once_and_comes_back(database: str, digest: object) -> None:
    app = create_app(Settings(database=database))
    async with app.router.lifespan_context(app):
        house = app.state.services
        quote = await house.store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
        other = await house.store.quotes.create(
            make_quote("Nobody has ever counted the lamps on our long quay"), Status.PUBLISHED, "tests"
        )
        await house.live_index.build()
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:

            async def match() -> list[tuple[str, str]]:
                text = f"“{ALTERED}” he said.\n“{XI}”\nNobody has ever counted the lamps on our long quay."
                answer = (await client.post("/v1/match", json={"text": text})).json()
                assert {found["quote"] for found in answer["matches"]} == set(answer["quotes"])
                words = [
                    " … ".join(text[start:end] for start, end in found["spans"])
                    for found in answer["matches"]
                ]
                assert not words or all(words)
                seen.extend(words)
                return [(found["quote"], found["kind"]) for found in answer["matches"]]

            seen: list[str] = []
            both = [(quote.id, "altered"), (quote.id, "exact"), (other.id, "exact")]
            assert await match() == both
            await house.store.quotes.block(quote.id, digest(seen[0]), "Ann")  # type: ignore[operator]
            await house.live_index.catch_up()
            assert await match() == both[1:]
            alone = (await client.post("/v1/match", json={"text": f"“{ALTERED}” he said."})).json()
            assert (alone["matches"], alone["quotes"]) == ([], {})
            await house.store.quotes.block(quote.id, digest(seen[0]), "Ann", blocked=False)  # type: ignore[operator]
            await house.live_index.catch_up()
            assert await match() == both


async def test_what_is_blocked_is_read_anew_where_the_store_was_replaced(store: Store) -> None:
    blocked = BlockedPassages(store)
    quote = await store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
    await blocked.catch_up((0, quote.revision))
    await store.quotes.block(quote.id, digest_folded(XI), "Ann")
    index = LiveIndex(store)
    await index.build()
    await blocked.catch_up((1, quote.revision))  # of the same number, in another history
    assert blocked.find(index, XI).matches == []
