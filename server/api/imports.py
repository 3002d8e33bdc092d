"""POST /v1/imports: take in a fact-check article."""

from __future__ import annotations

import asyncio
from collections import Counter
from http import HTTPStatus
from typing import Literal, cast

import orjson
from starlette.requests import Request
from starlette.responses import Response

from server.api.access import require, require_role
from server.api.bodies import decode_text, read_body, read_media_type, validate_query
from server.api.problem import Problem
from server.api.services import services
from server.ingest import ArticleReading, NotAFactCheck, read_article
from server.models import Model, Role, WebAddress
from server.store import Imported, Outcome


class ImportOptions(Model):
    dry_run: bool = False
    publish: bool = False
    url: WebAddress | None = None  # the article's address, where it does not tell it itself


async def import_article(request: Request) -> Response:
    token = await require(request, Role.EDITOR)
    media_type, charset = read_media_type(request, "text/html", "text/plain")
    options = validate_query(ImportOptions, request)
    if options.publish:
        require_role(token, Role.PUBLISHER)
    body = await read_body(request)
    reading = await _read(body, media_type, charset, str(options.url) if options.url else None)
    house = services(request)
    imported = await house.store.quotes.import_all(
        [item.quote for item in reading.quotes],
        publish=options.publish,
        actor=token.name,
        dry_run=options.dry_run,
    )
    if not options.dry_run:
        await house.live_index.catch_up()
    return Response(
        orjson.dumps(write_outcomes(reading, imported, dry_run=options.dry_run)),
        media_type="application/json",
    )


def write_outcomes(reading: ArticleReading, imported: list[Imported], *, dry_run: bool) -> dict[str, object]:
    """Return the contract's answer: what became of each quote, and the snippet each field came from."""
    counts = Counter(item.outcome for item in imported)
    items = [
        {
            "outcome": item.outcome,
            # In a dry run, a quote that would be created has no id yet.
            "quote": None if dry_run and item.outcome is Outcome.CREATED else item.quote.id,
            "status": item.quote.status,
            "reason": item.reason,
            "evidence": read.evidence,
        }
        for read, item in zip(reading.quotes, imported, strict=True)
    ]
    return {"items": items, **{outcome.value: counts[outcome] for outcome in Outcome}}


async def _read(body: bytes, media_type: str, charset: str | None, url: str | None) -> ArticleReading:
    known_type = cast(Literal["text/html", "text/plain"], media_type)
    # HTML tells its own encoding where the client does not.
    content = decode_text(body, charset) if charset or media_type == "text/plain" else body
    try:
        return await asyncio.to_thread(read_article, content, known_type, url)
    except NotAFactCheck as refusal:
        # What a reason has in brackets is of the article, and a problem repeats nothing that was sent.
        reason = refusal.reason.partition(" (")[0].rstrip(".") + "."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-a-fact-check", reason) from None
