"""How long the curation pages take on the server, with many quotes: `make bench ARGS=curation`."""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

import httpx

from server.app import create_app
from server.models import Check, Quote, Rating, Role, Speaker, Status, Verdict
from server.passwords import hash_password
from server.settings import Settings
from server.store import Search, Store

ROUNDS = 15
WORDS = (
    "war tax school river bridge never always people country money promised told nobody everyone vaccine border "
    "harbour price energy crime minister election honest million percent year street water land future"
).split()
PAGES = {
    "dashboard": "",
    "list": "/quotes",
    "list, page 1,500": "/quotes?page=1500",
    "list, in review": "/quotes?status=in_review",
    "list, a rating": "/quotes?rating=false",
    "list, a publisher": "/quotes?publisher=Publisher+7",
    "list, a language": "/quotes?language=de",
    "list, last changed": "/quotes?order=changed",
    "list, latest said": "/quotes?order=said",
    "search, a common word": "/quotes?q=war",
    "search, the beginning of a word": "/quotes?q=ha",
    "search, three words": "/quotes?q=war+tax+harbour",
    "search, one quote": "/quotes?q=number77777",
    "search, a misspelt name": "/quotes?q=Speekar+77",
    "search, three words, last changed": "/quotes?q=war+tax+harbour&order=changed",
    "list, published and a language": "/quotes?status=published&language=de",
    "list, published of 20 years": "/quotes?status=published&since=2001-01-01&until=2020-12-31",
    "a quote": "/quotes/{quote_id}",
    "its history": "/quotes/{quote_id}/history",
    "its likely duplicates": "/quotes/{quote_id}/duplicates",
    "reports": "/reports",
    "review queue": "/review",
    "audit log": "/audit",
    "label map": "/labels",
}


async def measure(count: int, address: str | None = None) -> None:
    """Print the first, and the median and the worst of some further rounds of each page, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        database = address or f"sqlite+aiosqlite:///{Path(folder) / 'quotes.db'}"
        await _fill(database, count)
        app = create_app(Settings(database=database))
        async with app.router.lifespan_context(app):
            house = app.state.curation
            while not house.live_index.ready:  # noqa: ASYNC110 - it tells nobody when it is
                await asyncio.sleep(0.1)
            found = await house.store.users.find_password("bench")
            secret = await house.store.sessions.start(found[0])
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(app), base_url="http://localhost", cookies={"quotemark": secret}
            ) as client:
                print(f"{count:,} quotes{'page':>24}{'first ms':>14}{'median ms':>14}{'worst ms':>10}")
                [quote_id] = await house.store.quotes.find_ids(Search(limit=1))
                for name, page in PAGES.items():
                    path = page.replace("{quote_id}", quote_id)
                    first = await _time(client, path)
                    took = [await _time(client, path) for _ in range(ROUNDS)]
                    print(f"{name:>36}{first:>14.1f}{statistics.median(took):>14.1f}{max(took):>10.1f}")


async def _time(client: httpx.AsyncClient, path: str) -> float:
    began = time.perf_counter()
    answer = await client.get(f"/admin{path}")
    took = time.perf_counter() - began
    if answer.status_code != httpx.codes.OK:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return took * 1000


async def _fill(database: str, count: int) -> None:
    store = await Store.open(database)
    try:
        await store.users.add("bench", await hash_password("not to be guessed"), Role.ADMIN, "bench")
        ratings = list(Rating)
        for start in range(0, count, 2_000):
            some = [_make_quote(at, ratings) for at in range(start, min(start + 2_000, count))]
            taken = await store.quotes.import_all(
                some, publish=start % 10_000 != 0, may_publish=True, actor="bench"
            )
            if start == 0:
                seen = {each.quote.id: each.quote.revision for each in taken[:500]}
                await store.quotes.move_all(seen, Status.IN_REVIEW, "bench")
    finally:
        await store.close()


def _make_quote(at: int, ratings: list[Rating]) -> Quote:
    words = " ".join(WORDS[(at * 7 + step * (at % 11 + 1)) % len(WORDS)] for step in range(12))
    verdict = Verdict(label=f"Label {at % 12}", rating=ratings[at % len(ratings)])
    check = Check(verdict=verdict, publisher=f"Publisher {at % 40}", summary=f"Number {at} is not so.")
    return Quote(
        text=f"Number{at} {words}",
        language=("en", "de", "fr", "pt-BR")[at % 4],
        speaker=Speaker(name=f"Speaker {at % 900}"),
        said_on=None if at % 3 else f"20{at % 24 + 1:02}-{at % 12 + 1:02}-{at % 28 + 1:02}",
        checks=[check],
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog='make bench ARGS="curation …"', description=__doc__)
    parser.add_argument("--quotes", type=int, default=100_000)
    parser.add_argument(
        "--database", help="an empty database, as a SQLAlchemy URL; an SQLite file without it"
    )
    asked = parser.parse_args()
    asyncio.run(measure(asked.quotes, asked.database))


if __name__ == "__main__":
    main()
