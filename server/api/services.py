"""What the routes work with: handed to the application once, read by each request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from server.api.answer_cache import AnswerCache
from server.api.kept_filter import KeptFilter
from server.api.searches import Searches
from server.blocked_passages import BlockedPassages
from server.connections import ConnectionLimits
from server.ingest import ReadingPool
from server.live_index import LiveIndex
from server.match_tally import MatchTally
from server.settings import Settings
from server.store import Store


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    store: Store
    live_index: LiveIndex
    reading_pool: ReadingPool
    tally: MatchTally
    blocked: BlockedPassages
    searches: Searches
    known_answers: AnswerCache
    kept_filter: KeptFilter
    connection_limits: ConnectionLimits


def services(request: Request) -> Services:
    return cast(Services, request.app.state.services)
