"""Several processes on one PostgreSQL: what one publishes all match, whatever happens to their connections."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.databases import end_connections, make_database
from tests.server.quotes import distinct_texts, make_quote
from tests.server_process import ServerProcess
from tests.tcp_proxy import TcpProxy

TEXTS = distinct_texts(60)


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[str]:
    with make_database("postgresql", tmp_path) as database:
        yield database


def matched(server: ServerProcess, text: str) -> list[str]:
    return [match["quote"] for match in server.match(text)["matches"]]


def finds(server: ServerProcess, text: str, quote_ids: list[str]) -> Callable[[], bool]:
    return lambda: matched(server, text) == quote_ids


def publish(server: ServerProcess, text: str) -> str:
    return server.publish(make_quote(text).model_dump(mode="json"))


def retire(server: ServerProcess, quote_id: str) -> None:
    moved = server.client.post(
        f"/v1/quotes/{quote_id}/status", json={"status": "retired"}, headers=server.headers()
    )
    moved.raise_for_status()


def test_what_one_publishes_or_retires_the_other_matches_or_not(shared: str, tmp_path: Path) -> None:
    # A poll a minute: what comes sooner came of listening.
    with (
        ServerProcess(tmp_path / "a", shared, poll_seconds=60) as writer,
        ServerProcess(tmp_path / "b", shared, poll_seconds=60) as reader,
    ):
        for text in TEXTS[:5]:
            quote_id = publish(writer, text)
            assert matched(writer, text) == [quote_id]
            reader.await_that(finds(reader, text, [quote_id]), "match it")
            retire(writer, quote_id)
            assert matched(writer, text) == []
            reader.await_that(finds(reader, text, []), "drop it")


def test_a_listening_connection_that_is_ended_loses_nothing(shared: str, tmp_path: Path) -> None:
    with ServerProcess(tmp_path / "a", shared) as writer, ServerProcess(tmp_path / "b", shared) as reader:
        for text in TEXTS[:3]:
            end_connections(shared)
            quote_id = publish(writer, text)
            reader.await_that(finds(reader, text, [quote_id]), "match it")
        reader.await_logged("event=not_listening")


def test_behind_a_pooler_the_change_log_is_read_at_short_intervals(shared: str, tmp_path: Path) -> None:
    address = urlsplit(shared)
    assert address.hostname
    with TcpProxy(address.hostname, address.port or 5432, _tell_other_process) as pooler:
        through = shared.replace(f"{address.hostname}:{address.port}", f"127.0.0.1:{pooler.port}")
        options = "?ssl=disable&prepared_statement_cache_size=0"
        with (
            ServerProcess(tmp_path / "a", shared) as writer,
            ServerProcess(tmp_path / "b", through + options, poll_seconds=0.1) as reader,
        ):
            reader.await_logged(
                "event=not_listening reason='the database is behind a pooler; the change log is"
            )
            for text in TEXTS[:3]:
                published = publish(writer, text)
                begun = time.monotonic()
                reader.await_that(finds(reader, text, [published]), "match it")
                assert time.monotonic() - begun < 1
        assert reader.log.read_text().count("event=not_listening") == 1


def _tell_other_process(answer: bytes) -> bytes:
    """Tell of another process than serves the connection (BackendKeyData), as PgBouncer does."""
    return re.sub(rb"(K\x00\x00\x00\x0c)....(....Z)", rb"\1none\2", answer, flags=re.DOTALL)


@pytest.fixture
def cut_off(shared: str, tmp_path: Path) -> Iterator[tuple[TcpProxy, ServerProcess, ServerProcess]]:
    """A server that reaches the database through a proxy, and one that reaches it directly."""
    address = urlsplit(shared)
    assert address.hostname
    with TcpProxy(address.hostname, address.port or 5432) as proxy:
        through = shared.replace(f"{address.hostname}:{address.port}", f"127.0.0.1:{proxy.port}")
        with (
            ServerProcess(tmp_path / "a", shared) as direct,
            ServerProcess(tmp_path / "b", through) as server,
        ):
            yield proxy, direct, server


def test_matching_goes_on_while_the_database_is_away(
    cut_off: tuple[TcpProxy, ServerProcess, ServerProcess],
) -> None:
    proxy, direct, server = cut_off
    known = publish(direct, TEXTS[0])
    server.await_that(lambda: matched(server, TEXTS[0]) == [known], "match it")
    proxy.cut()
    missed = publish(direct, TEXTS[1])
    retire(direct, known)
    server.await_that(lambda: server.client.get("/readyz").json()["lag"] is None, "notice")
    assert server.client.get("/readyz").status_code == httpx.codes.OK
    assert matched(server, TEXTS[0]) == [known]
    assert matched(server, TEXTS[1]) == []
    refused = server.client.get("/v1/quotes")
    assert refused.status_code == 503
    assert refused.headers["content-type"] == "application/problem+json"
    proxy.mend()
    server.await_that(
        lambda: (matched(server, TEXTS[1]), matched(server, TEXTS[0])) == ([missed], []), "catch up"
    )
    assert server.client.get("/readyz").json()["lag"] == 0


def test_requests_are_answered_and_a_stop_is_soon_while_the_database_is_silent(
    cut_off: tuple[TcpProxy, ServerProcess, ServerProcess],
) -> None:
    proxy, _, server = cut_off
    known = publish(server, TEXTS[0])
    proxy.freeze()

    def ask(number: int) -> tuple[int, float]:
        began = time.monotonic()
        if number % 2:
            answer = httpx.get(f"{server.url}/v1/quotes", timeout=60)
        else:
            quote = make_quote(TEXTS[number]).model_dump(mode="json")
            answer = httpx.post(f"{server.url}/v1/quotes", json=quote, headers=server.headers(), timeout=60)
        return answer.status_code, time.monotonic() - began

    with ThreadPoolExecutor(12) as threads:
        asked = list(threads.map(ask, range(12)))
    assert {status for status, _ in asked} == {503}
    assert max(seconds for _, seconds in asked) < 15
    assert matched(server, TEXTS[0]) == [known]
    proxy.thaw()
    server.await_that(lambda: server.client.get("/v1/quotes").status_code == 200, "go on")
    publish(server, TEXTS[1])
    proxy.freeze()
    began = time.monotonic()
    server.stop()
    assert time.monotonic() - began < 15


def test_a_server_starts_from_its_snapshot_while_the_database_is_away(
    cut_off: tuple[TcpProxy, ServerProcess, ServerProcess],
) -> None:
    proxy, direct, server = cut_off
    known = publish(direct, TEXTS[0])
    server.run("snapshot")
    server.stop()
    proxy.cut()
    missed = publish(direct, TEXTS[1])
    server.start()
    assert server.client.get("/readyz").json()["lag"] is None
    assert matched(server, TEXTS[0]) == [known]
    assert "event=database_away" in server.log.read_text()
    proxy.mend()
    server.await_that(lambda: matched(server, TEXTS[1]) == [missed], "catch up")


def test_without_a_snapshot_it_says_that_the_database_is_away(tmp_path: Path) -> None:
    server = ServerProcess(tmp_path, "postgresql+asyncpg://nobody@127.0.0.1:1/nothing")
    done = server.attempt("serve", "--port", str(server.port))
    assert done.returncode != 0
    assert "/nothing can't be reached: connection refused" in done.stderr
    assert "Traceback" not in done.stderr


def workers_of(server: ServerProcess) -> list[int]:
    """Return the processes that serve: uvicorn's children, without the one that tracks their resources."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    return [int(pid) for pid in children if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()]


