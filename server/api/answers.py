"""What several routes answer with: the types that the OpenAPI document shows, and JSON of them."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import orjson
from pydantic import BaseModel
from starlette.responses import Response

from server.api.conditions import write_etag
from server.models import Model, StoredQuote


class QuoteList(Model):
    """A page of quotes, the newest first."""

    items: list[StoredQuote]
    next: str | None
    total: int


def answer_json(
    content: BaseModel | Mapping[str, object],
    status: HTTPStatus = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
) -> Response:
    body = content.model_dump(mode="json") if isinstance(content, BaseModel) else content
    return Response(orjson.dumps(body), status, headers, "application/json")


def answer_quote(
    quote: StoredQuote, status: HTTPStatus = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> Response:
    """Return the whole quote with its ETag. It is asked for again each time: a verdict may change at any."""
    return answer_json(quote, status, _tell_state(quote) | dict(headers or {}))


def answer_unchanged(quote: StoredQuote) -> Response:
    """Tell a client that it has the quote as it is, with the headers that the quote would have had."""
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=_tell_state(quote))


def _tell_state(quote: StoredQuote) -> dict[str, str]:
    return {"ETag": write_etag(quote), "Cache-Control": "no-cache"}
