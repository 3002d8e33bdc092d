"""Clients that keep a connection waiting are let go; the others do not notice them."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from tests.server_process import ServerProcess

CLIENT_SECONDS = 1.0
# From the first byte on; a slow machine may look late, but uvicorn alone would never let go.
LET_GO_WITHIN_SECONDS = 30.0

HEAD = b"POST /v1/match HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path_factory.mktemp("slow"), client_seconds=CLIENT_SECONDS) as process:
        yield process


def connect(server: ServerProcess) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.port))
    connection.settimeout(0.1)
    return connection


def drip(connection: socket.socket, pieces: Iterator[bytes]) -> bytes:
    """Send a piece now and then until the server closes; return what it said, or fail if it goes on for too long."""
    said = b""
    began = time.monotonic()
    while time.monotonic() - began < LET_GO_WITHIN_SECONDS + CLIENT_SECONDS:
        try:
            connection.sendall(next(pieces, b""))
            received = connection.recv(65_536)
            if not received:
                return said
            said += received
        except TimeoutError:
            continue
        except (ConnectionError, BrokenPipeError):
            return said
    raise AssertionError("the server still waits for this client")


def nothing() -> Iterator[bytes]:
    return iter(())


def request_line() -> Iterator[bytes]:
    return iter([bytes([byte]) for byte in b"POST /v1/match" + b"h" * 1_000])


def headers() -> Iterator[bytes]:
    yield HEAD
    yield from (b"X-%d: y\r\n" % number for number in range(1_000))


def body() -> Iterator[bytes]:
    yield HEAD + b'Content-Length: 100000\r\n\r\n{"text":"'
    yield from (b"a" for _ in range(1_000))


def chunks() -> Iterator[bytes]:
    yield HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    yield from (b"1\r\na\r\n" for _ in range(1_000))


@pytest.mark.parametrize(
    ("sends", "told"),
    [(nothing, b""), (request_line, b"408"), (headers, b"408"), (body, b"408"), (chunks, b"408")],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_client_that_is_too_slow_is_told_and_let_go(
    server: ServerProcess, sends: Callable[[], Iterator[bytes]], told: bytes
) -> None:
    with connect(server) as connection:
        said = drip(connection, sends())
    assert said.startswith(b"HTTP/1.1 408 " if told else b"")
    assert (b'"type":"urn:quotemark:problem:too-slow"' in said) == bool(told)


def test_a_second_request_that_is_not_finished_is_let_go_too(server: ServerProcess) -> None:
    with connect(server) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        said = drip(connection, iter([b"GET /heal"]))
    assert said.startswith(b"HTTP/1.1 200 ")
    assert b"HTTP/1.1 408 " in said


def test_an_idle_connection_is_closed_without_a_word(server: ServerProcess) -> None:
    with connect(server) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        said = drip(connection, nothing())
    assert said.count(b"HTTP/1.1 ") == 1


def test_a_client_that_does_not_take_its_answers_is_let_go(server: ServerProcess) -> None:
    page = b"<p>" + b"a" * 950_000  # one word is read fast
    head = b"POST /v1/match HTTP/1.1\r\nHost: x\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.connect(("127.0.0.1", server.port))
        connection.settimeout(60)
        began = time.monotonic()
        # Each answer holds the page's text, and all together are more than the sockets take in.
        with pytest.raises(ConnectionError):
            connection.sendall((head % len(page) + page) * 30)
    # What it sends meanwhile buys it no time: one of these bodies alone might take half a minute.
    assert time.monotonic() - began < 10 * CLIENT_SECONDS


def test_requests_without_end_before_the_first_answer_end_the_connection(server: ServerProcess) -> None:
    with connect(server) as connection:
        connection.settimeout(30)
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 1_000)
        said = b""
        with suppress(ConnectionError):
            while received := connection.recv(65_536):
                said += received
    assert said.count(b"HTTP/1.1 ") < 100
    assert server.client.get("/healthz").status_code == 200


def test_many_slow_clients_take_nobodys_place(server: ServerProcess) -> None:
    slow = [connect(server) for _ in range(300)]
    try:
        for connection in slow:
            connection.sendall(HEAD + b'Content-Length: 1000\r\n\r\n{"text":"')
        for _ in range(20):
            assert server.match("Nothing to be found")["matches"] == []
    finally:
        for connection in slow:
            connection.close()


def test_a_request_in_many_small_pieces_is_answered(server: ServerProcess) -> None:
    sent = HEAD + b'Content-Length: 13\r\n\r\n{"text":"hi"}'
    with connect(server) as connection:
        connection.settimeout(30)
        for byte in sent:
            connection.sendall(bytes([byte]))
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200 ")


def test_requests_sent_at_once_are_answered_in_their_order(server: ServerProcess) -> None:
    asked = [
        HEAD + b'Content-Length: 13\r\n\r\n{"text":"hi"}',
        b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    ] * 3
    with connect(server) as connection:
        connection.settimeout(30)
        connection.sendall(b"".join(asked) + b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        said = b""
        while received := connection.recv(65_536):
            said += received
    assert said.count(b"HTTP/1.1 200 ") == 7
    places = [said.index(word, at * 10) for at, word in enumerate([b'"matches"', b'"alive"'])]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "length", [b"Content-Length: 400000000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n"]
)
def test_a_body_that_is_too_large_is_refused_before_it_is_sent(server: ServerProcess, length: bytes) -> None:
    chunk = b"100000\r\n" + b"a" * 0x100000 + b"\r\n"
    with connect(server) as connection:
        connection.settimeout(30)
        connection.sendall(HEAD + length)
        if b"chunked" in length:
            for _ in range(5):
                connection.sendall(chunk)
        said = b""
        while b"}" not in said and (received := connection.recv(65_536)):
            said += received
    assert said.startswith(b"HTTP/1.1 413 ")
    assert b"body-too-large" in said


def test_a_client_that_asks_first_is_told_to_go_on(server: ServerProcess) -> None:
    with connect(server) as connection:
        connection.settimeout(30)
        connection.sendall(HEAD + b"Expect: 100-continue\r\nContent-Length: 13\r\n\r\n")
        assert connection.recv(65_536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b'{"text":"hi"}')
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "nonsense", [b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"\x00" * 100, b"POST / HTTP/9.9\r\n\r\n"]
)
def test_what_is_no_http_is_told_so(server: ServerProcess, nonsense: bytes) -> None:
    with connect(server) as connection:
        connection.settimeout(30)
        connection.sendall(nonsense)
        said = connection.recv(65_536)
    assert said.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in said