def runs(pid: int) -> bool:
    try:
        # One that has ended, and nobody asked about, has no command line.
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except OSError:
        return False


def maps(pid: int) -> set[str]:
    lines = Path(f"/proc/{pid}/maps").read_text().splitlines()
    return {line.split()[-1] for line in lines if line.endswith(("/index", "/cards"))}


def test_workers_map_one_snapshot_and_a_killed_one_is_replaced(shared: str, tmp_path: Path) -> None:
    with ServerProcess(tmp_path / "a", shared) as server:
        quotes = {text: publish(server, text) for text in TEXTS}
    with ServerProcess(tmp_path / "b", shared, workers=2, snapshot_changes=10) as server:
        pids = workers_of(server)
        assert len(pids) == 2
        server.await_logged("event=index_opened", 2)
        mapped = [maps(pid) for pid in pids]
        assert mapped[0] == mapped[1]
        assert len(mapped[0]) == 2
        assert len({Path(path).parent for path in mapped[0]}) == 1
        os.kill(pids[0], signal.SIGKILL)
        server.await_that(lambda: len(set(workers_of(server)) - {pids[0]}) == 2, "replace the worker")
        server.await_logged("event=index_opened", 3)
        for text, quote_id in quotes.items():
            with httpx.Client() as client:  # a connection of its own: whichever worker takes it
                answer = client.post(f"{server.url}/v1/match", json={"text": text}, timeout=30)
            assert [match["quote"] for match in answer.json()["matches"]] == [quote_id]
        # A worker counts a request after it has answered, while another may tell already what was counted.
        server.await_that(lambda: count_matched(server) == len(quotes), "count all requests of all workers")
        assert server.client.get("/metrics").text.count("quotemark_index_revision{") == 2


def count_matched(server: ServerProcess) -> float:
    told = server.client.get("/metrics").text.splitlines()
    counted = (line for line in told if line.startswith("quotemark_requests_total{"))
    return sum(float(line.split()[-1]) for line in counted if 'route="/v1/match"' in line)


def test_workers_end_when_their_parent_is_killed(shared: str, tmp_path: Path) -> None:
    with ServerProcess(tmp_path, shared, workers=2) as server:
        pids = workers_of(server)
        assert len(pids) == 2
        server.kill()
        deadline = time.monotonic() + 20
        while any(map(runs, pids)) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert [pid for pid in pids if runs(pid)] == []
        server.start()  # on the same port
        assert server.client.get("/healthz").status_code == httpx.codes.OK
