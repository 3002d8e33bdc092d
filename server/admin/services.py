"""What the curation pages work with: handed to the application once, read by each request."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import cast

from starlette.requests import Request

from server.admin.guessing import Guessing
from server.blocked_passages import BlockedPassages, Searched
from server.ingest import ReadingPool
from server.live_index import Found, LiveIndex
from server.settings import Settings
from server.similar_quotes import SimilarQuotes
from server.store import Session, Store


@dataclass(frozen=True, slots=True)
class Curation:
    settings: Settings
    store: Store
    live_index: LiveIndex
    reading_pool: ReadingPool
    similar_quotes: SimilarQuotes
    blocked: BlockedPassages
    guessing: Guessing = field(default_factory=Guessing)

    async def find(self, text: str, index: Searched | None = None) -> Found:
        """Find what readers would be shown in the text; with `index`, if that were all that is published."""
        await self.blocked.catch_up(self.live_index.stamp)
        return await asyncio.to_thread(self.blocked.find, self.live_index if index is None else index, text)


def curation(request: Request) -> Curation:
    return cast(Curation, request.app.state.curation)


def session_of(request: Request) -> Session:
    """Return the session of a request that the door has let in."""
    return cast(Session, request.scope["session"])
