"""One quote: see it, edit it, move it, look back, and bring back what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.admin.edited_quote import EditedQuote, join_edits, list_values, name_in_words
from server.admin.fields import read_choice, read_number, read_reason, read_text
from server.admin.guard import require_change, require_role, require_seen
from server.admin.pages import Refusal, lead_to, render
from server.admin.services import curation, session_of
from server.admin.word_differences import Piece, compare_words
from server.ingest.label_map import LabelMap, load_label_map
from server.models import Quote, Role, Status, StoredQuote, role_to_change
from server.store import LEGAL_MOVES, HistoryEntry, LabelUnrated, LastMove, SecondPersonNeeded, StaleEdit

HISTORY_AT_ONCE = 30


async def show_quote(request: Request) -> Response:
    quote = await curation(request).store.quotes.find(request.path_params["quote_id"])
    return await _render_quote(request, quote, EditedQuote.of(quote))


async def show_new(request: Request) -> Response:
    return render(request, "quote_new.html", form=EditedQuote({}))


async def create(request: Request, form: FormData) -> Response:
    filled = EditedQuote.read(form)
    if filled.change_rows(read_text(form, "do")):
        return render(request, "quote_new.html", form=filled)
    quote = filled.quote()
    if quote is None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "quote_new.html", status=status, form=filled)
    created = await curation(request).store.quotes.create(quote, Status.DRAFT, session_of(request).user.name)
    return lead_to(f"/quotes/{created.id}", done="created")


async def save(request: Request, form: FormData) -> Response:
    """Save what was edited, and move the quote where that was asked for: what is published is what was on the screen.

    Where someone else has changed the quote since, both versions are shown, and nothing is done.
    """
    house, actor = curation(request), session_of(request).user.name
    quote = await house.store.quotes.find(request.path_params["quote_id"])
    wanted = _read_move(form)
    filled = EditedQuote.read(form)
    revision = read_number(form, "revision")
    if revision != quote.revision and not _may_change(request, quote):
        # It was published meanwhile: what an editor typed is shown to them, and not lost.
        return await _render_conflict(request, filled, quote, revision)
    require_role(request, role_to_change(quote.status, wanted))
    edited = None if filled.change_rows(read_text(form, "do")) else filled.quote()
    if edited is None or revision is None:
        has_other_rows = edited is None and not filled.faults
        status = HTTPStatus.OK if has_other_rows else HTTPStatus.UNPROCESSABLE_ENTITY
        return await _render_quote(request, quote, filled, revision=revision, status=status)
    try:
        seen = require_seen(quote, revision)
        saved = await house.store.quotes.replace(
            quote.id, edited, actor, status=wanted, reason=read_reason(form), if_revision=seen
        )
    except StaleEdit as stale:
        if as_quote(stale.current) == edited and wanted in (None, stale.current.status):
            # It was sent twice, or two people thought the same: what was wanted is done.
            return lead_to(f"/quotes/{quote.id}", done="unchanged")
        return await _render_conflict(request, filled, stale.current, revision)
    except (SecondPersonNeeded, LabelUnrated) as refused:
        return await _render_refused(request, quote, filled, revision, refused)
    await house.live_index.catch_up()
    return lead_to(f"/quotes/{quote.id}", done=_name_done(quote, saved))


async def move(request: Request, form: FormData) -> Response:
    house, actor = curation(request), session_of(request).user.name
    quote = await house.store.quotes.find(request.path_params["quote_id"])
    wanted = read_choice(Status, form, "status")
    if wanted is None:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "There is no such status", "Nothing was changed.")
    seen = require_change(request, quote, read_number(form, "revision"), wanted)
    await house.store.quotes.move(quote.id, wanted, actor, reason=read_reason(form), if_revision=seen)
    await house.live_index.catch_up()
    if read_text(form, "back") == "review":
        return lead_to("/review", moved=quote.id, page=read_number(form, "page"))
    return lead_to(f"/quotes/{quote.id}", done="moved")


async def delete(request: Request, form: FormData) -> Response:
    house = curation(request)
    quote = await house.store.quotes.find(request.path_params["quote_id"])
    seen = require_change(request, quote, read_number(form, "revision"))
    if quote.status is Status.PUBLISHED:
        raise Refusal(
            HTTPStatus.CONFLICT, "A published quote is not deleted", "Retire it: readers then see it no more."
        )
    await house.store.quotes.delete(quote.id, session_of(request).user.name, if_revision=seen)
    await house.live_index.catch_up()
    return lead_to(f"/quotes/{quote.id}/history", done="deleted")


async def show_history(request: Request) -> Response:
    quote_id = request.path_params["quote_id"]
    before = read_number(request.query_params, "before")
    history = await curation(request).store.quotes.read_history(
        quote_id, before=before, limit=HISTORY_AT_ONCE
    )
    if not history.entries:
        raise Refusal(HTTPStatus.NOT_FOUND, "There never was such a quote", "Look it up in the list.")
    current = history.entries[0] if before is None else None
    return render(
        request,
        "history.html",
        quote_id=quote_id,
        history=history,
        current=current,
        compare=list_entry_differences,
    )


async def restore(request: Request, form: FormData) -> Response:
    house, actor = curation(request), session_of(request).user.name
    quote_id, revision = request.path_params["quote_id"], read_number(form, "revision") or 0
    known = await house.store.quotes.find_several([quote_id])
    seen = 0  # of no quote: of one that is deleted
    if known:
        seen = require_change(request, known[0], read_number(form, "current") or known[0].revision)
    await house.store.quotes.restore(quote_id, revision, actor, if_revision=seen)
    await house.live_index.catch_up()
    return lead_to(f"/quotes/{quote_id}", done="restored")


async def preview(request: Request, form: FormData) -> Response:
    """Answer what a reader would be told of the quote in the form, or which fields keep it from being one."""
    filled = EditedQuote.read(form)
    quote = filled.quote()
    label_map = await load_label_map(curation(request).store)
    hints = {
        f"checks.{at}.rating": _hint_rating(
            label_map, filled[f"checks.{at}.label"], filled[f"checks.{at}.publisher"]
        )
        for at in range(filled.checks)
        if not filled[f"checks.{at}.rating"]
    }
    card = quote.model_dump(mode="json", exclude={"wordings"}) if quote else None
    return JSONResponse({"card": card, "faults": filled.faults, "hints": hints})


def _read_move(form: FormData) -> Status | None:
    """Return where the button that was pressed moves the quote, if anywhere."""
    act, _, what = read_text(form, "do").partition(" ")
    return next((status for status in Status if act == "move" and status.value == what), None)


def _name_done(before: StoredQuote, after: StoredQuote) -> str:
    if after.revision == before.revision:
        return "unchanged"
    if as_quote(after) == as_quote(before):
        return "moved"
    return "saved" if after.status is before.status else "saved-moved"


def _list_moves(current: Status, role: Role) -> list[Status]:
    """Return where a user of this role may move a quote."""
    legal = [status for status in Status if status in LEGAL_MOVES[current]]
    return [wanted for wanted in legal if role.allows(role_to_change(current, wanted))]


def asks_reason(current: Status, wanted: Status) -> bool:
    """Tell whether a curator is asked why: where a quote is taken back, from review or from readers."""
    return current in (Status.IN_REVIEW, Status.PUBLISHED) and wanted not in (current, Status.PUBLISHED)


@dataclass(frozen=True, slots=True)
class FieldDifference:
    name: str
    pieces: list[Piece]


def list_field_differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[FieldDifference]:
    """Return the fields that differ, word by word."""
    return [
        FieldDifference(name_in_words(name), compare_words(before.get(name, ""), after.get(name, "")))
        for name in dict.fromkeys([*after, *before])
        if before.get(name, "") != after.get(name, "")
    ]


def list_entry_differences(entry: HistoryEntry, former: HistoryEntry | None) -> list[FieldDifference]:
    if entry.quote is None or former is None or former.quote is None:
        return []
    return list_changes(former.quote, entry.quote)


def list_changes(before: Quote, after: Quote) -> list[FieldDifference]:
    return list_field_differences(list_values(before), list_values(after))


def _hint_rating(label_map: LabelMap, label: str, publisher: str) -> str:
    rating = label_map.rate(label, publisher or None) if label else None
    return rating.value if rating else ""


async def _render_quote(
    request: Request,
    quote: StoredQuote,
    form: EditedQuote,
    *,
    revision: int | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    own: bool = False,
) -> Response:
    """`own`: it was not published because its user wrote or edited it."""
    history = await curation(request).store.quotes.read_history(quote.id, limit=5)
    role = session_of(request).user.role
    moves = _list_moves(quote.status, role)
    return render(
        request,
        "quote.html",
        status=status,
        quote=quote,
        form=form,
        own=own,
        revision=revision or quote.revision,
        history=history,
        blocked=sorted((await curation(request).store.quotes.read_blocked()).get(quote.id, ())),
        taken_back=await _find_taken_back(request, quote),
        reports=(await curation(request).store.reports.count_open([quote.id])).get(quote.id),
        moves=moves,
        asks_reason=any(asks_reason(quote.status, wanted) for wanted in moves),
        can_change=_may_change(request, quote),
        second_person=curation(request).store.quotes.second_person,
        card_json=quote.model_dump_json(include={"text", "language", "said_on", "speaker", "checks"}),
    )


async def _find_taken_back(request: Request, quote: StoredQuote) -> LastMove | None:
    """Return by whom, and why, the quote was sent back or retired, where it stands like that."""
    if quote.status not in (Status.DRAFT, Status.RETIRED):
        return None
    last = await curation(request).store.quotes.find_last_move(quote.id)
    return last if last and asks_reason(last.before, last.after) else None


async def _render_refused(
    request: Request,
    quote: StoredQuote,
    form: EditedQuote,
    revision: int,
    refused: SecondPersonNeeded | LabelUnrated,
) -> Response:
    """Show the form as it was sent, with what keeps the quote from being published."""
    if isinstance(refused, SecondPersonNeeded):
        status = HTTPStatus.FORBIDDEN
        return await _render_quote(request, quote, form, revision=revision, status=status, own=True)
    form.faults |= {
        f"checks.{at}.rating": "A published quote needs a rating for each label." for at in refused.places
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return await _render_quote(request, quote, form, revision=revision, status=status)


async def _render_conflict(
    request: Request, mine: EditedQuote, theirs: StoredQuote, revision: int | None
) -> Response:
    """Show what both changed, with a form that holds both: mine where I changed a field, else theirs."""
    history = await curation(request).store.quotes.read_history(theirs.id, limit=HISTORY_AT_ONCE)
    base = next((entry.quote for entry in history.entries if entry.revision == revision), None)
    their_values = list_values(theirs)
    base_values = list_values(base) if base else {}
    both = join_edits(mine, base, theirs) if base else mine
    return render(
        request,
        "conflict.html",
        status=HTTPStatus.CONFLICT,
        quote=theirs,
        form=both,
        revision=theirs.revision,
        who=history.entries[0] if history.entries else None,
        theirs=list_field_differences(base_values, their_values) if base else [],
        mine=list_field_differences(base_values, mine.values) if base else [],
        between=list_field_differences(their_values, mine.values),
        can_change=_may_change(request, theirs),
    )


def _may_change(request: Request, quote: StoredQuote) -> bool:
    return session_of(request).user.role.allows(role_to_change(quote.status))


def as_quote(stored: StoredQuote) -> Quote:
    # What is stored was taken once, whatever is asked of a quote now.
    return Quote.model_construct(**{name: getattr(stored, name) for name in Quote.model_fields})
