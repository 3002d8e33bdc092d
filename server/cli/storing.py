"""Open the store for a command, and `quotemark db upgrade`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from server.settings import Settings
from server.store import Database, Store, upgrade_database


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    store = await Store.open(settings.database, second_person=settings.second_person)
    try:
        yield store
    finally:
        await store.close()


async def upgrade(settings: Settings) -> None:
    database = Database(settings.database)
    try:
        await upgrade_database(database)
    finally:
        await database.close()
