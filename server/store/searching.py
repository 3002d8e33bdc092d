"""Search the quotes: what a list shows, page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import Rating, Status, StoredQuote
from server.store.folded import digest_folded
from server.store.rows import load_quotes
from server.store.tables import checks, quotes
from server.store.words import holds_words


class Order(StrEnum):
    """In which order a list stands; the first is that of the pages that a cursor goes through."""

    NEWEST = "newest"
    OLDEST = "oldest"
    CHANGED = "changed"  # the last change first
    SAID = "said"  # the latest said first, those of no known day last


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What to look for; a field that is None asks for nothing.

    Publishers and speakers are named whole, whatever their case and accents. `words` are looked for in the
    texts, the speaker, and the checks' publishers, titles and labels; each may be the beginning of a word.
    """

    words: str | None = None
    status: Status | None = None
    rating: Rating | None = None
    publisher: str | None = None
    speaker: str | None = None
    language: str | None = None  # and what is narrower: "en" finds "en-US"
    site: str | None = None  # of a check's address, and its subdomains
    not_before: dt.date | None = None  # said or checked on this day or later
    said_since: dt.date | None = None  # both days inclusive
    said_until: dt.date | None = None
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
    """Return the quotes that fit, the newest first."""
    fits = and_(true(), *_conditions(search, on_sqlite=on_sqlite))
    total = await connection.scalar(select(func.count()).select_from(quotes).where(fits))
    statement = select(quotes.c.id, quotes.c.created_revision).where(fits)
    if search.before is not None:
        statement = statement.where(quotes.c.created_revision < search.before)
    # One more than asked for tells whether there is a next page.
    statement = statement.order_by(*_ORDERS[search.order])
    statement = statement.offset(search.skip).limit(search.limit + 1)
    rows = (await connection.execute(statement)).all()
    shown = rows[: search.limit]
    next_before = shown[-1].created_revision if len(rows) > search.limit else None
    return Page(await load_quotes(connection, [row.id for row in shown]), next_before, total or 0)


async def find_ids(connection: AsyncConnection, search: Search, *, on_sqlite: bool) -> list[str]:
    """Return the ids of the first `search.limit` quotes that fit."""
    fits = and_(true(), *_conditions(search, on_sqlite=on_sqlite))
    statement = select(quotes.c.id).where(fits).order_by(*_ORDERS[search.order]).limit(search.limit)
    return list(await connection.scalars(statement.offset(search.skip)))


def _conditions(search: Search, *, on_sqlite: bool) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if search.words is not None:
        holds = holds_words(search.words, on_sqlite=on_sqlite)
        conditions += [] if holds is None else [holds]
    if search.status is not None:
        conditions.append(quotes.c.status == search.status.value)
    if search.speaker is not None:
        conditions.append(quotes.c.speaker_digest == digest_folded(search.speaker))
    if search.rating is not None:
        conditions.append(_has_check(checks.c.rating == search.rating.value))
    if search.publisher is not None:
        conditions.append(_has_check(checks.c.publisher_digest == digest_folded(search.publisher)))
    conditions += _narrower_conditions(search)
    return conditions


def _narrower_conditions(search: Search) -> Iterator[ColumnElement[bool]]:
    if search.language is not None:
        language = func.lower(quotes.c.language)
        wanted = search.language.lower()
        yield or_(language == wanted, language.startswith(f"{wanted}-", autoescape=True))
    if search.site is not None:
        subdomain = checks.c.site.endswith(f".{search.site}", autoescape=True)
        yield _has_check(or_(checks.c.site == search.site, subdomain))
    if search.not_before is not None:
        since = search.not_before
        yield or_(quotes.c.said_on >= since, _has_check(checks.c.published_on >= since))
    if search.said_since is not None:
        yield quotes.c.said_on >= search.said_since
    if search.said_until is not None:
        yield quotes.c.said_on <= search.said_until


_ORDERS: dict[Order, list[ColumnElement[Any]]] = {
    Order.NEWEST: [quotes.c.created_revision.desc()],
    Order.OLDEST: [quotes.c.created_revision.asc()],
    Order.CHANGED: [quotes.c.revision.desc()],
    Order.SAID: [quotes.c.said_on.desc().nulls_last(), quotes.c.created_revision.desc()],
}


def _has_check(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return quotes.c.id.in_(select(checks.c.quote_id).where(condition))
