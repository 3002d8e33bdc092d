"""Turns: one search at a time in the event loop, and a look at the sockets between two of them."""

from __future__ import annotations

import asyncio
from collections import deque


class Turns:
    """An async context manager. Whoever comes while another is inside waits, in the order of coming.

    Without it, all requests that came in one pass of the loop would be worked off before anything else is
    looked at; so, a refusal or a health check waits for one search and not for all of them.
    """

    def __init__(self) -> None:
        self._taken = False
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def __aenter__(self) -> None:
        if not self._taken:
            self._taken = True
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._pass_on()
            raise

    async def __aexit__(self, *_raised: object) -> None:
        asyncio.get_running_loop().call_soon(self._pass_on)

    def _pass_on(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._taken = False
