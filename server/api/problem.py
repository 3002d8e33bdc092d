"""A problem: what a route raises where it can't do what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus


@dataclass(frozen=True, slots=True)
class Fault:
    """One field that can't be taken, and why."""

    field: str
    reason: str


class Problem(Exception):
    """Raise it anywhere in a request to answer with it. `kind` is stable: clients tell problems by it."""

    def __init__(
        self,
        status: HTTPStatus,
        kind: str,
        detail: str,
        *,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, object] | None = None,  # further members of the answer
    ) -> None:
        super().__init__(kind)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.faults = tuple(faults)
        self.headers = headers
        self.more = more or {}
