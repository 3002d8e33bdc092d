"""Users and tokens: who may come in, as a person or as a program."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from server.admin.fields import read_choice, read_path_number, read_text
from server.admin.pages import Refusal, lead_to, render
from server.admin.services import curation, session_of
from server.models import MAX_ACTOR_CHARACTERS, Role, is_actor_name
from server.passwords import hash_password, make_password
from server.store import NameTaken


async def show_users(request: Request) -> Response:
    return await _render_users(request)


async def add_user(request: Request, form: FormData) -> Response:
    """Add a user with a password made here, and show it this once."""
    house = curation(request)
    name, role = read_text(form, "name"), read_choice(Role, form, "role")
    fault = _find_name_fault(name)
    if role is None:
        fault = fault or "Choose a role."
    if fault is None and role is not None:
        password = make_password()
        try:
            await house.store.users.add(
                name, await hash_password(password), role, session_of(request).user.name
            )
        except NameTaken:
            fault = "Another user has this name."
        else:
            return render(
                request, "secret.html", what=f"The password of {name}", secret=password, kind="password"
            )
    return await _render_users(request, user_name=name, faults={"name": fault or ""})


async def change_user(request: Request, form: FormData) -> Response:
    house, actor = curation(request), session_of(request).user.name
    name, role = read_text(form, "name"), read_choice(Role, form, "role")
    if read_text(form, "do") == "password":
        password = make_password()
        await house.store.users.set_password(name, await hash_password(password), actor)
        return render(
            request, "secret.html", what=f"The new password of {name}", secret=password, kind="password"
        )
    if role is None:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "There is no such role", "Nothing was changed.")
    disabled = read_text(form, "disabled") == "yes"
    await house.store.users.change(name, role, disabled=disabled, actor=actor)
    return lead_to("/users", done="user-changed")


async def create_token(request: Request, form: FormData) -> Response:
    house = curation(request)
    name, role = read_text(form, "name"), read_choice(Role, form, "role")
    fault = _find_name_fault(name)
    if fault or role is None:
        return await _render_users(request, token_name=name, faults={"token-name": fault or "Choose a role."})
    secret = await house.store.tokens.create(name, role, actor=session_of(request).user.name)
    return render(request, "secret.html", what=f"The token of {name}", secret=secret, kind="token")


async def revoke_token(request: Request, form: FormData) -> Response:
    number = read_path_number(request)
    await curation(request).store.tokens.revoke(number, actor=session_of(request).user.name)
    return lead_to("/users", done="token-revoked")


def _find_name_fault(name: str) -> str | None:
    if not is_actor_name(name):
        return f"1 to {MAX_ACTOR_CHARACTERS} visible characters."
    return None


async def _render_users(
    request: Request, *, user_name: str = "", token_name: str = "", faults: dict[str, str] | None = None
) -> Response:
    store = curation(request).store
    return render(
        request,
        "users.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        users=await store.users.list_all(),
        tokens=await store.tokens.list_all(),
        user_name=user_name,
        token_name=token_name,
        faults=faults or {},
    )
