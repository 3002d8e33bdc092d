"""What the match route is measured against: it parses the same JSON and returns an answer of the same size."""

from __future__ import annotations

import os

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

ANSWER = b"x" * int(os.environ.get("ANSWER_BYTES", "1000"))


async def answer(request: Request) -> Response:
    sent = await request.json()
    if not isinstance(sent["text"], str):
        raise TypeError
    return Response(ANSWER, media_type="application/json")


app = Starlette(routes=[Route("/v1/match", answer, methods=["POST"])])
