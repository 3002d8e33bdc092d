"""The audit log: who did what, when, before and after; as a page, and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from server.admin.fields import read_day, read_number, read_text
from server.admin.pages import render, url_with
from server.admin.services import curation
from server.exporting import defuse
from server.store import AuditEntry, AuditLog, AuditSearch

FILTERS = ("actor", "action", "subject", "since", "until")
_CSV_COLUMNS = ("log", "place", "at", "actor", "action", "subject", "before", "after", "reason")


async def show_audit(request: Request) -> Response:
    found = await curation(request).store.audit.search(_read_search(request))
    last = found.next_changes is None and found.next_house is None
    return render(
        request,
        "audit.html",
        found=found,
        asked={name: read_text(request.query_params, name) for name in FILTERS},
        query=str(request.query_params),
        more=None if last else url_with(request, changes=found.next_changes, house=found.next_house),
    )


async def check_chain(request: Request) -> Response:
    broken = await curation(request).store.audit.find_break()
    return render(request, "audit_chain.html", broken=broken)


async def export_audit(request: Request) -> Response:
    """Hand over the whole log, as the filters leave it: CSV for people, NDJSON for programs."""
    log, search = curation(request).store.audit, _read_search(request)
    as_csv = read_text(request.query_params, "format") == "csv"
    ending = "csv" if as_csv else "ndjson"
    return StreamingResponse(
        _write_csv(log, search) if as_csv else _write_lines(log, search),
        media_type="text/csv; charset=utf-8" if as_csv else "application/x-ndjson",
        headers={"Content-Disposition": f'attachment; filename="audit.{ending}"'},
    )


def _read_search(request: Request) -> AuditSearch:
    asked = request.query_params
    return AuditSearch(
        actor=read_text(asked, "actor") or None,
        action=read_text(asked, "action") or None,
        subject=read_text(asked, "subject") or None,
        since=read_day(asked, "since"),
        until=read_day(asked, "until"),
        before_changes=read_number(asked, "changes"),
        before_house=read_number(asked, "house"),
    )


async def _write_lines(log: AuditLog, search: AuditSearch) -> AsyncIterator[bytes]:
    async for entries in log.iterate(search):
        yield b"".join(orjson.dumps(_shape(entry), option=orjson.OPT_APPEND_NEWLINE) for entry in entries)


async def _write_csv(log: AuditLog, search: AuditSearch) -> AsyncIterator[bytes]:
    yield (",".join(_CSV_COLUMNS) + "\r\n").encode()
    async for entries in log.iterate(search):
        part = io.StringIO()
        writer = csv.writer(part)
        for entry in entries:
            writer.writerow([defuse(str(value)) for value in _shape(entry, flat=True).values()])
        yield part.getvalue().encode()


def _shape(entry: AuditEntry, *, flat: bool = False) -> dict[str, object]:
    shaped: dict[str, object] = {name: getattr(entry, name) for name in _CSV_COLUMNS}
    shaped["at"] = entry.at.isoformat()
    if flat:
        for name in ("before", "after"):
            shaped[name] = "" if shaped[name] is None else orjson.dumps(shaped[name]).decode()
        shaped["reason"] = entry.reason or ""
    return shaped
