"""POST /v1/imports: take in fact-checks: an article, ClaimReview, a table, records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated

import orjson
from pydantic import AfterValidator, Field
from starlette.requests import Request
from starlette.responses import Response

from server.api.access import require, require_role
from server.api.bodies import decode_text, read_body, read_media_type, validate_query
from server.api.problem import Problem
from server.api.services import services
from server.ingest import (
    CSV_TYPE,
    MEDIA_TYPES,
    NDJSON_TYPE,
    BrokenContent,
    Item,
    NotAFactCheck,
    PoolBusy,
    QuoteReading,
    Source,
    Unread,
)
from server.ingest.columns import ROW_FIELDS
from server.ingest.label_map import load_label_map
from server.models import Model, Role, WebAddress
from server.store import Imported, Outcome

_IN_BRACKETS = re.compile(r" \([^()]*\)")


def _as_columns(sent: str) -> str:
    for pair in sent.split(","):
        field, _, column = pair.partition("=")
        if field.strip() not in ROW_FIELDS or not column.strip():
            raise ValueError("must be pairs of a field and its column: said_on=date,title=context")
    return sent


class ImportOptions(Model):
    dry_run: bool = Field(False, description="Only tells what would happen")
    publish: bool = Field(False, description="Publishes what has a rating; needs the role publisher")
    partial: bool | None = Field(
        None,
        description="Whether what can be read is taken in though other items can't: by default so of articles and"
        " ClaimReview, which others wrote, and not of tables and records",
    )
    url: WebAddress | None = Field(None, description="An article's address, where it does not tell it itself")
    columns: Annotated[str, AfterValidator(_as_columns)] | None = Field(
        None,
        description="Which column holds which field, where its name does not tell: `said_on=date,title=context`",
    )
    header: bool = Field(
        True,
        description="Whether a table's first row names its columns; without, they are called 1, 2, 3 and so on",
    )


async def import_content(request: Request) -> Response:
    token = await require(request, Role.EDITOR)
    media_type, charset = read_media_type(request, *MEDIA_TYPES)
    options = validate_query(ImportOptions, request)
    if options.publish:
        require_role(token, Role.PUBLISHER)
    body = await read_body(request)
    if media_type == "text/plain":
        body, charset = decode_text(body, charset).encode(errors="replace"), "utf-8"
    items = await _read(request, body, _make_source(media_type, charset, options))
    unread = [item for item in items if isinstance(item, Unread)]
    if unread and not _may_be_partial(options, media_type):
        raise _refuse_unread(items)
    house = services(request)
    label_map = await load_label_map(house.store)
    readings = [label_map.apply(item) if isinstance(item, QuoteReading) else item for item in items]
    imported = await house.store.quotes.import_all(
        [item.quote for item in readings if isinstance(item, QuoteReading)],
        publish=options.publish,
        may_publish=token.role.allows(Role.PUBLISHER),
        actor=token.name,
        dry_run=options.dry_run,
    )
    if not options.dry_run:
        await house.live_index.catch_up()
    answer = write_outcomes(readings, imported, dry_run=options.dry_run)
    return Response(orjson.dumps(answer), media_type="application/json")


def write_outcomes(
    items: Sequence[Item], imported: Sequence[Imported], *, dry_run: bool
) -> dict[str, object]:
    """Return the contract's answer: what became of each item, in the content's order, and where its fields stood."""
    counts: Counter[Outcome] = Counter()
    told = []
    outcomes = iter(imported)
    # In a dry run, a quote that would be created has no id yet, nor where a later item finds it there.
    without_id = {each.quote.id for each in imported if dry_run and each.outcome is Outcome.CREATED}
    for item in items:
        if isinstance(item, Unread):
            counts[Outcome.FAILED] += 1
            told.append(_tell_unread(item))
            continue
        became = next(outcomes)
        counts[became.outcome] += 1
        told.append(_tell_imported(item, became, without_id))
    return {"items": told, **{outcome.value: counts[outcome] for outcome in Outcome}}


def _tell_imported(item: QuoteReading, became: Imported, without_id: set[str]) -> dict[str, object]:
    return {
        "outcome": became.outcome,
        "place": item.place or None,
        "quote": None if became.quote.id in without_id else became.quote.id,
        "status": became.quote.status,
        "reason": became.reason,
        "evidence": item.evidence,
        "missing": item.missing,
    }


def _tell_unread(item: Unread) -> dict[str, object]:
    return {
        "outcome": Outcome.FAILED,
        "place": item.place or None,
        "quote": None,
        "status": None,
        "reason": item.reason,
        "evidence": {},
        "missing": [],
    }


async def _read(request: Request, body: bytes, source: Source) -> list[Item]:
    try:
        return await services(request).reading_pool.read(body, source)
    except NotAFactCheck as refusal:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, "not-a-fact-check", _without_content(refusal.reason)
        ) from None
    except BrokenContent as broken:
        raise Problem(HTTPStatus.BAD_REQUEST, "broken-content", broken.reason) from None
    except PoolBusy:
        raise Problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "busy",
            "Other imports are being read; send it again in a while.",
            headers={"Retry-After": "5"},
        ) from None


def _make_source(media_type: str, charset: str | None, options: ImportOptions) -> Source:
    pairs = [pair.partition("=") for pair in (options.columns or "").split(",") if pair]
    return Source(
        media_type,
        charset=charset,
        url=str(options.url) if options.url else None,
        columns={field.strip(): column.strip() for field, _, column in pairs},
        header=options.header,
    )


def _may_be_partial(options: ImportOptions, media_type: str) -> bool:
    if options.partial is None:
        return media_type not in (CSV_TYPE, NDJSON_TYPE)
    return options.partial


def _refuse_unread(items: Sequence[Item]) -> Problem:
    """Return the problem that tells, item by item, what could not be read: nothing is taken in."""
    unread = [item for item in items if isinstance(item, Unread)]
    counts = {outcome.value: 0 for outcome in Outcome} | {Outcome.FAILED.value: len(unread)}
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "unreadable-items",
        f"{len(unread)} of {len(items)} items can't be read, and none was taken in: `items` tells why. Mend them, or"
        " take in the others with ?partial=true.",
        more={"items": [_tell_unread(item) for item in unread], **counts},
    )


def _without_content(reason: str) -> str:
    """Return the reason without what it has in brackets: that is of the content, and a problem repeats nothing."""
    return _IN_BRACKETS.sub("", reason)
