"""What readers are shown in a text: all that it matches but the passages that curators have blocked."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from server.live_index import Found, Stamp
from server.store import Store, list_passage_digests

log = logging.getLogger(__name__)

_ANSWER_SECONDS = 1.0
_RETRY_SECONDS = 2.0


class Searched(Protocol):
    def find(self, text: str, /) -> Found: ...


class BlockedPassages:
    """Knows the blocked passages as of a change of the index, told by its `stamp`; `find` may run in any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stamp: Stamp | None = None
        self._blocked: dict[str, frozenset[str]] = {}
        self._reading = asyncio.Lock()
        self._next_try = 0.0

    def is_current(self, stamp: Stamp) -> bool:
        return stamp == self._stamp

    async def catch_up(self, stamp: Stamp) -> None:
        """Read them anew where the index has moved on: blocking a passage is a change like any other."""
        if self.is_current(stamp) or time.monotonic() < self._next_try:
            return
        async with self._reading:
            if self.is_current(stamp) or time.monotonic() < self._next_try:
                return
            try:
                async with asyncio.timeout(_ANSWER_SECONDS):
                    self._blocked = await self._store.quotes.read_blocked()
                self._stamp = stamp
            except Exception as error:  # noqa: BLE001 - texts are matched from memory while the store is away
                # Readers are not kept waiting for a store that does not answer.
                self._next_try = time.monotonic() + _RETRY_SECONDS
                log.warning("event=blocked_passages_behind error=%s", type(error).__name__)

    def find(self, index: Searched, text: str) -> Found:
        """Return what the index finds in the text, without the matches that are blocked."""
        found = index.find(text)
        if not any(match.quote_id in self._blocked for match in found.matches):
            return found
        matches = [
            match for match in found.matches if not self._is_blocked(match.quote_id, match.spans, text)
        ]
        ids = {match.quote_id for match in matches}
        return replace(
            found, matches=matches, cards={key: card for key, card in found.cards.items() if key in ids}
        )

    def _is_blocked(self, quote_id: str, spans: Sequence[tuple[int, int]], text: str) -> bool:
        digests = self._blocked.get(quote_id)
        if not digests:
            return False
        words = " … ".join(text[start:end] for start, end in spans)
        return not digests.isdisjoint(list_passage_digests(words))
