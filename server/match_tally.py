"""Count matches while the server runs, and write the numbers down now and then. Numbers only: no page, no reader."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import threading
from collections import Counter

from server.live_index import Found
from server.models import Rating
from server.store import Counted, Store

log = logging.getLogger(__name__)

FLUSH_SECONDS = 30.0
# Beyond this many different numbers, what is new is not counted until they are written down.
MOST_KEPT = 50_000


class MatchTally:
    """`note` may be called in any thread. What is not flushed when the process dies is lost: it is a statistic."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._counts: Counter[Counted] = Counter()

    def note(self, found: Found) -> None:
        """Count each quote of a page once, under the rating that its readers are shown."""
        if not found.matches:
            return
        today = dt.datetime.now(dt.UTC).date()
        counted = [
            Counted(today, quote_id, facts.rating or Rating.UNRATED.value)
            for quote_id, facts in found.facts.items()
        ]
        with self._lock:
            for each in counted:
                if each in self._counts or len(self._counts) < MOST_KEPT:
                    self._counts[each] += 1

    async def flush(self) -> None:
        """Write down what was counted; where that fails, it is kept for the next time."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if not counts:
            return
        try:
            await self._store.match_counts.add(counts)
        except Exception as error:  # noqa: BLE001 - readers' answers do not depend on statistics
            log.warning("event=counts_not_written error=%s", type(error).__name__)
            with self._lock:
                self._counts.update(counts)

    async def keep_flushing(self) -> None:
        """Flush now and then, and once more when cancelled."""
        try:
            while True:
                await asyncio.sleep(FLUSH_SECONDS)
                await self.flush()
        finally:
            await self.flush()
