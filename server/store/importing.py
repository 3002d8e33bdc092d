"""Take in checked quotes, so that the same content twice changes nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import Quote, Status, StoredQuote
from server.store.change_log import Action, log_change, read_revision
from server.store.folded import digest_folded
from server.store.ids import new_quote_id
from server.store.merging import find_check, merge_quote
from server.store.rows import load_quotes, save_quote
from server.store.tables import checks, quotes


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Imported:
    outcome: Outcome
    quote: StoredQuote
    reason: str | None = None  # why the outcome is not what was asked for


async def import_quote(connection: AsyncConnection, quote: Quote, *, publish: bool, actor: str) -> Imported:
    """Create the quote, or bring what is known of it up to date."""
    digest = hashlib.sha256(quote.model_dump_json().encode()).hexdigest()
    known = await _find_known(connection, quote)
    if known is None:
        return await _create(connection, quote, digest, publish=publish, actor=actor)

    digests = await _read_digests(connection, known.id)
    # What was imported before may differ since by a curator's hand, whose word stands.
    seen_before = digest in digests.values()
    merged = known
    if not seen_before:
        merged = merge_quote(known, quote)
        places = (find_check(merged.checks, check) for check in quote.checks)
        digests |= {at: digest for at in places if at is not None}
    status, reason = _choose_status(merged, known.status, publish=publish, seen_before=seen_before)
    merged = merged.model_copy(update={"status": status})
    if merged == known:
        return Imported(Outcome.UNCHANGED, known, reason)
    merged = merged.model_copy(update={"revision": await read_revision(connection) + 1})
    await save_quote(connection, merged, digests, new=False)
    await log_change(connection, merged, Action.UPDATED, actor)
    return Imported(Outcome.UPDATED, merged, reason)


async def _create(
    connection: AsyncConnection, quote: Quote, digest: str, *, publish: bool, actor: str
) -> Imported:
    status, reason = _choose_status(quote, Status.DRAFT, publish=publish, seen_before=False)
    revision = await read_revision(connection) + 1
    created = StoredQuote.model_validate(
        quote.model_dump() | {"id": new_quote_id(), "status": status, "revision": revision}
    )
    await save_quote(connection, created, dict.fromkeys(range(len(quote.checks)), digest), new=True)
    await log_change(connection, created, Action.CREATED, actor)
    return Imported(Outcome.CREATED, created, reason)


def _choose_status(
    quote: Quote, current: Status, *, publish: bool, seen_before: bool
) -> tuple[Status, str | None]:
    if current is Status.RETIRED:
        return current, "The quote is retired; an import does not bring it back." if publish else None
    unrated = [check.verdict.label for check in quote.checks if check.verdict.rating is None]
    if unrated:
        reason = f"No rating is known for the label “{unrated[0]}”; the quote waits for review."
        return (current if seen_before else Status.IN_REVIEW), reason
    return (Status.PUBLISHED if publish else current), None


async def _find_known(connection: AsyncConnection, quote: Quote) -> StoredQuote | None:
    """Find the quote of the same folded text with a check of the same address, or else publisher."""
    same_text = (
        select(quotes.c.id, checks.c.url, checks.c.publisher)
        .join(checks, checks.c.quote_id == quotes.c.id)
        .where(quotes.c.folded_digest == digest_folded(quote.text))
        .order_by(quotes.c.created_revision, checks.c.position)
    )
    rows = (await connection.execute(same_text)).all()
    addresses = {str(check.url) for check in quote.checks if check.url}
    publishers = {check.publisher for check in quote.checks}
    fitting = [row for row in rows if row.url in addresses] or [r for r in rows if r.publisher in publishers]
    if not fitting:
        return None
    return (await load_quotes(connection, [fitting[0].id]))[0]


async def _read_digests(connection: AsyncConnection, quote_id: str) -> dict[int, str]:
    statement = select(checks.c.position, checks.c.import_digest).where(
        checks.c.quote_id == quote_id, checks.c.import_digest.is_not(None)
    )
    return {row.position: row.import_digest for row in await connection.execute(statement)}
