"""Move many quotes at once, and take such a move back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import Status, StoredQuote
from server.store.audit import record
from server.store.change_log import Action, Done, log_changes, read_revision
from server.store.editing import LEGAL_MOVES
from server.store.rows import KeptQuote, load_kept, save_quotes

BULK_MOVE = "quotes moved"
BULK_UNDO = "move of quotes undone"


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What a bulk move would do: `moving`, and for the others the reason why not."""

    moving: list[StoredQuote]
    staying: list[tuple[StoredQuote, str]]


@dataclass(frozen=True, slots=True)
class BulkMove:
    """What a bulk move did; `number` is that of its entry in the audit log, by which it is taken back."""

    number: int
    moved: int


def plan_move(quotes: Sequence[StoredQuote], wanted: Status, refusals: Mapping[str, str]) -> BulkPlan:
    """Tell which of the quotes can move; `refusals` gives further reasons by id."""
    moving, staying = [], []
    for quote in quotes:
        reason = refusals.get(quote.id) or _find_reason(quote, wanted)
        if reason is None:
            moving.append(quote)
        else:
            staying.append((quote, reason))
    return BulkPlan(moving, staying)


async def move_all(
    connection: AsyncConnection,
    revisions: Mapping[str, int],
    targets: Mapping[str, Status],
    actor: str,
    act: str,
    *,
    reason: str | None = None,
) -> BulkMove:
    """Move each quote that is still of its revision to its target; the others stay. Writes the audit log.

    What is undone goes back to where it was, also where no move of its own leads: to being retired, say.
    """
    revision = await read_revision(connection)
    changed: list[KeptQuote] = []
    done: list[Done] = []
    for kept in await load_kept(connection, list(revisions)):
        before, wanted = kept.quote, targets[kept.quote.id]
        if before.revision != revisions[before.id] or (act == BULK_MOVE and _find_reason(before, wanted)):
            continue
        revision += 1
        kept.quote = before.model_copy(update={"status": wanted, "revision": revision})
        changed.append(kept)
        done.append(Done(Action.MOVED, revision, before, kept.quote, reason))
    await save_quotes(connection, changed)
    await log_changes(connection, done, actor)
    number = await record(
        connection,
        actor,
        act,
        f"{len(done)} quotes",
        before={each.before.id: each.before.status for each in done if each.before},
        after={each.after.id: [each.after.status, each.after.revision] for each in done if each.after},
    )
    return BulkMove(number, len(done))


def _find_reason(quote: StoredQuote, wanted: Status) -> str | None:
    if quote.status is wanted:
        return "is there already"
    if wanted not in LEGAL_MOVES[quote.status]:
        return f"does not move there from {quote.status.replace('_', ' ')}"
    if wanted is Status.PUBLISHED and any(check.verdict.rating is None for check in quote.checks):
        return "has a label without a rating"
    return None
