"""`quotemark snapshot`."""

from __future__ import annotations

import asyncio
import errno
from contextlib import ExitStack
from pathlib import Path

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
            raise _no_snapshot(folder, error) from error
        if lock is None:
            raise NoSnapshot(f"another process is writing a snapshot in {folder} already")
        async with open_store(settings) as store:
            with console.status("opening the database") as status:
                try:
                    name = await write_snapshot(
                        store.feed, snapshots, lambda told: status.update(f"{told} …")
                    )
                except OSError as error:
                    raise _no_snapshot(folder, error) from error
    print(folder / name)


def _no_snapshot(folder: Path, error: OSError) -> NoSnapshot:
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    mend = "make room there" if is_full else "let this user write there"
    return NoSnapshot(
        f"no snapshot can be written to {folder}: {error.strerror}; {mend}, or name another folder in"
        " QUOTEMARK_SNAPSHOT_FOLDER"
    )
