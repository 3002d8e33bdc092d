"""Open the store for a command."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from server.settings import Settings
from server.store import Store


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    store = await Store.open(settings.database, second_person=settings.second_person)
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def open_to_read(settings: Settings) -> AsyncIterator[Store]:
    """Open the store for a command that only reads, and tell of a file that was not there: its name may be misspelt."""
    file = settings.database_file()
    is_new = file is not None and not file.exists()
    store = await Store.open_to_read(settings.database)
    try:
        if is_new:
            print(f"there was no database {file}: it was made now, and is empty", file=sys.stderr)
        yield store
    finally:
        await store.close()
