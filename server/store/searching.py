"""Search the quotes: what a list shows, page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, FromClause, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import Rating, Status, StoredQuote
from server.store.folded import digest_address
from server.store.rows import in_parts, load_quotes
from server.store.tables import changes, checks, quotes
from server.store.words import (
    ask_words,
    match_on_postgresql,
    match_on_sqlite,
    name_language,
    name_of_site,
    name_publisher,
    name_rating,
    name_speaker,
    name_status,
    quote_words,
)


class Order(StrEnum):
    """In which order a list stands; the first is that of the pages that a cursor goes through."""

    NEWEST = "newest"
    OLDEST = "oldest"
    CHANGED = "changed"  # the last change first
    SAID = "said"  # the latest said first, those of no known day last


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What to look for; a field that is None asks for nothing, and so do blanks for words.

    Publishers and speakers are named whole, whatever their case, accents and strokes. `words` are looked for in the
    texts, the speaker, and the checks' publishers, titles and labels; each may be the beginning of a word.
    Marks without a word among them are in no quote.
    """

    words: str | None = None
    status: Status | None = None
    rating: Rating | None = None
    publisher: str | None = None
    speaker: str | None = None
    language: str | None = None  # and what is narrower: "en" finds "en-US"
    site: str | None = None  # of a check's address, and its subdomains
    address: str | None = None  # of a check, however it is written (see `digest_address`)
    not_before: dt.date | None = None  # said or checked on this day or later
    said_since: dt.date | None = None  # both days inclusive
    said_until: dt.date | None = None
    changed_in: tuple[int, int] | None = None  # made or changed by one of these revisions, both inclusive
    changed_by: str | None = None  # who wrote or changed it at any time, by the name that the history has
    order: Order = Order.NEWEST
    before: int | None = None  # the place in the list after which to go on
    skip: int = 0  # how many at the beginning of the list are left out
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Page:
    quotes: list[StoredQuote]
    next_before: int | None  # for `Search.before`; None on the last page
    total: int


async def search_quotes(connection: AsyncConnection, search: Search, *, on_sqlite: bool) -> Page:
    """Return the quotes that fit, in the order asked for."""
    found = _find_by(search, on_sqlite=on_sqlite)
    total = await connection.scalar(select(func.count()).select_from(found.source).where(*found.fits))
    # One more than asked for tells whether there is a next page.
    places = await _find_places(connection, search, found, search.limit + 1)
    shown = places[: search.limit]
    next_before = shown[-1] if len(places) > search.limit else None
    return Page(await load_quotes(connection, await _load_ids(connection, shown)), next_before, total or 0)


async def find_ids(connection: AsyncConnection, search: Search, *, on_sqlite: bool) -> list[str]:
    """Return the ids of the first `search.limit` quotes that fit."""
    found = _find_by(search, on_sqlite=on_sqlite)
    return await _load_ids(connection, await _find_places(connection, search, found, search.limit))


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the quotes that fit are found: the table, its column of their places in the list, the conditions."""

    source: FromClause
    place: ColumnElement[int]
    fits: list[ColumnElement[bool]]


async def _find_places(connection: AsyncConnection, search: Search, found: _Found, limit: int) -> list[int]:
    statement = select(found.place).where(*found.fits)
    if search.before is not None:
        statement = statement.where(found.place < search.before)
    order = _ORDERS.get(search.order)
    if order is None:
        order = [found.place.asc() if search.order is Order.OLDEST else found.place.desc()]
    return list(await connection.scalars(statement.order_by(*order).offset(search.skip).limit(limit)))


async def _load_ids(connection: AsyncConnection, places: list[int]) -> list[str]:
    id_at: dict[int, str] = {}
    for some in in_parts(places):
        statement = select(quotes.c.created_revision, quotes.c.id).where(quotes.c.created_revision.in_(some))
        rows = await connection.execute(statement)
        id_at |= {row.created_revision: row.id for row in rows}
    return [id_at[place] for place in places]


def _find_by(search: Search, *, on_sqlite: bool) -> _Found:
    words = list(_words(search))
    place = quotes.c.created_revision
    conditions = [*_days(search), *_address(search), *_changes(search)]
    if search.words and search.words.strip() and not ask_words(search.words):
        conditions.append(false())
    if words == [(name_status(search.status), False)] if search.status else not words:
        # The table's own index is faster where no other is asked.
        conditions += [quotes.c.status == search.status.value] if search.status else []
    elif not on_sqlite:
        conditions.append(match_on_postgresql(words))
    elif conditions or search.order in _ORDERS:
        conditions.append(place.in_(select(quote_words.c.rowid).where(match_on_sqlite(words))))
    else:
        # The index of words alone answers, in the order of the list, without a look at the quotes.
        return _Found(quote_words, quote_words.c.rowid, [match_on_sqlite(words)])
    return _Found(quotes, place, conditions)


def _days(search: Search) -> Iterator[ColumnElement[bool]]:
    if search.not_before is not None:
        since = search.not_before
        checked_since = select(checks.c.quote_id).where(checks.c.published_on >= since)
        yield or_(quotes.c.said_on >= since, quotes.c.id.in_(checked_since))
    if search.said_since is not None:
        yield quotes.c.said_on >= search.said_since
    if search.said_until is not None:
        yield quotes.c.said_on <= search.said_until


def _address(search: Search) -> Iterator[ColumnElement[bool]]:
    if search.address is not None:
        of_it = checks.c.url_digest == digest_address(search.address)
        yield quotes.c.id.in_(select(checks.c.quote_id).where(of_it))


def _changes(search: Search) -> Iterator[ColumnElement[bool]]:
    if search.changed_in is not None:
        # By their places: of an id and a place that are asked for, SQLite would look up each with each.
        changed = quotes.alias()
        of_them = select(changed.c.created_revision).join(changes, changes.c.quote_id == changed.c.id)
        yield quotes.c.created_revision.in_(of_them.where(changes.c.revision.between(*search.changed_in)))
    if search.changed_by is not None:
        of_it = select(changes.c.revision).where(changes.c.quote_id == quotes.c.id)
        yield of_it.where(changes.c.actor == search.changed_by).exists()


# The orders that need a look at the quotes themselves.
_ORDERS: dict[Order, list[ColumnElement[Any]]] = {
    Order.CHANGED: [quotes.c.revision.desc()],
    Order.SAID: [quotes.c.said_on.desc().nulls_last(), quotes.c.created_revision.desc()],
}


def _words(search: Search) -> Iterator[tuple[str, bool]]:
    """Yield the words to look for, and whether each may be the beginning of one."""
    if search.status is not None:
        yield name_status(search.status), False
    if search.rating is not None:
        yield name_rating(search.rating), False
    if search.publisher is not None:
        yield name_publisher(search.publisher), False
    if search.speaker is not None:
        yield name_speaker(search.speaker), False
    if search.language is not None:
        yield name_language(search.language), False
    if search.site is not None:
        yield name_of_site(search.site), False
    if search.words is not None:
        yield from ask_words(search.words)
