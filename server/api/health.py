"""/healthz and /readyz: is the process alive, and does it match? And what is not done before it does."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

import orjson
from starlette.requests import Request
from starlette.responses import Response

from server.api.problem import Problem
from server.api.services import Services, services

# A probe is not kept waiting for a database that does not answer.
_LONGEST_SECONDS = 1.0


def require_ready(house: Services) -> None:
    """Refuse a request that needs the index while that is being built."""
    if not house.live_index.ready:
        raise Problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "index-not-ready",
            "The index of quotes is being built; try again in a moment.",
            headers={"Retry-After": "1"},
        )


async def tell_alive(request: Request) -> Response:
    """Know of the process only: a database that is away does not make it worth restarting."""
    return Response(b'{"status":"alive"}', media_type="application/json")


async def tell_ready(request: Request) -> Response:
    """Tell whether texts are matched, as of which revision, and how many changes that lags behind.

    `lag` is null while the store can't be asked; texts are matched from memory all the same.
    """
    house = services(request)
    live_index = house.live_index
    try:
        async with asyncio.timeout(_LONGEST_SECONDS):
            lag: int | None = await live_index.measure_lag()
    except Exception:  # noqa: BLE001 - whatever keeps the store from answering
        lag = None
    status = "stopping" if house.connection_limits.stopping else "ready" if live_index.ready else "starting"
    body = {"status": status, "revision": live_index.revision, "lag": lag, "wordings": len(live_index)}
    code = HTTPStatus.OK if status == "ready" else HTTPStatus.SERVICE_UNAVAILABLE
    return Response(orjson.dumps(body), code, media_type="application/json")
