"""/v1/quotes/{id}/history: who changed what; and /restore: back to what it was."""

from __future__ import annotations

import datetime as dt

from pydantic import Field, JsonValue
from starlette.requests import Request
from starlette.responses import Response

from server.api.access import require
from server.api.answers import answer_json, answer_quote
from server.api.bodies import ListOptions, parse_json, read_body, read_media_type, validate, validate_query
from server.api.cursors import Cursor, read_cursor, write_cursor
from server.api.quotes import find_to_change, read_quote_id
from server.api.services import services
from server.models import Model, Role, StoredQuote
from server.store import Action, HistoryEntry, QuoteNotFound


class HistoryOptions(ListOptions):
    cursor: Cursor | None = None
    limit: int = Field(50, ge=1, le=500, description="How many to list at most")


class FieldDifference(Model):
    """What a change made of one field; null where the field was not there."""

    field: str = Field(description="Its name, and places in lists from 0: `checks.0.verdict.label`")
    before: JsonValue
    after: JsonValue


class HistoryItem(Model):
    """A change of a quote."""

    revision: int
    action: Action
    actor: str = Field(description="The name of the token or the user that made it")
    at: dt.datetime
    reason: str | None = Field(description="Why it was made, where a reason was given")
    differences: list[FieldDifference] = Field(description="None of a quote that was created or deleted")
    quote: StoredQuote | None = Field(description="As it was from this change on; null where it was deleted")


class QuoteHistory(Model):
    """A page of a quote's changes, the last first."""

    items: list[HistoryItem]
    next: str | None
    total: int


class Restoration(Model):
    """To which of its states a quote goes back."""

    revision: int = Field(
        strict=True, ge=1, le=2**31 - 1, description="The `revision` of one of the history's items"
    )


async def read_history(request: Request) -> Response:
    await require(request, Role.VIEWER)
    options = validate_query(HistoryOptions, request)
    history = await services(request).store.quotes.read_history(
        read_quote_id(request), before=read_cursor(options.cursor), limit=options.limit
    )
    if history.total == 0:
        raise QuoteNotFound
    return answer_json(
        QuoteHistory(
            items=[write_item(entry) for entry in history.entries],
            next=write_cursor(history.next_before),
            total=history.total,
        )
    )


async def restore(request: Request) -> Response:
    """A quote that is there needs If-Match, as with PUT; one that was deleted has no state to be of."""
    token = await require(request, Role.EDITOR)
    read_media_type(request, "application/json")
    wanted = validate(Restoration, parse_json(await read_body(request))).revision
    house = services(request)
    quote_id = read_quote_id(request)
    try:
        if_revision = (await find_to_change(request, token)).revision
    except QuoteNotFound:
        if_revision = 0  # of no quote: one that was brought back meanwhile is not what was looked at here
    restored = await house.store.quotes.restore(quote_id, wanted, token.name, if_revision=if_revision)
    await house.live_index.catch_up()
    return answer_quote(restored)


def write_item(entry: HistoryEntry) -> HistoryItem:
    return HistoryItem(
        revision=entry.revision,
        action=entry.action,
        actor=entry.actor,
        at=entry.at,
        reason=entry.reason,
        quote=entry.quote,
        differences=[
            FieldDifference(field=found.field, before=found.before, after=found.after)
            for found in entry.differences
        ],
    )
