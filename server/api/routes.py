"""The paths, and what every request passes on its way to them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.api import (
    claims,
    docs_page,
    export,
    health,
    history,
    imports,
    match,
    metrics,
    openapi,
    passage_filter,
    quotes,
    reports,
)
from server.api.any_origin import AllowAnyOrigin
from server.api.known_texts import AnswerKnownTexts
from server.api.problems import AnswerFailures
from server.api.rate_limit import LimitRates
from server.api.request_log import LogRequests
from server.settings import Settings

Handler = Callable[[Request], Awaitable[Response]]


def _serve(path: str, **handlers: Handler) -> Route:
    """Return the one route of a path, so that a method which it does not know is told all that it knows."""

    async def dispatch(request: Request) -> Response:
        return await handlers["GET" if request.method == "HEAD" else request.method](request)

    return Route(path, dispatch, methods=list(handlers))


_MATCH = _serve("/v1/match", POST=match.match)

ROUTES: list[BaseRoute] = [
    _MATCH,
    _serve("/v1/quotes", GET=quotes.search, POST=quotes.create),
    _serve("/v1/quotes/{quote_id}", GET=quotes.read, PUT=quotes.replace, DELETE=quotes.delete),
    _serve("/v1/quotes/{quote_id}/status", POST=quotes.move),
    _serve("/v1/quotes/{quote_id}/history", GET=history.read_history),
    _serve("/v1/quotes/{quote_id}/restore", POST=history.restore),
    _serve("/v1/imports", POST=imports.import_content),
    _serve("/v1/export", GET=export.export),
    _serve("/v1/claims:search", GET=claims.search_claims),
    _serve("/v1alpha1/claims:search", GET=claims.search_claims),
    _serve("/v1/filter", GET=passage_filter.read_filter),
    _serve("/v1/reports", POST=reports.report),
    _serve("/healthz", GET=health.tell_alive),
    _serve("/readyz", GET=health.tell_ready),
    _serve("/openapi.json", GET=openapi.describe),
    _serve("/docs", GET=docs_page.show_docs),
    _serve("/metrics", GET=metrics.tell_metrics),
]


# More than a reader finds wrong. Who sends as many as all limits let through fills no queue of reports with it.
_REPORTS_OF_A_CLIENT = "30/hour"


def stack_middleware(settings: Settings) -> list[Middleware]:
    """Return what requests pass, from the outermost to the innermost."""
    return [
        Middleware(LogRequests),
        Middleware(AllowAnyOrigin),
        *([Middleware(LimitRates, settings.rate_limit)] if settings.rate_limit else ()),
        Middleware(AnswerKnownTexts, _MATCH, settings.max_body_bytes),
        Middleware(LimitRates, _REPORTS_OF_A_CLIENT, "/v1/reports"),
        Middleware(AnswerFailures),
        Middleware(RequestBodyLimitMiddleware, max_body_size=settings.max_body_bytes),
    ]
