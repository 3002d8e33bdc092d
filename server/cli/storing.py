"""Open the store for a command."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from server.settings import Settings
from server.store import Store


def open_store(settings: Settings, *, may_be_new: bool = False) -> AbstractAsyncContextManager[Store]:
    opening = Store.open(settings.database, second_person=settings.second_person)
    return _open(settings, opening, may_be_new=may_be_new)


def open_to_read(settings: Settings) -> AbstractAsyncContextManager[Store]:
    return _open(settings, Store.open_to_read(settings.database), may_be_new=False)


@asynccontextmanager
async def _open(settings: Settings, opening: Awaitable[Store], *, may_be_new: bool) -> AsyncIterator[Store]:
    """Tell of a file that was not there, unless it `may_be_new`: its name may be misspelt, or not set here."""
    file = settings.database_file()
    is_new = file is not None and not file.exists()
    store = await opening
    try:
        if is_new and not may_be_new:
            print(f"there was no database {file}: it was made now, and is empty", file=sys.stderr)
        yield store
    finally:
        await store.close()
