"""/v1/quotes: search, read, create, and move between statuses."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

import orjson
from pydantic import Field, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from server.api.access import identify, require, require_role
from server.api.bodies import parse_json, read_body, read_media_type, validate, validate_query
from server.api.problems import Fault, Problem
from server.api.services import services
from server.models import Model, Quote, Rating, Role, Status, StoredQuote
from server.store import QuoteNotFound, Search

Words = Annotated[str, StringConstraints(max_length=1_000)]


class SearchOptions(Model):
    q: Words | None = Field(None, description="Words that the quote, its speaker or its checks hold")
    status: Status | None = None
    rating: Rating | None = None
    publisher: Words | None = None
    speaker: Words | None = None
    cursor: Annotated[str, StringConstraints(max_length=100)] | None = None
    limit: int = Field(50, ge=1, le=500)


class NewQuote(Quote):
    """A quote as a client creates it."""

    status: Status = Status.DRAFT


class NewStatus(Model):
    status: Status


async def search(request: Request) -> Response:
    options = validate_query(SearchOptions, request)
    status = options.status
    if await identify(request) is None:
        # Without a token, only what is published is there.
        if status not in (None, Status.PUBLISHED):
            await require(request, Role.VIEWER)
        status = Status.PUBLISHED
    page = await services(request).store.quotes.search(
        Search(
            words=options.q,
            status=status,
            rating=options.rating,
            publisher=options.publisher,
            speaker=options.speaker,
            before=_read_cursor(options.cursor),
            limit=options.limit,
        )
    )
    return _answer(
        {
            "items": [quote.model_dump(mode="json") for quote in page.quotes],
            "next": None if page.next_before is None else _write_cursor(page.next_before),
            "total": page.total,
        }
    )


async def read(request: Request) -> Response:
    quote = await services(request).store.quotes.find(request.path_params["quote_id"])
    if quote.status is not Status.PUBLISHED and await identify(request) is None:
        raise QuoteNotFound
    return _answer_quote(quote)


async def create(request: Request) -> Response:
    token = await require(request, Role.EDITOR)
    read_media_type(request, "application/json")
    sent = validate(NewQuote, parse_json(await read_body(request)))
    if sent.status is Status.PUBLISHED:
        require_role(token, Role.PUBLISHER)
        _require_ratings(sent)
    house = services(request)
    quote = Quote.model_validate(sent.model_dump(exclude={"status"}))
    created = await house.store.quotes.create(quote, sent.status, token.name)
    await house.live_index.catch_up()
    return _answer_quote(created, HTTPStatus.CREATED, {"Location": f"/v1/quotes/{created.id}"})


async def move(request: Request) -> Response:
    token = await require(request, Role.EDITOR)
    read_media_type(request, "application/json")
    wanted = validate(NewStatus, parse_json(await read_body(request))).status
    house = services(request)
    quote = await house.store.quotes.find(request.path_params["quote_id"])
    # What readers see changes only by a publisher's hand, in either direction.
    if Status.PUBLISHED in (wanted, quote.status):
        require_role(token, Role.PUBLISHER)
    if wanted is Status.PUBLISHED:
        _require_ratings(quote)
    # The revision ties the permission to the quote as it was looked at here.
    moved = await house.store.quotes.move(quote.id, wanted, token.name, if_revision=quote.revision)
    await house.live_index.catch_up()
    return _answer_quote(moved)


def _require_ratings(quote: Quote) -> None:
    faults = [
        Fault(f"checks.{at}.verdict.rating", "is missing; a quote is published only when every label has one")
        for at, check in enumerate(quote.checks)
        if check.verdict.rating is None
    ]
    if faults:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "invalid-fields",
            "The quote can't be published as it is.",
            faults=faults,
        )


def _answer_quote(
    quote: StoredQuote, status: HTTPStatus = HTTPStatus.OK, headers: dict[str, str] | None = None
) -> Response:
    return _answer(quote.model_dump(mode="json"), status, {"ETag": f'"{quote.revision}"', **(headers or {})})


def _answer(
    content: object, status: HTTPStatus = HTTPStatus.OK, headers: dict[str, str] | None = None
) -> Response:
    return Response(orjson.dumps(content), status, headers, "application/json")


def _write_cursor(before: int) -> str:
    return f"c{before:x}"


def _read_cursor(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    try:
        before = int(cursor.removeprefix("c"), 16)
        if cursor == _write_cursor(before) and 0 <= before < 2**31:
            return before
    except ValueError:
        pass
    raise Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "invalid-fields",
        "The cursor is none that this server gave out.",
        faults=[Fault("cursor", "must be the `next` of an earlier answer")],
    )
