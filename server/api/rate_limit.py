"""How often one client may ask."""

from __future__ import annotations

import time
from collections import OrderedDict
from http import HTTPStatus

import limits
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from starlette.types import ASGIApp, Receive, Scope, Send

from server.api import metrics
from server.api.problem import Problem
from server.api.problems import answer_problem
from server.connections import ALWAYS_ANSWERED, name_client

_MOST_CLIENTS = 100_000


class BoundedMemory(Storage):
    """Counts in memory, by a clock that never jumps, and of so many clients at most: those that asked last."""

    base_exceptions = Exception

    def __init__(self, uri: str | None = None, most_clients: int = _MOST_CLIENTS) -> None:
        super().__init__(uri)
        self._most_clients = most_clients
        self._windows: OrderedDict[str, tuple[int, float]] = OrderedDict()  # count, and when the window ends
        # The library speaks in the time of the wall clock; here it is that of the start, and what has passed.
        self._offset = time.time() - time.monotonic()

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        now = time.monotonic()
        count, ends = self._windows.pop(key, (0, 0.0))
        if ends <= now:
            count, ends = 0, now + expiry
        self._windows[key] = count + amount, ends
        if len(self._windows) > self._most_clients:
            self._windows.popitem(last=False)
        return count + amount

    def get(self, key: str) -> int:
        count, ends = self._windows.get(key, (0, 0.0))
        return count if ends > time.monotonic() else 0

    def get_expiry(self, key: str) -> float:
        return self._windows.get(key, (0, 0.0))[1] + self._offset

    def seconds_left(self, key: str) -> float:
        """Return how long it is until the window of a key ends."""
        return max(0.0, self._windows.get(key, (0, 0.0))[1] - time.monotonic())

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        count = len(self._windows)
        self._windows.clear()
        return count

    def clear(self, key: str) -> None:
        self._windows.pop(key, None)


class LimitRates:
    """Answers 429 to a client that asks more often than it may, and says when it may ask again.

    A client is an address, or an IPv6 network of 64 bits. Those of this machine are not limited: whoever sits
    there may do worse, and a proxy that is not trusted would have all of its clients' requests counted as its own.
    """

    def __init__(self, app: ASGIApp, rate: str, only_path: str | None = None) -> None:
        self.app = app
        self._only_path = only_path
        self._rate = limits.parse(rate)
        self._counts = BoundedMemory()
        self._limiter = FixedWindowRateLimiter(self._counts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client") if scope["type"] == "http" else None
        key = name_client(client[0]) if client and self._is_counted(scope["path"]) else None
        if key is None or self._limiter.hit(self._rate, key):
            await self.app(scope, receive, send)
            return
        metrics.count_refused("rate")
        seconds = int(self._counts.seconds_left(self._rate.key_for(key))) + 1
        asked = f"for {self._only_path} " if self._only_path else ""
        problem = Problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            "too-many-requests",
            f"One client may ask {asked}{self._rate.amount} times in {self._rate.get_expiry()} seconds.",
            headers={"Retry-After": str(seconds)},
        )
        await answer_problem(problem, scope.get("request_id"))(scope, receive, send)

    def _is_counted(self, path: str) -> bool:
        return path == self._only_path if self._only_path else path not in ALWAYS_ANSWERED
