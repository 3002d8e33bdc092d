"""Write pages: templates filled in, always escaped; refusals as pages that say what to do."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from server.admin.looks import look_of
from server.admin.words import WORDS
from server.models import MAX_REASON_CHARACTERS, Rating, Role, Status

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


class Refusal(Exception):
    """Raise it anywhere in a request to answer with a page that tells what was refused, and what to do."""

    def __init__(
        self, status: HTTPStatus, title: str, advice: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.advice = advice
        self.headers = headers

    def answer(self, connection: HTTPConnection) -> Response:
        return render(
            connection,
            "refusal.html",
            status=self.status,
            headers=self.headers,
            title=self.title,
            advice=self.advice,
        )


TOO_LARGE = Refusal(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "This is more than the server takes",
    "Send less at once; large files of quotes are imported by the command line. Nothing was changed.",
)


def render(
    connection: HTTPConnection,
    template: str,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
    **told: Any,
) -> HTMLResponse:
    session = connection.scope.get("session")
    page = (
        _environment()
        .get_template(template)
        .render(
            told
            | {
                "session": session,
                "path": connection.url.path,
                "is_in_place": "hx-request" in connection.headers,
                "done": None
                if status >= HTTPStatus.BAD_REQUEST
                else WORDS["done"].get(connection.query_params.get("done", "")),
                "may": lambda role: session is not None and session.user.role.allows(Role(role)),
            }
        )
    )
    return HTMLResponse(page, status, headers)


def lead_to(path: str, **query: object) -> Response:
    """Answer an act: the browser then reads the page where its effect is seen."""
    told = {name: str(value) for name, value in query.items() if value is not None}
    return RedirectResponse(f"/admin{path}" + (f"?{urlencode(told)}" if told else ""), HTTPStatus.SEE_OTHER)


def is_our_path(path: str) -> bool:
    """Tell whether it leads to one of these pages, never to another site."""
    is_ours = path.startswith("/admin/") and "//" not in path and "\\" not in path
    return is_ours and path.isprintable() and path.isascii()


def url_with(request: Request, **changed: object) -> str:
    """Return the request's own address with some parameters of the query changed; None takes one out."""
    query = {name: value for name, value in request.query_params.items() if value and name != "done"}
    query |= {name: str(value) for name, value in changed.items() if value is not None}
    for name in (name for name, value in changed.items() if value is None):
        query.pop(name, None)
    return request.url.path + (f"?{urlencode(query)}" if query else "")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "static": _static_address,
        "words": WORDS,
        "Status": Status,
        "Rating": Rating,
        "Role": Role,
        "most_in_reason": MAX_REASON_CHARACTERS,
        "look": look_of,
    }
    environment.filters |= {
        "moment": _write_moment,
        "day": _write_day,
        "count": _write_count,
        "query": urlencode,
    }
    return environment


@cache
def _static_address(name: str) -> str:
    """Return the file's address with a digest of what is in it: it can be kept for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/admin/static/{name}?v={digest}"


def _write_moment(at: dt.datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _write_day(day: dt.date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _write_count(number: int) -> str:
    return f"{number:,}"
