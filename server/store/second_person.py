"""The rule of the second person: who wrote or edited a quote does not publish it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import Status, StoredQuote
from server.store.change_log import Action
from server.store.rows import in_parts
from server.store.tables import changes

WAITS = "Who wrote or edited a quote does not publish it; it waits in review for a second person."

_OF_AUTHORS = [action.value for action in (Action.CREATED, Action.UPDATED, Action.MERGED, Action.RESTORED)]


def needs_second_person(before: StoredQuote | None, after: StoredQuote, *, is_author: bool) -> bool:
    """Tell whether a change would put before readers what nobody but its author has looked at.

    `is_author`: who makes the change is among the quote's authors (see `list_authors`). Whatever publishes
    asks this: edits, moves and merges (`server.store.editing`), and imports (`server.store.importing`).
    """
    if after.status is not Status.PUBLISHED:
        return False
    return is_author or before is None or has_other_content(before, after)


def has_other_content(before: StoredQuote, after: StoredQuote) -> bool:
    """Tell whether more than the status, and the revision, was changed."""
    return before.model_copy(update={"status": after.status, "revision": after.revision}) != after


async def list_authors(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, set[str]]:
    """Return, by quote, who has written or edited it since it was last published.

    What was published was looked at by a second person then; what came after was not.
    """
    authors: defaultdict[str, set[str]] = defaultdict(set)
    for some in in_parts(ids):
        approved = (
            select(changes.c.quote_id, func.max(changes.c.revision).label("revision"))
            .where(
                changes.c.quote_id.in_(some),
                changes.c.action == Action.MOVED.value,
                changes.c.after["status"].as_string() == Status.PUBLISHED.value,
            )
            .group_by(changes.c.quote_id)
            .subquery()
        )
        statement = (
            select(changes.c.quote_id, changes.c.actor)
            .outerjoin(approved, approved.c.quote_id == changes.c.quote_id)
            .where(
                changes.c.quote_id.in_(some),
                changes.c.action.in_(_OF_AUTHORS),
                changes.c.revision > func.coalesce(approved.c.revision, 0),
            )
            .distinct()
        )
        for quote_id, actor in await connection.execute(statement):
            authors[quote_id].add(actor)
    return dict(authors)
