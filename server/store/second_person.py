"""The rule of the second person: who wrote or edited a quote does not publish it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import Status
from server.store.change_log import Action
from server.store.tables import changes

# Below the parameter limits of both databases.
_IDS_AT_ONCE = 500


async def list_authors(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, set[str]]:
    """Return, by quote, who has written or edited it since it was last published.

    What was published was looked at by a second person then; what came after was not.
    """
    authors: defaultdict[str, set[str]] = defaultdict(set)
    for start in range(0, len(ids), _IDS_AT_ONCE):
        some = ids[start : start + _IDS_AT_ONCE]
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
                changes.c.action.in_([Action.CREATED.value, Action.UPDATED.value, Action.RESTORED.value]),
                changes.c.revision > func.coalesce(approved.c.revision, 0),
            )
            .distinct()
        )
        for quote_id, actor in await connection.execute(statement):
            authors[quote_id].add(actor)
    return dict(authors)
