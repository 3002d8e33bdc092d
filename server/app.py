"""The application: settings in, a Starlette out."""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from types import FrameType

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from server.admin import Curation, ShowRefusals, mount_admin
from server.api import (
    HANDLERS,
    ROUTES,
    AnswerCache,
    KeptFilter,
    Searches,
    Services,
    count_refused,
    stack_middleware,
)
from server.blocked_passages import BlockedPassages
from server.connections import ConnectionLimits, Pool
from server.ingest import ReadingPool
from server.live_index import LiveIndex
from server.log_lines import write_log_lines
from server.match_tally import MatchTally
from server.settings import Settings, read_settings
from server.similar_quotes import SimilarQuotes
from server.store import Store

log = logging.getLogger(__name__)

# Bodies that are being received, in all connections of a process: so many of the largest size.
_LARGEST_BODIES_AT_ONCE = 32


def create_app(settings: Settings, more_routes: Sequence[BaseRoute] = ()) -> Starlette:
    """Return the application; it opens its database when it is started, and closes it when it is stopped."""

    @asynccontextmanager
    async def open_services(app: Starlette) -> AsyncIterator[dict[str, object]]:
        store = await _open_store(settings)
        searches = Searches()
        reading_pool = ReadingPool()
        try:
            live_index = LiveIndex(store, settings)
            tally, blocked = MatchTally(store), BlockedPassages(store)
            limits = _bound_connections(settings)
            known_answers = AnswerCache(settings.cache_bytes)
            app.state.services = Services(
                settings,
                store,
                live_index,
                reading_pool,
                tally,
                blocked,
                searches,
                known_answers,
                KeptFilter(live_index, searches),
                limits,
            )
            similar_quotes = SimilarQuotes(store)
            app.state.curation = Curation(settings, store, live_index, reading_pool, similar_quotes, blocked)
            # The index is opened or built while the server is up already: alive at once, and soon ready.
            following = asyncio.create_task(live_index.follow(settings.poll_seconds))
            counting = asyncio.create_task(tally.keep_flushing())
            try:
                with _draining(limits, settings.drain_seconds):
                    yield {"connection_limits": limits}
            finally:
                for task in (following, counting):
                    task.cancel()
                    with suppress(asyncio.CancelledError):
                        await task
        finally:
            searches.close()
            await reading_pool.close()
            await store.close()

    app = Starlette(
        routes=[*ROUTES, *mount_admin(), *more_routes],
        middleware=[Middleware(ShowRefusals), *stack_middleware(settings)],
        exception_handlers=HANDLERS,
        lifespan=open_services,
    )
    # It would lead to a scheme, host and path that are none behind many a proxy, and from a quote with an empty id to
    # the list of all.
    app.router.redirect_slashes = False
    return app


def create_app_from_environment() -> Starlette:
    """Return the application for a server that is told only a name to import, such as uvicorn's workers."""
    settings = read_settings()
    write_log_lines(settings.log_level, settings.log_format)
    _stop_with_parent()
    app = create_app(settings)
    # Modules and types stay to the end. Looking through them for garbage now and then would hold all requests
    # up for some 60 ms each time.
    gc.collect()
    gc.freeze()
    return app


def _stop_with_parent() -> None:
    """Let a worker stop when the process that started it is gone: one that is killed stops nobody.

    Workers that stay would keep the port, and nobody would know of them.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        log.warning("event=parent_gone")
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent watch", daemon=True).start()


async def _open_store(settings: Settings) -> Store:
    if settings.database.startswith("sqlite"):
        return await Store.open(settings.database, second_person=settings.second_person)
    # A shared database may be away just now: what is known of it is matched all the same.
    return Store.connect(settings.database, second_person=settings.second_person)


def _bound_connections(settings: Settings) -> ConnectionLimits:
    return ConnectionLimits(
        client_seconds=settings.client_seconds,
        max_body_bytes=settings.max_body_bytes,
        most_buffered_bytes=_LARGEST_BODIES_AT_ONCE * settings.max_body_bytes,
        matching=Pool(settings.max_matching),
        others=Pool(settings.max_other_requests),
        tell_refusal=count_refused,
    )


@contextmanager
def _draining(limits: ConnectionLimits, seconds: float) -> Iterator[None]:
    """On SIGTERM, say that this process is not ready any more; stop it so many seconds later.

    In between, those who send it requests (a load balancer) notice, and none meets a closed door.
    """
    loop = asyncio.get_running_loop()
    stop = signal.getsignal(signal.SIGTERM)

    def drain(number: int, frame: FrameType | None) -> None:
        limits.stopping = True
        if callable(stop):
            loop.call_soon_threadsafe(loop.call_later, seconds, stop, number, frame)

    try:
        signal.signal(signal.SIGTERM, drain)
    except ValueError:  # not in the main thread, where there are no signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, stop)
