"""A server that is told to stop answers what it has begun, takes on nothing more, and ends well."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server.quotes import XI, make_quote
from tests.server_process import ServerProcess


def refuses_connections(server: ServerProcess) -> Callable[[], bool]:
    def refuses() -> bool:
        try:
            socket.create_connection(("127.0.0.1", server.port)).close()
        except ConnectionRefusedError:
            return True
        return False

    return refuses


@pytest.mark.parametrize("workers", [1, 2])
def test_a_request_under_way_is_answered_and_new_ones_are_refused(tmp_path: Path, workers: int) -> None:
    body = json.dumps({"text": XI}).encode()
    head = (
        "POST /v1/match HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode()
    with ServerProcess(tmp_path) as server:
        quote_id = server.publish(make_quote(XI).model_dump(mode="json"))
    with ServerProcess(tmp_path, workers=workers) as server:
        with socket.create_connection(("127.0.0.1", server.port), 30) as connection:
            connection.sendall(head)
            assert connection.recv(1_000).startswith(b"HTTP/1.1 100 ")  # the server has begun with it
            server.tell_to_stop()
            server.await_that(refuses_connections(server), "refuse connections")
            connection.sendall(body)
            with connection.makefile("rb") as answer:
                said = answer.read()  # to the end of the connection
        assert said.startswith(b"HTTP/1.1 200 ")
        assert b"\r\nconnection: close\r\n" in said
        [match] = json.loads(said.partition(b"\r\n\r\n")[2])["matches"]
        assert match["quote"] == quote_id
        assert server.stop() == 0
        assert "Traceback" not in server.log.read_text("utf-8")


def test_who_asks_while_it_drains_is_told_to_connect_anew(tmp_path: Path) -> None:
    with ServerProcess(tmp_path, drain_seconds=3) as server:
        assert "connection" not in server.client.post("/v1/match", json={"text": XI}).headers
        server.tell_to_stop()
        server.await_that(
            lambda: server.client.get("/readyz").json()["status"] == "stopping", "say that it stops"
        )
        for answer in (server.client.post("/v1/match", json={"text": XI}), server.client.get("/healthz")):
            assert (answer.status_code, answer.headers["connection"]) == (200, "close")


def test_workers_end_well_too(tmp_path: Path) -> None:
    with ServerProcess(tmp_path, workers=2) as server:
        assert server.stop() == 0
        assert "Traceback" not in server.log.read_text("utf-8")
