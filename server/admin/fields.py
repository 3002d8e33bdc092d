"""Read the fields of a form, whatever was put into them by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from server.admin.pages import Refusal
from server.models import MAX_REASON_CHARACTERS, Reason

# Characters of what was pasted, where the form is shown anew.
MOST_SHOWN_AGAIN = 100_000

Some = TypeVar("Some", bound=StrEnum)

_REASON: TypeAdapter[str] = TypeAdapter(Reason)


def read_text(form: FormData | Mapping[str, str], name: str, *, strip: bool = True) -> str:
    """Return a field's text, with the line ends that we use; empty where there is none."""
    value = form.get(name)
    text = value.replace("\r\n", "\n").replace("\x00", "") if isinstance(value, str) else ""
    # What is no character (half of a surrogate pair) can't be kept or shown.
    text = text.encode("utf-8", "replace").decode()
    return text.strip() if strip else text


async def read_file(form: FormData) -> tuple[bytes, str]:
    """Return what the file that was chosen holds, and its name; both are empty where none was."""
    file = form.get("file")
    return (await file.read(), file.filename) if isinstance(file, UploadFile) and file.filename else (b"", "")


def read_number(form: FormData | Mapping[str, str], name: str) -> int | None:
    """Return a field's whole number; None where there is none, or one that no list has."""
    text = read_text(form, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def read_path_number(request: Request) -> int:
    """Return the number in the path; one that no row has where it is larger than any."""
    return min(int(request.path_params["number"]), 2**31 - 1)


def read_choice(kind: type[Some], form: FormData | Mapping[str, str], name: str) -> Some | None:
    """Return the one of the choices that the field names, if any."""
    text = read_text(form, name)
    return next((choice for choice in kind if choice.value == text), None)


def read_day(form: FormData | Mapping[str, str], name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(read_text(form, name))
    except ValueError:
        return None


def read_reason(form: FormData) -> str | None:
    """Return why quotes are moved, in the curator's own words; None where they gave no reason."""
    reason = read_text(form, "reason")
    try:
        return _REASON.validate_python(reason) if reason else None
    except ValidationError:
        raise Refusal(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "The reason is too long",
            f"It has at most {MAX_REASON_CHARACTERS} characters. Go back and shorten it; nothing was changed.",
        ) from None
