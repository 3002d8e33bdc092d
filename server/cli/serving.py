"""`quotemark serve`."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated

import typer
import uvicorn
from starlette.applications import Starlette
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from server.api import METRICS_FOLDER
from server.cli.options import DatabaseUrl, Host, Port
from server.cli.storing import open_store
from server.connections import BoundedProtocol
from server.live_index import Snapshots
from server.log_lines import write_log_lines
from server.settings import Settings, find_misspelt, read_settings
from server.store import StoreUnavailable, may_corrupt

log = logging.getLogger(__name__)

# An idle connection is kept this long for the next request of the same client.
_IDLE_SECONDS = 5


def serve(
    host: Host = None,
    port: Port = None,
    workers: Annotated[int | None, typer.Option(help="Processes that serve.", show_default="1")] = None,
    database: DatabaseUrl = None,
) -> None:
    _serve(read_settings(host=host, port=port, workers=workers, database=database))


def _serve(settings: Settings) -> None:
    """Serve until stopped. The database is made ready once, before any worker starts."""
    write_log_lines(settings.log_level, settings.log_format)
    for misspelt in find_misspelt():
        log.warning("event=setting_ignored reason=%r", misspelt)
    if settings.workers > 1 and settings.database.startswith("sqlite") and may_corrupt():
        log.warning(
            "event=sqlite_workers reason='this version of SQLite may corrupt its file where several "
            "processes write; serve with one worker, or with PostgreSQL'"
        )
    require_free_address(settings)
    asyncio.run(_look_at_database(settings))
    # Workers are processes of their own: they read the settings from the environment again.
    os.environ.update(settings.environment())
    app = "server.app:create_app_from_environment"
    if settings.workers == 1:
        run_server(app, settings)
        return
    with tempfile.TemporaryDirectory(prefix="quotemark-metrics-") as folder:
        os.environ[METRICS_FOLDER] = folder
        run_server(app, settings)


def require_free_address(settings: Settings) -> None:
    """Raise OSError, which names the address, where it can't be listened on: before anything is written."""
    try:
        known = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        for family, kind, protocol, _, address in known:
            with socket.socket(family, kind, protocol) as probe:
                if os.name == "posix":  # as the server itself does: one that has just stopped holds nobody up
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                probe.bind(address)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no name of a host"
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            reason = "the port is in use; stop what serves there, or choose another with --port"
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        raise OSError(f"can't listen on {host}:{settings.port}: {reason}") from error


def run_server(app: Starlette | Callable[[], Starlette] | str, settings: Settings) -> None:
    # uvicorn, when it has stopped as SIGTERM asked it to, raises the signal again for whoever handled it before.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    config = uvicorn.Config(
        app,
        factory=isinstance(app, str),
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        http=BoundedProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,  # it would write paths and addresses; the application writes its own line
        server_header=False,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=settings.stop_seconds,
    )
    if settings.workers > 1:
        _Workers(config, sockets=[config.bind_socket()]).run()
        return
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(STARTUP_FAILURE)


class _Workers(Multiprocess):
    """uvicorn's, but a stop closes the parent's socket too: else who connects then waits until all have stopped."""

    def terminate_all(self) -> None:
        for listening in self.sockets:
            listening.close()
        super().terminate_all()


async def _look_at_database(settings: Settings) -> None:
    """Upgrade an SQLite file; refuse an outdated shared database; do without one that is away, if that can be."""
    try:
        async with open_store(settings, may_be_new=True):
            pass
    except StoreUnavailable:
        folder = settings.snapshots_of_database()
        if folder is None or not Snapshots(folder).names():
            raise
        log.warning("event=database_away reason='serving from the last snapshot until it is back'")
