"""The change log: each change of a quote has a number, written in the same transaction as the change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import StoredQuote
from server.store.tables import changes


class Action(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    MOVED = "moved"  # to another status
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Change:
    revision: int
    quote_id: str


async def read_revision(connection: AsyncConnection) -> int:
    """Return the number of the last change; 0 before the first."""
    return int(await connection.scalar(select(func.coalesce(func.max(changes.c.revision), 0))) or 0)


async def log_changes(
    connection: AsyncConnection, done: Sequence[tuple[StoredQuote, Action]], actor: str
) -> None:
    """Write changes with their outcomes: the quotes, whose revisions the changes are known by."""
    at = dt.datetime.now(dt.UTC)
    rows = [
        {
            "revision": quote.revision,
            "quote_id": quote.id,
            "action": action.value,
            "actor": actor,
            "at": at,
            "quote": None if action is Action.DELETED else quote.model_dump(mode="json"),
        }
        for quote, action in done
    ]
    if rows:
        await connection.execute(insert(changes), rows)


async def read_changes(connection: AsyncConnection, after: int, limit: int) -> list[Change]:
    """Return the changes after a revision, oldest first."""
    statement = (
        select(changes.c.revision, changes.c.quote_id)
        .where(changes.c.revision > after)
        .order_by(changes.c.revision)
        .limit(limit)
    )
    return [Change(*row) for row in await connection.execute(statement)]
