"""Bulk moves: choose quotes, see what would happen, do it, and take it back."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import Response

from server.admin.fields import read_choice, read_number, read_path_number, read_reason, read_text
from server.admin.guard import require_role
from server.admin.pages import Refusal, lead_to, render
from server.admin.quote_list import read_search
from server.admin.quote_page import asks_reason
from server.admin.services import curation, session_of
from server.models import Role, Status, role_to_change
from server.store import BULK_MOVE, AuditEntry

# Beyond this many, a slip of the hand is too costly; larger moves are done in parts.
MOST_AT_ONCE = 5_000
MOST_SHOWN = 100


async def preview_move(request: Request, form: FormData) -> Response:
    house = curation(request)
    wanted = _read_wanted(form)
    ids = [value for value in form.getlist("quote") if isinstance(value, str)]
    if read_text(form, "all") == "yes":
        asked = QueryParams(parse_qsl(read_text(form, "query")))
        ids = await house.store.quotes.find_ids(read_search(asked, limit=MOST_AT_ONCE + 1))
    if not ids:
        raise Refusal(
            HTTPStatus.UNPROCESSABLE_ENTITY, "No quote is chosen", "Tick some quotes in the list first."
        )
    if len(ids) > MOST_AT_ONCE:
        raise Refusal(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"More than {MOST_AT_ONCE:,} quotes at once",
            "Narrow the list by a filter, and move them in parts.",
        )
    plan = await house.store.quotes.plan_bulk(ids, wanted, session_of(request).user.name)
    role = role_to_change(wanted, *(quote.status for quote in plan.moving))
    require_role(request, role)
    return render(
        request,
        "bulk.html",
        plan=plan,
        wanted=wanted,
        touches_readers=role is Role.PUBLISHER,
        asks_reason=any(asks_reason(quote.status, wanted) for quote in plan.moving),
        query=read_text(form, "query"),
    )


async def do_move(request: Request, form: FormData) -> Response:
    house, user = curation(request), session_of(request).user
    wanted = _read_wanted(form)
    revisions: dict[str, int] = {}
    for value in form.getlist("moving"):
        quote_id, _, revision = str(value).partition(" ")
        if revision.isascii() and revision.isdigit():
            revisions[quote_id] = int(revision[:9])
    if len(revisions) > MOST_AT_ONCE:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "Too many quotes at once", "Move them in parts.")
    # What readers see is not moved by hand-made requests either, nor what a publisher gives them meanwhile.
    found = await house.store.quotes.find_several(list(revisions))
    require_role(request, role_to_change(wanted, *(quote.status for quote in found)))
    seen = {quote.id: quote.revision for quote in found if quote.revision == revisions[quote.id]}
    moved = await house.store.quotes.move_all(seen, wanted, user.name, reason=read_reason(form))
    await house.live_index.catch_up()
    stayed = len(revisions) - moved.moved or None
    return lead_to(f"/bulk/{moved.number}", stayed=stayed, query=read_text(form, "query") or None)


async def show_move(request: Request) -> Response:
    """Tell of one bulk move, whenever it was, and which of its quotes it can still be undone for."""
    house, entry = curation(request), await _find_move(request)
    moved = {quote_id: revision for quote_id, (_, revision) in (entry.after or {}).items()}
    quotes = await house.store.quotes.find_several(list(moved))
    return render(
        request,
        "bulk_done.html",
        entry=entry,
        number=len(moved),
        reason=await _find_reason(request, moved),
        wanted=next((Status(status) for status, _ in (entry.after or {}).values()), None),
        quotes=quotes[:MOST_SHOWN],
        untouched=sum(quote.revision == moved[quote.id] for quote in quotes),
        may_undo=session_of(request).user.role.allows(_role_to_undo(entry)),
        stayed=read_number(request.query_params, "stayed"),
        query=read_text(request.query_params, "query"),
    )


async def undo_move(request: Request, form: FormData) -> Response:
    house, entry = curation(request), await _find_move(request)
    require_role(request, _role_to_undo(entry))
    undone = await house.store.quotes.undo_move(entry, session_of(request).user.name)
    await house.live_index.catch_up()
    return lead_to(f"/bulk/{entry.place}", done="undone" if undone.moved else "nothing-undone")


async def _find_move(request: Request) -> AuditEntry:
    entry = await curation(request).store.audit.find(read_path_number(request))
    if entry is None or entry.action != BULK_MOVE:
        raise Refusal(HTTPStatus.NOT_FOUND, "There is no such move", "The audit log lists them.")
    return entry


async def _find_reason(request: Request, moved: Mapping[str, int]) -> str | None:
    """Return why the quotes were moved: the history of each tells the same."""
    for quote_id, revision in moved.items():
        history = await curation(request).store.quotes.read_history(quote_id, before=revision + 1, limit=1)
        return history.entries[0].reason
    return None


def _role_to_undo(entry: AuditEntry) -> Role:
    touched = [*(entry.before or {}).values(), *(status for status, _ in (entry.after or {}).values())]
    return role_to_change(*map(Status, touched))


def _read_wanted(form: FormData) -> Status:
    wanted = read_choice(Status, form, "status")
    if wanted is None:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "No status is chosen", "Choose where the quotes go.")
    return wanted
