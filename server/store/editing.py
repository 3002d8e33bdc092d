"""Change one quote: each change checked against what stands, and logged."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import Quote, Status, StoredQuote
from server.store.blocking import carry_blocked
from server.store.change_log import Action, Done, log_changes, read_revision
from server.store.errors import IllegalMove, LabelUnrated, QuoteNotFound, SecondPersonNeeded, StaleEdit
from server.store.ids import new_quote_id
from server.store.merging import find_check, join_quotes
from server.store.rows import KeptQuote, load_kept, save_quotes
from server.store.second_person import has_other_content, list_authors, needs_second_person
from server.store.tables import changes, quotes

_SECOND_PERSON = "who wrote or edited a quote does not publish it; a second person does"

# What was never published has nothing to retire from: it is deleted, or waits.
LEGAL_MOVES: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.IN_REVIEW, Status.PUBLISHED}),
    Status.IN_REVIEW: frozenset({Status.DRAFT, Status.PUBLISHED}),
    Status.PUBLISHED: frozenset({Status.DRAFT, Status.IN_REVIEW, Status.RETIRED}),
    Status.RETIRED: frozenset({Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED}),
}


class Editing:
    """Changes of one transaction, by one actor, over the connection that may change quotes."""

    def __init__(self, connection: AsyncConnection, actor: str, *, second_person: bool = False) -> None:
        self._connection = connection
        self._actor = actor
        self._second_person = second_person

    async def find(self, quote_id: str, if_revision: int | None) -> KeptQuote:
        """Return the quote as it is, or raise QuoteNotFound, or StaleEdit where it is not of this revision."""
        found = await load_kept(self._connection, [quote_id])
        if not found:
            raise QuoteNotFound
        if if_revision not in (None, found[0].quote.revision):
            raise StaleEdit(found[0].quote)
        return found[0]

    async def create(self, quote: Quote, status: Status) -> StoredQuote:
        revision = await self._next_revision()
        created = _with(quote, id=new_quote_id(), status=status, revision=revision)
        await self._choose_status(None, created)
        _require_ratings(created)
        await self._save(KeptQuote(created, created_revision=revision), Action.CREATED, None)
        return created

    async def replace(
        self,
        known: KeptQuote,
        quote: Quote,
        status: Status | None,
        action: Action,
        reason: str | None = None,
    ) -> StoredQuote:
        """Give the quote this content and status, where they are not what it has."""
        before = known.quote
        status = status or before.status
        if status is not before.status and status not in LEGAL_MOVES[before.status]:
            raise IllegalMove(before.status, status)
        after = _with(quote, id=before.id, status=status, revision=before.revision)
        if after == before:
            return before
        if action is Action.UPDATED and not has_other_content(before, after):
            # Whoever only moves a quote has not edited it: the rule of the second person looks at that.
            action = Action.MOVED
        status = await self._choose_status(before, after)
        _require_ratings(after)
        after = _with(quote, id=before.id, status=status, revision=await self._next_revision())
        await self._save(KeptQuote(after, _carry_digests(known, after)), action, before, reason)
        return after

    async def _choose_status(self, before: StoredQuote | None, after: StoredQuote) -> Status:
        """Hold the rule of the second person, where there is one."""
        if not self._second_person or after.status is not Status.PUBLISHED:
            return after.status
        authors = (await list_authors(self._connection, [after.id])).get(after.id, set())
        if not needs_second_person(before, after, is_author=self._actor in authors):
            return after.status
        if before is not None and before.status is Status.PUBLISHED:
            # An edit of what readers see is seen by nobody until a second person has looked at it.
            return Status.IN_REVIEW
        raise SecondPersonNeeded(_SECOND_PERSON)

    async def retire(self, quote_id: str, reason: str | None) -> None:
        """Retire the quote where it is published; one that is not, or is deleted, stays as it is."""
        for known in await load_kept(self._connection, [quote_id]):
            if known.quote.status is Status.PUBLISHED:
                await self.replace(known, known.quote, Status.RETIRED, Action.MOVED, reason)

    async def delete(self, known: KeptQuote, action: Action = Action.DELETED) -> None:
        revision = await self._next_revision()
        await self._connection.execute(delete(quotes).where(quotes.c.id == known.quote.id))
        await log_changes(self._connection, [Done(action, revision, known.quote, None)], self._actor)

    async def merge(self, known: KeptQuote, other: KeptQuote) -> StoredQuote:
        """Give `known` what `other` has besides, and delete that one."""
        before = known.quote
        joined = join_quotes(before, other.quote)
        _require_ratings(joined)
        own = {"status": await self._choose_status(before, joined), "revision": await self._next_revision()}
        after = joined.model_copy(update=own)
        digests = _carry_digests(other, after) | _carry_digests(known, after)
        await self._save(KeptQuote(after, digests), Action.MERGED, before)
        await carry_blocked(self._connection, other.quote.id, after.id)
        await self.delete(other, Action.MERGED)
        return after

    async def bring_back(self, deleted: StoredQuote) -> StoredQuote:
        """Write a deleted quote again, as a draft, at its old place in the lists."""
        created = select(func.min(changes.c.revision)).where(changes.c.quote_id == deleted.id)
        revision = await self._next_revision()
        restored = _with(deleted, id=deleted.id, status=Status.DRAFT, revision=revision)
        kept = KeptQuote(restored, created_revision=await self._connection.scalar(created))
        await self._save(kept, Action.RESTORED, None)
        return restored

    async def _next_revision(self) -> int:
        return await read_revision(self._connection) + 1

    async def _save(
        self, kept: KeptQuote, action: Action, before: StoredQuote | None, reason: str | None = None
    ) -> None:
        await save_quotes(self._connection, [kept])
        done = Done(action, kept.quote.revision, before, kept.quote, reason)
        await log_changes(self._connection, [done], self._actor)


def _with(quote: Quote, **own: object) -> StoredQuote:
    return StoredQuote.model_validate(quote.model_dump(include=set(Quote.model_fields)) | own)


def _require_ratings(quote: StoredQuote) -> None:
    unrated = [at for at, check in enumerate(quote.checks) if check.verdict.rating is None]
    if unrated and quote.status is Status.PUBLISHED:
        raise LabelUnrated(unrated)


def _carry_digests(known: KeptQuote, after: StoredQuote) -> dict[int, str]:
    """Return what was last imported for each check that is still there, wherever it stands now."""
    carried: dict[int, str] = {}
    for at, digest in known.digests.items():
        place = find_check(after.checks, known.quote.checks[at])
        if place is not None:
            carried[place] = digest
    return carried
