"""Problems: the one module that turns what went wrong into an answer (RFC 9457, application/problem+json).

An answer names what was wrong, where, and what to do. It never repeats what was sent: not the text of a
page, nor any other value.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from http import HTTPStatus

import orjson
from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, ExceptionHandler, Message, Receive, Scope, Send

from server.api.problem import Fault, Problem
from server.api.store_problems import name_store_error
from server.store import DatabaseUnusable, StoreError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_SHOULD = re.compile(r"\A(Input|String|List|URL) should\b")  # as pydantic begins what it tells
# What pydantic tells as a pattern, by the field's name.
_FORMS = {
    "language": "a language's tag, such as en or pt-BR",
    "languageCode": "a language's tag, such as en or pt-BR",
    "quote": "a quote's id: q_ and 22 characters",
    "id": "a quote's id: q_ and 22 characters",
    "passage": "a SHA-256, in 64 of 0-9 and a-f",
    "base": "the name of a base, in 16 of 0-9 and a-f",
}
_FIELD_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,39}")


def answer_problem(problem: Problem, request_id: str | None) -> Response:
    body: dict[str, object] = {
        "type": f"urn:quotemark:problem:{problem.kind}",
        "title": problem.kind.replace("-", " ").capitalize().replace("json", "JSON"),
        "status": int(problem.status),
        "detail": problem.detail,
    }
    if problem.faults:
        body["errors"] = [{"field": fault.field, "reason": fault.reason} for fault in problem.faults]
    body |= problem.more
    if request_id is not None:
        body["request_id"] = request_id
    return Response(orjson.dumps(body), problem.status, problem.headers, MEDIA_TYPE)


def refuse_fields(errors: Sequence[ErrorDetails], beneath: str = "") -> Problem:
    """Return the problem that tells of every field which did not validate."""
    faults = [Fault(_name_field(error["loc"], beneath), _tell_reason(error)) for error in errors]
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "invalid-fields",
        "Some fields can't be taken as sent.",
        faults=faults,
    )


def _refuse_body(scope: Scope) -> Problem:
    most_bytes = scope["app"].state.services.settings.max_body_bytes
    return Problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "body-too-large",
        f"The body is larger than {most_bytes} bytes, the most that this server takes.",
    )


async def _answer_raised(request: Request, error: Exception) -> Response:
    return answer_problem(_as_problem(error, request.scope), request.scope.get("request_id"))


def _as_problem(error: Exception, scope: Scope) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, HTTPException):
        return _name_http_error(error, scope)
    # Who asks can't mend a database that is not usable; who runs the server needs the log.
    if isinstance(error, StoreError) and not isinstance(error, DatabaseUnusable):
        return name_store_error(error)
    if isinstance(error, ClientDisconnect):
        return Problem(HTTPStatus.BAD_REQUEST, "body-cut-short", "The body ended before all of it was sent.")
    log.error("event=failure id=%s", scope.get("request_id"), exc_info=error)
    return Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal-error",
        "The server failed; its log knows the request's id.",
    )


def _name_http_error(error: HTTPException, scope: Scope) -> Problem:
    status = HTTPStatus(error.status_code)
    match status:
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return _refuse_body(scope)
        case HTTPStatus.NOT_FOUND:
            slash = " Leave out the slash at its end." if scope["path"].endswith("/") else ""
            return Problem(
                status, "not-found", f"Nothing is served at this path: /docs tells what is.{slash}"
            )
        case HTTPStatus.METHOD_NOT_ALLOWED:
            known = (error.headers or {}).get("Allow", "")
            return Problem(
                status,
                "method-not-allowed",
                f"This path does not know this method; it knows {known}.",
                headers=error.headers,
            )
    return Problem(status, status.phrase.lower().replace(" ", "-"), status.description, headers=error.headers)


HANDLERS: dict[type[Exception] | int, ExceptionHandler] = dict.fromkeys(
    (Problem, StoreError, HTTPException), _answer_raised
)


class AnswerFailures:
    """Answers with a problem where the application fails, and where Starlette's body limit says 413."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = refused = False

        async def answer(problem: Problem) -> None:
            await answer_problem(problem, scope.get("request_id"))(scope, receive, send)

        async def send_mapped(message: Message) -> None:
            nonlocal started, refused
            if message["type"] == "http.response.start":
                started = True
                refused = _is_plain_refusal(message)
                if refused:
                    await answer(_refuse_body(scope))
            if not refused:
                await send(message)

        try:
            await self.app(scope, receive, send_mapped)
        except Exception as error:
            if started:
                raise
            await answer(_as_problem(error, scope))


def _is_plain_refusal(message: Message) -> bool:
    is_plain = (b"content-type", b"text/plain; charset=utf-8") in message["headers"]
    return message["status"] == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and is_plain


def _name_field(location: tuple[int | str, ...], beneath: str) -> str:
    names = [beneath] if beneath else []
    for part in location:
        if isinstance(part, int):
            names.append(str(part))
        else:
            # The name of an unknown field comes from the client, and may be anything at all.
            names.append(part if _FIELD_NAME.fullmatch(part) else "(unreadable name)")
    return ".".join(names) or "(body)"


def _tell_reason(error: ErrorDetails) -> str:
    if error["type"] == "extra_forbidden":
        return "is not a field that is known here"
    if error["type"] == "missing":
        return "is missing"
    if error["type"] in ("model_type", "dict_type"):
        return "must be a JSON object"
    if error["type"] == "url_scheme":
        return "must be an http or https address"
    if error["type"] == "string_pattern_mismatch" and (form := _FORMS.get(str(error["loc"][-1]))):
        return f"must be {form}"
    return _SHOULD.sub("must", error["msg"].removeprefix("Value error, "), count=1)
