"""The list of quotes: search, filters, order, pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from server.admin.fields import read_choice, read_day, read_number, read_text
from server.admin.pages import render, url_with
from server.admin.services import Curation, curation
from server.exporting import FORMATS, Format, export_quotes
from server.models import Rating, Status, StoredQuote, WebAddress
from server.store import Order, Search, Store

PAGE_SIZE = 50
MOST_PAGES = 10_000
MOST_MEANT = 3
EXPORTED_AT_ONCE = 500
_WEB_ADDRESS: TypeAdapter[WebAddress] = TypeAdapter(WebAddress)

ORDERS = {
    Order.NEWEST: "Newest first",
    Order.OLDEST: "Oldest first",
    Order.CHANGED: "Last changed first",
    Order.SAID: "Latest said first",
}


async def show_list(request: Request) -> Response:
    number = read_page_number(request)
    search = read_search(request.query_params, skip=PAGE_SIZE * (number - 1))
    found = await curation(request).store.quotes.search(search)
    pages = Pages(request, number, found.total, PAGE_SIZE)
    if found.total and not found.quotes:
        return pages.lead_to_last()
    return render(
        request,
        "quotes.html",
        found=found,
        meant=[] if found.total else await _list_meant(request, search),
        recognised=[] if found.total else await _recognise(curation(request), search.words),
        asked={name: read_text(request.query_params, name) for name in FILTERS},
        orders=ORDERS,
        changes=search.changed_in,
        pages=pages,
        query=str(request.query_params),
    )


@dataclass(frozen=True, slots=True)
class Meant:
    """A speaker whose name was likely misspelt, and the address of the list of what they said."""

    name: str
    address: str


async def _list_meant(request: Request, search: Search) -> list[Meant]:
    """Return the speakers that were likely meant, those of most quotes first, where the other filters leave any."""
    store, parameter = curation(request).store, "speaker" if search.speaker else "q"
    asked = search.speaker or search.words
    meant = []
    for name in await store.speakers.find_alike(asked) if asked else ():
        # What a speaker said is found by the words of their name, too; it is counted faster by the whole.
        words = search.words if search.speaker else None
        said = await store.quotes.search(replace(search, words=words, speaker=name, skip=0, limit=1))
        if total := said.total:
            meant.append((total, Meant(name, url_with(request, **{parameter: name}, page=None))))
    return [each for _, each in sorted(meant, key=lambda counted: -counted[0])][:MOST_MEANT]


async def _recognise(house: Curation, words: str | None) -> list[StoredQuote]:
    """Return the published quotes that readers would be shown in these words: a search finds no misspelt one."""
    if words is None:
        return []
    matches = (await house.find(words)).matches
    return await house.store.quotes.find_several(list(dict.fromkeys(match.quote_id for match in matches)))


FILTERS = (
    "q",
    "status",
    "rating",
    "publisher",
    "speaker",
    "language",
    "since",
    "until",
    "by",
    "changes",
    "order",
)


def read_search(asked: Mapping[str, str], *, skip: int = 0, limit: int = PAGE_SIZE) -> Search:
    """Return what a query asks for; a filter that makes no sense asks for nothing."""
    words = read_text(asked, "q")[:1_000] or None
    address = _read_address(words or "")
    return Search(
        words=None if address else words,
        address=address,
        status=read_choice(Status, asked, "status"),
        rating=read_choice(Rating, asked, "rating"),
        publisher=read_text(asked, "publisher") or None,
        speaker=read_text(asked, "speaker") or None,
        language=read_text(asked, "language") or None,
        said_since=read_day(asked, "since"),
        said_until=read_day(asked, "until"),
        changed_in=read_changes(asked),
        changed_by=read_text(asked, "by") or None,
        order=read_choice(Order, asked, "order") or Order.NEWEST,
        skip=skip,
        limit=limit,
    )


def read_changes(asked: Mapping[str, str]) -> tuple[int, int] | None:
    """Return the first and the last of the changes that a query names, such as "101-350"."""
    first, _, last = read_text(asked, "changes").partition("-")
    numbers = [read_number({"number": each}, "number") for each in (first, last)]
    return (numbers[0], numbers[1]) if numbers[0] is not None and numbers[1] is not None else None


def link_to_changes(revisions: Collection[int]) -> str | None:
    """Return the address of the list of what one import brought; None where it brought nothing."""
    return f"/admin/quotes?changes={min(revisions)}-{max(revisions)}" if revisions else None


def _read_address(words: str) -> str | None:
    """Return the web address that is asked for instead of words, in the form in which checks have theirs."""
    try:
        return str(_WEB_ADDRESS.validate_python(words))
    except ValidationError:
        return None


async def export_list(request: Request) -> Response:
    """Hand over what the filters leave, as a file that can be imported again."""
    form = read_choice(Format, request.query_params, "format") or Format.NDJSON
    media_type, ending = FORMATS[form]
    search = read_search(request.query_params, limit=EXPORTED_AT_ONCE)
    return StreamingResponse(
        export_quotes(_iterate(curation(request).store, search), form),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="quotes.{ending}"'},
    )


async def _iterate(store: Store, search: Search) -> AsyncIterator[list[StoredQuote]]:
    """Yield all that fit, by the order of their creation: what changes meanwhile moves no page."""
    before: int | None = None
    while True:
        page = await store.quotes.search(replace(search, order=Order.NEWEST, before=before))
        if page.quotes:
            yield page.quotes
        if page.next_before is None:
            return
        before = page.next_before


def read_page_number(request: Request) -> int:
    return min(max(read_number(request.query_params, "page") or 1, 1), MOST_PAGES)


@dataclass(frozen=True, slots=True)
class Pages:
    """The links between the pages of a list."""

    request: Request
    number: int
    total: int
    size: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def previous(self) -> str | None:
        return self.url(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        return self.url(self.number + 1) if self.number < self.last else None

    def lead_to_last(self) -> Response:
        """Answer with the way to the last page, where the one that was asked for has gone: its quotes were moved."""
        return RedirectResponse(self.url(self.last), HTTPStatus.SEE_OTHER)

    def url(self, number: int) -> str:
        return url_with(self.request, page=number if number > 1 else None)
