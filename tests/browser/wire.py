"""What lies between the extension and the server: it notes all that is sent, and can be cut."""

from __future__ import annotations

import http.client
import json
import select
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Sent:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Wire:
    """A context manager that passes requests on to the server's port, and answers back as they come.

    `sent` lists them. `say(status, …)` lets the wire answer in the server's place; `hold(path)` lets it keep silent until
    `reset`, or until the browser gives up, which `given_up` lists. Without `offers_filter` the server
    seems to be one that has none, which is asked about whole texts.
    """

    def __init__(self, port: int) -> None:
        self.sent: list[Sent] = []
        self.given_up: list[str] = []
        self.offers_filter = True
        self._held: str | None = None
        self._instead: tuple[int, dict[str, str], bytes] | None = None
        self._times = 0
        self._path = "/"
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(port))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def texts(self) -> list[str]:
        """The texts that were sent to be matched."""
        return [request.json["text"] for request in self.sent if request.path == "/v1/match" and request.body]

    def say(
        self, status: int, body: bytes = b"", times: int = 1_000_000, path: str = "/", **headers: str
    ) -> None:
        """From now on, answer requests for paths that begin with `path` in the server's place."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        # A browser shows an extension without leave for the server only the headers that are exposed.
        allowed = {"access-control-allow-origin": "*", "access-control-expose-headers": "retry-after"}
        self._instead = (status, named | allowed, body)
        self._times = times
        self._path = path

    def hold(self, path: str) -> None:
        self._held = path

    def reset(self) -> None:
        self._held = None
        self._instead = None
        self.sent.clear()

    def __enter__(self) -> Wire:
        self._thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self, port: int) -> type[BaseHTTPRequestHandler]:
        wire = self

        class Handler(BaseHTTPRequestHandler):
            def pass_on(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", "0")))
                wire.sent.append(Sent(self.command, self.path, dict(self.headers.items()), body))
                if not wire.offers_filter and self.path.startswith("/v1/filter"):
                    problem = {"content-type": "application/problem+json", "access-control-allow-origin": "*"}
                    self.answer(404, problem, b"{}")
                    return
                while self.command != "OPTIONS" and self.path == wire._held:
                    is_left, _, _ = select.select([self.connection], [], [], 0.02)
                    if is_left:
                        wire.given_up.append(self.path)
                        return
                is_meant = self.command != "OPTIONS" and self.path.startswith(wire._path)
                if wire._instead and wire._times > 0 and is_meant:
                    wire._times -= 1
                    self.answer(*wire._instead)
                    return
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                try:
                    headers = {n: v for n, v in self.headers.items() if n.lower() not in _OF_ONE_CONNECTION}
                    connection.request(self.command, self.path, body, headers)
                    response = connection.getresponse()
                    kept = {n: v for n, v in response.getheaders() if n.lower() not in _OF_ONE_CONNECTION}
                    self.answer(response.status, kept, response.read())
                finally:
                    connection.close()

            def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
                self.send_response(status)
                for name, value in ({"content-length": str(len(body))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_line: object) -> None:
                """Say nothing: what is asked is no part of a test's output."""

            def do_GET(self) -> None:
                self.pass_on()

            def do_POST(self) -> None:
                self.pass_on()

            def do_OPTIONS(self) -> None:
                self.pass_on()

        return Handler


_OF_ONE_CONNECTION = {"connection", "content-length", "transfer-encoding", "keep-alive", "date", "server"}
