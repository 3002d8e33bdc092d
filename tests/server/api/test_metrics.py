"""/metrics tells how it goes, and nothing of what was asked or by whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.server.quotes import XI, make_quote
from tests.server_process import ServerProcess

SECRET = "xylophonic-barnacle"
TOKEN = "open sesame"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path_factory.mktemp("metrics"), metrics_token=TOKEN, log_format="json") as process:
        process.publish(make_quote(XI).model_dump(mode="json"))
        for _ in range(3):
            process.match(f"{XI} {SECRET}", url=f"https://{SECRET}.example/")
        headers = {
            "Origin": f"moz-extension://{SECRET}",
            "X-Forwarded-For": "198.51.100.77",
            "X-Request-Id": SECRET,
        }
        process.client.get(f"/{SECRET}?q={SECRET}", headers=headers)
        process.client.request(SECRET.upper(), "/v1/match", headers=headers)
        process.client.post(
            "/v1/match", content=SECRET.encode(), headers={"Content-Type": "application/json"}
        )
        yield process


def told(server: ServerProcess) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    answer = server.client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_it_counts_requests_searches_matches_and_known_texts(server: ServerProcess) -> None:
    samples = told(server)
    assert (
        samples["quotemark_requests_total", (("method", "POST"), ("route", "/v1/match"), ("status", "200"))]
        == 3
    )
    assert samples["quotemark_match_seconds_count", ()] == 1
    assert samples["quotemark_text_characters_sum", ()] == len(f"{XI} {SECRET}")
    assert samples["quotemark_known_texts_total", ()] == 2
    assert samples["quotemark_matches_total", (("kind", "exact"), ("rating", "unsubstantiated"))] == 3
    assert samples["quotemark_index_revision", ()] == 1
    assert samples["quotemark_index_wordings", ()] == 1
    assert samples["quotemark_index_in_step_timestamp_seconds", ()] > 0


def test_it_asks_for_its_token(server: ServerProcess) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Bearer {server.token}"}):
        assert server.client.get("/metrics", headers=headers).status_code == 401


def test_neither_metrics_nor_logs_tell_what_was_asked_or_by_whom(server: ServerProcess) -> None:
    metrics = server.client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    for written in (metrics, server.log.read_text()):
        for secret in (
            SECRET,
            SECRET.upper(),
            "198.51.100.77",
            "moz-extension",
            "strongly rejects",
            TOKEN,
        ):
            assert secret not in written


def test_each_line_of_the_log_is_json_and_a_request_has_one(server: ServerProcess) -> None:
    answer = server.client.get("/healthz")
    server.await_logged(answer.headers["x-request-id"])
    lines = [orjson.loads(line) for line in server.log.read_text().splitlines()]
    (line,) = [line for line in lines if line.get("id") == answer.headers["x-request-id"]]
    assert (line["event"], line["method"], line["route"], line["status"]) == (
        "request",
        "GET",
        "/healthz",
        200,
    )
    assert line["bytes"] == len(answer.content)
    assert line["ms"] >= 0


def test_problems_carry_the_id_of_the_request(server: ServerProcess) -> None:
    answer = server.client.get("/nothing-here")
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


def test_a_closed_server_matches_for_those_with_a_token(tmp_path: Path) -> None:
    with ServerProcess(tmp_path, match_open=False) as server:
        asked = {"text": "hello"}
        for headers, status in ((None, 401), (server.headers(), 200), (server.headers(), 200), (None, 401)):
            assert server.client.post("/v1/match", json=asked, headers=headers).status_code == status
        # Where no token is set, one that is sent all the same is no fault.
        assert server.client.get("/metrics", headers=server.headers()).status_code == 200
