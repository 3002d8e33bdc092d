"""Pages for what is refused before a page's own code runs: curators read no JSON."""

from __future__ import annotations

from http import HTTPStatus

import orjson
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.admin.door import guarded
from server.admin.pages import TOO_LARGE, Refusal

_PROBLEM = "application/problem+json"


class ShowRefusals:
    """Answers with a page where a request under /admin is answered with a problem, as clients of the API read it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not f"{scope['path']}/".startswith("/admin/"):
            await self.app(scope, receive, send)
            return
        start: Message | None = None  # of the problem
        body = b""

        async def send_page(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message if Headers(raw=message["headers"]).get("content-type") == _PROBLEM else None
            if start is None:
                await send(message)
            elif message["type"] == "http.response.body":
                body += message.get("body", b"")
                if not message.get("more_body"):
                    await _name(start, body).answer(HTTPConnection(scope))(scope, receive, guarded(send))

        await self.app(scope, receive, send_page)


def _name(start: Message, problem: bytes) -> Refusal:
    status, told = HTTPStatus(start["status"]), orjson.loads(problem)
    title, advice = told["title"], told["detail"]
    if status is TOO_LARGE.status:
        title, advice = TOO_LARGE.title, TOO_LARGE.advice
    kept = {
        name: value
        for name, value in Headers(raw=start["headers"]).items()
        if name not in ("content-type", "content-length")
    }
    return Refusal(status, title, advice, kept)
