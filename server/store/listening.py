"""Being woken by PostgreSQL when another process has changed something.

What is heard is a hint alone, and can be lost: the change log is the truth, and is read now and then all the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import asyncpg

from server.store.addresses import read_connect_arguments
from server.store.database import CHANGES_CHANNEL, CONNECT_SECONDS
from server.store.errors import HintsLost

# A connection that was cut without a word (by a proxy, say) is noticed by asking over it.
PROBE_SECONDS = 3.0


async def listen(address: str, heard: Callable[[], None]) -> None:
    """Call `heard` once when listening has begun and for each hint; raise when the connection is lost.

    Raises HintsLost at once behind a pooler, such as PgBouncer.
    """
    connection = await asyncpg.connect(**read_connect_arguments(address), timeout=CONNECT_SECONDS)
    lost = asyncio.Event()
    try:
        await _require_own_connection(connection)
        connection.add_termination_listener(lambda _connection: lost.set())
        await connection.add_listener(CHANGES_CHANNEL, lambda *_hint: heard())
        heard()  # what came before this moment was not heard
        while True:
            try:
                async with asyncio.timeout(PROBE_SECONDS):
                    await lost.wait()
            except TimeoutError:
                await connection.execute("SELECT 1", timeout=PROBE_SECONDS)
            else:
                raise ConnectionError("the connection that listens was lost")
    finally:
        connection.terminate()


async def _require_own_connection(connection: asyncpg.Connection) -> None:
    """Raise HintsLost where the connection is a pooler's, which may lend it to others while nothing is asked over it.

    Whether it does can't be told. It answers for the database, so that all seems well, and no hint arrives; but it
    can't tell each client the number of the process that will serve it.
    """
    async with connection.transaction():
        process = await connection.fetchval("SELECT pg_backend_pid()", timeout=PROBE_SECONDS)
    if process != connection.get_server_pid():
        raise HintsLost("the database is behind a pooler")
