"""uvicorn's HTTP connection, with what it lacks: deadlines, refusal without delay, bodies of requests to upgrade.

uvicorn (0.54) waits without end for a client that sends its request, or takes its answer, a byte now and
then. And it starts a task for each request, so that under overload a refusal stands in line behind the work
that it is to prevent. Here a request is handed on once all of it is there, or is refused at that moment,
from the callback that read it.

A request that asks for another protocol as well (Java's HttpClient asks each server for HTTP/2, curl by --http2)
is one of HTTP/1.1 to who knows no other (RFC 9110, section 7.8). httptools stops behind the head of one, and took
its body for the next request.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import httptools
from uvicorn._types import ASGI3Application
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from server.connections.limits import ConnectionLimits, Pool

# A client that sends at this rate may take longer than the deadline: large bodies over slow lines.
SLOWEST_BYTES_A_SECOND = 32 * 1024
RETRY_AFTER_SECONDS = 1
# Requests of one connection that may wait for the answer to an earlier one. Browsers send none ahead; thousands
# in one packet would hold the loop up for a second.
MOST_IN_LINE = 16
# Of a request line and headers: what browsers and proxies send is far below, and httptools keeps whatever comes.
MOST_HEAD_BYTES = 64 * 1024


class TooManyInLine(Exception):
    """Ends the reading of a connection: httptools makes it an error of its own, and that is answered with 400."""


class BoundedProtocol(HttpToolsProtocol):
    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._limits: ConnectionLimits = app_state["connection_limits"]
        self._deadline = 0.0  # of the loop's clock; 0 while nothing is waited for
        self._timer: asyncio.TimerHandle | None = None
        self._received = 0  # bytes of the body under way
        self._waiting: tuple[RequestResponseCycle, ASGI3Application] | None = None
        self._begun = False  # some of a request is here
        self._steps = 0  # requests that began, and pieces of their bodies
        self._head_bytes = 0  # what came since the last step, of a head or of a body's trailers
        self._closing = False
        self._stopped_at: int | None = None  # the place in what came where another protocol is to begin

    # What a client is waited for: the request that it began, or is to begin; the answer that it does not take.

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()
        self._timer = self.loop.call_at(self._deadline, self._look_at_deadline)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._forget_body()
        self._waiting = None
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        before = self._steps
        super().data_received(data)
        while self._stopped_at is not None:
            data = self._head_without_upgrade() + data[self._stopped_at :]
            self._stopped_at = None
            # The one that stopped reads no more where the connection is to be closed. This one is made as uvicorn's.
            self.parser = httptools.HttpRequestParser(self)
            self.parser.set_dangerous_leniencies(lenient_data_after_close=True)
            super().data_received(data)
        if self._begun and self._steps == before:
            self._head_bytes += len(data)
            if self._head_bytes > MOST_HEAD_BYTES and not self.transport.is_closing():
                if self._answers_nothing():
                    self.transport.write(_HEAD_TOO_LARGE)
                self.transport.close()

    def on_message_begin(self) -> None:
        if len(self.pipeline) >= MOST_IN_LINE:
            raise TooManyInLine
        super().on_message_begin()
        self._begun = True
        self._note_step()
        if not self.flow.write_paused:
            self._wait()

    def _note_step(self) -> None:
        self._steps += 1
        self._head_bytes = 0

    def pause_writing(self) -> None:
        super().pause_writing()
        self._wait()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._deadline = 0.0

    def _wait(self) -> None:
        self._deadline = self.loop.time() + self._limits.client_seconds

    def _look_at_deadline(self) -> None:
        now = self.loop.time()
        if self._closing:
            self.transport.abort()  # it was closed a while ago, and the client does not take what is written
            return
        if self.transport.is_closing():
            self._closing = True
        elif self._deadline and now >= self._deadline:
            self._let_go()
        # One timer for many requests: most of them only move the deadline.
        next_look = now + self._limits.client_seconds
        if self._deadline > now:
            next_look = min(next_look, self._deadline)
        self._timer = self.loop.call_at(next_look, self._look_at_deadline)

    def _let_go(self) -> None:
        self._limits.tell_refusal("slow")
        self._closing = True
        if self.flow.write_paused:
            self.transport.abort()
            return
        if self._begun and self._answers_nothing():
            self.transport.write(_TOO_SLOW)
        self.transport.close()

    def _answers_nothing(self) -> bool:
        """Tell whether no answer to an earlier request is on its way, which another would be written into."""
        return self.cycle is None or self.cycle.response_complete or self._waiting is not None

    # A request that asks for another protocol is read on as one that does not.

    def on_headers_complete(self) -> None:
        if not self._asks_to_upgrade():
            super().on_headers_complete()

    def _asks_to_upgrade(self) -> bool:
        return self.parser.should_upgrade() and any(name == b"upgrade" for name, _ in self.headers)

    def _unsupported_upgrade_warning(self) -> None:
        stopped = sys.exception()  # uvicorn calls this where it handles what httptools raised
        if stopped is not None and self._asks_to_upgrade():
            self._stopped_at = stopped.args[0]

    def _head_without_upgrade(self) -> bytes:
        lines = [name + b": " + value for name, value in self.headers if name != b"upgrade"]
        version = self.parser.get_http_version().encode()
        return b"\r\n".join(
            [self.parser.get_method() + b" " + self.url + b" HTTP/" + version, *lines, b"", b""]
        )

    # A request is handed on when it is whole.

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        if cycle is self.cycle and cycle.more_body and not self._is_too_large(cycle):
            self._waiting = (cycle, app)
            self._received = len(cycle.body)
            self._limits.buffered_bytes += self._received
            if cycle.waiting_for_100_continue:
                cycle.waiting_for_100_continue = False
                self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            return
        self._admit(cycle, app)

    def on_body(self, body: bytes) -> None:
        self._note_step()
        waiting = self._waiting
        if waiting is None:
            super().on_body(body)
            return
        cycle, app = waiting
        cycle.body += body
        self._received += len(body)
        self._limits.buffered_bytes += len(body)
        if not self.flow.write_paused:
            self._deadline += len(body) / SLOWEST_BYTES_A_SECOND
        if self._received > self._limits.max_body_bytes:
            # The application says why; it reads on, and is told when the limit is passed.
            self._waiting = None
            self._forget_body()
            cycle.message_event.set()
            self._admit(cycle, app)
        elif self._limits.buffered_bytes > self._limits.most_buffered_bytes:
            self._waiting = None
            self._forget_body()
            cycle.keep_alive = False
            self._refuse(cycle)

    def on_message_complete(self) -> None:
        if self._asks_to_upgrade():
            return
        self._begun = False
        if not self.flow.write_paused:
            self._deadline = 0.0
        super().on_message_complete()
        if self._waiting is not None:
            cycle, app = self._waiting
            self._waiting = None
            self._forget_body()
            self._admit(cycle, app)

    def _is_too_large(self, cycle: RequestResponseCycle) -> bool:
        for name, value in cycle.scope["headers"]:
            if name == b"content-length":
                return not value.isdigit() or int(value) > self._limits.max_body_bytes
        return False

    def _forget_body(self) -> None:
        self._limits.buffered_bytes -= self._received
        self._received = 0

    def send_400_response(self, msg: str) -> None:
        self.transport.write(_NOT_HTTP)
        self.transport.close()

    # Admitted or refused.

    def _admit(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        if self._limits.stopping:
            # The connection is about to be closed: what its client would send next would be lost.
            cycle.keep_alive = False
        pool = self._limits.pool_for(cycle.scope["path"])
        if pool is None:
            super()._start_asgi_task(cycle, app)
        elif pool.enter():
            self._start_counted(cycle, app, pool)
        else:
            self._refuse(cycle)

    def _start_counted(self, cycle: RequestResponseCycle, app: ASGI3Application, pool: Pool) -> None:
        async def count(scope: Any, receive: Any, send: Any) -> None:
            try:
                await app(scope, receive, send)
            finally:
                pool.leave()

        super()._start_asgi_task(cycle, count)

    def _refuse(self, cycle: RequestResponseCycle) -> None:
        self._limits.tell_refusal("overload")
        cycle.response_started = cycle.response_complete = True
        cycle.message_event.set()
        if cycle.keep_alive:
            self.transport.write(_OVERLOADED)
            self.on_response_complete()
        else:
            self.transport.write(_OVERLOADED_LAST)
            self.transport.close()


def _write_answer(status: str, kind: str, detail: str, *headers: str) -> bytes:
    code, _, _ = status.partition(" ")
    title = kind.replace("-", " ").capitalize().replace("http", "HTTP")
    body = f'{{"type":"urn:quotemark:problem:{kind}","title":"{title}","status":{code},"detail":"{detail}"}}'
    lines = [
        f"HTTP/1.1 {status}",
        "content-type: application/problem+json",
        f"content-length: {len(body)}",
        "access-control-allow-origin: *",
        "access-control-expose-headers: Retry-After",
        "x-content-type-options: nosniff",
        "cache-control: no-store",
        *headers,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


_DETAIL = "The server has more to do than it can; try again in a moment."
_RETRY = f"retry-after: {RETRY_AFTER_SECONDS}"
_OVERLOADED = _write_answer("503 Service Unavailable", "overloaded", _DETAIL, _RETRY)
_OVERLOADED_LAST = _write_answer(
    "503 Service Unavailable", "overloaded", _DETAIL, _RETRY, "connection: close"
)
# What is at fault is not known here; most often it is a query that was typed as it is read.
_NOT_HTTP = _write_answer(
    "400 Bad Request",
    "not-http",
    "This is no HTTP request. If its address holds spaces, or letters beyond ASCII: these are percent-encoded,"
    " as by curl -G --data-urlencode.",
    "connection: close",
)
_HEAD_TOO_LARGE = _write_answer(
    "431 Request Header Fields Too Large",
    "head-too-large",
    f"The address and the headers have more than {MOST_HEAD_BYTES} bytes.",
    "connection: close",
)
_TOO_SLOW = _write_answer(
    "408 Request Timeout", "too-slow", "The request was not sent in time.", "connection: close"
)
