"""One log line a request: what was asked for and how it went, never by whom or with what."""

from __future__ import annotations

import logging
import secrets
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.api import metrics

log = logging.getLogger(__name__)

_NO_SNIFFING = (b"x-content-type-options", b"nosniff")
# Caches keep what says nothing of it, a 404 for minutes, and so a verdict beyond its change.
_NOT_KEPT = (b"cache-control", b"no-store")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class LogRequests:
    """Gives each request an id, which its answer and its log line carry, and counts it.

    The line names the route, not the path or the query, which hold what a client sent. The client's
    address and the Origin (which identifies an installation of Firefox) are not written at all.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = scope["request_id"] = secrets.token_hex(8)
        began = time.perf_counter()
        status = sent = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = message["headers"]
                headers.append((b"x-request-id", request_id.encode()))
                if _NO_SNIFFING not in headers:
                    headers.append(_NO_SNIFFING)
                if not any(name == b"cache-control" for name, _ in headers):
                    headers.append(_NOT_KEPT)
            else:
                sent += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        finally:
            seconds = time.perf_counter() - began
            method = scope["method"] if scope["method"] in _METHODS else "(odd)"
            route = getattr(scope.get("route"), "path", "(none)")
            metrics.count_request(method, route, status, seconds)
            log.info(
                "event=request id=%s method=%s route=%s status=%d ms=%.1f bytes=%d",
                request_id, method, route, status, 1000 * seconds, sent,
            )  # fmt: skip
