"""Quotes that are likely the same: found by the matcher itself, among all that are not retired."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import matcher
from server.models import Quote, Status, StoredQuote
from server.store import START, OtherHistory, Store

LEAST_SIMILARITY = 0.6
_CHANGES_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Similar:
    quote_id: str
    similarity: float  # 0..1: how much of both texts is the same


class SimilarQuotes:
    """An index of all quotes that a curator may still see, built when it is first asked, and kept up to date."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._index: matcher.LiveIndex | None = None
        self._lengths: dict[str, int] = {}
        self._mark = START
        self._changing = asyncio.Lock()

    async def find_similar(
        self, quote: Quote, *, limit: int = 20, least: float = LEAST_SIMILARITY
    ) -> list[Similar]:
        """Return the stored quotes that are likely the same as `quote`, the likest first; never itself."""
        index = await self._catch_up()
        likeness: dict[str, float] = {}
        seen = {quote.id} if isinstance(quote, StoredQuote) else set()
        # The matcher explains each word once: what explains it best has to be taken away to see the next.
        while len(likeness) < limit:
            matches = await asyncio.to_thread(index.find, quote.text, frozenset(seen))
            if not matches:
                break
            for match in matches:
                seen.add(match.quote_id)
                if match.quote_id in self._lengths:
                    found = _likeness(match, len(quote.text), self._lengths[match.quote_id])
                    likeness[match.quote_id] = max(found, likeness.get(match.quote_id, 0.0))
        likest = sorted(likeness.items(), key=lambda item: (-item[1], item[0]))
        return [Similar(*item) for item in likest if item[1] >= least][:limit]

    async def _catch_up(self) -> matcher.LiveIndex:
        async with self._changing:
            if self._index is None:
                self._index = await self._build()
            try:
                await self._take_in_all(self._index)
            except OtherHistory:
                self._index = await self._build()
            return self._index

    async def _build(self) -> matcher.LiveIndex:
        self._mark = await self._store.feed.read_mark()
        texts: list[tuple[str, str]] = []
        async for some in self._store.quotes.iterate_texts():
            texts += some
        self._lengths = {quote_id: len(text) for quote_id, text in texts}
        return matcher.LiveIndex(await asyncio.to_thread(matcher.QuoteIndex.build, texts))

    async def _take_in_all(self, index: matcher.LiveIndex) -> None:
        while news := await self._store.feed.read_news(self._mark, _CHANGES_AT_ONCE):
            ids = list(dict.fromkeys(each.mark.quote_id for each in news))
            present = {quote.id: quote for quote in await self._store.quotes.find_several(ids)}
            for quote_id in ids:
                self._take_in(index, quote_id, present.get(quote_id))
            self._mark = news[-1].mark

    def _take_in(self, index: matcher.LiveIndex, quote_id: str, quote: StoredQuote | None) -> None:
        self._lengths.pop(quote_id, None)
        if quote is None or quote.status is Status.RETIRED:
            index.drop(quote_id)
        else:
            index.put(quote_id, [quote.text])
            self._lengths[quote_id] = len(quote.text)


def _likeness(match: matcher.Match, here: int, there: int) -> float:
    """Return how much of both texts is the same: a part of a long quote is not the quote."""
    spanned = sum(end - start for start, end in match.spans)
    of_both = 2 * min(spanned, there) / (here + there) if here + there else 0.0
    return round(match.similarity * min(1.0, of_both), 4)
