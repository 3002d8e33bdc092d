"""Sign in, sign out, and the own password."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.admin.door import cookie_name
from server.admin.fields import read_text
from server.admin.kept_form import KeptForm, ask_to_send
from server.admin.pages import is_our_path, lead_to, render
from server.admin.services import Curation, curation, session_of
from server.connections import name_client
from server.passwords import (
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    find_password_fault,
    hash_password,
    verify_password,
)
from server.store import Session, User


async def show_sign_in(request: Request) -> Response:
    if request.scope["session"] is not None:
        return RedirectResponse(_where_next(request.query_params.get("next", "")), HTTPStatus.SEE_OTHER)
    return _render_sign_in(request, request.query_params.get("next", ""))


async def sign_in(request: Request, form: FormData) -> Response:
    """Start a session, always a new one: what a cookie said before counts for nothing any more."""
    house = curation(request)
    name, password = read_text(form, "name"), read_text(form, "password", strip=False)
    wanted = read_text(form, "next")
    kept = KeptForm.read(form)
    address = _address_of(request)
    wait = house.guessing.seconds_to_wait(name, address)
    if wait > 0:
        seconds = int(wait) + 1
        answer = _render_sign_in(
            request,
            wanted,
            name=name,
            kept=kept,
            fault=f"Too many wrong tries. Wait {seconds} seconds, then try again.",
            status=HTTPStatus.TOO_MANY_REQUESTS,
        )
        answer.headers["Retry-After"] = str(seconds)
        return answer
    # Counted before the slow part, and taken back if it was right: many tries at once gain nothing.
    house.guessing.note_wrong(name, address)
    user = await find_user(house, name, password)
    if user is None:
        return _render_sign_in(
            request,
            wanted,
            name=name,
            kept=kept,
            fault="The name or the password is not right.",
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    house.guessing.note_right(name, address)
    await _end_former(request)
    secret = await house.store.sessions.start(user)
    await house.store.audit.record(user.name, "signed in", user.name)
    if kept:
        request.scope["session"] = Session(secret, user)
        answer = ask_to_send(request, kept)
    else:
        answer = RedirectResponse(_where_next(wanted), HTTPStatus.SEE_OTHER)
    _set_cookie(request, answer, secret)
    return answer


async def sign_out(request: Request, form: FormData) -> Response:
    await _end_former(request)
    answer = lead_to("/sign-in", done="signed-out")
    secure = request.url.scheme == "https"
    answer.delete_cookie(cookie_name(request), "/", secure=secure, httponly=True, samesite="strict")
    return answer


async def show_account(request: Request) -> Response:
    return render(request, "account.html", faults={}, shortest=SHORTEST_PASSWORD)


async def change_password(request: Request, form: FormData) -> Response:
    """Set the own password; all sessions end, this one too."""
    house, user, address = curation(request), session_of(request).user, _address_of(request)
    old, new = read_text(form, "old", strip=False), read_text(form, "new", strip=False)
    faults: dict[str, str] = {}
    if fault := find_password_fault(new):
        faults["new"] = fault
    elif house.guessing.seconds_to_wait(user.name, address) > 0:
        faults["old"] = "Too many wrong tries. Wait a minute, then try again."
    elif await find_user(house, user.name, old) is None:
        house.guessing.note_wrong(user.name, address)
        faults["old"] = "This is not your password."
    if faults:
        return render(
            request,
            "account.html",
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            faults=faults,
            shortest=SHORTEST_PASSWORD,
        )
    await house.store.users.set_password(user.name, await hash_password(new), user.name)
    return lead_to("/sign-in", done="password-set")


async def find_user(house: Curation, name: str, password: str) -> User | None:
    """Return the user with this name and password; whether there is one of this name does not show in the time."""
    found = await house.store.users.find_password(name)
    fits = await verify_password(password[:LONGEST_PASSWORD], found[1] if found else None)
    return found[0] if found and fits else None


def _address_of(request: Request) -> str:
    return (name_client(request.client.host) if request.client else None) or ""


async def _end_former(request: Request) -> None:
    former = request.scope["session"]
    if former is not None:
        await curation(request).store.sessions.end(former.secret)


def _set_cookie(request: Request, answer: Response, secret: str) -> None:
    answer.set_cookie(
        cookie_name(request),
        secret,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def _where_next(path: str) -> str:
    """Return where to go after signing in: a page of ours, never another site's."""
    return path if is_our_path(path) else "/admin"


def _render_sign_in(
    request: Request,
    wanted: str,
    *,
    name: str = "",
    fault: str | None = None,
    kept: KeptForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    return render(request, "sign_in.html", status=status, name=name, fault=fault, kept=kept, next=wanted)
