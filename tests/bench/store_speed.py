"""How long the lists of quotes take, with many quotes in the store, on each database.

Every list is told as a curator asks for it: a page of 50, with the total.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from server.models import Quote, Rating, Status
from server.store import Search, Store
from tests.databases import KINDS, make_database

PUBLISHERS = ["PolitiFact", "Snopes", "AFP", "Full Fact", "Polygraph.info"]
RUNS = 7


def make_quotes(count: int, seed: int = 1) -> list[Quote]:
    """Return quotes of made-up words, some of them as common as "the"."""
    chance = random.Random(seed)
    words = [
        f"{chance.choice('bcdfglmnprstv')}{chance.choice('aeiou')}{number:x}" for number in range(20_000)
    ]
    common = "the of and to in a is that for it".split()
    quotes = []
    for number in range(count):
        text = " ".join(
            chance.choice(common) if chance.random() < 0.4 else chance.choice(words) for _ in range(25)
        )
        rating = chance.choice(list(Rating))
        check = {
            "publisher": chance.choice(PUBLISHERS),
            "verdict": {"label": rating.value, "rating": rating.value},
            "url": f"https://checks.example/{number}",
            "summary": text,
        }
        speaker = {"name": f"Speaker {chance.randrange(2_000)}"}
        quotes.append(Quote.model_validate({"text": text, "speaker": speaker, "checks": [check]}))
    return quotes


SEARCHES = {
    "all": Search(),
    "published": Search(status=Status.PUBLISHED),
    "drafts": Search(status=Status.DRAFT),
    "deep in the list": Search(status=Status.PUBLISHED, before=3_000),
    "one rare word": Search(words="ba1f4"),
    "a beginning of words": Search(words="ba1"),
    "a word that all have": Search(words="the"),
    "a common word, published": Search(words="the", status=Status.PUBLISHED),
    "two common words": Search(words="the speaker"),
    "a word that none has": Search(words="xyzzy"),
    "a rating": Search(rating=Rating.FALSE),
    "a publisher": Search(publisher="snopes"),
    "a publisher and a rating": Search(publisher="snopes", rating=Rating.FALSE, status=Status.PUBLISHED),
    "a speaker": Search(speaker="speaker 7"),
    "words and a rating": Search(words="and", rating=Rating.FALSE),
}


async def measure(address: str, quotes: list[Quote]) -> None:
    store = await Store.open(address)
    began = time.perf_counter()
    for start in range(0, len(quotes), 10_000):
        await store.quotes.import_all(
            quotes[start : start + 10_000], publish=True, may_publish=True, actor="bench"
        )
    took = time.perf_counter() - began
    print(f"  imported {len(quotes):,} quotes in {took:.0f} s ({len(quotes) / took:,.0f} a second)")
    for name, search in SEARCHES.items():
        page = await store.quotes.search(search)
        took = await _median(functools.partial(store.quotes.search, search))
        print(f"  {name:<26} {1_000 * took:7.1f} ms   {page.total:>7,} found")
    began = time.perf_counter()
    count = 0
    async for some in store.quotes.iterate_all():
        count += len(some)
    took = time.perf_counter() - began
    print(f"  read all {count:,} in {took:.1f} s")
    await store.close()


async def _median(act: Callable[[], Awaitable[object]]) -> float:
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        await act()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quotes", type=int, default=100_000, help="how many (default: %(default)s)")
    quotes = make_quotes(parser.parse_args().quotes)
    for kind in KINDS:
        print(kind)
        with tempfile.TemporaryDirectory() as folder, make_database(kind, Path(folder)) as address:
            asyncio.run(measure(address, quotes))


if __name__ == "__main__":
    main()
