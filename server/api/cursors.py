"""Cursors: where a list goes on. Clients send them back as they came."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Annotated

from pydantic import Field, StringConstraints

from server.api.problem import Fault, Problem

# What `write_cursor` writes, up to the largest revision.
_PATTERN = r"^c(0|[1-7][0-9a-f]{0,7}|[89a-f][0-9a-f]{0,6})$"
Cursor = Annotated[
    str,
    StringConstraints(max_length=100),
    Field(
        description="The `next` of an earlier answer: goes on behind it",
        json_schema_extra={"pattern": _PATTERN},
    ),
]


def write_cursor(before: int | None) -> str | None:
    return None if before is None else f"c{before:x}"


def read_cursor(cursor: str | None, field: str = "cursor", told_as: str = "next") -> int | None:
    if cursor is None:
        return None
    if re.fullmatch(_PATTERN, cursor):
        return int(cursor[1:], 16)
    raise Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "invalid-fields",
        "The cursor is none that this server gave out.",
        faults=[Fault(field, f"must be the `{told_as}` of an earlier answer")],
    )
