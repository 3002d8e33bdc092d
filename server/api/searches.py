"""Where searches run: short texts in the event loop, in turns; long ones in a thread, so that the loop goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from server.api.turns import Turns

# Up to this length a text is searched within a few milliseconds: less than moving it to a thread is worth.
LONGEST_IN_LOOP = 20_000
# More threads would only contend for the interpreter, and take it away from the loop.
_THREADS = 2

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class Searches:
    def __init__(self) -> None:
        self._turns = Turns()
        self._threads = ThreadPoolExecutor(_THREADS, "search")

    async def run(self, search: Callable[[], Result], characters: int) -> Result:
        """Run a search of a text of so many characters."""
        if characters > LONGEST_IN_LOOP:
            return await self.run_apart(search)
        async with self._turns:
            return search()

    async def run_apart(
        self, work: Callable[Parameters, Result], *arguments: Parameters.args, **named: Parameters.kwargs
    ) -> Result:
        """Run work in a thread, when one is free."""
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: work(*arguments, **named)
        )

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
