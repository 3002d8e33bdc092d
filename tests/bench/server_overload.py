"""What the server does with ten times the load that it can bear.

    python -m tests.bench.server_overload [--quotes 20000] [--length 30000] [--times 10]

First the most that it answers a second, with as many connections as it takes on at once; then requests come in
at so many times that rate, whatever it does; then again at half of it. Needs two quiet cores: one serves, one asks.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from tests.bench import corpus
from tests.bench.load import load
from tests.bench.server_speed import fill, make_pages, never_seen
from tests.server_process import ServerProcess

MOST_AT_ONCE = 16


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quotes", type=int, default=20_000)
    parser.add_argument("--length", type=int, default=30_000, help="characters of a page")
    parser.add_argument("--times", type=float, default=10.0, help="how much more than it can bear")
    parser.add_argument("--seconds", type=float, default=5.0, help="of each measurement")
    chosen = parser.parse_args()
    texts = corpus.make_sentences(chosen.quotes, seed=1)
    with tempfile.TemporaryDirectory() as folder:
        server = ServerProcess(Path(folder), rate_limit="", max_matching=MOST_AT_ONCE, log_level="warning")
        asyncio.run(fill(server.database, texts))
        with server:
            pages = never_seen(make_pages(texts, chosen.length, 2))
            load(server.port, pages, 1.0, MOST_AT_ONCE)
            peak = load(server.port, pages, chosen.seconds, MOST_AT_ONCE)
            print(f"the most it answers    {peak.tell()}")
            offered = chosen.times * peak.rate()
            over = load(server.port, pages, chosen.seconds, 16 * MOST_AT_ONCE, offered)
            print(f"{offered:8.0f}/s offered: 200 {over.tell()}")
            print(f"                   503 {over.tell(503)}   connections closed: {over.closed}")
            after = load(server.port, pages, chosen.seconds, MOST_AT_ONCE, peak.rate() / 2)
            refused = len(after.latencies[503])
            print(f"half of it again:      {after.tell()}   refused: {refused}")
            print(
                f"answered under overload: {over.rate() / peak.rate():.2f} of the most; p99 of the accepted: "
                f"{over.quantile_ms(0.99) / peak.quantile_ms(0.99):.2f} times"
            )


if __name__ == "__main__":
    main()
