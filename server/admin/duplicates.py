"""Likely duplicates of a quote, found by the matcher itself among all that are not retired; and merging them."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from server.admin.fields import read_number, read_text
from server.admin.guard import require_role, require_seen
from server.admin.pages import lead_to, render
from server.admin.quote_page import FieldDifference, list_changes
from server.admin.services import Curation, curation, session_of
from server.admin.word_differences import compare_words
from server.models import Quote, StoredQuote, role_to_change
from server.store import Outcome

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Duplicate:
    quote: StoredQuote
    how: str  # in words
    # What an import changes in it; None where it makes another quote.
    changes: list[FieldDifference] | None = None


async def list_duplicates(house: Curation, quote: Quote) -> list[Duplicate]:
    """Return known quotes that this one likely is, the likest first; never itself."""
    similar = await house.similar_quotes.find_similar(quote, limit=MOST_SHOWN)
    known = {each.id: each for each in await house.store.quotes.find_several([s.quote_id for s in similar])}
    duplicates = [
        Duplicate(known[each.quote_id], f"{each.similarity:.0%} the same words")
        for each in similar
        if each.quote_id in known
    ]
    if not isinstance(quote, StoredQuote):
        [same] = await house.store.quotes.import_all(
            [quote], publish=False, may_publish=True, actor="", dry_run=True
        )
        if same.outcome is not Outcome.CREATED:
            others = [each for each in duplicates if each.quote.id != same.quote.id]
            for before in await house.store.quotes.find_several([same.quote.id]):
                changes = None if same.outcome is Outcome.FAILED else list_changes(before, same.quote)
                duplicates = [Duplicate(before, "from the same check", changes), *others]
    return duplicates


async def show_duplicates(request: Request) -> Response:
    house = curation(request)
    quote = await house.store.quotes.find(request.path_params["quote_id"])
    duplicates = await list_duplicates(house, quote)
    return render(request, "duplicates.html", quote=quote, duplicates=duplicates, compare=compare_words)


async def merge(request: Request, form: FormData) -> Response:
    """Make two quotes one: the one of the address stays, and gets the other's checks and wordings."""
    house, actor = curation(request), session_of(request).user.name
    kept = await house.store.quotes.find(request.path_params["quote_id"])
    other = await house.store.quotes.find(read_text(form, "other"))
    require_role(request, role_to_change(kept.status, other.status))
    await house.store.quotes.merge(
        kept.id,
        other.id,
        actor,
        if_revision=require_seen(kept, read_number(form, "revision")),
        if_other_revision=require_seen(other, read_number(form, "other_revision")),
    )
    await house.live_index.catch_up()
    return lead_to(f"/quotes/{kept.id}", done="merged")


async def merge_into(request: Request, quote_id: str, quote: Quote) -> StoredQuote:
    """Give a known quote the checks of one that is imported, and its words as a further wording."""
    house, actor = curation(request), session_of(request).user.name
    known = await house.store.quotes.find(quote_id)
    require_role(request, role_to_change(known.status))
    saved = await house.store.quotes.join(quote_id, quote, actor, if_revision=known.revision)
    await house.live_index.catch_up()
    return saved
