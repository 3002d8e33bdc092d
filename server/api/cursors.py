"""Cursors: where a list goes on. Clients send them back as they came."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from pydantic import Field, StringConstraints

from server.api.problem import Fault, Problem

Cursor = Annotated[
    str,
    StringConstraints(max_length=100),
    Field(description="The `next` of an earlier answer: goes on behind it"),
]


def write_cursor(before: int | None) -> str | None:
    return None if before is None else f"c{before:x}"


def read_cursor(cursor: str | None, field: str = "cursor") -> int | None:
    if cursor is None:
        return None
    try:
        before = int(cursor.removeprefix("c"), 16)
        if cursor == write_cursor(before) and 0 <= before < 2**31:
            return before
    except ValueError:
        pass
    raise Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "invalid-fields",
        "The cursor is none that this server gave out.",
        faults=[Fault(field, "must be the `next` of an earlier answer")],
    )
