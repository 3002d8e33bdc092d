"""The quotes: find, search, create, replace, move, delete, restore, import."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import Quote, Status, StoredQuote
from server.store.audit import AuditEntry
from server.store.blocking import Blocked, load_blocked, set_blocked
from server.store.bulk import BULK_MOVE, BULK_UNDO, BulkMove, BulkPlan, move_all, plan_move
from server.store.change_log import Action
from server.store.database import Database
from server.store.editing import Editing
from server.store.errors import QuoteNotFound
from server.store.history import (
    History,
    LastMove,
    load_last_move,
    load_last_published,
    load_revision,
    read_history,
)
from server.store.importing import Imported, import_quotes
from server.store.merging import join_quotes
from server.store.rows import load_all, load_quotes, load_texts
from server.store.searching import Page, Search, find_ids, search_quotes
from server.store.second_person import list_authors

QUOTES_AT_ONCE = 5_000
# Fewer where they are handed on, not kept: an export is streamed in bounded memory.
QUOTES_EXPORTED_AT_ONCE = 500


class Quotes:
    """All that is done to quotes. Whatever changes one is logged, and raises what `server.store.errors` tells.

    `actor` is who changes it, and `reason` why, in their own words: it is kept in the history.
    With `if_revision`, a quote that has changed since raises StaleEdit.
    """

    def __init__(self, database: Database, *, second_person: bool = False) -> None:
        self._database = database
        self.second_person = second_person

    async def find(self, quote_id: str) -> StoredQuote:
        """Return one quote, or raise QuoteNotFound."""
        found = await self.find_several([quote_id])
        if not found:
            raise QuoteNotFound
        return found[0]

    async def find_several(self, ids: Sequence[str]) -> list[StoredQuote]:
        """Return the quotes with these ids, in this order; those that are not there are left out."""
        async with self._database.read() as connection:
            return await load_quotes(connection, ids)

    async def search(self, search: Search) -> Page:
        async with self._database.read() as connection:
            return await search_quotes(connection, search, on_sqlite=self._database.is_sqlite)

    async def read_history(self, quote_id: str, *, before: int | None = None, limit: int = 50) -> History:
        """Return the changes of a quote, the last first, also of one that is deleted."""
        async with self._database.read() as connection:
            return await read_history(connection, quote_id, before=before, limit=limit)

    async def find_last_move(self, quote_id: str) -> LastMove | None:
        """Return what gave the quote the status that it has; None where it has had it from the beginning."""
        async with self._database.read() as connection:
            return await load_last_move(connection, quote_id)

    async def find_last_published(self, ids: Sequence[str]) -> dict[str, StoredQuote]:
        """Return, by id, each quote as readers last saw it; those that they never saw are left out."""
        async with self._database.read() as connection:
            return await load_last_published(connection, ids)

    async def iterate_all(self, status: Status | None = None) -> AsyncIterator[list[StoredQuote]]:
        """Yield all quotes (of a status), some hundreds at a time, the oldest first."""
        last = 0
        while True:
            # One transaction a batch: a reader that is slow to take them holds nothing up.
            async with self._database.read() as connection:
                some, last = await load_all(connection, status, last, QUOTES_EXPORTED_AT_ONCE)
            if not some:
                return
            yield some

    async def iterate_texts(self) -> AsyncIterator[list[tuple[str, str]]]:
        """Yield the ids and texts of all quotes that are not retired, some thousands at a time, the oldest first."""
        last = 0
        while True:
            async with self._database.read() as connection:
                some, last = await load_texts(connection, last, QUOTES_AT_ONCE)
            if not some:
                return
            yield some

    async def create(self, quote: Quote, status: Status, actor: str) -> StoredQuote:
        async with self._database.change() as connection:
            return await self._edit(connection, actor).create(quote, status)

    async def replace(
        self,
        quote_id: str,
        quote: Quote,
        actor: str,
        *,
        status: Status | None = None,
        reason: str | None = None,
        if_revision: int | None = None,
    ) -> StoredQuote:
        """Give the quote this content (and status); the content that it has changes nothing."""
        async with self._database.change() as connection:
            editing = self._edit(connection, actor)
            known = await editing.find(quote_id, if_revision)
            return await editing.replace(known, quote, status, Action.UPDATED, reason)

    async def move(
        self,
        quote_id: str,
        status: Status,
        actor: str,
        *,
        reason: str | None = None,
        if_revision: int | None = None,
    ) -> StoredQuote:
        """Give the quote another status; giving it the one that it has changes nothing."""
        async with self._database.change() as connection:
            editing = self._edit(connection, actor)
            known = await editing.find(quote_id, if_revision)
            return await editing.replace(known, known.quote, status, Action.MOVED, reason)

    async def delete(self, quote_id: str, actor: str, *, if_revision: int | None = None) -> None:
        """Delete the quote; its history stays, and can bring it back."""
        async with self._database.change() as connection:
            editing = self._edit(connection, actor)
            await editing.delete(await editing.find(quote_id, if_revision))

    async def join(
        self, quote_id: str, other: Quote, actor: str, *, if_revision: int | None = None
    ) -> StoredQuote:
        """Give the quote what one that is not stored has besides, as `merge` does. May raise QuoteFull."""
        async with self._database.change() as connection:
            editing = self._edit(connection, actor)
            known = await editing.find(quote_id, if_revision)
            joined = join_quotes(known.quote, other)
            return await editing.replace(known, joined, None, Action.UPDATED)

    async def merge(
        self,
        quote_id: str,
        other_id: str,
        actor: str,
        *,
        if_revision: int | None = None,
        if_other_revision: int | None = None,
    ) -> StoredQuote:
        """Make two quotes one: the first, which gets the checks and the wordings of the second besides.

        The first keeps its words, its status and its id. The second is deleted, and its history stays. What is
        blocked of the second is blocked of the first, too.
        """
        async with self._database.change() as connection:
            editing = self._edit(connection, actor)
            known = await editing.find(quote_id, if_revision)
            other = await editing.find(other_id, if_other_revision)
            return known.quote if quote_id == other_id else await editing.merge(known, other)

    async def restore(
        self, quote_id: str, revision: int, actor: str, *, if_revision: int | None = None
    ) -> StoredQuote:
        """Give the quote the content that it had as of one of its revisions.

        Its status stays as it is; a deleted quote comes back as a draft.
        """
        async with self._database.change() as connection:
            content = await load_revision(connection, quote_id, revision)
            editing = self._edit(connection, actor)
            try:
                known = await editing.find(quote_id, if_revision)
            except QuoteNotFound:
                return await editing.bring_back(content)
            return await editing.replace(known, content, None, Action.RESTORED)

    async def import_all(
        self,
        imported: Sequence[Quote],
        *,
        publish: bool,
        may_publish: bool,
        actor: str,
        dry_run: bool = False,
    ) -> list[Imported]:
        """Take the quotes in, all or none; a dry run tells what would become of them and leaves no trace.

        The same content twice changes nothing. A quote of which a label has no rating goes to review,
        whatever `publish` says. An `ExportedQuote` keeps its id and its status. Without `may_publish`,
        quotes that are before readers (or were) stay as they are, and none joins them. Where a second person
        publishes, what `actor` wrote, or brings new content for, goes to review instead.
        """
        async with self._database.change(keep=not dry_run) as connection:
            return await import_quotes(
                connection,
                imported,
                publish=publish,
                may_publish=may_publish,
                actor=actor,
                second_person=self.second_person,
            )

    async def plan_bulk(self, ids: Sequence[str], wanted: Status, actor: str) -> BulkPlan:
        """Tell what `move_all` would do to these quotes, and why some would stay as they are."""
        async with self._database.read() as connection:
            found = await load_quotes(connection, ids)
            refusals = await self._refuse_own(connection, ids, wanted, actor)
        return plan_move(found, wanted, refusals)

    async def move_all(
        self, revisions: Mapping[str, int], wanted: Status, actor: str, *, reason: str | None = None
    ) -> BulkMove:
        """Give many quotes another status, all in one act; those that have changed since, or can't move, stay."""
        async with self._database.change() as connection:
            refused = await self._refuse_own(connection, list(revisions), wanted, actor)
            moving = {quote_id: at for quote_id, at in revisions.items() if quote_id not in refused}
            targets = dict.fromkeys(moving, wanted)
            return await move_all(connection, moving, targets, actor, BULK_MOVE, reason=reason)

    async def undo_move(self, entry: AuditEntry, actor: str) -> BulkMove:
        """Take back what `move_all` did, for those quotes that have not changed since."""
        revisions = {quote_id: revision for quote_id, (_, revision) in (entry.after or {}).items()}
        targets = {quote_id: Status(status) for quote_id, status in (entry.before or {}).items()}
        async with self._database.change() as connection:
            return await move_all(connection, revisions, targets, actor, BULK_UNDO)

    async def find_ids(self, search: Search) -> list[str]:
        """Return the ids of all that fit, without loading them."""
        async with self._database.read() as connection:
            return await find_ids(connection, search, on_sqlite=self._database.is_sqlite)

    async def block(self, quote_id: str, digest: str, actor: str, *, blocked: bool = True) -> None:
        """Let a passage, known by the digest of its words, be no match of the quote; or let it in again."""
        async with self._database.change() as connection:
            await set_blocked(connection, quote_id, digest, actor, blocked=blocked)

    async def read_blocked(self) -> Blocked:
        """Return the digests of all blocked passages, by quote."""
        async with self._database.read() as connection:
            return await load_blocked(connection)

    async def _refuse_own(
        self, connection: AsyncConnection, ids: Sequence[str], wanted: Status, actor: str
    ) -> dict[str, str]:
        if not self.second_person or wanted is not Status.PUBLISHED:
            return {}
        authors = await list_authors(connection, ids)
        return {
            quote_id: "was written or edited by you: a second person publishes it"
            for quote_id, names in authors.items()
            if actor in names
        }

    def _edit(self, connection: AsyncConnection, actor: str) -> Editing:
        return Editing(connection, actor, second_person=self.second_person)
