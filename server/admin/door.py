"""The door: what every request to the curation pages passes, whatever page it asks for.

It lets in requests to the hosts that the operator named (a page that rebinds its own name to this machine
is not among them), takes acts only from our own pages, finds the session, and sends each page out with the
headers that keep it from running or showing anything that is not ours.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.admin.pages import Refusal
from server.admin.services import Curation

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
_SAFE_METHODS = ("GET", "HEAD")


class Door:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        house: Curation = scope["app"].state.curation

        send = guarded(send)
        scope["session"] = None
        try:
            require_known_host(connection.headers, house.settings.admin_hosts)
            if scope["method"] not in _SAFE_METHODS:
                require_own_origin(connection.headers, connection.url.scheme)
            secret = connection.cookies.get(cookie_name(connection))
            scope["session"] = await house.store.sessions.find(secret) if secret else None
        except Refusal as refusal:
            await refusal.answer(connection)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def cookie_name(connection: HTTPConnection) -> str:
    """Return the session cookie's name; over https browsers hold "__Host-" to this very host."""
    return "__Host-quotemark" if connection.url.scheme == "https" else "quotemark"


def require_known_host(headers: Headers, known: str) -> None:
    try:
        host = (urlsplit("//" + headers.get("host", "")).hostname or "").lower()
    except ValueError:  # of brackets that hold no address
        host = ""
    if "*" not in known.split() and host not in known.lower().split():
        raise Refusal(
            HTTPStatus.MISDIRECTED_REQUEST,
            "These pages are not served under this name",
            "The operator names the hosts of the curation pages in the setting QUOTEMARK_ADMIN_HOSTS.",
        )


def require_own_origin(headers: Headers, scheme: str) -> None:
    """Refuse an act unless one of our own pages sends it: the browser says so, and no page can make it lie."""
    site = headers.get("sec-fetch-site")
    origin = headers.get("origin")
    own = f"{scheme}://{headers.get('host', '')}"
    if site == "same-origin" and origin in (None, own):
        return
    # Browsers of before 2023, and plain http on other hosts than localhost, send no Sec-Fetch-Site.
    if site is None and origin == own:
        return
    raise Refusal(
        HTTPStatus.FORBIDDEN,
        "This act did not come from one of these pages",
        "Open the page here and try again from it. Nothing was changed.",
    )


def guarded(send: Send) -> Send:
    """Return `send` with the headers added that each page is sent with."""

    async def send_guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            _guard(MutableHeaders(scope=message))
        await send(message)

    return send_guarded


def _guard(headers: MutableHeaders) -> None:
    headers["Content-Security-Policy"] = POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers.setdefault("Cache-Control", "no-store")
