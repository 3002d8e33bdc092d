from __future__ import annotations

import asyncio
import itertools
import threading

import pytest

from server.api.searches import LONGEST_IN_LOOP, Searches
from server.api.turns import Turns

pytestmark = pytest.mark.anyio


async def test_those_who_wait_get_their_turn_in_the_order_of_coming() -> None:
    turns, order = Turns(), []

    async def take(number: int) -> None:
        async with turns:
            order.append(number)

    await asyncio.gather(*(take(number) for number in range(20)))
    assert order == list(range(20))


async def test_the_loop_goes_on_between_two_turns() -> None:
    searches, taken, seen = Searches(), 0, []

    def take() -> None:
        nonlocal taken
        taken += 1

    def look() -> None:
        seen.append(taken)
        if taken < 10:
            asyncio.get_running_loop().call_soon(look)

    asyncio.get_running_loop().call_soon(look)
    await asyncio.gather(*(searches.run(take, LONGEST_IN_LOOP) for _ in range(10)))
    searches.close()
    assert all(after - before <= 1 for before, after in itertools.pairwise(seen))
    assert len(seen) >= 10


async def test_the_loop_goes_on_while_a_long_text_is_searched() -> None:
    searches = Searches()
    assert await searches.run(threading.current_thread, LONGEST_IN_LOOP) is threading.main_thread()
    assert await searches.run(threading.current_thread, LONGEST_IN_LOOP + 1) is not threading.main_thread()
    searches.close()


async def test_who_gives_up_waiting_takes_no_turn() -> None:
    turns = Turns()
    inside, leave = asyncio.Event(), asyncio.Event()

    async def stay() -> None:
        async with turns:
            inside.set()
            await leave.wait()

    async def take() -> str:
        async with turns:
            return "taken"

    first = asyncio.create_task(stay())
    await inside.wait()
    gives_up, waits = asyncio.create_task(take()), asyncio.create_task(take())
    await asyncio.sleep(0)
    gives_up.cancel()
    leave.set()
    assert await asyncio.wait_for(waits, 10) == "taken"
    assert gives_up.cancelled() or (await asyncio.wait([gives_up]))[0]
    await first
    assert await asyncio.wait_for(take(), 10) == "taken"


async def test_who_gives_up_at_the_last_moment_passes_the_turn_on() -> None:
    turns = Turns()
    async with turns:
        waits = [asyncio.ensure_future(turns.__aenter__()) for _ in range(2)]
        await asyncio.sleep(0)
    await asyncio.sleep(0)  # the turn is the first one's now, which has not run yet
    waits[0].cancel()
    await asyncio.wait_for(waits[1], 10)
