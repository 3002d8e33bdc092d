"""The application: settings in, a Starlette out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from server.admin import Curation, mount_admin
from server.api import HANDLERS, ROUTES, Services, stack_middleware
from server.blocked_passages import BlockedPassages
from server.ingest import ReadingPool
from server.live_index import LiveIndex
from server.log_lines import write_log_lines
from server.match_tally import MatchTally
from server.settings import Settings, read_settings
from server.similar_quotes import SimilarQuotes
from server.store import Store


def create_app(settings: Settings, more_routes: Sequence[BaseRoute] = ()) -> Starlette:
    """Return the application; it opens its database when it is started, and closes it when it is stopped."""

    @asynccontextmanager
    async def open_services(app: Starlette) -> AsyncIterator[None]:
        store = await Store.open(settings.database, second_person=settings.second_person)
        reading_pool = ReadingPool()
        try:
            live_index = LiveIndex(store)
            tally, blocked = MatchTally(store), BlockedPassages(store)
            app.state.services = Services(settings, store, live_index, reading_pool, tally, blocked)
            similar_quotes = SimilarQuotes(store)
            app.state.curation = Curation(settings, store, live_index, reading_pool, similar_quotes, blocked)
            # The index is built while the server is up already: alive at once, and soon ready.
            following = asyncio.create_task(live_index.follow(settings.poll_seconds))
            counting = asyncio.create_task(tally.keep_flushing())
            try:
                yield
            finally:
                for task in (following, counting):
                    task.cancel()
                    with suppress(asyncio.CancelledError):
                        await task
        finally:
            await reading_pool.close()
            await store.close()

    return Starlette(
        routes=[*ROUTES, *mount_admin(), *more_routes],
        middleware=stack_middleware(settings.max_body_bytes),
        exception_handlers=HANDLERS,
        lifespan=open_services,
    )


def create_app_from_environment() -> Starlette:
    """Return the application for a server that is told only a name to import, such as uvicorn's workers."""
    settings = read_settings()
    write_log_lines(settings.log_level)
    return create_app(settings)
