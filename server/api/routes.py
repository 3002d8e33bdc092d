"""The paths, and what every request passes on its way to them."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Route

from server.api import health, imports, match, quotes
from server.api.problems import AnswerFailures
from server.api.request_log import LogRequests

ROUTES: list[BaseRoute] = [
    Route("/v1/match", match.match, methods=["POST"]),
    Route("/v1/imports", imports.import_article, methods=["POST"]),
    Route("/v1/quotes", quotes.search, methods=["GET"]),
    Route("/v1/quotes", quotes.create, methods=["POST"]),
    Route("/v1/quotes/{quote_id}", quotes.read, methods=["GET"]),
    Route("/v1/quotes/{quote_id}/status", quotes.move, methods=["POST"]),
    Route("/healthz", health.tell_alive, methods=["GET"]),
    Route("/readyz", health.tell_ready, methods=["GET"]),
]


def stack_middleware(max_body_bytes: int) -> list[Middleware]:
    """Return what requests pass, from the outermost to the innermost."""
    return [
        Middleware(LogRequests),
        # Any page and any extension may ask, and none is believed by where it comes from: no cookies, and
        # what changes something needs a token. An allow-list could not name Firefox's extensions anyway,
        # whose origins are random.
        Middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "If-Match", "If-None-Match"],
            expose_headers=["ETag", "Location", "Retry-After", "X-Request-ID"],
            allow_private_network=True,
            max_age=86_400,
        ),
        Middleware(AnswerFailures),
        Middleware(RequestBodyLimitMiddleware, max_body_size=max_body_bytes),
    ]
