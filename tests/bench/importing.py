"""How fast statements come in, what reading hostile content does to matching, and what a long feed takes of memory.

.venv/bin/python -m tests.bench.importing statements FILE [--map FIELD=COLUMN …]   # JSONL (.gz), CSV, a feed
.venv/bin/python -m tests.bench.importing hostile                                  # p99 of matching, as a ratio
.venv/bin/python -m tests.bench.importing feed --megabytes 500                     # peak memory of the reading
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from matcher import QuoteIndex
from server.ingest import NotAFactCheck, PoolBusy, QuoteReading, ReadingPool, Source, read_content

PAGE = "The harbor of the town froze over in July, and nobody who was there could say why it did. " * 60
HOSTILE = [
    (b"<div>" * 380 + b"<p>x</p>" * 50_000, "text/html"),
    (b"<p>" + b"&amp;" * 800_000, "text/html"),
    (
        b"[" + b'{"@type":"ClaimReview","claimReviewed":"x","author":"a"},' * 9_000 + b"1]",
        "application/ld+json",
    ),
    (b"quote,verdict,publisher\n" + b'"x,False,Snopes\n' * 9_000, "text/csv"),
    (b"\xe2\x80\x9cx\xe2\x80\x9d\nFalse\n" * 60_000, "text/plain"),
]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["statements", "hostile", "feed"])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN")
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    if options.what == "statements":
        measure_statements(options.file, options.map)
    elif options.what == "hostile":
        asyncio.run(measure_hostile(options.seconds))
    else:
        measure_feed(options.megabytes)


def measure_statements(file: Path, columns: list[str]) -> None:
    """Import a file on a new SQLite database, search it, export it as ClaimReview, and import that again."""
    with tempfile.TemporaryDirectory() as folder:
        database, exported = Path(folder) / "bench.db", Path(folder) / "exported.jsonld"
        url = f"sqlite+aiosqlite:///{database}"
        mapped = [option for pair in columns for option in ("--map", pair)]
        seconds, told = _quotemark("import", "--partial", *mapped, str(file), "--database", url)
        print(f"import: {seconds:.1f} s; {told}")
        with sqlite3.connect(database) as connection:
            count, text = connection.execute("SELECT count(*), max(text) FROM quotes").fetchone()
            print(
                f"in the database: {count} quotes, {database.stat().st_size / 1e6:.0f} MB; the last: {text[:60]}…"
            )
        seconds, _ = _quotemark("export", "--format", "claimreview", str(exported), "--database", url)
        print(f"export as ClaimReview: {seconds:.1f} s, {exported.stat().st_size / 1e6:.0f} MB")
        seconds, told = _quotemark("import", str(exported), "--database", url)
        print(f"the export imported again: {seconds:.1f} s; {told}")
        other = f"sqlite+aiosqlite:///{Path(folder) / 'other.db'}"
        seconds, told = _quotemark("import", str(exported), "--database", other)
        print(f"the export imported into another database: {seconds:.1f} s; {told}")
        _, first = _quotemark("export", "--database", url)
        _, second = _quotemark("export", "--database", other)
        print(f"both export the same: {first == second}")


def _quotemark(*arguments: str) -> tuple[float, str]:
    started = time.perf_counter()
    command = [sys.executable, "-c", "from server.cli import main; main()", *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    lines = done.stdout.splitlines() or done.stderr.splitlines() or [""]
    return time.perf_counter() - started, lines[-1] if arguments[0] == "import" else done.stdout


async def measure_hostile(seconds: float) -> None:
    """Print the p99 of searches in a process that has nothing else to do, and while its pool reads what is hostile."""
    index = QuoteIndex.build(
        [("q", "The harbor of the town froze over in July"), ("r", "Two moons rose tonight")]
    )

    def search() -> None:
        index.find(PAGE)

    quiet = await _time_searches(search, seconds)
    pool = ReadingPool()
    reading = asyncio.create_task(_read_for_ever(pool))
    try:
        busy = await _time_searches(search, seconds)
    finally:
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading
        await pool.close()
    for name, at in (("p50", 50), ("p99", 99)):
        before, after = (statistics.quantiles(times, n=100)[at - 1] for times in (quiet, busy))
        print(
            f"{name}: {before * 1e3:.2f} ms alone, {after * 1e3:.2f} ms beside hostile imports, ratio {after / before:.2f}"
        )


async def _time_searches(search: Callable[[], None], seconds: float) -> list[float]:
    times = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        started = time.perf_counter()
        await asyncio.to_thread(search)
        times.append(time.perf_counter() - started)
        await asyncio.sleep(0.005)
    return times


async def _read_for_ever(pool: ReadingPool) -> None:
    while True:
        for content, media_type in HOSTILE:
            with suppress(NotAFactCheck, PoolBusy):
                await pool.read(content, Source(media_type))


def measure_feed(megabytes: int) -> None:
    """Read a DataFeed of this size, and print its speed and the peak memory of this process."""
    review = {
        "@type": "ClaimReview", "claimReviewed": "“Two moons rose over the harbor, number %d.”" , "author": {"name": "Snopes"},
        "url": "https://www.snopes.com/%d", "reviewRating": {"alternateName": "False"}, "description": "x" * 700,
    }  # fmt: skip
    with tempfile.NamedTemporaryFile(suffix=".jsonld") as file:
        file.write(b'{"@type": "DataFeed", "dataFeedElement": [')
        item, number = json.dumps(review), 0
        while file.tell() < megabytes * 1_000_000:
            file.write((", " if number else "").encode() + (item % (number, number)).encode())
            number += 1
        file.write(b"]}")
        file.flush()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        with Path(file.name).open("rb") as stream:
            items = read_content(stream, Source("application/ld+json"))
            count = sum(isinstance(each, QuoteReading) for each in items)
        seconds = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{megabytes} MB, {count} of {number} reviews: {seconds:.0f} s, {megabytes / seconds:.1f} MB/s")
    print(f"peak memory: {before / 1024:.0f} MB before, {after / 1024:.0f} MB after")


if __name__ == "__main__":
    main()
