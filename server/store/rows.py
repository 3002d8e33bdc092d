"""Between rows and quotes: the one place that knows which field stands in which column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    Column,
    RowMapping,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import Status, StoredQuote
from server.store.database import execute_many
from server.store.folded import digest_address, digest_folded
from server.store.tables import checks, quotes, wordings
from server.store.words import write_searchable

# Below the parameter limits of both databases.
_ASKED_AT_ONCE = 500

Some = TypeVar("Some")

_CHECK_FIELDS = ("publisher", "title", "summary", "url", "published_on")
_WORDING_FIELDS = ("text", "language", "kind")


@dataclass(slots=True)
class KeptQuote:
    """A quote with what the store alone knows of it."""

    quote: StoredQuote
    digests: dict[int, str] = field(default_factory=dict)  # by check: of what was last imported for it
    created_revision: int | None = None  # only of a quote that has no rows yet


async def load_quotes(connection: AsyncConnection, ids: Sequence[str]) -> list[StoredQuote]:
    """Return the quotes with these ids, in this order; ids that are not known are left out."""
    return [kept.quote for kept in await load_kept(connection, ids)]


async def load_kept(connection: AsyncConnection, ids: Sequence[str]) -> list[KeptQuote]:
    """Return what is kept of these ids, in this order; ids that are not known are left out."""
    found: dict[str, KeptQuote] = {}
    for some in in_parts(ids):
        found |= {each.quote.id: each for each in await _load(connection, some)}
    return [found[quote_id] for quote_id in ids if quote_id in found]


async def load_all(
    connection: AsyncConnection, status: Status | None, after: int, limit: int
) -> tuple[list[StoredQuote], int]:
    """Return quotes (of a status) in the order of their creation, and the `after` that goes on behind them."""
    statement = select(quotes.c.id, quotes.c.created_revision).where(quotes.c.created_revision > after)
    if status is not None:
        statement = statement.where(quotes.c.status == status.value)
    rows = (await connection.execute(statement.order_by(quotes.c.created_revision).limit(limit))).all()
    found = await load_quotes(connection, [row.id for row in rows])
    return found, rows[-1].created_revision if rows else after


async def load_texts(
    connection: AsyncConnection, after: int, limit: int
) -> tuple[list[tuple[str, str]], int]:
    """Return ids and texts of quotes that are not retired, as `load_all` does; without the rest of them."""
    statement = (
        select(quotes.c.id, quotes.c.text, quotes.c.created_revision)
        .where(quotes.c.created_revision > after, quotes.c.status != Status.RETIRED.value)
        .order_by(quotes.c.created_revision)
        .limit(limit)
    )
    rows = (await connection.execute(statement)).all()
    return [(row.id, row.text) for row in rows], rows[-1].created_revision if rows else after


async def load_same_texts(connection: AsyncConnection, folded_digests: Iterable[str]) -> list[KeptQuote]:
    """Return the quotes with these texts, the oldest first."""
    found: list[KeptQuote] = []
    for some in in_parts(list(folded_digests)):
        statement = select(quotes.c.id).where(quotes.c.folded_digest.in_(some))
        ids = list(await connection.scalars(statement.order_by(quotes.c.created_revision)))
        found += await load_kept(connection, ids)
    return found


async def load_of_checks(
    connection: AsyncConnection, column: Column[Any], digests: Iterable[str]
) -> list[KeptQuote]:
    """Return the quotes that have a check with one of these digests in the column."""
    ids: list[str] = []
    for some in in_parts(list(digests)):
        ids += await connection.scalars(select(checks.c.quote_id).where(column.in_(some)).distinct())
    return await load_kept(connection, list(dict.fromkeys(ids)))


async def load_of_unrated(connection: AsyncConnection) -> list[KeptQuote]:
    """Return the quotes that have a check without a rating."""
    statement = select(checks.c.quote_id).where(checks.c.rating.is_(None)).distinct()
    return await load_kept(connection, list(await connection.scalars(statement)))


async def save_quotes(connection: AsyncConnection, kept: Iterable[KeptQuote]) -> None:
    """Write the quotes' rows: those of new quotes, and those of changed ones in the place of the former."""
    kept = list(kept)
    new = [each for each in kept if each.created_revision is not None]
    changed = [each.quote for each in kept if each.created_revision is None]
    if changed:
        heads = [{f"new_{name}": value for name, value in _head(quote).items()} for quote in changed]
        values: dict[str, BindParameter[Any]] = {
            name.removeprefix("new_"): bindparam(name) for name in heads[0]
        }
        await execute_many(
            connection, update(quotes).where(quotes.c.id == bindparam("new_id")).values(values), heads
        )
        for some in in_parts([quote.id for quote in changed]):
            await connection.execute(delete(checks).where(checks.c.quote_id.in_(some)))
            await connection.execute(delete(wordings).where(wordings.c.quote_id.in_(some)))
    await _insert(
        connection, quotes, [_head(each.quote) | {"created_revision": each.created_revision} for each in new]
    )
    await _insert(connection, checks, [row for each in kept for row in _check_rows(each)])
    await _insert(connection, wordings, [row for each in kept for row in _wording_rows(each.quote)])


