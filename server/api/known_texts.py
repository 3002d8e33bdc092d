"""Texts that were asked for before are answered at the door: the way further in takes longer than the answer."""

from __future__ import annotations

from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.api import metrics
from server.api.services import Services
from server.live_index import Found

_DIGEST = "quotemark.digest"  # of a scope


def digest_of(scope: Scope) -> bytes | None:
    """Return what the answer to a request is known by, or None where it is not to be kept."""
    return scope.get(_DIGEST)


def find_known_answer(house: Services, digest: bytes | None) -> bytes | None:
    """Return the answer to a request that was answered as of the present revision, and count it again."""
    known = None if digest is None else house.known_answers.get(digest, house.live_index.stamp)
    if known is None:
        return None
    metrics.count_known_text()
    if known.found is not None:
        count_found(house, known.found)
    return known.answer


def count_found(house: Services, found: Found) -> None:
    metrics.count_found(found)
    house.tally.note(found)


class AnswerKnownTexts:
    """Answers a match request that was answered before, where that is open to all; hands on all others.

    It stands before the middleware that bounds bodies, and so looks only at requests that tell a length within the
    limit.
    """

    def __init__(self, app: ASGIApp, route: Route, most_bytes: int) -> None:
        self.app = app
        self._route = route
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["path"] != self._route.path
            or scope["method"] != "POST"
            or (content_type := self._read_content_type(scope)) is None
        ):
            await self.app(scope, receive, send)
            return
        house: Services = scope["app"].state.services
        message = await receive()
        if not message.get("more_body", True):
            digest = house.known_answers.digest(content_type, scope["query_string"], message["body"])
            if house.settings.match_open and (answer := find_known_answer(house, digest)):
                scope["route"] = self._route
                await _send_answer(answer, send)
                return
            scope[_DIGEST] = digest
        await self.app(scope, _receive_again(message, receive), send)

    def _read_content_type(self, scope: Scope) -> bytes | None:
        """Return the body's type, or None where that is not clear or the body may be refused before it is read."""
        content_type = length = None
        for name, value in scope["headers"]:
            if name == b"content-type":
                if content_type is not None:
                    return None
                content_type = value
            elif name == b"content-length":
                length = value
            elif name == b"content-encoding":
                return None
        is_allowed = length is not None and length.isdigit() and int(length) <= self._most_bytes
        return content_type if is_allowed else None


async def _send_answer(answer: bytes, send: Send) -> None:
    length = str(len(answer)).encode()
    headers = [(b"content-length", length), (b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})


def _receive_again(message: Message, receive: Receive) -> Receive:
    messages = [message]

    async def receive_again() -> Message:
        return messages.pop() if messages else await receive()

    return receive_again
