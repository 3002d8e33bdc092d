"""The numbers of a dashboard."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from server.models import ReportState, Status
from server.store.database import Database
from server.store.tables import checks, quotes, reports

_CHECKS_OF_QUOTES = checks.join(quotes, checks.c.quote_id == quotes.c.id)
_ARE_UNRATED = (checks.c.rating.is_(None), quotes.c.status != Status.RETIRED.value)


@dataclass(frozen=True, slots=True)
class Overview:
    by_status: dict[Status, int]
    open_reports: int
    unrated_checks: int  # of quotes that are not retired


@dataclass(frozen=True, slots=True)
class UnknownLabel:
    publisher: str
    label: str
    count: int
    quote_id: str  # one of the quotes that have it


class Overviews:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self) -> Overview:
        by_status = select(quotes.c.status, func.count()).group_by(quotes.c.status)
        opened = select(func.count()).where(reports.c.state == ReportState.OPEN.value)
        unrated = select(func.count()).select_from(_CHECKS_OF_QUOTES).where(*_ARE_UNRATED)
        async with self._database.read() as connection:
            counted = {Status(row[0]): int(row[1]) for row in await connection.execute(by_status)}
            return Overview(
                {status: counted.get(status, 0) for status in Status},
                int(await connection.scalar(opened) or 0),
                int(await connection.scalar(unrated) or 0),
            )

    async def list_unknown_labels(self, limit: int = 100) -> list[UnknownLabel]:
        """Return the labels, of quotes that are not retired, that have no rating; the most frequent first."""
        number = func.count()
        statement = (
            select(checks.c.publisher, checks.c.label, number, func.min(checks.c.quote_id))
            .select_from(_CHECKS_OF_QUOTES)
            .where(*_ARE_UNRATED)
            .group_by(checks.c.publisher, checks.c.label)
            .order_by(number.desc(), checks.c.publisher, checks.c.label)
            .limit(limit)
        )
        async with self._database.read() as connection:
            return [UnknownLabel(*row) for row in await connection.execute(statement)]
