"""Import: read an article, show each field beside the sentence it came from, mend it, and accept it."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NamedTuple

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from server.admin.duplicates import Duplicate, list_duplicates, merge_into
from server.admin.edited_quote import EditedQuote, label_of
from server.admin.evidence import Segment, mark_evidence
from server.admin.fields import MOST_SHOWN_AGAIN, read_file, read_number, read_text
from server.admin.guard import require_role
from server.admin.import_columns import FIELDS, FIELDS_OF_ALL, list_columns, read_defaults, read_mapping
from server.admin.pages import render
from server.admin.quote_list import link_to_changes
from server.admin.quote_page import FieldDifference, list_changes
from server.admin.reading_content import Content, Unreadable, read_content
from server.admin.services import Curation, curation, session_of
from server.ingest import QuoteReading, Unread
from server.ingest.reading import DROPPED, is_web_address
from server.models import Role, Status
from server.store import WAITS, Imported, Outcome

# More quotes than this are not mended one by one: they are imported as they are, as drafts.
MOST_MENDED = 20
# A file of some ten thousand quotes; larger ones are for the command line.
MOST_BYTES = 32 * 1024 * 1024
# A file that was told of is carried by the page, and taken in from there; a larger one is chosen again.
MOST_CARRIED_BYTES = 2 * 1024 * 1024
# Quotes that are shown of a file of many.
MOST_TAKEN_SHOWN = 200
# Places that can't be read and are told one by one.
MOST_UNREAD = 200


class Sent(NamedTuple):
    """What was sent to be read: the content, and the name of the file that it is of."""

    content: bytes = b""
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One quote of an article, ready to be mended."""

    form: EditedQuote
    evidence: dict[str, str]  # by the form's names
    missing: list[str]  # by the form's names
    segments: list[Segment]
    duplicates: list[Duplicate]
    place: int = 0  # in the article, where it is sent again

    @property
    def marked(self) -> set[str]:
        """The fields whose sentence stands in the article as it is shown."""
        return {name for segment in self.segments for name in segment.fields}


async def show_import(request: Request) -> Response:
    return render(request, "import.html", fault=None, url="", content="", columns=None)


async def read(request: Request, form: FormData) -> Response:
    """Read what was pasted or dropped; nothing is written, unless a file of many quotes is told to be."""
    house, url = curation(request), read_text(form, "url")
    sent = Sent()
    try:
        sent = await _read_sent(form)
        if url and not is_web_address(url):
            raise Unreadable("The article's address is no complete one, such as https://example.org/check.")
        mapping = await asyncio.to_thread(read_mapping, form, *sent)
        found = await read_content(house, *sent, url or None, mapping)
    except Unreadable as refusal:
        return render(
            request,
            "import.html",
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            fault=refusal.reason,
            url=url,
            content=read_text(form, "content")[:MOST_SHOWN_AGAIN],
            **await _show_columns(form, sent),
        )
    if len(found.readings) > MOST_MENDED or found.is_table:
        return await _import_many(request, form, found, sent)
    items = []
    for reading in found.readings:
        evidence = _name_fields(reading)
        items.append(
            Item(
                EditedQuote.of(reading.quote),
                evidence,
                [_NAMES[name] for name in reading.missing],
                mark_evidence(found.text, evidence),
                await list_duplicates(house, reading.quote),
            )
        )
    return _show_read(request, items, unread=found.unread)


async def accept(request: Request, form: FormData) -> Response:
    """Take one quote in, as it was mended: as a draft, published, or merged into one that is known."""
    house, user = curation(request), session_of(request).user
    filled = EditedQuote.read(form)
    quote = None if filled.change_rows(read_text(form, "do")) else filled.quote()
    if quote is None:
        item = Item(filled, {}, [], [], [], read_number(form, "place") or 1)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if filled.faults else HTTPStatus.OK
        return _show_read(request, [item], status=status)
    act, _, target = read_text(form, "do").partition(" ")
    if act == "publish":
        require_role(request, Role.PUBLISHER)
    if act == "merge":
        merged = await merge_into(request, target, quote)
        # A second person is asked only where the quote was published before.
        reason = WAITS if merged.status is Status.IN_REVIEW and house.store.quotes.second_person else None
        return render(request, "import_done.html", outcome="merged", quote=merged, reason=reason)
    [taken] = await house.store.quotes.import_all(
        [quote],
        publish=act == "publish",
        may_publish=user.role.allows(Role.PUBLISHER),
        actor=user.name,
    )
    await house.live_index.catch_up()
    return render(
        request, "import_done.html", outcome=taken.outcome.value, quote=taken.quote, reason=taken.reason
    )


