"""`quotemark serve`."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette

from server.cli.storing import upgrade_if_embedded
from server.log_lines import write_log_lines
from server.settings import Settings, environment_name, find_misspelt
from server.store import may_corrupt

log = logging.getLogger(__name__)

# How long a stop waits for the requests that are under way.
GRACEFUL_STOP_SECONDS = 10


def serve_settings(settings: Settings) -> None:
    """Serve until stopped. The database is made ready once, before any worker starts."""
    write_log_lines(settings.log_level)
    for misspelt in find_misspelt():
        log.warning("event=setting_ignored reason=%r", misspelt)
    if settings.workers > 1 and settings.database.startswith("sqlite") and may_corrupt():
        log.warning(
            "event=sqlite_workers reason='this version of SQLite may corrupt its file where several "
            "processes write; serve with one worker, or with PostgreSQL'"
        )
    asyncio.run(upgrade_if_embedded(settings))
    # Workers are processes of their own: they read the settings from the environment again.
    os.environ.update({environment_name(name): str(value) for name, value in settings.model_dump().items()})
    run_server("server.app:create_app_from_environment", settings)


def run_server(app: Starlette | Callable[[], Starlette] | str, settings: Settings) -> None:
    uvicorn.run(
        app,
        factory=isinstance(app, str),
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        lifespan="on",
        log_config=None,
        access_log=False,  # it would write paths and addresses; the application writes its own line
        server_header=False,
        timeout_graceful_shutdown=GRACEFUL_STOP_SECONDS,
    )
