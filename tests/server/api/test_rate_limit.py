"""How often one client may ask, told apart by address, behind a proxy that is trusted."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from server.api.rate_limit import BoundedMemory
from server.connections import name_client
from tests.server_process import ServerProcess


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path_factory.mktemp("rates"), rate_limit="3/hour") as process:
        yield process


def ask(server: ServerProcess, client: str, times: int = 1, path: str = "/v1/quotes") -> list[int]:
    headers = {"X-Forwarded-For": client}
    return [server.client.get(path, headers=headers).status_code for _ in range(times)]


def test_a_client_that_asks_too_often_is_told_when_to_ask_again(server: ServerProcess) -> None:
    first = ask(server, "192.0.2.1", 3)
    answer = server.client.get("/v1/quotes", headers={"X-Forwarded-For": "192.0.2.1"})
    assert 429 not in first
    assert answer.status_code == 429
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:quotemark:problem:too-many-requests"
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert 3_000 <= int(answer.headers["retry-after"]) <= 3_601
    assert "192.0.2.1" not in answer.text
    assert 'quotemark_refused_total{reason="rate"} 1.0' in server.client.get("/metrics").text


def test_other_clients_are_not_counted_with_it(server: ServerProcess) -> None:
    assert ask(server, "192.0.2.2", 4)[-1] == 429
    assert 429 not in ask(server, "192.0.2.3")


def test_an_ipv6_network_is_one_client(server: ServerProcess) -> None:
    statuses = [ask(server, f"2001:db8:0:1::{number}")[0] for number in range(4)]
    assert statuses[-1] == 429
    assert 429 not in ask(server, "2001:db8:0:2::1")


def test_an_ipv4_address_is_the_same_client_in_both_forms() -> None:
    assert name_client("::ffff:192.0.2.1") == name_client("192.0.2.1") != name_client("::ffff:192.0.2.2")
    assert name_client("::ffff:127.0.0.1") is None


def test_this_machine_and_health_are_not_limited(server: ServerProcess) -> None:
    assert 429 not in [server.client.get("/v1/quotes").status_code for _ in range(6)]
    assert ask(server, "192.0.2.4", 6, "/readyz") == [200] * 6


def test_a_proxy_that_is_not_trusted_names_no_clients(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("untrusted")
    with ServerProcess(folder, rate_limit="3/hour", trusted_proxies="192.0.2.9") as server:
        assert 429 not in ask(server, "192.0.2.1", 6)


def test_a_client_reports_so_often_an_hour_and_is_matched_for_on(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with ServerProcess(tmp_path_factory.mktemp("reports"), rate_limit="") as server:

        def report(client: str) -> httpx.Response:
            sent = {"quote": "q_nosuchquoteisthere00", "kind": "exact"}
            return server.client.post("/v1/reports", json=sent, headers={"X-Forwarded-For": client})

        assert 429 not in [report("192.0.2.1").status_code for _ in range(30)]
        refused = report("192.0.2.1")
        assert refused.status_code == 429
        assert refused.json()["detail"] == "One client may ask for /v1/reports 30 times in 3600 seconds."
        assert ask(server, "192.0.2.1", path="/v1/claims:search?query=moon") == [200]
        assert report("192.0.2.2").status_code != 429


def test_counts_of_those_who_asked_last_are_kept() -> None:
    counts = BoundedMemory(most_clients=2)
    assert [counts.incr(name, 60) for name in "abcab"] == [1, 1, 1, 1, 1]
    assert [counts.incr(name, 60) for name in "ab"] == [2, 2]
    assert counts.get("c") == 0
    assert [counts.incr(name, 60) for name in "aca"] == [3, 1, 4]
    assert counts.get("b") == 0


def test_a_window_ends() -> None:
    counts = BoundedMemory()
    counts.incr("a", 0)
    assert counts.incr("a", 60) == 1
    assert 0 < counts.seconds_left("a") <= 60
