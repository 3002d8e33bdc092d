"""Health, what a browser may do, and a server's life."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.server.quotes import XI, make_quote
from tests.server_process import ServerProcess


def test_health_and_readiness(server: ServerProcess) -> None:
    assert server.client.get("/healthz").json() == {"status": "alive"}
    ready = server.client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json() == {"status": "ready", "revision": 0, "lag": 0, "wordings": 0}


@pytest.mark.parametrize(
    "origin",
    [
        "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
        "moz-extension://8c1f7a5e",
        "https://news.example",
        "null",
    ],
)
def test_pages_and_extensions_may_ask_without_credentials(server: ServerProcess, origin: str) -> None:
    preflight = server.client.options(
        "/v1/match",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
            "Access-Control-Request-Private-Network": "true",
        },
    )
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-private-network"] == "true"
    answer = server.client.post("/v1/match", json={"text": "a"}, headers={"Origin": origin})
    problem = server.client.post("/v1/match", content=b" " * 5_000_000, headers={"Origin": origin})
    assert (answer.status_code, problem.status_code) == (200, 413)
    told_to_all = server.client.get("/v1/filter")
    assert "etag" in told_to_all.headers["access-control-expose-headers"].lower()
    for each in (answer, problem, told_to_all):
        assert "vary" not in each.headers  # one copy in a cache serves all
    for each in (preflight, answer, problem, told_to_all):
        assert each.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in each.headers
        assert origin not in str(each.headers)


def test_what_the_command_line_changes_is_matched_by_a_running_server(
    server: ServerProcess, tmp_path: Path
) -> None:
    article = Path(__file__).parents[1] / "ingest" / "fixtures" / "polygraph-copied.txt"
    server.run("import", "--publish", str(article))
    server.await_caught_up()
    assert [match["kind"] for match in server.match(XI)["matches"]] == ["exact"]


def test_quotes_survive_a_restart(tmp_path: Path) -> None:
    with ServerProcess(tmp_path) as server:
        quote = server.publish(make_quote().model_dump(mode="json"))
        server.stop()
        server.start()
        assert [match["quote"] for match in server.match(XI)["matches"]] == [quote]
        assert "Traceback" not in server.log.read_text()


def test_two_workers_match_what_either_publishes(tmp_path: Path) -> None:
    with ServerProcess(tmp_path, workers=2) as server:
        quote = server.publish(make_quote().model_dump(mode="json"))
        for _ in range(20):
            server.await_caught_up()
            assert [match["quote"] for match in server.match(XI)["matches"]] == [quote]


def test_no_cache_keeps_what_does_not_say_so_itself(server: ServerProcess) -> None:
    for path in ("/readyz", "/nowhere", "/v1/quotes", "/v1/quotes?limit=x", "/v1/quotes/q_nosuchquoteisthere00", "/v1/export",
                 "/v1/claims:search?query=moon", "/v1/filter?base=0000000000000000"):  # fmt: skip
        answer = server.client.get(path)
        assert answer.headers.get_list("cache-control") == ["no-store"], path
    assert server.client.get("/v1/filter").headers.get_list("cache-control", split_commas=True)[0] == "public"
