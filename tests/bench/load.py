"""A load generator: raw sockets, one process, so little work a request that it is not what is measured."""

from __future__ import annotations

import re
import selectors
import socket
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_READ_BYTES = 1 << 18


@dataclass
class Result:
    """What came back: latencies in seconds by status, and how long it was asked."""

    seconds: float = 0.0
    latencies: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    unsent: int = 0  # requests that were due while every connection waited for an answer
    closed: int = 0

    def rate(self, status: int = 200) -> float:
        return len(self.latencies[status]) / self.seconds

    def count(self) -> int:
        return sum(len(some) for some in self.latencies.values())

    def quantile_ms(self, share: float, *statuses: int) -> float:
        some = sorted(latency for status in statuses or (200,) for latency in self.latencies[status])
        return 1e3 * some[min(len(some) - 1, int(share * len(some)))] if some else float("nan")

    def tell(self, status: int = 200) -> str:
        return (
            f"{self.rate(status):8.1f}/s   p50 {self.quantile_ms(0.5, status):7.2f} ms   "
            f"p99 {self.quantile_ms(0.99, status):7.2f} ms   max {self.quantile_ms(1, status):7.2f} ms"
        )


class _Connection:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.unsent = memoryview(b"")
        self.received = b""
        self.sent_at = 0.0

    def send(self, request: bytes) -> None:
        self.sent_at = time.perf_counter()
        self.received = b""
        self.unsent = memoryview(request)
        self.flush()

    def flush(self) -> None:
        while self.unsent:
            try:
                self.unsent = self.unsent[self.socket.send(self.unsent) :]
            except BlockingIOError:
                return

    def read(self) -> int | None:
        """Return the answer's status when all of it has come; 0 where the connection was closed."""
        try:
            data = self.socket.recv(_READ_BYTES)
        except BlockingIOError:
            return None
        except OSError:
            return 0
        if not data:
            return 0
        self.received = self.received + data if self.received else data
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return None
        length = _LENGTH.search(self.received, 0, end)
        if length is None or len(self.received) < end + 4 + int(length[1]):
            return None
        return int(self.received[9:12])


def load(
    port: int, requests: Iterator[bytes], seconds: float, connections: int, rate: float | None = None
) -> Result:
    """Ask for some seconds over some connections.

    Without a rate each connection asks again when it is answered; with one, requests go out when they are
    due, whatever the server does, as long as a connection is free.
    """
    result = Result()
    selector = selectors.DefaultSelector()
    idle: list[_Connection] = []
    for _ in range(connections):
        connection = _Connection(port)
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        idle.append(connection)
    began = now = time.perf_counter()
    due = 0
    while now - began < seconds:
        if rate is None:
            while idle:
                idle.pop().send(next(requests))
        else:
            while due < (now - began) * rate:
                due += 1
                if idle:
                    idle.pop().send(next(requests))
                else:
                    result.unsent += 1
        timeout = 0.1 if rate is None else max(0.0, began + due / rate - time.perf_counter())
        for key, _events in selector.select(timeout):
            connection = key.data
            connection.flush()
            status = connection.read()
            if status is None:
                continue
            if status == 0:
                result.closed += 1
                selector.unregister(connection.socket)
                connection.socket.close()
                connection = _Connection(port)
                selector.register(connection.socket, selectors.EVENT_READ, connection)
            else:
                result.latencies[status].append(time.perf_counter() - connection.sent_at)
            idle.append(connection)
        now = time.perf_counter()
    result.seconds = now - began
    for key in list(selector.get_map().values()):
        key.data.socket.close()
    return result


def median(values: list[float]) -> float:
    return statistics.median(values)
