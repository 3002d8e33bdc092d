"""Following the store: from the newest snapshot on, through each change, to the next snapshot."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress

from matcher import FilterParts
from server.live_index.building import BuildFailed, Built, build, tell_cause, write_snapshot_apart
from server.live_index.generation import Found, Generation, WithQuote
from server.live_index.snapshots import BadSnapshot, OldSnapshot, Snapshots
from server.models import StoredQuote
from server.settings import Settings
from server.store import HintsLost, OtherHistory, Store, StoreUnavailable

log = logging.getLogger(__name__)

Stamp = tuple[int, int]  # history and revision of the index

CHANGES_AT_ONCE = 200
FIRST_RETRY_SECONDS = 0.25
LONGEST_RETRY_SECONDS = 2.0
# While the database tells of changes, its log is read now and then all the same: what tells can be lost.
POLL_WHILE_LISTENING_SECONDS = 3.0
# A database that does not answer at all is taken for one that is away.
ANSWER_SECONDS = 4.0
# How often it is looked whether the process that builds a snapshot is done.
_LOOK_SECONDS = 0.2
_SECONDS_BETWEEN_BUILDS = 30.0


class LiveIndex:
    """Finds published quotes in texts. `find` may run in any thread while changes are taken in.

    Without `settings` it is built in memory, and no snapshots are read or written.
    """

    def __init__(self, store: Store, settings: Settings | None = None) -> None:
        self._store = store
        self._settings = settings
        folder = settings and settings.snapshots_of_database()
        self._snapshots = Snapshots(folder) if folder else None
        self._refused: set[str] = set()
        self._generation = Generation()
        self._taking_in = asyncio.Lock()
        self._woken = asyncio.Event()
        self._listening = False
        self._building: asyncio.Task[None] | None = None
        self._next_build = 0.0
        self._history = 0
        self.ready = False
        self.in_step_at = 0.0  # when it was last known to lag behind no change, in seconds since 1970

    def __len__(self) -> int:
        """Return the number of published wordings."""
        return len(self._generation)

    @property
    def revision(self) -> int:
        """The number of the last change that was taken in."""
        return self._generation.mark.revision

    @property
    def stamp(self) -> Stamp:
        """What an answer is known to be of: it changes with each change, and where the store was replaced."""
        return self._history, self.revision

    @property
    def changes(self) -> int:
        """How many quotes have changed since the snapshot that is searched was written."""
        return self._generation.changes

    def find(self, text: str) -> Found:
        """Find the published quotes in `text`; any string is accepted."""
        return self._generation.find(text)

    def with_quote(self, quote: StoredQuote) -> WithQuote:
        """Return what would be searched if this quote were published, as it is here."""
        return WithQuote(self._generation, quote)

    @property
    def filter_stamp(self) -> tuple[int, int, str | None]:
        """What a filter is known to be of: it changes with each change, and with each snapshot that is gone over to."""
        return *self.stamp, self._generation.snapshot

    def passage_filter(self) -> FilterParts:
        """Return a filter of what is published; takes a moment, and may run in any thread."""
        return self._generation.passage_filter()

    async def build(self) -> None:
        """Build the index in memory from all that is published; searches use the former one until it stands."""
        async with self._taking_in:
            await self._build_in_memory(most=None)

    async def open(self) -> None:
        """Search the newest snapshot with all changes since, or build the index in memory; write nothing."""
        if not await self._open_newest(after=-1):
            await self.build()

    async def catch_up(self) -> None:
        """Take in all changes that the store has seen until now, or leave them to `follow` where that fails.

        An index that is not ready yet is begun from a snapshot, and not from the first change on.
        """
        if not self.ready:
            return
        try:
            async with asyncio.timeout(ANSWER_SECONDS), self._taking_in:
                await self._take_in_all(self._generation)
        except (StoreUnavailable, OtherHistory, TimeoutError):
            self._woken.set()

    async def measure_lag(self) -> int:
        """Return the number of changes that are not taken in yet."""
        mark = await self._store.feed.read_mark()
        return max(0, mark.revision - self.revision)

    async def follow(self, poll_seconds: float) -> None:
        """Follow the store until cancelled; failures are told and tried again, and searches go on from memory."""
        listening = asyncio.create_task(self._keep_listening())
        retry_seconds = FIRST_RETRY_SECONDS
        try:
            while True:
                self._woken.clear()
                try:
                    await self._follow_once()
                    retry_seconds = FIRST_RETRY_SECONDS
                    pause = POLL_WHILE_LISTENING_SECONDS if self._listening else poll_seconds
                except Exception as error:  # noqa: BLE001 - searches go on from memory whatever fails here
                    told = tell_cause(error)
                    log.warning("event=index_behind retry_seconds=%s error=%s", retry_seconds, told)
                    pause, retry_seconds = retry_seconds, min(2 * retry_seconds, LONGEST_RETRY_SECONDS)
                # Not `wait_for`, which up to Python 3.11 loses a cancellation that comes together with a hint.
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._woken.wait()
        finally:
            for task in filter(None, (listening, self._building)):
                task.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await task

    async def _follow_once(self) -> None:
        if not self.ready:
            await self._start()
        try:
            async with self._taking_in:
                await self._take_in_all(self._generation)
            self.in_step_at = time.time()
        except OtherHistory:
            # A wrong answer is worse than none: until the index is built anew, there is none.
            self.ready = False
            self._generation = Generation()
            self._history += 1
            log.warning("event=other_history")
            await self._start()
        if self._is_worth_a_snapshot():
            await self._renew()

    async def _start(self) -> None:
        """Serve from the newest snapshot that can be used, or build the index."""
        if await self._open_newest(after=-1):
            return
        if self._snapshots is None or self._settings is None:
            await self.build()
            return
        # Few quotes are indexed sooner than a process is started for it.
        if built := await self._build_in_memory(most=self._settings.snapshot_changes):
            self._building = asyncio.create_task(self._save_behind(built))
            return
        try:
            while not await self._build_snapshot():
                await asyncio.sleep(_LOOK_SECONDS)
                if await self._open_newest(after=-1):
                    return
        except (BuildFailed, OSError) as error:
            log.warning("event=snapshot_failed error=%s", tell_cause(error))
        # Readers are served all the same where no snapshot can be written, or read again.
        if not await self._open_newest(after=-1):
            await self.build()

    async def _build_in_memory(self, most: int | None) -> Built | None:
        built = await build(self._store.feed, most=most)
        if built is not None:
            self._serve(built.begin_generation())
        return built

    async def _save_behind(self, built: Built) -> None:
        """Write what was built in memory as a snapshot too, for a start while the database is away."""
        try:
            if self._snapshots is not None:
                with self._snapshots.lock() as lock:
                    if lock is not None:
                        await asyncio.to_thread(built.save, self._snapshots)
        except OSError as error:
            log.warning("event=snapshot_failed error=%s", tell_cause(error))
        finally:
            self._building = None

    async def _open_newest(self, after: int) -> bool:
        """Serve from the newest snapshot beyond a revision that can be used; tell whether there was one."""
        for name in self._snapshots.names() if self._snapshots else ():
            if int(name.partition("-")[0]) <= after:
                return False
            if name not in self._refused and await self._open(name):
                return True
        return False

    async def _open(self, name: str) -> bool:
        if self._snapshots is None:
            return False
        try:
            generation = await asyncio.to_thread(self._snapshots.open, name)
            async with self._taking_in:
                try:
                    if not self.ready:
                        await self._require_few_changes(generation)
                    await self._take_in_all(generation)
                except (StoreUnavailable, TimeoutError):
                    # The database is away. This snapshot is of it, by its folder; what was last known is matched.
                    if self.ready:
                        raise
                self._serve(generation)
        except (BadSnapshot, OtherHistory) as error:
            self._refused.add(name)
            log.warning("event=snapshot_refused snapshot=%s reason=%s", name, type(error).__name__)
            return False
        return True

    async def _require_few_changes(self, generation: Generation) -> None:
        """Raise OldSnapshot where an index is built sooner than all changes since are laid over this one.

        A change takes as long to take in as two or three quotes to index, and is slower to search afterwards.
        """
        async with asyncio.timeout(ANSWER_SECONDS):
            mark = await self._store.feed.read_mark()
        least = self._settings.snapshot_changes if self._settings else 0
        if mark.revision - generation.mark.revision > max(least, len(generation) // 2):
            raise OldSnapshot(generation.snapshot)

    def _serve(self, generation: Generation) -> None:
        # The first search loads what the matcher needs; better here than in a reader's request.
        generation.find("This sentence is in no quote.")
        self._generation = generation
        self.ready = True
        log.info(
            "event=index_opened wordings=%d revision=%d snapshot=%s",
            len(generation), generation.mark.revision, generation.snapshot or "none",
        )  # fmt: skip

    async def _take_in_all(self, generation: Generation) -> None:
        while True:
            async with asyncio.timeout(ANSWER_SECONDS):
                news = await self._store.feed.read_news(generation.mark, CHANGES_AT_ONCE)
            for each in news:
                generation.take_in(each)
                # Hundreds of changes at once let requests through between them.
                await asyncio.sleep(0)
            if len(news) < CHANGES_AT_ONCE:
                return

    def _is_worth_a_snapshot(self) -> bool:
        return (
            self._settings is not None
            and self._snapshots is not None
            and self._generation.changes >= self._settings.snapshot_changes
        )

    async def _renew(self) -> None:
        """Go over to a newer snapshot where there is one; else have one built, meanwhile serving on."""
        if await self._open_newest(after=self._generation.built_at):
            return
        now = asyncio.get_running_loop().time()
        if self._building is None and now >= self._next_build:
            self._next_build = now + _SECONDS_BETWEEN_BUILDS
            self._building = asyncio.create_task(self._build_behind())

    async def _build_behind(self) -> None:
        try:
            await self._build_snapshot()
        except (BuildFailed, OSError) as error:
            log.warning("event=snapshot_failed error=%s", tell_cause(error))
        finally:
            self._building = None
            self._woken.set()

    async def _build_snapshot(self) -> bool:
        """Have a snapshot built, unless another process of this machine is at it."""
        if self._snapshots is None or self._settings is None:
            return False
        with self._snapshots.lock() as lock:
            if lock is None:
                return False
            await write_snapshot_apart(self._settings, lock)
            # One that was damaged has the name of the one that is written in its place.
            self._refused.clear()
            return True

    async def _keep_listening(self) -> None:
        """Be woken by the database's hints; while that does not work, the change log is read more often."""
        while True:
            try:
                await self._store.feed.listen(self._hear)
                return
            except HintsLost as lost:
                log.info("event=not_listening reason='%s; the change log is read every poll_seconds'", lost)
                return
            except Exception as error:  # noqa: BLE001 - a hint less: nothing is missed by it
                log.warning("event=not_listening error=%s", tell_cause(error))
            self._listening = False
            self._woken.set()
            await asyncio.sleep(LONGEST_RETRY_SECONDS)

    def _hear(self) -> None:
        self._listening = True
        self._woken.set()
