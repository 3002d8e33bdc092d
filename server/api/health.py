"""/healthz and /readyz: is the process alive, and does it match?"""

from __future__ import annotations

from http import HTTPStatus

import orjson
from starlette.requests import Request
from starlette.responses import Response

from server.api.services import services


async def tell_alive(request: Request) -> Response:
    """Know of the process only: a database that is away does not make it worth restarting."""
    return Response(b'{"status":"alive"}', media_type="application/json")


async def tell_ready(request: Request) -> Response:
    """Tell whether texts are matched, as of which revision, and how many changes that lags behind.

    `lag` is null while the store can't be asked; texts are matched from memory all the same.
    """
    live_index = services(request).live_index
    try:
        lag: int | None = await live_index.measure_lag()
    except Exception:  # noqa: BLE001 - whatever keeps the store from answering
        lag = None
    body = {
        "status": "ready" if live_index.ready else "starting",
        "revision": live_index.revision,
        "lag": lag,
        "wordings": len(live_index),
    }
    status = HTTPStatus.OK if live_index.ready else HTTPStatus.SERVICE_UNAVAILABLE
    return Response(orjson.dumps(body), status, media_type="application/json")
