"""Any page and any extension may ask, and is told so."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class AllowAnyOrigin(CORSMiddleware):
    """Lets any origin ask, and believes none by where it comes from: no cookies count, and writing needs a token.

    An allow-list could not name Firefox's extensions anyway, whose origins are random.
    """

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(
            app,
            allow_origins=["*"],
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "If-Match", "If-None-Match"],
            expose_headers=["ETag", "Location", "Retry-After", "X-Request-ID"],
            allow_private_network=True,
            max_age=86_400,
        )
        self._said = Headers(self.simple_headers).raw

    async def simple_response(
        self, scope: Scope, receive: Receive, send: Send, request_headers: Headers
    ) -> None:
        # Starlette's own says it only to those who send an Origin, and so lets caches keep a copy for each of
        # these (Vary). Said to all, one copy serves all.
        async def send_to_all(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._said]
            await send(message)

        await self.app(scope, receive, send_to_all)
