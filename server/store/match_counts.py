"""How often quotes were matched: a number a day, a quote and a rating. No page, no reader, no address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from server.store.database import Database
from server.store.tables import match_counts
from server.store.times import now

# What is older than this tells little, and is swept out.
KEPT = dt.timedelta(days=400)
_ROWS_AT_ONCE = 1_000


class Counted(NamedTuple):
    day: dt.date
    quote_id: str
    rating: str


@dataclass(frozen=True, slots=True)
class MostMatched:
    quote_id: str
    count: int


class MatchCounts:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, counts: Mapping[Counted, int]) -> None:
        """Add to what was counted; many processes may do so at once."""
        # In one order, so that two processes never wait for each other crosswise.
        rows = [{**counted._asdict(), "count": number} for counted, number in sorted(counts.items())]
        upsert = sqlite.insert if self._database.is_sqlite else postgresql.insert
        async with self._database.write() as connection:
            for start in range(0, len(rows), _ROWS_AT_ONCE):
                statement = upsert(match_counts)
                await connection.execute(
                    statement.on_conflict_do_update(
                        index_elements=["day", "quote_id", "rating"],
                        set_={"count": match_counts.c.count + statement.excluded.count},
                    ),
                    rows[start : start + _ROWS_AT_ONCE],
                )
            await connection.execute(delete(match_counts).where(match_counts.c.day < now().date() - KEPT))

    async def sum_by_day(self, since: dt.date) -> dict[tuple[dt.date, str], int]:
        """Return the numbers of matches by day and rating."""
        columns = match_counts.c
        statement = (
            select(columns.day, columns.rating, func.sum(columns.count))
            .where(columns.day >= since)
            .group_by(columns.day, columns.rating)
        )
        async with self._database.read() as connection:
            return {(row[0], row[1]): int(row[2]) for row in await connection.execute(statement)}

    async def list_most_matched(self, since: dt.date, limit: int) -> list[MostMatched]:
        columns = match_counts.c
        total = func.sum(columns.count)
        statement = (
            select(columns.quote_id, total)
            .where(columns.day >= since)
            .group_by(columns.quote_id)
            .order_by(total.desc(), columns.quote_id)
            .limit(limit)
        )
        async with self._database.read() as connection:
            return [MostMatched(row[0], int(row[1])) for row in await connection.execute(statement)]
