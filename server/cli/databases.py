"""`quotemark db upgrade` and `quotemark db copy`."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Annotated

import typer
from rich.console import Console

from server.cli.options import DatabaseUrl
from server.settings import FaultySettings, Settings, environment_name, read_settings
from server.store import Database, copy_database, upgrade_database


def upgrade(database: DatabaseUrl = None) -> None:
    asyncio.run(_upgrade(read_settings(database=database)))


def copy(
    to: Annotated[str, typer.Option(help="The database to fill, as a SQLAlchemy URL; it must be empty.")],
    database: DatabaseUrl = None,
) -> None:
    settings = read_settings(database=database)
    try:
        target = read_settings(database=to)
    except FaultySettings as faulty:
        raise FaultySettings(
            [fault.replace(environment_name("database"), "--to", 1) for fault in faulty.faults]
        ) from None
    asyncio.run(_copy(settings, target))


async def _upgrade(settings: Settings) -> None:
    database = Database(settings.database, patient=True)
    try:
        await upgrade_database(database)
    finally:
        await database.close()


async def _copy(settings: Settings, target: Settings) -> None:
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
