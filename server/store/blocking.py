"""Blocked passages: words that are no match of a quote, though they look like one. Only their digests are kept."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import delete, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.store.audit import record
from server.store.change_log import Action, Done, log_changes, read_revision
from server.store.errors import QuoteNotFound
from server.store.rows import load_kept, save_quotes
from server.store.tables import blocked_passages

Blocked = dict[str, frozenset[str]]


async def load_blocked(connection: AsyncConnection) -> Blocked:
    """Return the digests of all blocked passages, by quote."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for quote_id, digest in await connection.execute(select(blocked_passages)):
        found[quote_id].add(digest)
    return {quote_id: frozenset(digests) for quote_id, digests in found.items()}


async def carry_blocked(connection: AsyncConnection, quote_id: str, to_id: str) -> None:
    """Block what is no match of a quote for the one that gets its words, too."""
    columns = blocked_passages.c
    there = select(columns.digest).where(columns.quote_id == to_id)
    rows = select(literal(to_id), columns.digest).where(
        columns.quote_id == quote_id, columns.digest.not_in(there)
    )
    await connection.execute(insert(blocked_passages).from_select(["quote_id", "digest"], rows))


async def set_blocked(
    connection: AsyncConnection, quote_id: str, digest: str, actor: str, *, blocked: bool
) -> None:
    """Block a passage, or let it in again. The change log tells it, so that every index follows."""
    row = {"quote_id": quote_id, "digest": digest}
    is_it = (blocked_passages.c.quote_id == quote_id, blocked_passages.c.digest == digest)
    there = await connection.scalar(select(blocked_passages.c.digest).where(*is_it))
    if (there is not None) is blocked:
        return
    statement = insert(blocked_passages).values(row) if blocked else delete(blocked_passages).where(*is_it)
    await connection.execute(statement)
    known = await load_kept(connection, [quote_id])
    if not known:
        raise QuoteNotFound
    before = known[0].quote
    known[0].quote = before.model_copy(update={"revision": await read_revision(connection) + 1})
    await save_quotes(connection, known)
    done = Done(Action.BLOCKED, known[0].quote.revision, before, known[0].quote)
    await log_changes(connection, [done], actor)
    act = "passage blocked" if blocked else "passage let in"
    await record(connection, actor, act, quote_id, after={"passage": digest})
