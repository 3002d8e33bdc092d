"""Likely duplicates of a quote, found by the matcher itself, and merging into one of them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.requests import Request

from server.admin.guard import require_role
from server.admin.services import Curation, curation, session_of
from server.models import Quote, Role, Status, StoredQuote, Wording
from server.store import Outcome

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Duplicate:
    quote: StoredQuote
    how: str  # in words


async def list_duplicates(house: Curation, quote: Quote) -> list[Duplicate]:
    """Return known quotes that this one likely is: the same text, or found by the index in its text."""
    [same] = await house.store.quotes.import_all([quote], publish=False, actor="", dry_run=True)
    found = await asyncio.to_thread(house.live_index.find, quote.text)
    kinds = {match.quote_id: match.kind for match in found.matches}
    known = await house.store.quotes.find_several([each for each in kinds if each != same.quote.id])
    duplicates = [Duplicate(each, f"the index finds it here ({kinds[each.id]})") for each in known]
    if same.outcome is not Outcome.CREATED:
        duplicates.insert(0, Duplicate(same.quote, "the same words, from the same check or publisher"))
    return duplicates[:MOST_SHOWN]


async def merge_into(request: Request, quote_id: str, quote: Quote) -> StoredQuote:
    """Give a known quote the checks of another, and its words as a further wording."""
    house, actor = curation(request), session_of(request).user.name
    known = await house.store.quotes.find(quote_id)
    require_role(request, Role.PUBLISHER if known.status is Status.PUBLISHED else Role.EDITOR)
    addresses = {str(check.url) for check in known.checks if check.url}
    checks = [check for check in quote.checks if not check.url or str(check.url) not in addresses]
    texts = {known.text, *(wording.text for wording in known.wordings)}
    wordings = [Wording(text=quote.text, language=quote.language)] if quote.text not in texts else []
    merged = Quote.model_validate(
        known.model_dump(include=set(Quote.model_fields))
        | {
            "checks": [check.model_dump() for check in [*known.checks, *checks]],
            "wordings": [wording.model_dump() for wording in [*known.wordings, *wordings, *quote.wordings]],
        }
    )
    saved = await house.store.quotes.replace(quote_id, merged, actor, if_revision=known.revision)
    await house.live_index.catch_up()
    return saved
