"""Who may open which page, and do which act: checked here, for every route, before its own code runs."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from urllib.parse import urlencode

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.admin.door import Door
from server.admin.kept_form import KeptForm, ask_to_send, ask_to_sign_in
from server.admin.pages import TOO_LARGE, Refusal
from server.admin.services import session_of
from server.models import MAX_CHECKS, MAX_WORDINGS, Role, Status, StoredQuote, role_to_change
from server.store import (
    IllegalMove,
    LabelUnrated,
    LastAdmin,
    PageNotFound,
    QuoteFull,
    QuoteNotFound,
    ReportNotFound,
    RevisionNotFound,
    SecondPersonNeeded,
    StaleEdit,
    StoreFull,
    StoreUnavailable,
    TokenNotFound,
    UserNotFound,
)

log = logging.getLogger(__name__)

MOST_FIELDS = 6_000
MOST_PART_BYTES = 4 * 1024 * 1024
_PLAIN_FORM = "application/x-www-form-urlencoded"

Page = Callable[[Request], Awaitable[Response]]
Act = Callable[[Request, FormData], Awaitable[Response]]


def open_page(path: str, page: Page) -> Route:
    """A page that needs no session."""
    return Route(f"/admin{path}", _answer(page), methods=["GET"], middleware=[Middleware(Door)])


def open_act(path: str, act: Act) -> Route:
    """An act that needs no session: signing in."""

    async def run(request: Request) -> Response:
        async with _read_form(request) as form:
            return await act(request, form)

    return Route(f"/admin{path}", _answer(run), methods=["POST"], middleware=[Middleware(Door)])


def page(path: str, shown: Page, role: Role = Role.VIEWER) -> Route:
    """A page for those who are signed in with this role or above."""

    async def show(request: Request) -> Response:
        require_role(request, role)
        return await shown(request)

    return Route(f"/admin{path}", _answer(show), methods=["GET"], middleware=[Middleware(Door)])


def act(path: str, done: Act, role: Role, most_bytes: int | None = None, *, keeps_form: bool = True) -> Route:
    """An act of those who are signed in with this role or above, sent from one of their session's own forms.

    `most_bytes` lets its form be larger than the server takes otherwise. Where the session has ended, its form
    is kept until its user has signed in again; not where `keeps_form` says so, nor one that may hold a file.
    """

    async def run(request: Request) -> Response:
        keeps = keeps_form and request.headers.get("content-type", "").startswith(_PLAIN_FORM)
        if not keeps:
            require_role(request, role)
        async with _read_form(request, MOST_PART_BYTES) as form:
            if keeps and request.scope["session"] is None:
                return ask_to_sign_in(request, KeptForm.of(request, form))
            require_role(request, role)
            if not _has_form_token(request, form):
                if keeps:
                    return ask_to_send(request, KeptForm.of(request, form), HTTPStatus.FORBIDDEN)
                raise Refusal(
                    HTTPStatus.FORBIDDEN,
                    "The form is of another session",
                    "Go back, open the page again, and repeat what you did. Nothing was changed.",
                )
            return await done(request, form)

    return Route(
        f"/admin{path}",
        _answer(run),
        methods=["POST"],
        middleware=[Middleware(Door)],
        max_body_size=most_bytes,
    )


@asynccontextmanager
async def _read_form(request: Request, most_part_bytes: int = 1024 * 1024) -> AsyncIterator[FormData]:
    # Starlette decodes fields by any codec that a form names: one in "punycode" holds all requests up for minutes.
    _, told = parse_options_header(request.headers.get("content-type"))
    if told.get(b"charset", b"utf-8").lower() != b"utf-8":
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=most_part_bytes) as form:
        yield form


def require_role(request: Request, role: Role) -> None:
    """Refuse the request where its user may not do what `role` may."""
    if request.scope["session"] is None:
        raise SignInFirst
    own = session_of(request).user.role
    if not own.allows(role):
        raise Refusal(
            HTTPStatus.FORBIDDEN,
            f"This needs the role {role}",
            f"You are signed in with the role {own}. An admin can give you another one.",
        )


def require_change(
    request: Request, quote: StoredQuote, seen: int | None, wanted: Status | None = None
) -> int:
    """Return the revision that a change of the quote, or its move to the status `wanted`, is to be held to.

    Refuses a user who may not do this to it, and raises StaleEdit for a form that was made of another revision than
    this (`seen`): what is changed is never a version that nobody has looked at.
    """
    require_role(request, role_to_change(quote.status, wanted))
    return require_seen(quote, seen)


def require_seen(quote: StoredQuote, seen: int | None) -> int:
    """Return the quote's revision where it is what the form was made of; raise StaleEdit where it is another.

    The role was checked against this state alone. A form can name a later revision, which a publisher makes between
    that check and the write: so hold the write to this revision, and not to the form's.
    """
    if seen != quote.revision:
        raise StaleEdit(quote)
    return quote.revision


class SignInFirst(Exception):
    """Nobody is signed in."""


def _has_form_token(request: Request, form: FormData) -> bool:
    sent = form.get("form_token")
    own = session_of(request).form_token
    return isinstance(sent, str) and secrets.compare_digest(sent.encode(), own.encode())


def _answer(page: Page) -> Page:
    """Turn whatever goes wrong into a page."""

    async def answer(request: Request) -> Response:
        try:
            return await page(request)
        except SignInFirst:
            return _lead_to_sign_in(request)
        except Refusal as refusal:
            return refusal.answer(request)
        except Exception as error:  # noqa: BLE001 - whatever fails, a person waits for a page
            return _name(error, request).answer(request)

    return answer


def _lead_to_sign_in(request: Request) -> Response:
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    where = "/admin/sign-in"
    if request.method != "GET":
        where += "?done=session-ended"
    elif here not in ("/admin", "/admin/"):
        where += "?" + urlencode({"next": here})
    if "hx-request" in request.headers:
        # The script would put the sign-in page into the middle of this one.
        return Response(headers={"HX-Redirect": where})
    return RedirectResponse(where, HTTPStatus.SEE_OTHER)


def _name(error: Exception, request: Request) -> Refusal:
    known = next((named for kind, named in _KNOWN.items() if isinstance(error, kind)), None)
    if known:
        return known
    if isinstance(error, IllegalMove):
        return Refusal(
            HTTPStatus.CONFLICT,
            "The quote does not move there",
            f"It is {error.current.replace('_', ' ')}, and can't be made {error.wanted.replace('_', ' ')}.",
        )
    if isinstance(error, HTTPException):
        # Starlette's, of a form that it can't read, or that is too large.
        if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return TOO_LARGE
        return Refusal(
            HTTPStatus(error.status_code),
            "The form can't be read",
            "It is not as these pages send it, or holds too much in one field. Nothing was changed.",
        )
    log.error("event=failure id=%s", request.scope.get("request_id"), exc_info=error)
    return Refusal(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The server failed",
        f"Look whether what you did was done. The server's log knows more, under {request.scope.get('request_id')}.",
    )


_KNOWN: dict[type[Exception], Refusal] = {
    QuoteNotFound: Refusal(
        HTTPStatus.NOT_FOUND, "There is no such quote", "It may have been deleted; its history can tell."
    ),
    StaleEdit: Refusal(
        HTTPStatus.CONFLICT,
        "The quote was changed meanwhile",
        "Nothing was done. Open the quote again, look at the change, and decide then.",
    ),
    RevisionNotFound: Refusal(
        HTTPStatus.NOT_FOUND, "The quote has no such revision", "Look at its history again."
    ),
    ReportNotFound: Refusal(
        HTTPStatus.CONFLICT,
        "The report is decided already",
        "Someone else was faster; nothing was changed. “Reports” in the menu tells what was decided.",
    ),
    SecondPersonNeeded: Refusal(
        HTTPStatus.FORBIDDEN,
        "A second person publishes this",
        "You wrote or edited it. Nothing was changed; it can wait in the review queue.",
    ),
    LastAdmin: Refusal(
        HTTPStatus.CONFLICT,
        "One admin must stay",
        "Without one, nobody could add another. Make someone else an admin first.",
    ),
    UserNotFound: Refusal(HTTPStatus.NOT_FOUND, "There is no such user", "Look at the list again."),
    TokenNotFound: Refusal(HTTPStatus.NOT_FOUND, "There is no such token", "It may be revoked already."),
    PageNotFound: Refusal(HTTPStatus.NOT_FOUND, "There is no such stored page", "It may have been removed."),
    QuoteFull: Refusal(
        HTTPStatus.CONFLICT,
        "The two together are more than one quote holds",
        f"It holds at most {MAX_CHECKS} checks and {MAX_WORDINGS} wordings. Nothing was changed.",
    ),
    LabelUnrated: Refusal(
        HTTPStatus.CONFLICT,
        "The quote can't be published yet",
        "A label of it has no rating. Edit the quote and choose one.",
    ),
    StoreUnavailable: Refusal(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The database can't be reached",
        "Readers are not affected. Try again in a moment; nothing was changed.",
    ),
    StoreFull: Refusal(
        HTTPStatus.INSUFFICIENT_STORAGE,
        "The database can't be written",
        "Its disk is full, faulty or read-only. Readers are not affected; tell who runs the server.",
    ),
    ClientDisconnect: Refusal(HTTPStatus.BAD_REQUEST, "The form did not arrive whole", "Send it again."),
}
