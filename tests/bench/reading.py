"""What the extension costs the pages that it reads: `make bench ARGS="reading"`, in Chromium.

Every page is opened twice, without and with the extension at work, with three checked quotes planted in it.
Times are the processor's, from the browser's own trace; the rest of the machine should be quiet all the same.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Route, sync_playwright

from tests.browser.news_site import HOST
from tests.browser.quotes import HARBOUR, JOBS, QUOTES, XI
from tests.browser.read_page import ReadPage
from tests.browser.reader import Reader
from tests.browser.task_times import TaskTimes
from tests.server_process import ServerProcess

PLANTED = [HARBOUR, JOBS, XI]
# After a page has been loaded, it is watched for as long as this, and for as long again if nothing was painted.
WATCHED_SECONDS = 3.0
CHAT_SECONDS = 20.0
CHAT = """() => {
    const list = document.querySelector('article').appendChild(document.createElement('ul'));
    let count = 0;
    const say = () => {
        const message = document.createElement('li');
        message.textContent = `Message ${++count}: the tide comes in at ${count % 24} o'clock, says somebody on the quay.`;
        list.append(message);
        if (list.childElementCount > 400) list.firstChild.remove();
    };
    for (let i = 0; i < 400; i++) say();
    setInterval(say, 100);
}"""
WATCH = """
    window.shifts = []; window.paintedAt = null;
    new PerformanceObserver(list => shifts.push(...list.getEntries()))
        .observe({type: 'layout-shift', buffered: true});
    // Where nothing is painted, nothing is looked for either: that would be work of its own.
    if (READING) window.watching = setInterval(() => { if (CSS.highlights.size) { paintedAt = performance.now(); clearInterval(watching); } }, 5);
