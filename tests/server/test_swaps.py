"""While quotes are published and new snapshots written and taken up, each answer is of one revision, and none fails."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.databases import KINDS, make_database
from tests.server.quotes import distinct_texts, make_quote
from tests.server_process import ServerProcess

TEXTS = distinct_texts(60)
PAGE = "\n\n".join(TEXTS)
LONG_PAGE = PAGE + "\n" + "A line that nobody has said. " * 3_000  # searched in a thread


@pytest.fixture(params=KINDS)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServerProcess]:
    with (
        make_database(request.param, tmp_path) as database,
        ServerProcess(tmp_path, database, snapshot_changes=5) as process,
    ):
        yield process


def test_each_answer_is_of_one_revision(server: ServerProcess) -> None:
    published: dict[str, int] = {}  # by quote, the revision from which on it is published
    retired: dict[str, int] = {}
    done = threading.Event()

    def ask(page: str) -> list[dict[str, Any]]:
        answers = []
        with httpx.Client(base_url=server.url, timeout=30) as client:
            while not done.wait(0.01):
                answer = client.post("/v1/match", json={"text": page})
                assert answer.status_code == httpx.codes.OK
                answers.append(answer.json())
        return answers

    with ThreadPoolExecutor(4) as threads:
        asking = [threads.submit(ask, page) for page in (PAGE, PAGE, LONG_PAGE)]
        try:
            for number, text in enumerate(TEXTS):
                created = server.client.post(
                    "/v1/quotes",
                    json={**make_quote(text).model_dump(mode="json"), "status": "published"},
                    headers=server.headers(),
                ).json()
                published[created["id"]] = created["revision"]
                if number % 3 == 0:
                    moved = server.client.post(
                        f"/v1/quotes/{created['id']}/status",
                        json={"status": "retired"},
                        headers=server.headers(),
                    ).json()
                    retired[created["id"]] = moved["revision"]
            server.await_logged("event=index_opened", 2)
        finally:
            done.set()
        answers = [future.result() for future in asking]

    for of_one_client in answers:
        assert of_one_client
        revisions = [answer["revision"] for answer in of_one_client]
        assert revisions == sorted(revisions)
        for answer in of_one_client:
            as_of = answer["revision"]
            expected = {
                quote_id
                for quote_id, revision in published.items()
                if revision <= as_of < retired.get(quote_id, 1 << 60)
            }
            assert {match["quote"] for match in answer["matches"]} == expected
            assert set(answer["quotes"]) == expected
