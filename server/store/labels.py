"""Edits of the label map: which rating a publisher's label stands for, where the packaged tables say otherwise."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, insert, select

from server.models import Rating
from server.store.audit import record
from server.store.database import Database
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

    async def edit(self, publisher: str | None, label: str, rating: Rating | None, actor: str) -> None:
        """Give the label another rating; what it was before stays in the list of edits."""
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

    async def list_edits(self) -> list[LabelEdit]:
        """Return all edits, the last first: the first of a label is the one that holds."""
        statement = select(label_edits).order_by(label_edits.c.version.desc())
        async with self._database.read() as connection:
            return [_read(row) for row in await connection.execute(statement)]


def _read(row: Row[Any]) -> LabelEdit:
    rating = Rating(row.rating) if row.rating else None
    return LabelEdit(row.version, row.publisher, row.label, rating, row.actor, row.at)