"""
READ = """() => {
    const {domContentLoadedEventEnd} = performance.getEntriesByType('navigation')[0];
    const sum = some => some.reduce((all, shift) => all + shift.value, 0);
    return {shifted: sum(shifts), shiftedSince: sum(shifts.filter(shift => shift.startTime >= (paintedAt ?? Infinity))), nodes: document.getElementsByTagName('*').length, text: document.body.innerText.length,
        painted: paintedAt === null ? null : Math.max(0, paintedAt - domContentLoadedEventEnd)};
}"""


class Cost(NamedTuple):
    painted_ms: float | None
    longest_ms: float
    work_ms: float
    shift: float
    shift_since_painted: float
    heap_mb: float
    elements: int
    characters: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--pages", type=Path, help="a folder of .html or .html.gz pages; else they are made up"
    )
    parser.add_argument("--count", type=int, default=20, help="pages to open")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    arguments = parser.parse_args()
    pages = (
        _stored_pages(arguments.pages, arguments.count) if arguments.pages else _made_pages(arguments.count)
    )
    with _reader() as reader:
        costs = {name: (_cost(reader, html, "click"), _cost(reader, html, "all")) for name, html in pages}
        chat = [_chat_share(reader, mode) for mode in ("click", "all")]
    _print_table(costs, chat)
    if arguments.json:
        arguments.json.write_text(json.dumps({"pages": costs, "chat": chat}, indent=1))


@contextmanager
def _reader() -> Iterator[Reader]:
    folder = Path(tempfile.mkdtemp(prefix="quotemark-bench-"))
    with ServerProcess(folder / "server") as server, sync_playwright() as playwright:
        for quote in QUOTES:
            server.publish(quote)
        reader = Reader(playwright, folder / "profile")
        reader.set(server=server.url)
        reader.allow("*://*/*")
        yield reader
        reader.close()
    shutil.rmtree(folder, ignore_errors=True)


def _cost(reader: Reader, html: bytes, mode: str) -> Cost:
    with _opened(reader, html, mode) as page, TaskTimes(page.cdp) as tasks:
        # Not until it is loaded: scripts of stored pages may wait for their servers for ever.
        page.page.goto(f"http://{HOST}/page", wait_until="domcontentloaded")
        _watch(page, WATCHED_SECONDS)
        if mode == "all" and page.page.evaluate("paintedAt") is None:
            _watch(page, WATCHED_SECONDS)
        seen = page.page.evaluate(READ)
        page.cdp.send("HeapProfiler.collectGarbage")
        metrics = {
            metric["name"]: metric["value"] for metric in page.cdp.send("Performance.getMetrics")["metrics"]
        }
    return Cost(
        seen["painted"],
        tasks.longest()[0],
        tasks.total(),
        seen["shifted"],
        seen["shiftedSince"],
        metrics["JSHeapUsedSize"] / 1e6,
        seen["nodes"],
        seen["text"],
    )


def _chat_share(reader: Reader, mode: str) -> float:
    """The part of the time for which the main thread of a page that changes ten times a second is busy."""
    body = "<!doctype html><title>Chat</title><article>" + "".join(
        f"<p>{quote['text']}</p>" for quote in PLANTED
    )
    with _opened(reader, body.encode(), mode) as page:
        page.page.goto(f"http://{HOST}/page", wait_until="load")
        page.page.evaluate(CHAT)
        _watch(page, 5)
        with TaskTimes(page.cdp) as tasks:
            _watch(page, CHAT_SECONDS)
    return tasks.total() / (CHAT_SECONDS * 1000)


@contextmanager
def _opened(reader: Reader, html: bytes, mode: str) -> Iterator[ReadPage]:
    """A tab in which the page of this content, and nothing else of the web, can be opened."""

    def answer(route: Route) -> None:
        if route.request.is_navigation_request() and route.request.frame.parent_frame is None:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            route.abort()

    options = reader.open_options()
    options.get_by_label("Always on all sites" if mode == "all" else "When I ask").check()
    reader.await_scripts(1 if mode == "all" else 0)
    options.close()
    tab = reader.context.new_page()
    tab.add_init_script(WATCH.replace("READING", str(mode == "all").lower()))
    tab.route("**/*", answer)
    page = ReadPage(reader, tab)
    page.cdp.send("Performance.enable")
    tab.bring_to_front()
    yield page
    tab.close()


def _watch(page: ReadPage, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        page.page.wait_for_timeout(200)


def _stored_pages(folder: Path, count: int) -> Iterator[tuple[str, bytes]]:
    """Pages with some text, of all sizes alike: every so many of them, from the smallest to the largest."""
    files = sorted([*folder.glob("*.html"), *folder.glob("*.html.gz")], key=lambda file: file.stat().st_size)
    files = [file for file in files if file.stat().st_size > 8_000]
    for i in range(count):
        file = files[min(len(files) - 1, (2 * i + 1) * len(files) // (2 * count))]
        html = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        yield file.name.split(".")[0], _plant(html)


def _made_pages(count: int) -> Iterator[tuple[str, bytes]]:
    """News pages from short to very long: each has half as many paragraphs again as the one before."""
    rng = random.Random(1)
    words = "the record of day tells wind west ships harbour tide quay evening price herring rose week long year".split()
    for i in range(count):
        paragraphs = [
            f"<p>{' '.join(rng.choices(words, k=40))} <a href='#x'>{' '.join(rng.choices(words, k=4))}</a> "
            f"<i>{' '.join(rng.choices(words, k=20))}</i>.</p>"
            for _ in range(int(8 * 1.4**i))
        ]
        html = f"<!doctype html><meta charset=utf-8><title>Page</title><main><article>{''.join(paragraphs)}</article></main>"
        yield f"made-{i + 1}", _plant(html.encode())


def _plant(html: bytes) -> bytes:
    """Put the quotes into a page, after paragraphs at a quarter, a half and three quarters of them."""
    ends = [found.end() for found in re.finditer(rb"</p>", html)] or [len(html)]
    for i, quote in reversed(list(enumerate(PLANTED, 1))):
        at = ends[(len(ends) - 1) * i // (len(PLANTED) + 1)]
        text = f"<p>“{quote['text']}” {quote['speaker']['name']} said.</p>"
        html = html[:at] + text.encode("ascii", "xmlcharrefreplace") + html[at:]
    return html


def _print_table(costs: dict[str, tuple[Cost, Cost]], chat: list[float]) -> None:
    print(
        "| page | elements | characters | painted after | longest task | main thread, all tasks | layout shift | heap |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, (without, cost) in costs.items():
        painted = "–" if cost.painted_ms is None else f"{cost.painted_ms:.0f} ms"
        print(
            f"| {name} | {without.elements:,} | {without.characters:,} | {painted} "
            f"| {without.longest_ms:.0f} → {cost.longest_ms:.0f} ms | {without.work_ms:.0f} → {cost.work_ms:.0f} ms "
            f"| {without.shift:.3f} → {cost.shift:.3f} | {without.heap_mb:.1f} → {cost.heap_mb:.1f} MB |"
        )
    both = list(costs.values())
    painted_ms = [cost.painted_ms for _, cost in both if cost.painted_ms is not None]
    print(
        f"| **median** | | | {statistics.median(painted_ms or [0]):.0f} ms ({len(painted_ms)} of {len(both)}) "
        f"| {_medians(both, 'longest_ms')} ms | {_medians(both, 'work_ms')} ms | | {_medians(both, 'heap_mb', 1)} MB |"
    )
    print(
        f"\nLayout shift once something was painted: {max(cost.shift_since_painted for _, cost in both):.3f} at most."
    )
    print(
        f"\nA chat that changes ten times a second: main thread busy {chat[0]:.2%} → {chat[1]:.2%} of the time."
    )


def _medians(both: list[tuple[Cost, Cost]], name: str, decimals: int = 0) -> str:
    without, cost = (statistics.median(getattr(pair[i], name) for pair in both) for i in (0, 1))
    return f"{without:.{decimals}f} → {cost:.{decimals}f}"


if __name__ == "__main__":
    main()
