"""Open the store for a command, and `quotemark db upgrade` and `db copy`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rich.console import Console

from server.settings import Settings
from server.store import Database, Store, copy_database, upgrade_database


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
    async with open_store(settings) as store:
        if is_new:
            print(f"there was no database {file}: it was made now, and is empty", file=sys.stderr)
        yield store


async def upgrade(settings: Settings) -> None:
    database = Database(settings.database, patient=True)
    try:
        await upgrade_database(database)
    finally:
        await database.close()


async def copy(settings: Settings, target: Settings) -> None:
    """Copy all that a database holds to an empty one, and tell how much that was."""
    copied: Counter[str] = Counter()
    console = Console(stderr=True)
    with console.status("Copying") as status:

        def tell(table: str, rows: int) -> None:
            copied[table] += rows
            status.update(f"Copying {table.replace('_', ' ')}: {copied[table]:,}")

        await copy_database(settings.database, target.database, tell)
    for table, rows in copied.items():
        print(f"{rows:>10,} {table.replace('_', ' ')}")
