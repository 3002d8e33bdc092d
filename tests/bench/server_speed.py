"""The match route under load, against a route that only parses the same JSON and answers as many bytes.

    python -m tests.bench.server_speed [--quotes 100000] [--length 10000] [--seconds 4] [--rounds 5]

Both are served by one process each, with the same uvicorn, and asked in turns in one run. Needs two quiet
cores: one serves, one asks. Where other programs want them too, the processor's time of a request (from /proc,
as Linux has it) says more than requests a second.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from server.models import Quote
from server.store import Store
from tests.bench import corpus
from tests.bench.load import Result, load, median
from tests.server_process import ServerProcess, find_free_port


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quotes", type=int, default=100_000)
    parser.add_argument("--length", type=int, default=10_000, help="characters of a page")
    parser.add_argument("--matches", type=int, default=2, help="checked quotes on each page")
    parser.add_argument("--seconds", type=float, default=4.0, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--database", help="a database that holds quotes already, instead of made-up ones")
    chosen = parser.parse_args()
    texts = corpus.make_sentences(chosen.quotes, seed=1)
    with tempfile.TemporaryDirectory() as folder:
        server = ServerProcess(
            Path(folder), chosen.database, rate_limit="", log_level=os.environ.get("LOG", "info")
        )
        if chosen.database is None:
            print(f"writing {chosen.quotes:,} quotes …", flush=True)
            began = time.perf_counter()
            asyncio.run(fill(server.database, texts))
            print(f"  in {time.perf_counter() - began:.1f} s", flush=True)
        began = time.perf_counter()
        with server:
            print(f"ready after {time.perf_counter() - began:.1f} s", flush=True)
            measure(server, texts, chosen)


def measure(server: ServerProcess, texts: list[str], chosen: argparse.Namespace) -> None:
    pages = make_pages(texts, chosen.length, chosen.matches)
    answer = server.client.post("/v1/match", json={"text": pages[0], "offsets": "utf16"})
    size = len(answer.content)
    print(f"{len(answer.json()['matches'])} matches in a page, answers of about {size:,} bytes", flush=True)
    unseen = never_seen(pages)
    seen = itertools.cycle([request(page) for page in pages[:20]])
    with plain_server(size) as (plain, plain_pid):
        figures: dict[str, list[Result]] = {"plain": [], "never seen": [], "seen": []}
        costs: dict[str, list[float]] = {name: [] for name in figures}
        for _ in range(chosen.rounds):
            for name, port, pid, requests in (
                # To the plain route all texts are the same; those made beforehand cost the asking side less.
                ("plain", plain, plain_pid, seen),
                ("never seen", server.port, server.pid, unseen),
                ("seen", server.port, server.pid, seen),
            ):
                before = read_processor_seconds(pid)
                result = load(port, requests, chosen.seconds, chosen.connections)
                costs[name].append(1e3 * (read_processor_seconds(pid) - before) / result.count())
                figures[name].append(result)
    rates = {name: median([result.rate() for result in results]) for name, results in figures.items()}
    for name, results in figures.items():
        middle = sorted(results, key=Result.rate)[len(results) // 2]
        cost = median(costs[name])
        print(
            f"{name:>12} {middle.tell()}   {rates[name] / rates['plain']:.2f} of plain's rate   "
            f"{cost:.3f} ms of the processor, {cost / median(costs['plain']):.1f} times plain's",
            flush=True,
        )
    for length in (20_000, 50_000, 100_000, 1_000_000):
        longest = measure_block(server, make_pages(texts, length, 5, count=8))
        print(f"a page of {length:>9,} characters: {longest}", flush=True)


def read_processor_seconds(pid: int) -> float:
    """Return how long the processor has worked for a process until now."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure_block(server: ServerProcess, pages: list[str]) -> str:
    """Ask for pages one after the other, and /healthz all the while: how long that waits is how long the loop was held up."""
    probe = itertools.repeat(b"GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n")
    quiet = load(server.port, probe, 2.0, 1)
    asking = threading.Thread(target=_ask_pages, args=(server, pages))
    process = subprocess.Popen(
        [sys.executable, "-c", _PROBE, str(server.port)], stdout=subprocess.PIPE, text=True
    )
    asking.start()
    told, _ = process.communicate()
    asking.join()
    return f"/healthz waits at most {told.strip()} ms (without: {quiet.quantile_ms(1):.1f})"


_PROBE = """
import itertools, sys
from tests.bench.load import load
result = load(int(sys.argv[1]), itertools.repeat(b"GET /healthz HTTP/1.1\\r\\nHost: bench\\r\\n\\r\\n"), 4.0, 1)
print(f"{result.quantile_ms(1):.1f}, p99 {result.quantile_ms(0.99):.1f}")
"""


def _ask_pages(server: ServerProcess, pages: list[str]) -> None:
    unseen = never_seen(pages)
    load(server.port, unseen, 3.5, 1)


async def fill(database: str, texts: list[str]) -> None:
    store = await Store.open(database)
    try:
        for start in range(0, len(texts), 5_000):
            quotes = [make_quote(text, start + at) for at, text in enumerate(texts[start : start + 5_000])]
            await store.quotes.import_all(quotes, publish=True, may_publish=True, actor="bench")
    finally:
        await store.close()


def make_quote(text: str, number: int) -> Quote:
    return Quote.model_validate(
        {
            "text": text,
            "language": "en",
            "said_on": "2024-05-01",
            "speaker": {"name": f"Speaker {number % 997}", "role": "Minister of Benchmarks"},
            "checks": [
                {
                    "verdict": {"label": "Mostly false", "rating": "mostly_false"},
                    "publisher": "Bench Checks",
                    "title": f"What was said and what is so, number {number}",
                    "summary": "It is not so: the figures of the office say otherwise, and have for years.",
                    "url": f"https://checks.example/{number}",
                    "published_on": "2024-05-02",
                }
            ],
        }
    )


def make_pages(texts: list[str], length: int, matches: int, count: int = 200) -> list[str]:
    """Return pages of made-up text, of this length, with some checked quotes in each."""
    pages = corpus.make_pages(count, length, seed=2)
    out = []
    for number, page in enumerate(pages):
        quotes = " ".join(f"“{texts[(number * 7_919 + at) % len(texts)]}”" for at in range(matches))
        out.append((page[: max(0, length - len(quotes) - 20)] + "\n" + quotes)[:length])
    return out


def never_seen(pages: list[str]) -> Iterator[bytes]:
    for number in itertools.count():
        yield request(f"{number} {pages[number % len(pages)]}")


def request(text: str) -> bytes:
    body = json.dumps({"text": text, "offsets": "utf16"}, ensure_ascii=False).encode()
    head = (
        "POST /v1/match HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@contextmanager
def plain_server(answer_bytes: int) -> Iterator[tuple[int, int]]:
    """Serve the plain route; yield its port and its process."""
    port = find_free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "uvicorn", "tests.bench.plain_app:app", "--port", str(port)),
            *("--http", "httptools", "--loop", "uvloop", "--no-access-log", "--log-level", "warning"),
        ],
        env=os.environ | {"ANSWER_BYTES": str(answer_bytes)},
    )
    try:
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{port}/")
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
