"""The list of quotes: search, filters, order, pages."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from server.admin.fields import read_choice, read_day, read_number, read_text
from server.admin.pages import render, url_with
from server.admin.services import curation
from server.models import Rating, Status
from server.store import Order, Search

PAGE_SIZE = 50
MOST_PAGES = 10_000

ORDERS = {
    Order.NEWEST: "Newest first",
    Order.OLDEST: "Oldest first",
    Order.CHANGED: "Last changed first",
    Order.SAID: "Latest said first",
}


async def show_list(request: Request) -> Response:
    search, number = read_search(request), read_page_number(request)
    found = await curation(request).store.quotes.search(search)
    last = max(1, -(-found.total // PAGE_SIZE))
    return render(
        request,
        "quotes.html",
        found=found,
        asked={name: read_text(request.query_params, name) for name in FILTERS},
        orders=ORDERS,
        pages=Pages(request, number, last),
        filters=_describe(search),
    )


FILTERS = ("q", "status", "rating", "publisher", "speaker", "language", "since", "until", "order")


def read_search(request: Request) -> Search:
    """Return what the address asks for; a filter that makes no sense asks for nothing."""
    asked = request.query_params
    return Search(
        words=read_text(asked, "q")[:1_000] or None,
        status=read_choice(Status, asked, "status"),
        rating=read_choice(Rating, asked, "rating"),
        publisher=read_text(asked, "publisher") or None,
        speaker=read_text(asked, "speaker") or None,
        language=read_text(asked, "language") or None,
        said_since=read_day(asked, "since"),
        said_until=read_day(asked, "until"),
        order=read_choice(Order, asked, "order") or Order.NEWEST,
        skip=PAGE_SIZE * (read_page_number(request) - 1),
        limit=PAGE_SIZE,
    )


def read_page_number(request: Request) -> int:
    return min(max(read_number(request.query_params, "page") or 1, 1), MOST_PAGES)


@dataclass(frozen=True, slots=True)
class Pages:
    """The links between the pages of a list."""

    request: Request
    number: int
    last: int

    @property
    def previous(self) -> str | None:
        return self.url(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        return self.url(self.number + 1) if self.number < self.last else None

    def url(self, number: int) -> str:
        return url_with(self.request, page=number if number > 1 else None)


def _describe(search: Search) -> int:
    """Return how many filters are set besides the words."""
    told = (
        search.rating,
        search.publisher,
        search.speaker,
        search.language,
        search.said_since,
        search.said_until,
    )
    return sum(value is not None for value in told)
