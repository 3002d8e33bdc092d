"""Edits of the label map: which rating a publisher's label stands for, where the packaged tables say otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, insert, select

from server.models import Check, Rating, Verdict
from server.store.audit import record
from server.store.change_log import Action, Done, log_changes, read_revision
from server.store.database import Database
from server.store.rows import KeptQuote, load_of_unrated, save_quotes
from server.store.tables import label_edits
from server.store.times import now


@dataclass(frozen=True, slots=True)
class LabelEdit:
    """From `version` on, the publisher's label (or, without a publisher, anybody's) stands for this rating."""

    version: int
    publisher: str | None
    label: str
    rating: Rating | None  # None: it is not known any more, and waits for a curator
    actor: str
    at: dt.datetime


class Labels:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def edit(
        self,
        publisher: str | None,
        label: str,
        rating: Rating | None,
        actor: str,
        *,
        applies: Callable[[Check], bool] | None = None,
    ) -> int:
        """Give the label another rating; what it was before stays in the list of edits.

        All checks that wait for a rating, and that the edit `applies` to (none, if it is not given), get it at
        once; where their quotes stand in curation stays as it is. Returns how many quotes that changes.
        """
        async with self._database.change() as connection:
            last = await connection.scalar(select(func.max(label_edits.c.version)))
            row: dict[str, Any] = {
                "version": (last or 0) + 1,
                "publisher": publisher,
                "label": label,
                "rating": rating.value if rating else None,
            }
            await connection.execute(insert(label_edits).values(**row, actor=actor, at=now()))
            await record(
                connection, actor, "label rated", f"{publisher or 'any publisher'}: {label}", after=row
            )
            if rating is None or applies is None:
                return 0
            waiting = await load_of_unrated(connection)
            rated, done = _rate(waiting, rating, applies, await read_revision(connection))
            await save_quotes(connection, rated)
            await log_changes(connection, done, actor)
            return len(rated)

    async def list_edits(self) -> list[LabelEdit]:
        """Return all edits, the last first: the first of a label is the one that holds."""
        statement = select(label_edits).order_by(label_edits.c.version.desc())
        async with self._database.read() as connection:
            return [_read(row) for row in await connection.execute(statement)]


def _read(row: Row[Any]) -> LabelEdit:
    rating = Rating(row.rating) if row.rating else None
    return LabelEdit(row.version, row.publisher, row.label, rating, row.actor, row.at)


def _rate(
    waiting: list[KeptQuote], rating: Rating, applies: Callable[[Check], bool], revision: int
) -> tuple[list[KeptQuote], list[Done]]:
    rated, done = [], []
    for kept in waiting:
        checks = [
            check.model_copy(update={"verdict": Verdict(label=check.verdict.label, rating=rating)})
            if check.verdict.rating is None and applies(check)
            else check
            for check in kept.quote.checks
        ]
        if checks == kept.quote.checks:
            continue
        revision += 1
        after = kept.quote.model_copy(update={"checks": checks, "revision": revision})
        done.append(Done(Action.UPDATED, revision, kept.quote, after))
        rated.append(KeptQuote(after, kept.digests))
    return rated, done
