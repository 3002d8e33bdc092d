"""Between rows and quotes: the one place that knows which field stands in which column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import Check, Quote, Status, StoredQuote
from server.store.folded import digest_folded, fold_words
from server.store.tables import checks, quotes, wordings

# How many ids are asked for in one statement: below the parameter limits of both databases.
IDS_AT_ONCE = 500


async def load_quotes(connection: AsyncConnection, ids: Sequence[str]) -> list[StoredQuote]:
    """Return the quotes with these ids, in this order; ids that are not known are left out."""
    found: dict[str, StoredQuote] = {}
    for start in range(0, len(ids), IDS_AT_ONCE):
        some = ids[start : start + IDS_AT_ONCE]
        heads = (await connection.execute(select(quotes).where(quotes.c.id.in_(some)))).mappings()
        checks_of = await _group(connection, checks, some)
        wordings_of = await _group(connection, wordings, some)
        for head in heads:
            quote_id = head["id"]
            found[quote_id] = _read(head, checks_of[quote_id], wordings_of[quote_id])
    return [found[quote_id] for quote_id in ids if quote_id in found]


async def save_quote(
    connection: AsyncConnection, quote: StoredQuote, digests: Mapping[int, str], *, new: bool
) -> None:
    """Write the quote's rows; `digests` holds, by position, what was last imported for its checks."""
    head = _head(quote)
    if new:
        await connection.execute(insert(quotes).values(head | {"created_revision": quote.revision}))
    else:
        await connection.execute(update(quotes).where(quotes.c.id == quote.id).values(head))
        await connection.execute(delete(checks).where(checks.c.quote_id == quote.id))
        await connection.execute(delete(wordings).where(wordings.c.quote_id == quote.id))
    await connection.execute(
        insert(checks),
        [
            _check_row(check) | {"quote_id": quote.id, "position": at, "import_digest": digests.get(at)}
            for at, check in enumerate(quote.checks)
        ],
    )
    if quote.wordings:
        await connection.execute(
            insert(wordings),
            [
                wording.model_dump(mode="python") | {"quote_id": quote.id, "position": at}
                for at, wording in enumerate(quote.wordings)
            ],
        )


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


def _words_to_search(quote: Quote) -> Iterable[str]:
    yield quote.text
    yield from (wording.text for wording in quote.wordings)
    if quote.speaker:
        yield quote.speaker.name
        yield quote.speaker.role or ""
    for check in quote.checks:
        yield check.publisher
        yield check.title or ""
        yield check.verdict.label


def _check_row(check: Check) -> dict[str, Any]:
    return {
        "label": check.verdict.label,
        "rating": check.verdict.rating.value if check.verdict.rating else None,
        "publisher": check.publisher,
        "title": check.title,
        "summary": check.summary,
        "url": str(check.url) if check.url else None,
        "published_on": check.published_on,
    }


async def _group(
    connection: AsyncConnection, table: Any, ids: Sequence[str]
) -> defaultdict[str, list[RowMapping]]:
    statement = select(table).where(table.c.quote_id.in_(ids)).order_by(table.c.quote_id, table.c.position)
    rows_of: defaultdict[str, list[RowMapping]] = defaultdict(list)
    for row in (await connection.execute(statement)).mappings():
        rows_of[row["quote_id"]].append(row)
    return rows_of


def _read(head: RowMapping, check_rows: list[RowMapping], wording_rows: list[RowMapping]) -> StoredQuote:
    speaker = {"name": head["speaker_name"], "role": head["speaker_role"]} if head["speaker_name"] else None
    return StoredQuote.model_validate(
        {
            "id": head["id"],
            "status": Status(head["status"]),
            "revision": head["revision"],
            "text": head["text"],
            "language": head["language"],
            "said_on": head["said_on"],
            "speaker": speaker,
            "checks": [
                {
                    "verdict": {"label": row["label"], "rating": row["rating"]},
                    **{name: row[name] for name in ("publisher", "title", "summary", "url", "published_on")},
                }
                for row in check_rows
            ],
            "wordings": [{name: row[name] for name in ("text", "language", "kind")} for row in wording_rows],
        }
    )
