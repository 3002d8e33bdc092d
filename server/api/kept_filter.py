"""The filter of passages that clients fetch, kept ready: written anew, in a thread, when the index has changed."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass

from matcher import FilterParts
from server.api.searches import Searches
from server.live_index import LiveIndex


@dataclass(frozen=True, slots=True)
class TaggedFilter:
    parts: FilterParts
    tag: str  # of all its content


class KeptFilter:
    def __init__(self, live_index: LiveIndex, searches: Searches) -> None:
        self._live_index = live_index
        self._searches = searches
        self._kept: tuple[tuple[int, int, str | None], TaggedFilter] | None = None
        self._writing = asyncio.Lock()

    async def current(self) -> TaggedFilter:
        """Return the filter of what is published now."""
        async with self._writing:
            stamp = self._live_index.filter_stamp
            if self._kept is None or self._kept[0] != stamp:
                self._kept = stamp, await self._searches.run_apart(self._write)
            return self._kept[1]

    def _write(self) -> TaggedFilter:
        parts = self._live_index.passage_filter()
        # The base is known by its name: only the rest needs to be read.
        return TaggedFilter(parts, hashlib.blake2b(parts.rest, digest_size=12).hexdigest())
