"""What is no HTTP request is answered in the form of all other problems, and nothing of it is repeated."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.server_process import ServerProcess


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path_factory.mktemp("not-http")) as process:
        yield process


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00 a TLS client's greeting\r\n\r\n",
        b"ZEBRA\r\n\r\n",
        b"GET / ZEBRA/1.1\r\nHost: x\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost x ZEBRA\r\n\r\n",
        b"POST /v1/match HTTP/1.1\r\nHost: x\r\nContent-Length: ZEBRA\r\n\r\n",
        b"POST /v1/match HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZEBRA\r\n\r\n",
        "GET /v1/quotes?q=приветZEBRA HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
        b"GET /healthz?q=\x00ZEBRA HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_it_is_told_in_problem_json(server: ServerProcess, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 30) as connection:
        connection.sendall(sent)
        said = read_all(connection)
    head, _, body = said.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"\r\ncontent-type: application/problem+json\r\n" in head
    problem = json.loads(body)
    assert problem["type"] == "urn:quotemark:problem:not-http"
    assert problem["status"] == 400
    assert "percent-encoded" in problem["detail"]
    assert b"ZEBRA" not in said
    assert "ZEBRA" not in server.log.read_text("utf-8")


@pytest.mark.parametrize(
    "begin",
    [
        b"GET /healthz?q=",
        b"GET /healthz HTTP/1.1\r\nX: ",
        b"POST /v1/match HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: ",
    ],
    ids=["address", "header", "trailer"],
)
def test_a_head_without_end_is_not_kept(server: ServerProcess, begin: bytes) -> None:
    piece = b"a" * 10_000
    with socket.create_connection(("127.0.0.1", server.port), 30) as connection:
        connection.sendall(begin)
        with suppress(ConnectionError):
            for _ in range(100):  # a megabyte; what it does not take is refused by the system
                connection.sendall(piece)
        connection.settimeout(30)
        said = read_all(connection)
    assert not said or b'"status":431' in said  # the system may drop the answer, as more was on its way
    assert server.client.get("/healthz", headers={"X": "a" * 30_000}).status_code == 200


@pytest.mark.parametrize("connection", ["Upgrade, HTTP2-Settings", "upgrade\r\nConnection: keep-alive"])
@pytest.mark.parametrize("protocol", ["h2c", "websocket", "ZEBRA/1"])
def test_who_asks_for_another_protocol_is_answered_in_this_one(
    server: ServerProcess, connection: str, protocol: str
) -> None:
    asks = f"Host: x\r\nConnection: {connection}\r\nUpgrade: {protocol}\r\nHTTP2-Settings: AAEAAEAA\r\n"
    head = f"POST /v1/match HTTP/1.1\r\n{asks}Content-Type: application/json\r\n"
    body = b'{"text": "GET /ZEBRA HTTP/1.1\\r\\n\\r\\n"}'
    whole = f"{head}Content-Length: {len(body)}\r\n\r\n".encode()
    in_chunks = (
        f"{head}Transfer-Encoding: chunked\r\n\r\n{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    )
    last = f"GET /healthz HTTP/1.1\r\n{asks}Connection: close\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", server.port), 30) as client:
        for piece in (whole[:30], whole[30:], body, whole + body + in_chunks, last):
            client.sendall(piece)
        said = read_all(client)
    assert said.count(b"HTTP/1.1 200 OK") == said.count(b"HTTP/1.1 ") == 4
    assert said.count(b'"matches":[]') == 3
    assert said.endswith(b'{"status":"alive"}')
    assert "ZEBRA" not in (log := server.log.read_text("utf-8"))
    assert 'level=warning logger=uvicorn.error event=message message="Unsupported' not in log


def read_all(connection: socket.socket) -> bytes:
    """Return what is sent up to the end of the connection, which may be a hard one."""
    said = b""
    with suppress(ConnectionError):
        while piece := connection.recv(65_536):
            said += piece
    return said
