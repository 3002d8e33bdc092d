"""POST /v1/match: which checked quotes does this text hold?"""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from server.api import metrics
from server.api.access import require
from server.api.answer_cache import Known
from server.api.bodies import (
    decode_text,
    parse_json,
    read_body,
    read_media_type,
    require_short_enough,
    validate,
    validate_query,
)
from server.api.health import require_ready
from server.api.known_texts import count_found, digest_of, find_known_answer
from server.api.problem import Problem
from server.api.services import Services, services
from server.live_index import Found
from server.match_answer import write_answer
from server.models import Model, Role
from server.offsets import Unit
from server.visible_text import MOST_TAGS, PageTooComplex, read_visible_text


def _as_tag(sent: str) -> str | None:
    return sent.replace("_", "-") or None


# As programs have it at hand: en_US, as systems write it, or empty where a page does not tell.
PageLanguage = Annotated[
    str,
    StringConstraints(pattern=r"^([A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*)?$", max_length=35),
    AfterValidator(_as_tag),
]


class MatchOptions(Model):
    """How to answer, and what may be known of the page; its address and language are never kept."""

    offsets: Unit = Field(Unit.CODEPOINT, description="What the spans count")
    # Only compared, so that any address that a browser can show will do.
    url: Annotated[str, StringConstraints(max_length=10_000)] | None = Field(
        None, description="The page's address, by which a check is told from pages that repeat its quote"
    )
    language: PageLanguage | None = None


class MatchQuery(MatchOptions):
    # A query's length is bounded before it comes here, and its characters may count twelvefold.
    url: Annotated[str, StringConstraints(max_length=2_000)] | None = None


class MatchRequest(MatchOptions):
    text: str = Field(description="The page's text")


async def match(request: Request) -> Response:
    house = services(request)
    if not house.settings.match_open:
        await require(request, Role.VIEWER)
        # Where matching is open, the door has looked.
        if known := find_known_answer(house, digest_of(request.scope)):
            return _answer(known)
    media_type, charset = read_media_type(request, "application/json", "text/plain", "text/html")
    require_ready(house)
    options = validate_query(MatchQuery, request)
    body = await read_body(request)
    if media_type == "text/html":
        # Its answer holds the page's text, which is not kept.
        return _answer(await _match_html(house, body, charset, options))
    stamp = house.live_index.stamp
    if media_type == "application/json":
        asked = validate(MatchRequest, parse_json(body))
        # What the body tells goes before what the query tells.
        told = asked.model_dump(include=asked.model_fields_set - {"text"})
        found, answer = await _match(house, asked.text, options.model_copy(update=told))
    else:
        found, answer = await _match(house, decode_text(body, charset), options)
    digest = digest_of(request.scope)
    if digest and found.complete and found.revision == stamp[1] and house.blocked.is_current(stamp):
        house.known_answers.put(digest, stamp, Known(answer, found if found.matches else None))
    return _answer(answer)


async def _match_html(house: Services, body: bytes, charset: str | None, options: MatchOptions) -> bytes:
    try:
        text = await house.searches.run_apart(read_visible_text, body, charset)
    except PageTooComplex:
        raise Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "page-too-complex",
            f"The page has more than {MOST_TAGS} tags; send its text.",
        ) from None
    _, answer = await _match(house, text, options, with_text=True)
    return answer


async def _match(
    house: Services, text: str, options: MatchOptions, *, with_text: bool = False
) -> tuple[Found, bytes]:
    require_short_enough(text, house.settings, "text")
    live_index, blocked = house.live_index, house.blocked
    await blocked.catch_up(live_index.stamp)

    def search() -> tuple[Found, bytes]:
        began = time.perf_counter()
        found = blocked.find(live_index, text)
        metrics.count_search(len(text), time.perf_counter() - began)
        return found, write_answer(found, text, options.offsets, url=options.url, with_text=with_text)

    found, answer = await house.searches.run(search, len(text))
    count_found(house, found)
    return found, answer


def _answer(body: bytes) -> Response:
    return Response(body, media_type="application/json")
