"""The audit log: who did what to users, tokens, labels, reports and stored pages, with before and after.

It only grows: the database itself refuses to change or to delete a row (see the migration), and each row's
digest covers the row before it, so that a row that was changed or taken out behind the database's back shows.
What is done to quotes stands in the change log, which the two are read together with.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import heapq
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson
from sqlalchemy import Row, Table, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.store.database import Database
from server.store.differences import Difference, list_differences
from server.store.tables import audit_log, changes
from server.store.times import now

Values = Mapping[str, Any]
_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act. `place` is its own log's number; `log` tells which of the two it stands in.

    `reason`: of a change of a quote, why, where its actor gave one.
    """

    log: str  # "quotes" or "house"
    place: int
    at: dt.datetime
    actor: str
    action: str
    subject: str
    before: Values | None
    after: Values | None
    reason: str | None = None

    @property
    def differences(self) -> list[Difference]:
        return list_differences(self.before or {}, self.after or {})


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSearch:
    """What to look for, word for word; None asks for nothing. Days are in UTC, both inclusive."""

    actor: str | None = None
    action: str | None = None
    subject: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    before_changes: int | None = None  # the places in the two logs after which to go on
    before_house: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class AuditPage:
    entries: list[AuditEntry]
    next_changes: int | None  # for `AuditSearch.before_changes`; both None on the last page
    next_house: int | None


async def record(
    connection: AsyncConnection,
    actor: str,
    action: str,
    subject: str,
    *,
    before: Values | None = None,
    after: Values | None = None,
) -> int:
    """Write an act over the connection that does it, so that both happen or none; return its number.

    The connection must be one of `Database.change()`: the chain of digests is written by one at a time.
    """
    last = (
        await connection.execute(
            select(audit_log.c.id, audit_log.c.digest).order_by(audit_log.c.id.desc()).limit(1)
        )
    ).first()
    number = int(last.id) + 1 if last else 1
    row = {
        "id": number,
        "at": now(),
        "actor": actor,
        "action": action,
        "subject": subject,
        "before": before,
        "after": after,
    }
    row["digest"] = _digest_row(last.digest if last else "", row)
    await connection.execute(insert(audit_log).values(row))
    return number


class AuditLog:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(
        self,
        actor: str,
        action: str,
        subject: str,
        *,
        before: Values | None = None,
        after: Values | None = None,
    ) -> int:
        """Write an act that changes nothing else in the store, such as a sign-in; return its number."""
        async with self._database.change() as connection:
            return await record(connection, actor, action, subject, before=before, after=after)

    async def find(self, entry_id: int) -> AuditEntry | None:
        """Return one act of the house's log."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(audit_log).where(audit_log.c.id == entry_id))).first()
        return _read_house(row) if row else None

    async def search(self, search: AuditSearch) -> AuditPage:
        """Return the acts that fit, the last first, from both logs."""
        async with self._database.read() as connection:
            of_quotes = await _load(connection, changes, search, search.before_changes)
            of_house = await _load(connection, audit_log, search, search.before_house)
        # Each log stays in its own order, whatever the clock did in between.
        logs = (map(_read_change, of_quotes), map(_read_house, of_house))
        found = list(heapq.merge(*logs, key=lambda entry: entry.at, reverse=True))
        shown = found[: search.limit]
        if len(found) <= search.limit:
            return AuditPage(shown, None, None)
        return AuditPage(
            shown,
            min((e.place for e in shown if e.log == "quotes"), default=search.before_changes),
            min((e.place for e in shown if e.log == "house"), default=search.before_house),
        )

    async def iterate(self, search: AuditSearch) -> AsyncIterator[list[AuditEntry]]:
        """Yield all acts that fit, the last first, some hundreds at a time."""
        search = replace(search, limit=_ROWS_AT_ONCE)
        while True:
            page = await self.search(search)
            if page.entries:
                yield page.entries
            if page.next_changes is None and page.next_house is None:
                return
            search = replace(search, before_changes=page.next_changes, before_house=page.next_house)

    async def find_break(self) -> int | None:
        """Return the number of the first row that its chain of digests does not fit; None where all is whole."""
        digest, after = "", 0
        while True:
            statement = (
                select(audit_log).where(audit_log.c.id > after).order_by(audit_log.c.id).limit(_ROWS_AT_ONCE)
            )
            async with self._database.read() as connection:
                rows = (await connection.execute(statement)).all()
            for row in rows:
                if row.digest != _digest_row(digest, dict(row._mapping)):
                    return after + 1
                digest, after = row.digest, row.id
            if len(rows) < _ROWS_AT_ONCE:
                return None


async def _load(
    connection: AsyncConnection, table: Table, search: AuditSearch, before: int | None
) -> list[Row[Any]]:
    place = next(iter(table.primary_key))
    subject = table.c.quote_id if table is changes else table.c.subject
    statement = select(table).order_by(place.desc()).limit(search.limit + 1)
    if before is not None:
        statement = statement.where(place < before)
    for column, wanted in (
        (table.c.actor, search.actor),
        (table.c.action, search.action),
        (subject, search.subject),
    ):
        if wanted is not None:
            statement = statement.where(column == wanted)
    if search.since is not None:
        statement = statement.where(table.c.at >= _midnight(search.since))
    if search.until is not None:
        statement = statement.where(table.c.at < _midnight(search.until + dt.timedelta(days=1)))
    return list((await connection.execute(statement)).all())


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _read_change(row: Row[Any]) -> AuditEntry:
    return AuditEntry(
        "quotes", row.revision, row.at, row.actor, row.action, row.quote_id, row.before, row.after, row.reason
    )


def _read_house(row: Row[Any]) -> AuditEntry:
    return AuditEntry("house", row.id, row.at, row.actor, row.action, row.subject, row.before, row.after)


def _digest_row(previous: str, row: Values) -> str:
    told = {name: row[name] for name in ("id", "at", "actor", "action", "subject", "before", "after")}
    written = orjson.dumps(told, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)
    return hashlib.sha256(previous.encode() + written).hexdigest()
