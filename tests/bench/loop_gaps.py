"""How long one page holds the event loop up, by its length.

    python -m tests.bench.loop_gaps [--quotes 100000] [--matches 5] [--pages 60]

The server's application is asked in this process, one page after the other, while a timer of the loop notes how
much of the processor's time the process took from one beat to the next. What other programs take does not count.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import tempfile
import time
from pathlib import Path

import httpx

from server.app import create_app_from_environment
from server.settings import Settings
from tests.bench import corpus
from tests.bench.server_speed import fill, make_pages

_LENGTHS = (10_000, 20_000, 50_000, 100_000, 1_000_000)
_BEAT_SECONDS = 0.0005
_MOST_CHARACTERS = 8_000_000  # of one length


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quotes", type=int, default=100_000)
    parser.add_argument("--matches", type=int, default=5, help="checked quotes on each page")
    parser.add_argument("--pages", type=int, default=60, help="of each length")
    parser.add_argument("--database", help="a database that holds quotes already, instead of made-up ones")
    chosen = parser.parse_args()
    logging.disable(logging.INFO)
    texts = corpus.make_sentences(chosen.quotes, seed=1)
    with tempfile.TemporaryDirectory() as folder:
        database = chosen.database or f"sqlite+aiosqlite:///{Path(folder) / 'quotes.db'}"
        if chosen.database is None:
            asyncio.run(fill(database, texts))
        os.environ.update(Settings(database=database, snapshot_folder=folder, rate_limit="").environment())
        asyncio.run(measure(texts, chosen))


async def measure(texts: list[str], chosen: argparse.Namespace) -> None:
    app = create_app_from_environment()
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client,
    ):
        while not app.state.services.live_index.ready:  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.05)
        for length in _LENGTHS:
            count = max(4, min(chosen.pages, _MOST_CHARACTERS // length))
            pages = make_pages(texts, length, chosen.matches, count)
            gaps = _Gaps()
            for page in pages:
                answer = await client.post("/v1/match", json={"text": page, "offsets": "utf16"})
                answer.raise_for_status()
            gaps.stop()
            print(f"{length:>9,} characters: {gaps.tell()}", flush=True)


class _Gaps:
    """Beats in the running loop, and the processor's time between them."""

    def __init__(self) -> None:
        self._seconds: list[float] = []
        self._last = time.process_time()
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(_BEAT_SECONDS, self._beat)

    def _beat(self) -> None:
        now = time.process_time()
        self._seconds.append(now - self._last)
        self._last = now
        self._timer = self._loop.call_later(_BEAT_SECONDS, self._beat)

    def stop(self) -> None:
        self._timer.cancel()

    def tell(self) -> str:
        gaps = sorted(self._seconds)
        p99 = gaps[int(0.99 * len(gaps))]
        return f"held up at most {1e3 * gaps[-1]:.1f} ms, p99 {1e3 * p99:.1f} ms ({len(gaps)} beats)"


if __name__ == "__main__":
    main()
