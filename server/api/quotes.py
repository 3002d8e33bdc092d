"""/v1/quotes: search, read, create, replace, delete, and move between statuses."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from pydantic import Field, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from server.api.access import identify, require, require_role
from server.api.answers import QuoteList, answer_json, answer_quote, answer_unchanged
from server.api.bodies import ListOptions, parse_json, read_body, read_media_type, validate, validate_query
from server.api.conditions import is_known, require_match
from server.api.cursors import Cursor, read_cursor, write_cursor
from server.api.problem import Fault, Problem
from server.api.services import services
from server.models import (
    Model,
    NoControls,
    Quote,
    QuoteId,
    Rating,
    Reason,
    Role,
    Status,
    StoredQuote,
    is_quote_id,
    role_to_change,
)
from server.store import QuoteNotFound, Search, Token

Words = Annotated[str, StringConstraints(max_length=1_000), NoControls]


class SearchOptions(ListOptions):
    q: Words | None = Field(
        None, description="Words, or beginnings of words, that the quote, its speaker or its checks hold"
    )
    status: Status | None = Field(None, description="Without a token, only published quotes are listed")
    rating: Rating | None = Field(None, description="A rating that one of the checks gives")
    publisher: Words | None = Field(None, description="The name of a check's publisher, whole")
    speaker: Words | None = Field(None, description="The speaker's name, whole")
    cursor: Cursor | None = None
    limit: int = Field(50, ge=1, le=500, description="How many to list at most")


class NewQuote(Quote):
    """A quote as a client creates it."""

    status: Status = Status.DRAFT


class ChangedQuote(Quote):
    """A quote as a client replaces it: in the form in which it was read."""

    id: QuoteId | None = Field(None, description="May be left out; must be that of the path")
    status: Status | None = Field(None, description="Moves the quote, where it is another")
    revision: int | None = Field(None, description="Not looked at: If-Match tells which state was read")


class NewStatus(Model):
    """Where to move a quote, and why."""

    status: Status
    reason: Reason | None = Field(
        None, description="Kept in the history; of a quote that is sent back, its author reads it on its page"
    )


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
            before=read_cursor(options.cursor),
            limit=options.limit,
        )
    )
    return answer_json(
        QuoteList.model_construct(items=page.quotes, next=write_cursor(page.next_before), total=page.total)
    )


async def read(request: Request) -> Response:
    quote = await find_quote(request)
    if quote.status is not Status.PUBLISHED and await identify(request) is None:
        raise QuoteNotFound
    if is_known(request, quote):
        return answer_unchanged(quote)
    return answer_quote(quote)


async def create(request: Request) -> Response:
    token = await require(request, Role.EDITOR)
    read_media_type(request, "application/json")
    sent = validate(NewQuote, parse_json(await read_body(request)))
    require_role(token, role_to_change(sent.status))
    house = services(request)
    created = await house.store.quotes.create(sent, sent.status, token.name)
    await house.live_index.catch_up()
    return answer_quote(created, HTTPStatus.CREATED, {"Location": f"/v1/quotes/{created.id}"})


async def replace(request: Request) -> Response:
    token = await require(request, Role.EDITOR)
    read_media_type(request, "application/json")
    sent = validate(ChangedQuote, parse_json(await read_body(request)))
    known = await find_to_change(request, token, sent.status)
    if sent.id not in (None, known.id):
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "invalid-fields",
            "The quote sent is another than the path's.",
            faults=[Fault("id", "is not the id of the path")],
        )
    house = services(request)
    replaced = await house.store.quotes.replace(
        known.id, sent, token.name, status=sent.status, if_revision=known.revision
    )
    await house.live_index.catch_up()
    return answer_quote(replaced)


async def delete(request: Request) -> Response:
    token = await require(request, Role.EDITOR)
    known = await find_to_change(request, token)
    house = services(request)
    await house.store.quotes.delete(known.id, token.name, if_revision=known.revision)
    await house.live_index.catch_up()
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def move(request: Request) -> Response:
    token = await require(request, Role.EDITOR)
    read_media_type(request, "application/json")
    sent = validate(NewStatus, parse_json(await read_body(request)))
    known = await find_to_change(request, token, sent.status, needs_match=False)
    house = services(request)
    moved = await house.store.quotes.move(
        known.id, sent.status, token.name, reason=sent.reason, if_revision=known.revision
    )
    await house.live_index.catch_up()
    return answer_quote(moved)


async def find_quote(request: Request) -> StoredQuote:
    return await services(request).store.quotes.find(read_quote_id(request))


async def find_to_change(
    request: Request, token: Token, wanted: Status | None = None, *, needs_match: bool = True
) -> StoredQuote:
    """Return the path's quote, which is to be changed, or moved to the status `wanted`.

    Refuses a client that has not seen the quote as it is, and a token that may not do this to it. The permission is
    for this revision of the quote alone: hold the change to it.
    """
    known = await find_quote(request)
    require_match(request, known, compulsory=needs_match)
    require_role(token, role_to_change(known.status, wanted))
    return known


def read_quote_id(request: Request) -> str:
    """Return the path's id; where it is none, raise QuoteNotFound, as for any other that is not there."""
    quote_id = str(request.path_params["quote_id"])
    if not is_quote_id(quote_id):
        raise QuoteNotFound
    return quote_id
