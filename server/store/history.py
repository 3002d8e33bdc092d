"""The history of a quote: who changed what, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import Status, StoredQuote
from server.store.change_log import Action
from server.store.differences import Difference, list_differences
from server.store.errors import RevisionNotFound
from server.store.tables import changes


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    revision: int
    action: Action
    actor: str
    at: dt.datetime
    quote: StoredQuote | None  # as it was from this change on; None where it was deleted
    differences: list[Difference]  # none of a quote that was created or deleted
    reason: str | None  # why, where its actor gave one


@dataclass(frozen=True, slots=True)
class History:
    entries: list[HistoryEntry]
    next_before: int | None
    total: int


@dataclass(frozen=True, slots=True)
class LastMove:
    """The change that gave a quote its status: from which one, by whom, when, and why, where they gave a reason."""

    before: Status
    after: Status
    actor: str
    at: dt.datetime
    reason: str | None


async def read_history(
    connection: AsyncConnection, quote_id: str, *, before: int | None, limit: int
) -> History:
    """Return the changes of a quote, the last first; none where there never was such a quote."""
    of_quote = changes.c.quote_id == quote_id
    total = await connection.scalar(select(func.count()).select_from(changes).where(of_quote))
    statement = select(changes).where(of_quote).order_by(changes.c.revision.desc()).limit(limit + 1)
    if before is not None:
        statement = statement.where(changes.c.revision < before)
    rows = (await connection.execute(statement)).all()
    entries = [
        HistoryEntry(
            revision=row.revision,
            action=Action(row.action),
            actor=row.actor,
            at=row.at,
            quote=None if row.after is None else StoredQuote.model_validate(row.after),
            differences=list_differences(row.before, row.after) if row.before and row.after else [],
            reason=row.reason,
        )
        for row in rows[:limit]
    ]
    return History(entries, entries[-1].revision if len(rows) > limit else None, total or 0)


async def load_last_move(connection: AsyncConnection, quote_id: str) -> LastMove | None:
    """Return the last change of the quote's status since it was created, or brought back; None where there is none."""
    before, after = (column["status"].as_string() for column in (changes.c.before, changes.c.after))
    statement = (
        select(before, after, changes.c.actor, changes.c.at, changes.c.reason)
        .where(changes.c.quote_id == quote_id, or_(changes.c.before.is_(None), before != after))
        .order_by(changes.c.revision.desc())
        .limit(1)
    )
    row = (await connection.execute(statement)).first()
    if row is None or row[0] is None:
        return None
    return LastMove(Status(row[0]), Status(row[1]), *row[2:])


async def load_last_published(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, StoredQuote]:
    """Return, by id, each quote as readers last saw it; those that they never saw are left out."""
    last = (
        select(func.max(changes.c.revision))
        .where(
            changes.c.quote_id.in_(ids),
            changes.c.after["status"].as_string() == Status.PUBLISHED.value,
        )
        .group_by(changes.c.quote_id)
    )
    statement = select(changes.c.quote_id, changes.c.after).where(changes.c.revision.in_(last))
    rows = await connection.execute(statement)
    return {row.quote_id: StoredQuote.model_validate(row.after) for row in rows}


async def load_revision(connection: AsyncConnection, quote_id: str, revision: int) -> StoredQuote:
    """Return the quote as one of its changes left it, or raise RevisionNotFound."""
    statement = select(changes.c.after).where(changes.c.quote_id == quote_id, changes.c.revision == revision)
    after = await connection.scalar(statement)
    if after is None:
        raise RevisionNotFound("the quote has no such revision, or was deleted by it")
    return StoredQuote.model_validate(after)
