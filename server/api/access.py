"""Who asks, and what they may do."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus

from starlette.requests import Request

from server.api.problem import Problem
from server.api.services import services
from server.models import Role
from server.store import StoreError, Token

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="quotemark"'}


async def identify(request: Request) -> Token | None:
    """Return the token that the request carries, or None where it carries none; refuse a wrong one."""
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, secret = header.partition(" ")
    is_bearer = scheme.lower() == "bearer"
    token = await services(request).store.tokens.find(secret.strip()) if is_bearer else None
    if token is None:
        detail = (
            "The token is not known here: it was revoked, or made for another database."
            if is_bearer
            else "Send it as Authorization: Bearer <token>."
        )
        raise Problem(HTTPStatus.UNAUTHORIZED, "unknown-token", detail, headers=_CHALLENGE)
    with suppress(StoreError):  # a disk that is full keeps nobody from reading
        await services(request).store.tokens.note_use(token)
    return token


async def require(request: Request, role: Role) -> Token:
    """Return the request's token, or refuse the request where it does not allow what `role` may do."""
    token = await identify(request)
    if token is None:
        raise Problem(
            HTTPStatus.UNAUTHORIZED,
            "token-needed",
            f"Send a token of role {role} or above: Authorization: Bearer <token>.",
            headers=_CHALLENGE,
        )
    require_role(token, role)
    return token


def require_role(token: Token, role: Role) -> None:
    if not token.role.allows(role):
        raise Problem(
            HTTPStatus.FORBIDDEN,
            "role-too-low",
            f"This needs a token of role {role} or above; this one is of role {token.role}.",
        )
