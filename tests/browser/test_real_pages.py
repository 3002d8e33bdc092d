"""Real news pages: every offset of their text leads to its node and back, and what is painted is what was meant."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Route

from tests.browser.bare_page import BarePage
from tests.browser.folders import TESTS

# Pages of other publishers: they can't be part of the project. Where they are, they are beside it or above.
_FOLDERS = [folder / "shared" / "data" / "pages" for folder in TESTS.parents]
PAGES = next((folder for folder in _FOLDERS if folder.exists()), _FOLDERS[0])
COUNT = 160
# The browser itself asks for nothing that a page names: a test that had to refuse it would take thrice the time.
_NOTHING_ELSE = {
    "Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
}


def _pages() -> Iterator[dict[str, Any]]:
    index = PAGES / "index.jsonl"
    if not index.exists():
        return
    pages = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()]
    # Every language is there, and of those with many pages a fair share.
    random.Random(7).shuffle(pages)
    counts: dict[str, int] = {}
    for page in pages:
        counts[page["lang"]] = counts.get(page["lang"], 0) + 1
        page["turn"] = counts[page["lang"]]
    yield from sorted(pages, key=lambda page: page["turn"])[:COUNT]


@pytest.mark.skipif(not PAGES.exists(), reason="the real pages are not here")
def test_real_pages(bare: BarePage) -> None:
    faults: list[str] = []
    read = 0
    for page in _pages():
        html = gzip.decompress((PAGES / page["html"]).read_bytes())
        fault, length = _fault_of(bare, html, seed=page["id"])
        read += length > 500
        if fault:
            faults.append(f"{page['id']}: {fault}")
    assert not faults
    assert read > 130


def _fault_of(bare: BarePage, html: bytes, seed: str) -> tuple[str | None, int]:
    def answer(route: Route) -> None:
        if route.request.is_navigation_request() and route.request.frame == bare.page.main_frame:
            route.fulfill(body=html, headers={"Content-Type": "text/html", **_NOTHING_ELSE})
        else:
            route.abort()

    bare.page.unroute_all()
    bare.page.route("**/*", answer)
    bare.page.goto("http://news.example/page", wait_until="domcontentloaded")
    bare.enter()
    text = str(bare.call("read"))
    fault = bare.call("faultOfOffsets")
    if fault:
        return str(fault), len(text)
    spans = _some_spans(text, random.Random(seed))
    wanted = [
        _words(text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")) for start, end in spans
    ]
    painted = [_words(words) for words in bare.call("paintSpans", spans)]
    return (None if painted == wanted else f"painted {painted}, not {wanted}"), len(text)


def _some_spans(text: str, rng: random.Random) -> list[tuple[int, int]]:
    """Up to twenty spans of whole words, in UTF-16 units, of a few words to a few paragraphs, in order."""
    units = [0]
    for character in text:
        units.append(units[-1] + 1 + (character > "\uffff"))
    words = [(found.start(), found.end()) for found in re.finditer(r"\S+", text)]
    spans: list[tuple[int, int]] = []
    at = rng.randint(0, 30)
    while at < len(words) and len(spans) < 20:
        last = min(at + rng.choice([3, 8, 20, 80]), len(words) - 1)
        spans.append((units[words[at][0]], units[words[last][1]]))
        at = last + 1 + rng.randint(0, max(1, len(words) // 20))
    return spans


def _words(text: str) -> str:
    return " ".join(text.split())
