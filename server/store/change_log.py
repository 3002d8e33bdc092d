"""The change log: each change of a quote has a number, written in the same transaction as the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import StoredQuote
from server.store.database import CHANGES_CHANNEL, execute_many
from server.store.tables import changes
from server.store.times import now


class Action(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    MOVED = "moved"  # to another status
    DELETED = "deleted"
    MERGED = "merged"  # with another, which is deleted
    RESTORED = "restored"  # to what it was before
    BLOCKED = "blocked"  # a passage that is no match of it, or let in again


@dataclass(frozen=True, slots=True)
class Done:
    """A change that was made: `revision` is its number, and the quote's from then on.

    `reason` is why, in the actor's own words; None where they gave none.
    """

    action: Action
    revision: int
    before: StoredQuote | None
    after: StoredQuote | None
    reason: str | None = None


async def read_revision(connection: AsyncConnection) -> int:
    """Return the number of the last change; 0 before the first."""
    return int(await connection.scalar(select(func.coalesce(func.max(changes.c.revision), 0))) or 0)


async def log_changes(connection: AsyncConnection, done: Sequence[Done], actor: str) -> None:
    """Write changes, over the connection that made them; on PostgreSQL, wake those that listen once it commits."""
    if not done:
        return
    at = now()
    rows = [
        {
            "revision": each.revision,
            "quote_id": (each.after or each.before).id,  # type: ignore[union-attr] # one of them is there
            "action": each.action.value,
            "actor": actor,
            "at": at,
            "before": each.before.model_dump(mode="json") if each.before else None,
            "after": each.after.model_dump(mode="json") if each.after else None,
            "reason": each.reason,
        }
        for each in done
    ]
    await execute_many(connection, insert(changes), rows)
    if connection.dialect.name == "postgresql":
        # Many in one transaction are one; without a payload, as it is a hint alone.
        await connection.execute(text(f"NOTIFY {CHANGES_CHANNEL}"))
