"""`quotemark snapshot`."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

from rich.console import Console

from server.cli.options import DatabaseUrl
from server.cli.storing import open_store
from server.live_index import Snapshots, write_snapshot
from server.settings import Settings, read_settings


class NoSnapshot(OSError):
    """No snapshot can be written here just now."""


def snapshot(database: DatabaseUrl = None) -> None:
    asyncio.run(_write_snapshot_file(read_settings(database=database)))


async def _write_snapshot_file(settings: Settings) -> None:
    """Write a snapshot, telling how far it is on standard error, and print where it stands."""
    folder = settings.snapshots_of_database()
    if folder is None:
        raise NoSnapshot("a database in memory has no snapshots")
    snapshots = Snapshots(folder)
    console = Console(stderr=True, highlight=False)
    with ExitStack() as stack:
        try:
            lock = stack.enter_context(snapshots.lock())
        except OSError as error:
            raise NoSnapshot(
                f"no snapshot can be written to {folder}: {error.strerror}; let this user write there, or name"
                " another folder in QUOTEMARK_SNAPSHOT_FOLDER"
            ) from error
        if lock is None:
            raise NoSnapshot(f"another process is writing a snapshot in {folder} already")
        async with open_store(settings) as store:
            with console.status("opening the database") as status:
                name = await write_snapshot(store.feed, snapshots, lambda told: status.update(f"{told} …"))
    print(folder / name)
