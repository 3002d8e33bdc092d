"""What the store refuses, as problems."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from server.api.problem import Fault, Problem
from server.store import (
    LEGAL_MOVES,
    IllegalMove,
    LabelUnrated,
    QuoteNotFound,
    ReportsFull,
    RevisionNotFound,
    SecondPersonNeeded,
    StaleEdit,
    StoreError,
    StoreFull,
)


def name_store_error(error: StoreError) -> Problem:
    return _NAMES.get(type(error), _name_unavailable)(error)


def _name_stale_edit(error: StaleEdit) -> Problem:
    return Problem(
        HTTPStatus.PRECONDITION_FAILED,
        "stale-edit",
        "The quote was changed since it was read: `current` is what it is now. Repeat the change on that.",
        headers={"ETag": f'"{error.current.revision}"'},
        more={"current": error.current.model_dump(mode="json")},
    )


def _name_illegal_move(error: IllegalMove) -> Problem:
    legal = ", ".join(sorted(LEGAL_MOVES[error.current]))
    return Problem(
        HTTPStatus.CONFLICT,
        "illegal-move",
        f"A quote that is {error.current} moves to one of: {legal}.",
        faults=[Fault("status", f"can't be {error.wanted} next")],
    )


def _name_label_unrated(error: LabelUnrated) -> Problem:
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "invalid-fields",
        "The quote can't be published as it is.",
        faults=[
            Fault(
                f"checks.{at}.verdict.rating",
                "is missing; a quote is published only when every label has one",
            )
            for at in error.places
        ],
    )


def _name_unavailable(_error: StoreError) -> Problem:
    """Any other refusal: the store can't be asked."""
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "store-unavailable",
        "The database can't be asked now; try again in a moment.",
        headers={"Retry-After": "2"},
    )


_NAMES: dict[type[StoreError], Callable[[Any], Problem]] = {
    QuoteNotFound: lambda _: Problem(
        HTTPStatus.NOT_FOUND, "quote-not-found", "There is no quote with this id."
    ),
    RevisionNotFound: lambda _: Problem(
        HTTPStatus.NOT_FOUND,
        "revision-not-found",
        "The quote has no such revision, or was deleted by it; its history lists them.",
    ),
    StaleEdit: _name_stale_edit,
    IllegalMove: _name_illegal_move,
    LabelUnrated: _name_label_unrated,
    SecondPersonNeeded: lambda _: Problem(
        HTTPStatus.CONFLICT,
        "second-person-needed",
        "Who wrote or edited a quote does not publish it here; another person's token can.",
    ),
    ReportsFull: lambda _: Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "reports-full",
        "Too many reports wait for the curators; try again another day.",
        headers={"Retry-After": "86400"},
    ),
    StoreFull: lambda _: Problem(
        HTTPStatus.INSUFFICIENT_STORAGE,
        "store-full",
        "Nothing can be written now: the disk is full, faulty or read-only. Texts are matched all the same.",
    ),
}