def _show_read(
    request: Request,
    items: list[Item],
    *,
    unread: Sequence[Unread] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    second_person = curation(request).store.quotes.second_person
    return render(
        request,
        "import_read.html",
        status=status,
        items=items,
        unread=unread[:MOST_UNREAD],
        label_of=label_of,
        second_person=second_person,
    )


async def _import_many(request: Request, form: FormData, found: Content, sent: Sent) -> Response:
    """Tell what a file of many quotes would change; take it in where that was asked for."""
    house, user = curation(request), session_of(request).user
    writing = read_text(form, "do") == "write"
    quotes = [reading.quote for reading in found.readings]
    taken = await house.store.quotes.import_all(
        quotes,
        publish=False,
        may_publish=user.role.allows(Role.PUBLISHER),
        actor=user.name,
        dry_run=not writing,
    )
    if writing:
        await house.live_index.catch_up()
    shown = taken[:MOST_TAKEN_SHOWN]
    revisions = {each.quote.revision for each in taken if each.outcome in (Outcome.CREATED, Outcome.UPDATED)}
    updated = [each.quote for each in taken if each.outcome is Outcome.UPDATED]
    counts = {outcome: sum(each.outcome is outcome for each in taken) for outcome in Outcome}
    counts[Outcome.FAILED] += len(found.unread)
    return render(
        request,
        "import_many.html",
        counts=counts,
        published=sum(quote.status is Status.PUBLISHED for quote in updated),
        taken=shown,
        not_there=set() if writing else {each.quote.id for each in shown if each.outcome is Outcome.CREATED},
        changes={} if writing else await _list_changes(house, shown),
        empty=_count_empty(found.readings),
        is_table=found.is_table,
        writing=writing,
        brought=link_to_changes(revisions) if writing else None,
        url=read_text(form, "url"),
        unread=found.unread[:MOST_UNREAD],
        **await _show_columns(form, sent),
    )


async def _show_columns(form: FormData, sent: Sent) -> dict[str, Any]:
    """Return what the page needs to ask what the columns of a table hold, and to send the table again."""
    content = sent.content
    columns = await asyncio.to_thread(list_columns, form, *sent)
    return {
        "columns": columns,
        "defaults": read_defaults(form),
        "column_fields": FIELDS,
        "fields_of_all": FIELDS_OF_ALL,
        "carried": base64.b64encode(content).decode() if len(content) <= MOST_CARRIED_BYTES else None,
        "file_name": columns.file_name if columns else sent.file_name,
    }


async def _list_changes(house: Curation, taken: Sequence[Imported]) -> dict[str, list[FieldDifference]]:
    """Return, by their ids, what would be changed in quotes that are known."""
    updated = {each.quote.id: each.quote for each in taken if each.outcome is Outcome.UPDATED}
    known = await house.store.quotes.find_several(list(updated))
    return {quote.id: list_changes(quote, updated[quote.id]) for quote in known}


def _count_empty(readings: Sequence[QuoteReading]) -> list[tuple[str, int, str | None]]:
    """Return the fields that are empty: in how many quotes, and for one of them what stood there but is not clear."""
    empty = Counter(name for reading in readings for name in reading.missing)
    unclear: dict[str, str] = {}
    for reading in readings:
        for name in reading.missing:
            if reading.evidence.get(name, "").startswith(DROPPED):
                unclear.setdefault(name, f"{reading.place}: {reading.evidence[name]}")
    return [(label_of(_NAMES[name]), number, unclear.get(name)) for name, number in empty.most_common()]


async def _read_sent(form: FormData) -> Sent:
    """Return what was sent, and the name of the file that it was, or raise Unreadable where that is nothing."""
    content, file_name = await read_file(form)
    if file_name:
        return Sent(content, file_name)
    with suppress(binascii.Error):
        if carried := base64.b64decode(read_text(form, "carried"), validate=True):
            return Sent(carried, read_text(form, "file_name"))
    pasted = read_text(form, "content")
    if is_web_address(pasted or read_text(form, "url")):
        raise Unreadable(
            "Nothing is fetched from an address: open it in a browser, and paste the text of the whole page here, or "
            "save the page and choose its file."
        )
    if not pasted:
        raise Unreadable("There is nothing to read: paste an article, or choose a file.")
    return Sent(pasted.encode())


# The fields of a reading, as the form names them.
_NAMES = {
    "text": "text",
    "form": "form",
    "language": "language",
    "said_on": "said_on",
    "speaker": "speaker.name",
    "role": "speaker.role",
    "label": "checks.0.label",
    "rating": "checks.0.rating",
    "publisher": "checks.0.publisher",
    "title": "checks.0.title",
    "summary": "checks.0.summary",
    "url": "checks.0.url",
    "published_on": "checks.0.published_on",
}


def _name_fields(reading: QuoteReading) -> dict[str, str]:
    return {_NAMES[name]: snippet for name, snippet in reading.evidence.items() if name in _NAMES}
