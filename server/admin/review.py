"""The review queue: what waits for a decision, with what changed since readers last saw it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from server.admin.fields import read_text
from server.admin.pages import render
from server.admin.quote_list import Pages, read_page_number
from server.admin.quote_page import list_changes
from server.admin.services import curation, session_of
from server.models import Status
from server.store import Order, Search

PAGE_SIZE = 20


async def show_queue(request: Request) -> Response:
    house, number = curation(request), read_page_number(request)
    found = await house.store.quotes.search(
        Search(status=Status.IN_REVIEW, order=Order.OLDEST, skip=PAGE_SIZE * (number - 1), limit=PAGE_SIZE)
    )
    pages = Pages(request, number, found.total, PAGE_SIZE)
    if found.total and not found.quotes:
        return pages.lead_to_last()
    ids = [quote.id for quote in found.quotes]
    plan = await house.store.quotes.plan_bulk(ids, Status.PUBLISHED, session_of(request).user.name)
    seen = await house.store.quotes.find_last_published(ids)
    changed = {quote.id: list_changes(seen[quote.id], quote) for quote in found.quotes if quote.id in seen}
    moved = await house.store.quotes.find_several([read_text(request.query_params, "moved")])
    return render(
        request,
        "review.html",
        found=found,
        moved=moved[0] if moved else None,
        reasons={quote.id: reason for quote, reason in plan.staying},
        changed=changed,
        pages=pages,
        second_person=house.store.quotes.second_person,
    )
