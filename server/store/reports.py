"""Readers' reports of wrong matches: a queue for curators. No text of a page is kept, and no address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import MatchKind, Report, ReportState
from server.store.audit import record
from server.store.blocking import set_blocked
from server.store.change_log import read_revision
from server.store.database import Database
from server.store.editing import Editing
from server.store.errors import QuoteNotFound, ReportNotFound, ReportsFull
from server.store.folded import digest_folded
from server.store.tables import quotes, reports
from server.store.times import now

# A queue longer than this is no queue but an attack, and nobody reads it.
MOST_OPEN = 10_000
# Of more that are decided at once, the audit log has one line: each line waits for the one before it.
_MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class KeptReport:
    id: int
    quote_id: str
    kind: MatchKind
    passage_digest: str | None
    note: str | None
    revision: int  # of the store when the report came
    at: dt.datetime
    state: ReportState
    decision: str | None
    decided_by: str | None
    decided_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class OpenReports:
    """How many reports of a quote wait, and the latest of them."""

    number: int
    latest: int


class Reports:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, report: Report) -> None:
        """Put a report into the queue, unless the same is there already.

        Raises QuoteNotFound, and ReportsFull where too many wait and none of them gives way.
        """
        digest = digest_folded(report.words) if report.words else report.passage
        same = [
            reports.c.quote_id == report.quote,
            reports.c.state == ReportState.OPEN.value,
            reports.c.kind == report.kind.value,
            reports.c.passage_digest.is_(None) if digest is None else reports.c.passage_digest == digest,
            reports.c.note.is_(None) if report.note is None else reports.c.note == report.note,
        ]
        async with self._database.write() as connection:
            if await connection.scalar(select(quotes.c.id).where(quotes.c.id == report.quote)) is None:
                raise QuoteNotFound
            if await connection.scalar(select(reports.c.id).where(*same).limit(1)) is not None:
                return
            is_open = reports.c.state == ReportState.OPEN.value
            waiting = await connection.scalar(select(func.count()).select_from(reports).where(is_open))
            if (waiting or 0) >= MOST_OPEN:
                await _make_room(connection, report.quote)
            row = {
                "quote_id": report.quote,
                "kind": report.kind.value,
                "passage_digest": digest,
                "note": report.note,
                "revision": await read_revision(connection),
                "at": now(),
                "state": ReportState.OPEN.value,
            }
            await connection.execute(insert(reports).values(row))

    async def list_by_state(
        self, state: ReportState, *, quote_id: str | None = None, after: int = 0, limit: int = 50
    ) -> tuple[list[KeptReport], int]:
        """Return reports of a state, from the id `after` on, and how many there are; with `quote_id`, of that quote.

        Those that wait stand the oldest first, those that are decided the latest first.
        """
        of_state = and_(
            reports.c.state == state.value, reports.c.quote_id == quote_id if quote_id else true()
        )
        page = select(reports).where(of_state).limit(limit)
        if state is ReportState.OPEN:
            page = page.where(reports.c.id > after).order_by(reports.c.id)
        else:
            page = page.where(reports.c.id < after if after else true()).order_by(reports.c.id.desc())
        async with self._database.read() as connection:
            total = await connection.scalar(select(func.count()).select_from(reports).where(of_state))
            return [_read(row) for row in await connection.execute(page)], total or 0

    async def count_open(self, quote_ids: Collection[str]) -> dict[str, OpenReports]:
        """Return, by quote, how many reports of these quotes wait; those of which none does are left out."""
        of_them = reports.c.quote_id.in_(quote_ids), reports.c.state == ReportState.OPEN.value
        counted = select(reports.c.quote_id, func.count(), func.max(reports.c.id)).where(*of_them)
        async with self._database.read() as connection:
            rows = await connection.execute(counted.group_by(reports.c.quote_id))
            return {quote_id: OpenReports(number, latest) for quote_id, number, latest in rows}

    async def find_of_quote(self, quote_id: str, latest: int) -> list[int]:
        """Return the ids of the quote's reports that are open, up to the one that was the `latest`."""
        of_it = reports.c.quote_id == quote_id, reports.c.state == ReportState.OPEN.value
        statement = select(reports.c.id).where(*of_it, reports.c.id <= latest).order_by(reports.c.id)
        async with self._database.read() as connection:
            return list(await connection.scalars(statement))

    async def find(self, ids: Sequence[int]) -> list[KeptReport]:
        """Return those of these reports that are open, the oldest first, or raise ReportNotFound."""
        statement = select(reports).where(*_are_open(ids)).order_by(reports.c.id)
        async with self._database.read() as connection:
            found = [_read(row) for row in await connection.execute(statement)]
        if not found:
            raise ReportNotFound("none of these reports is open")
        return found

    async def decide(
        self,
        ids: Sequence[int],
        state: ReportState,
        decision: str | None,
        actor: str,
        *,
        block: tuple[str, str] | None = None,
        retire: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Write what a curator decided of these, and do it, in one act; raise ReportNotFound where none is open.

        `block` is a quote's id and the digest of a passage; `retire` the id of a quote, which is
        retired for that reason if it is published.
        """
        values = {"state": state.value, "decision": decision, "decided_by": actor, "decided_at": now()}
        async with self._database.change() as connection:
            decided = update(reports).where(*_are_open(ids)).values(values).returning(reports.c.id)
            done = (await connection.scalars(decided)).all()
            if not done:
                raise ReportNotFound("none of these reports is open")
            if block:
                await set_blocked(connection, *block, actor, blocked=True)
            if retire:
                await Editing(connection, actor).retire(retire, reason)
            after = {"state": state.value, "decision": decision}
            if len(done) > _MOST_TOLD:
                told = after | {"reports": sorted(done)}
                await record(connection, actor, "report decided", f"{len(done)} reports", after=told)
                return
            for report_id in sorted(done):
                await record(connection, actor, "report decided", f"report {report_id}", after=after)

    async def reopen(self, report_id: int, actor: str) -> None:
        """Put a report that was decided into the queue again; raise ReportNotFound where there is none."""
        is_it = (reports.c.id == report_id, reports.c.state != ReportState.OPEN.value)
        async with self._database.change() as connection:
            row = (await connection.execute(select(reports).where(*is_it))).first()
            if row is None:
                raise ReportNotFound(f"there is no decided report {report_id}")
            undecided = {"decision": None, "decided_by": None, "decided_at": None}
            values = {"state": ReportState.OPEN.value} | undecided
            await connection.execute(update(reports).where(*is_it).values(values))
            before = {"state": row.state, "decision": row.decision}
            after = {"state": ReportState.OPEN.value, "decision": None}
            subject = f"report {report_id}"
            await record(connection, actor, "report opened again", subject, before=before, after=after)


async def _make_room(connection: AsyncConnection, quote_id: str) -> None:
    """Drop the latest report of the quote that most reports are of, for one of a quote that has fewer.

    So a flood crowds out itself, and what waited before it stays. Raises ReportsFull where nothing would be evened out.
    """
    is_open = reports.c.state == ReportState.OPEN.value
    number, latest = func.count(), func.max(reports.c.id)
    by_quote = select(number, latest).where(is_open).group_by(reports.c.quote_id)
    most, dropped = (await connection.execute(by_quote.order_by(number.desc(), latest.desc()).limit(1))).one()
    own = await connection.scalar(select(number).where(is_open, reports.c.quote_id == quote_id)) or 0
    if most < own + 2:
        raise ReportsFull("too many reports wait for a decision")
    await connection.execute(delete(reports).where(reports.c.id == dropped))


def _are_open(ids: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
    return reports.c.id.in_(ids), reports.c.state == ReportState.OPEN.value


def _read(row: Row[Any]) -> KeptReport:
    fields = dict(row._mapping) | {"kind": MatchKind(row.kind), "state": ReportState(row.state)}
    return KeptReport(**fields)
