"""A form whose session has ended: kept until its user has signed in again, and sent on when they say so.

It is kept in their own browser only, in hidden fields of the sign-in page and of the page after it. Nothing is done
with it before a person presses the button there, in a form of the new session.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from server.admin.edited_quote import is_field, name_in_words
from server.admin.fields import read_text
from server.admin.pages import is_our_path, render

_PREFIX = "kept."


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Where a form was sent to, and its fields: several may have the same name."""

    path: str
    fields: list[tuple[str, str]]

    @classmethod
    def of(cls, request: Request, form: FormData) -> KeptForm:
        return cls(request.url.path, _list_texts(form.multi_items()))

    @classmethod
    def read(cls, form: FormData) -> KeptForm | None:
        """Return the one that the sign-in page carries, if any."""
        path = read_text(form, "kept")
        if not is_our_path(path):
            return None
        kept = [
            (name.removeprefix(_PREFIX), value)
            for name, value in form.multi_items()
            if name.startswith(_PREFIX)
        ]
        return cls(path, _list_texts(kept))

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What a person filled in, each field named as its label says it."""
        return [(name_in_words(name), value) for name, value in self.fields if value and is_field(name)]


def ask_to_sign_in(request: Request, kept: KeptForm) -> Response:
    return render(
        request,
        "sign_in.html",
        status=HTTPStatus.FORBIDDEN,
        name="",
        fault="Your session has ended. Nothing was changed, and what you filled in is kept: sign in to send it.",
        next="",
        kept=kept,
    )


def ask_to_send(request: Request, kept: KeptForm, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return render(request, "kept_form.html", status=status, kept=kept)


def _list_texts(items: Iterable[tuple[str, object]]) -> list[tuple[str, str]]:
    # A new session has a token of its own.
    return [(name, value) for name, value in items if isinstance(value, str) and name != "form_token"]
