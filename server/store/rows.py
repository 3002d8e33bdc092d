"""Between rows and quotes: the one place that knows which field stands in which column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    RowMapping,
    Table,
    and_,
    bindparam,
    delete,
    insert,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import Quote, Status, StoredQuote
from server.store.folded import digest_folded, fold_words
from server.store.tables import checks, quotes, wordings

# How many ids are asked for in one statement: below the parameter limits of both databases.
IDS_AT_ONCE = 500

_CHECK_FIELDS = ("publisher", "title", "summary", "url", "published_on")
_WORDING_FIELDS = ("text", "language", "kind")

# A condition on a column of quotes' ids: the same for all three tables.
_Ids = Callable[[ColumnElement[str]], ColumnElement[bool]]


@dataclass(slots=True)
class KeptQuote:
    """A quote with what the store alone knows of it."""

    quote: StoredQuote
    digests: dict[int, str] = field(default_factory=dict)  # by check: of what was last imported for it
    created_revision: int | None = None  # only of a quote that has no rows yet


async def load_quotes(connection: AsyncConnection, ids: Sequence[str]) -> list[StoredQuote]:
    """Return the quotes with these ids, in this order; ids that are not known are left out."""
    found: dict[str, StoredQuote] = {}
    for some in _cut(ids):
        kept = await _load(connection, _among(some))
        found |= {each.quote.id: each.quote for each in kept}
    return [found[quote_id] for quote_id in ids if quote_id in found]


async def load_published(connection: AsyncConnection, after: str, limit: int) -> list[StoredQuote]:
    """Return published quotes in the order of their ids, from the first after `after` on."""
    published = quotes.c.status == Status.PUBLISHED.value
    statement = select(quotes.c.id).where(published, quotes.c.id > after).order_by(quotes.c.id).limit(limit)
    ids = list(await connection.scalars(statement))
    if not ids:
        return []
    kept = await _load(connection, lambda column: column.between(ids[0], ids[-1]), published)
    return [each.quote for each in kept]


async def load_same_texts(connection: AsyncConnection, folded_digests: Iterable[str]) -> list[KeptQuote]:
    """Return the quotes with these texts, the oldest first."""
    found: list[KeptQuote] = []
    for some in _cut(list(folded_digests)):
        statement = select(quotes.c.id).where(quotes.c.folded_digest.in_(some))
        ids = list(await connection.scalars(statement.order_by(quotes.c.created_revision)))
        of_id = {
            kept.quote.id: kept
            for some_ids in _cut(ids)
            for kept in await _load(connection, _among(some_ids))
        }
        found += [of_id[quote_id] for quote_id in ids]
    return found


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
        await connection.execute(
            update(quotes).where(quotes.c.id == bindparam("new_id")).values(values), heads
        )
        for some in _cut([quote.id for quote in changed]):
            await connection.execute(delete(checks).where(checks.c.quote_id.in_(some)))
            await connection.execute(delete(wordings).where(wordings.c.quote_id.in_(some)))
    await _insert(
        connection, quotes, [_head(each.quote) | {"created_revision": each.created_revision} for each in new]
    )
    await _insert(connection, checks, [row for each in kept for row in _check_rows(each)])
    await _insert(connection, wordings, [row for each in kept for row in _wording_rows(each.quote)])


async def _insert(connection: AsyncConnection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        await connection.execute(insert(table), rows)


async def _load(
    connection: AsyncConnection, fits: _Ids, condition: ColumnElement[bool] | None = None
) -> list[KeptQuote]:
    heads = select(quotes).where(and_(true() if condition is None else condition, fits(quotes.c.id)))
    check_rows = await _group(connection, checks, fits)
    wording_rows = await _group(connection, wordings, fits)
    return [
        _read(head, check_rows[head["id"]], wording_rows[head["id"]])
        for head in (await connection.execute(heads.order_by(quotes.c.id))).mappings()
    ]


async def _group(connection: AsyncConnection, table: Table, fits: _Ids) -> defaultdict[str, list[RowMapping]]:
    ids = table.c.quote_id
    rows_of: defaultdict[str, list[RowMapping]] = defaultdict(list)
    for row in (
        await connection.execute(select(table).where(fits(ids)).order_by(ids, table.c.position))
    ).mappings():
        rows_of[row["quote_id"]].append(row)
    return rows_of


def _among(ids: Sequence[str]) -> _Ids:
    return lambda column: column.in_(ids)


def _cut(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), IDS_AT_ONCE):
        yield ids[start : start + IDS_AT_ONCE]


def _head(quote: StoredQuote) -> dict[str, Any]:
    return {
        "id": quote.id,
        "text": quote.text,
        "folded_digest": digest_folded(quote.text),
        "searchable": fold_words(" ".join(_words_to_search(quote))),
        "language": quote.language,
        "said_on": quote.said_on,
        "speaker_name": quote.speaker.name if quote.speaker else None,
        "speaker_role": quote.speaker.role if quote.speaker else None,
        "status": quote.status.value,
        "revision": quote.revision,
    }


def _words_to_search(quote: Quote) -> Iterator[str]:
    yield quote.text
    yield from (wording.text for wording in quote.wordings)
    if quote.speaker:
        yield quote.speaker.name
        yield quote.speaker.role or ""
    for check in quote.checks:
        yield check.publisher
        yield check.title or ""
        yield check.verdict.label


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