async def _insert(connection: AsyncConnection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        await execute_many(connection, insert(table), rows)


async def _load(connection: AsyncConnection, ids: Sequence[str]) -> list[KeptQuote]:
    check_rows = await _group(connection, checks, ids)
    wording_rows = await _group(connection, wordings, ids)
    heads = await connection.execute(select(quotes).where(quotes.c.id.in_(ids)))
    return [_read(head, check_rows[head["id"]], wording_rows[head["id"]]) for head in heads.mappings()]


async def _group(
    connection: AsyncConnection, table: Table, ids: Sequence[str]
) -> defaultdict[str, list[RowMapping]]:
    rows_of: defaultdict[str, list[RowMapping]] = defaultdict(list)
    statement = select(table).where(table.c.quote_id.in_(ids)).order_by(table.c.quote_id, table.c.position)
    for row in (await connection.execute(statement)).mappings():
        rows_of[row["quote_id"]].append(row)
    return rows_of


def in_parts(asked: Sequence[Some]) -> Iterator[Sequence[Some]]:
    """Yield as many of the ids, digests or places at a time as one statement may ask for."""
    for start in range(0, len(asked), _ASKED_AT_ONCE):
        yield asked[start : start + _ASKED_AT_ONCE]


def _head(quote: StoredQuote) -> dict[str, Any]:
    return {
        "id": quote.id,
        "text": quote.text,
        "form": quote.form.value,
        "folded_digest": digest_folded(quote.text),
        "searchable": write_searchable(quote),
        "language": quote.language,
        "said_on": quote.said_on,
        "speaker_name": quote.speaker.name if quote.speaker else None,
        "speaker_role": quote.speaker.role if quote.speaker else None,
        "status": quote.status.value,
        "revision": quote.revision,
    }


def _check_rows(kept: KeptQuote) -> Iterator[dict[str, Any]]:
    for position, check in enumerate(kept.quote.checks):
        yield {
            "quote_id": kept.quote.id,
            "position": position,
            "label": check.verdict.label,
            "rating": check.verdict.rating.value if check.verdict.rating else None,
            "publisher": check.publisher,
            "title": check.title,
            "summary": check.summary,
            "url": str(check.url) if check.url else None,
            "url_digest": digest_address(check.url) if check.url else None,
            "published_on": check.published_on,
            "import_digest": kept.digests.get(position),
        }


def _wording_rows(quote: StoredQuote) -> Iterator[dict[str, Any]]:
    for position, wording in enumerate(quote.wordings):
        yield {
            "quote_id": quote.id,
            "position": position,
            "text": wording.text,
            "language": wording.language,
            "kind": wording.kind.value,
        }


def _read(head: RowMapping, check_rows: list[RowMapping], wording_rows: list[RowMapping]) -> KeptQuote:
    name = head["speaker_name"]
    quote = StoredQuote.model_validate(
        {
            "id": head["id"],
            "status": head["status"],
            "revision": head["revision"],
            "text": head["text"],
            "form": head["form"],
            "language": head["language"],
            "said_on": head["said_on"],
            "speaker": {"name": name, "role": head["speaker_role"]} if name else None,
            "checks": [
                {"verdict": {"label": row["label"], "rating": row["rating"]}}
                | {field_name: row[field_name] for field_name in _CHECK_FIELDS}
                for row in check_rows
            ],
            "wordings": [
                {field_name: row[field_name] for field_name in _WORDING_FIELDS} for row in wording_rows
            ],
        }
    )
    digests = {row["position"]: row["import_digest"] for row in check_rows if row["import_digest"]}
    return KeptQuote(quote, digests)
