"""Building an index from all that is published: in memory, or as a snapshot by a process of its own.

A process of its own, so that readers' requests go on at their pace meanwhile, and its memory is given back.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

import matcher
from server.live_index.cards import write_card
from server.live_index.generation import Generation, texts_of
from server.live_index.snapshots import Snapshots
from server.log_lines import write_log_lines
from server.settings import Settings, read_settings
from server.store import Feed, Mark, Store, StoreError

log = logging.getLogger(__name__)

Progress = Callable[[str], None]

_CODE = "from server.live_index.building import run_builder; run_builder()"
# What a builder leaves to those who serve.
_NICENESS = 10


class BuildFailed(Exception):
    """The process that was to build a snapshot failed; its own log lines tell why."""


@dataclass(frozen=True, slots=True)
class Built:
    """An index of all that is published as of a change, with the cards."""

    index: matcher.QuoteIndex
    cards: dict[str, bytes]
    mark: Mark

    def begin_generation(self) -> Generation:
        return Generation(self.index, self.cards, self.mark)

    def save(self, snapshots: Snapshots) -> str:
        """Write it as a snapshot, and return the name. Hold the lock of snapshots."""
        return snapshots.write(self.index, self.cards, self.mark)


async def build(feed: Feed, tell: Progress = lambda told: None, most: int | None = None) -> Built | None:
    """Build an index of all that is published; None where that is more than `most` quotes."""
    tell("reading what is published")
    wordings: list[tuple[str, str]] = []
    cards: dict[str, bytes] = {}
    async with feed.read_published() as (mark, published):
        async for quotes in published:
            if most is not None and len(cards) + len(quotes) > most:
                return None
            for quote in quotes:
                cards[quote.id] = write_card(quote)
                wordings += [(quote.id, text) for text in texts_of(quote)]
    tell(f"indexing {len(wordings):,} wordings of {len(cards):,} quotes")
    return Built(await asyncio.to_thread(matcher.QuoteIndex.build, wordings), cards, mark)


async def write_snapshot(feed: Feed, snapshots: Snapshots, tell: Progress = lambda told: None) -> str:
    """Write a snapshot of what is published now, and return its name. Hold the lock of snapshots."""
    built = await build(feed, tell)
    if built is None:
        raise AssertionError("without a bound it is always built")
    tell("writing the snapshot")
    return await asyncio.to_thread(built.save, snapshots)


async def write_snapshot_apart(settings: Settings, lock: int) -> None:
    """Have a process of its own build a snapshot; it holds the lock (a descriptor) for as long as it runs."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-c", _CODE), env=os.environ | settings.environment(), pass_fds=(lock,)
    )
    try:
        code = await process.wait()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    if code != 0:
        raise BuildFailed(f"it ended with code {code}")


def tell_cause(error: Exception) -> str:
    """Return what a log may tell of a failure: its kind, and what is wrong with the database or the disk.

    Of other errors only the kind: their words may be a text's.
    """
    told = str(error) if isinstance(error, StoreError | BuildFailed) else getattr(error, "strerror", None)
    return type(error).__name__ + (f" reason={told!r}" if told else "")


def run_builder() -> None:
    """Be the process that builds a snapshot. Whoever started it holds the lock and handed it down."""
    os.nice(_NICENESS)
    settings = read_settings()
    write_log_lines(settings.log_level)
    try:
        asyncio.run(_run_builder(settings))
    except (StoreError, OSError) as error:
        log.error("event=build_failed error=%s", tell_cause(error))
        sys.exit(1)


async def _run_builder(settings: Settings) -> None:
    folder = settings.snapshots_of_database()
    if folder is None:
        raise ValueError("a database in memory has no snapshots")
    store = Store.connect(settings.database)
    try:
        await write_snapshot(store.feed, Snapshots(folder))
    finally:
        await store.close()
