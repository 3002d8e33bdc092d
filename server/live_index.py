"""The matcher's index of all published wordings, kept in step with the store."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass

import orjson

import matcher
from server.models import Status, StoredQuote
from server.store import Store

log = logging.getLogger(__name__)

# Beyond this many changed quotes, building the index anew costs less than carrying the changes along.
MOST_CHANGED = 5_000
CHANGES_AT_ONCE = 1_000
FIRST_RETRY_SECONDS = 0.5
LONGEST_RETRY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Found:
    """What a text matches, as of a revision of the store.

    `cards` holds, by quote id and as JSON, what a reader is told of each quote matched.
    """

    revision: int
    matches: list[matcher.Match]
    cards: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class _Generation:
    """An index and the cards of its quotes; replaced as a whole, so that no search sees half of a swap."""

    index: matcher.LiveIndex
    cards: dict[str, bytes]


class LiveIndex:
    """Finds published quotes in texts. `find` may run in any thread while changes are taken in."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._generation = _Generation(matcher.LiveIndex(matcher.QuoteIndex.build([])), {})
        self._changing = asyncio.Lock()
        self._changed: set[str] = set()
        self.revision = 0
        self.ready = False

    def __len__(self) -> int:
        """Return the number of published wordings."""
        return len(self._generation.index)

    def find(self, text: str) -> Found:
        """Find the published quotes in `text`; any string is accepted."""
        generation, revision = self._generation, self.revision
        cards = generation.cards
        # A quote that is dropped while the search goes on has no card any more.
        matches = [match for match in generation.index.find(text) if match.quote_id in cards]
        told = {match.quote_id: card for match in matches if (card := cards.get(match.quote_id))}
        return Found(revision, [match for match in matches if match.quote_id in told], told)

    async def build(self) -> None:
        """Build the index from all published quotes; searches use the former one until it stands."""
        async with self._changing:
            await self._build()

    async def catch_up(self) -> None:
        """Take in all changes that the store has seen until now."""
        async with self._changing:
            while changes := await self._store.read_changes(self.revision, CHANGES_AT_ONCE):
                self._changed.update(change.quote_id for change in changes)
                if len(self._changed) > MOST_CHANGED:
                    await self._build()
                    continue
                await self._take_in(list({change.quote_id: None for change in changes}))
                self.revision = changes[-1].revision

    async def measure_lag(self) -> int:
        """Return the number of changes that are not taken in yet."""
        return await self._store.read_revision() - self.revision

    async def follow(self, poll_seconds: float) -> None:
        """Build the index, then follow the store until cancelled; failures are told and tried again."""
        retry_seconds = FIRST_RETRY_SECONDS
        while True:
            try:
                await (self.catch_up() if self.ready else self.build())
                retry_seconds = FIRST_RETRY_SECONDS
                await asyncio.sleep(poll_seconds)
            except Exception as error:  # noqa: BLE001 - searches go on from memory whatever fails here
                log.warning(
                    "event=index_behind error=%s retry_seconds=%s", type(error).__name__, retry_seconds
                )
                await asyncio.sleep(retry_seconds)
                retry_seconds = min(2 * retry_seconds, LONGEST_RETRY_SECONDS)

    async def _build(self) -> None:
        revision = await self._store.read_revision()
        wordings: list[tuple[str, str]] = []
        cards: dict[str, bytes] = {}
        # What changes after `revision` may be seen here already; taking it in again does no harm.
        async for quotes in self._store.quotes.iterate_published():
            for quote in quotes:
                cards[quote.id] = write_card(quote)
                wordings += [(quote.id, text) for text in _texts(quote)]
        index = await asyncio.to_thread(_build_index, wordings)
        self._generation = _Generation(index, cards)
        self._changed.clear()
        self.revision = revision
        self.ready = True
        log.info("event=index_built wordings=%d revision=%d", len(index), revision)

    async def _take_in(self, quote_ids: list[str]) -> None:
        generation = self._generation
        present = {quote.id: quote for quote in await self._store.quotes.find_several(quote_ids)}
        for quote_id in quote_ids:
            quote = present.get(quote_id)
            if quote is not None and quote.status is Status.PUBLISHED:
                generation.cards[quote_id] = write_card(quote)
                generation.index.put(quote_id, _texts(quote))
            else:
                generation.index.drop(quote_id)
                generation.cards.pop(quote_id, None)
            # Hundreds of changes at once let requests through between them.
            await asyncio.sleep(0)


def write_card(quote: StoredQuote) -> bytes:
    """Return, as JSON, what a reader is told of a quote."""
    return orjson.dumps(
        quote.model_dump(mode="json", include={"text", "language", "said_on", "speaker", "checks"})
    )


def _texts(quote: StoredQuote) -> list[str]:
    return list(dict.fromkeys([quote.text, *(wording.text for wording in quote.wordings)]))


def _build_index(wordings: Iterable[tuple[str, str]]) -> matcher.LiveIndex:
    index = matcher.LiveIndex(matcher.QuoteIndex.build(wordings))
    # The first search loads what the matcher needs; better here than in a reader's request.
    index.find("This sentence is in no quote.")
    return index
