"""kill -9 in the middle of an import or a publish: nothing that was acknowledged is lost, and nothing is half done."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import httpx
import pytest

from tests.databases import KINDS, make_database
from tests.server.quotes import make_quote
from tests.server_process import ServerProcess

KILLS = 8  # on each database
IMPORTED_AT_ONCE = 20  # as many as an article may hold


@pytest.fixture(params=KINDS)
def victim(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServerProcess]:
    with make_database(request.param, tmp_path) as database, ServerProcess(tmp_path, database) as process:
        yield process


class Client:
    """Publishes, retires and imports as fast as it can, and writes down what the server acknowledged."""

    def __init__(self, server: ServerProcess) -> None:
        self._server = server
        self._stop = threading.Event()
        self.status_of: dict[str, str] = {}
        self.asked: dict[str, set[str]] = {}  # what a quote may be, where no answer came
        self.imports = 0
        self.number = 0
        self.acts = 0

    def run(self) -> None:
        with httpx.Client(base_url=self._server.url, timeout=30) as http:
            while not self._stop.is_set():
                try:
                    self._act(http)
                except httpx.TransportError:
                    return

    def stop(self) -> None:
        self._stop.set()

    def _act(self, http: httpx.Client) -> None:
        self.number += 1
        headers = self._server.headers()
        quote = make_quote(f"Quote number {self.number}", url=f"https://checks.example/{self.number}")
        sent = quote.model_dump(mode="json") | {"status": "published"}
        answer = http.post("/v1/quotes", json=sent, headers=headers)
        quote_id = answer.raise_for_status().json()["id"]
        self.status_of[quote_id] = "published"
        self.asked[quote_id] = {"published", "retired"}
        http.post(
            f"/v1/quotes/{quote_id}/status", json={"status": "retired"}, headers=headers
        ).raise_for_status()
        self.status_of[quote_id] = "retired"
        self.asked[quote_id] = {"retired"}
        self._import(http, headers)
        self.acts += 1

    def _import(self, http: httpx.Client, headers: dict[str, str]) -> None:
        reviews = [
            {
                "@type": "ClaimReview",
                "url": f"https://www.politifact.com/{self.number}/{line}",
                "claimReviewed": f"Import {self.number} brings line {line} of {IMPORTED_AT_ONCE}",
                "author": {"@type": "Organization", "name": "PolitiFact"},
                "reviewRating": {"@type": "Rating", "alternateName": "False"},
            }
            for line in range(IMPORTED_AT_ONCE)
        ]
        page = f'<html><script type="application/ld+json">{json.dumps(reviews)}</script></html>'
        answer = http.post(
            "/v1/imports",
            params={"publish": "true"},
            content=page.encode(),
            headers=headers | {"Content-Type": "text/html"},
        )
        assert answer.raise_for_status().json()["created"] == IMPORTED_AT_ONCE
        self.imports += 1


def test_a_killed_server_keeps_what_it_acknowledged(victim: ServerProcess) -> None:
    chance = Random(1)
    client = Client(victim)
    for _ in range(KILLS):
        acts = client.acts
        thread = threading.Thread(target=client.run)
        thread.start()
        # At any moment of the third act from here on.
        while client.acts < acts + 2 and thread.is_alive():
            time.sleep(0.001)
        time.sleep(chance.random() * 0.1)
        victim.kill()
        thread.join()
        victim.start()
        assert_whole(victim, client)


def assert_whole(server: ServerProcess, client: Client) -> None:
    exported = server.client.get("/v1/export", headers=server.headers())
    quotes = [json.loads(line) for line in exported.raise_for_status().text.splitlines()]
    status_of = {quote["id"]: quote["status"] for quote in quotes}
    for quote_id, allowed in client.asked.items():
        assert status_of[quote_id] in allowed
    imported = [quote["text"].split()[1] for quote in quotes if quote["text"].startswith("Import ")]
    counts = {number: imported.count(number) for number in set(imported)}
    assert set(counts.values()) <= {IMPORTED_AT_ONCE}, "half an import is there"
    assert len(counts) >= client.imports
    # The index holds what is published, and nothing else.
    published = sum(status == "published" for status in status_of.values())
    ready = server.client.get("/readyz").json()
    assert (ready["lag"], ready["wordings"]) == (0, published)
