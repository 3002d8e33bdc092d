"""What is more than the server can do is refused at once, and what it has taken on is done."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator

import httpx
import pytest

from tests.server_process import ServerProcess


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path_factory.mktemp("overload"), max_matching=1) as process:
        yield process


def write_request(text: str) -> bytes:
    body = json.dumps({"text": text}).encode()
    head = f"POST /v1/match HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def read_answer(connection: socket.socket) -> tuple[int, bytes]:
    said = b""
    while True:
        received = connection.recv(65_536)
        assert received, said
        said += received
        head, found, body = said.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head)
        if found and length and len(body) >= int(length[1]):
            return int(said[9:12]), said


def test_one_too_many_is_refused_while_the_first_is_answered(server: ServerProcess) -> None:
    text = "No word of this is a quote that anybody has checked. " * 18_000
    short = write_request("short")
    with (
        socket.create_connection(("127.0.0.1", server.port), 60) as first,
        socket.create_connection(("127.0.0.1", server.port), 60) as second,
    ):
        for number in range(20):  # until one comes while the other is under way, which is almost always
            long = write_request(f"{number} {text}")
            first.sendall(long[:-1])
            second.sendall(short[:-1])
            first.sendall(long[-1:])
            second.sendall(short[-1:])
            answers = sorted([read_answer(second), read_answer(first)])
            assert answers[0][0] == 200  # one of the two is answered in any case
            if answers[1][0] == 503:
                break
        status, said = answers[1]
        assert status == 503
        assert b"retry-after: 1\r\n" in said
        assert json.loads(said.partition(b"\r\n\r\n")[2])["type"] == "urn:quotemark:problem:overloaded"
        # The refused client's connection goes on, and there is place again.
        second.sendall(short)
        assert read_answer(second)[0] == 200
    assert 'quotemark_refused_total{reason="overload"}' in server.client.get("/metrics").text


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_health_is_told_whatever_is_under_way(server: ServerProcess, path: str) -> None:
    long = write_request("No word of this is a quote that anybody has checked. " * 18_000)
    with socket.create_connection(("127.0.0.1", server.port), 60) as busy:
        busy.sendall(long)
        assert server.client.get(path).status_code == httpx.codes.OK
        assert read_answer(busy)[0] == 200
