"""GET /v1/filter: what a client needs to tell by itself which passages of a page are worth asking about."""

from __future__ import annotations

from collections.abc import AsyncIterator
from http import HTTPStatus

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from server.api.access import require
from server.api.bodies import validate_query
from server.api.conditions import knows_tag
from server.api.health import require_ready
from server.api.problem import Problem
from server.api.services import services
from server.models import Model, Role

MEDIA_TYPE = "application/octet-stream"
# What came later is asked for again after five minutes. The whole may serve for longer: its base stays.
_FRESH = "max-age=300"
_KEPT = "stale-while-revalidate=86400, stale-if-error=604800"
_PIECE_BYTES = 1 << 16


class FilterOptions(Model):
    base: str | None = Field(
        None,
        pattern="^[0-9a-f]{16}$",
        description="The base that the client has, as 16 hexadecimal digits: leave it out of the answer",
    )


async def read_filter(request: Request) -> Response:
    house = services(request)
    if not house.settings.match_open:
        await require(request, Role.VIEWER)
    options = validate_query(FilterOptions, request)
    require_ready(house)
    current = await house.kept_filter.current()
    parts = current.parts
    if options.base not in {None, parts.base_name}:
        raise Problem(
            HTTPStatus.NOT_FOUND, "unknown-base", "The filter has another base now; fetch it without ?base=."
        )
    body = [parts.rest] if options.base else [parts.header, parts.base, parts.later]
    tag = f'"{current.tag}"'
    whose = "public" if house.settings.match_open else "private"
    kept = [whose, _FRESH, *([] if options.base else [_KEPT])]
    headers = {"ETag": tag, "Cache-Control": ", ".join(kept)}
    if knows_tag(request, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    length = sum(map(len, body))
    return StreamingResponse(
        _in_pieces(body), media_type=MEDIA_TYPE, headers=headers | {"Content-Length": str(length)}
    )


async def _in_pieces(parts: list[bytes]) -> AsyncIterator[bytes]:
    """Yield pieces of which each has a deadline of its own; nobody holds a copy of the whole."""
    for part in parts:
        for start in range(0, len(part), _PIECE_BYTES):
            yield part[start : start + _PIECE_BYTES]
