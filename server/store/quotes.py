"""The quotes: find, search, create, move, import."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from server.models import Quote, Status, StoredQuote
from server.store.change_log import Action, log_changes, read_revision
from server.store.database import Database
from server.store.errors import QuoteNotFound, StaleEdit
from server.store.ids import new_quote_id
from server.store.importing import Imported, import_quotes
from server.store.rows import KeptQuote, load_published, load_quotes, save_quotes
from server.store.searching import Page, Search, search_quotes
from server.store.tables import quotes

QUOTES_AT_ONCE = 5_000


class Quotes:
    def __init__(self, database: Database) -> None:
        self._database = database

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
            return await search_quotes(connection, search)

    async def iterate_published(self) -> AsyncIterator[list[StoredQuote]]:
        """Yield all published quotes, some thousands at a time."""
        last = ""
        while True:
            async with self._database.read() as connection:
                some = await load_published(connection, last, QUOTES_AT_ONCE)
            if not some:
                return
            yield some
            last = some[-1].id

    async def create(self, quote: Quote, status: Status, actor: str) -> StoredQuote:
        async with self._database.write() as connection:
            revision = await read_revision(connection) + 1
            created = StoredQuote.model_validate(
                quote.model_dump() | {"id": new_quote_id(), "status": status, "revision": revision}
            )
            await save_quotes(connection, [KeptQuote(created, created_revision=revision)])
            await log_changes(connection, [(created, Action.CREATED)], actor)
        return created

    async def move(
        self, quote_id: str, status: Status, actor: str, *, if_revision: int | None = None
    ) -> StoredQuote:
        """Give the quote another status; giving it the one that it has changes nothing.

        Raises QuoteNotFound, and StaleEdit where `if_revision` is not the quote's.
        """
        async with self._database.write() as connection:
            found = await load_quotes(connection, [quote_id])
            if not found:
                raise QuoteNotFound
            quote = found[0]
            if if_revision not in (None, quote.revision):
                raise StaleEdit
            if quote.status is status:
                return quote
            revision = await read_revision(connection) + 1
            moved = quote.model_copy(update={"status": status, "revision": revision})
            await connection.execute(
                quotes.update().where(quotes.c.id == quote_id).values(status=status.value, revision=revision)
            )
            await log_changes(connection, [(moved, Action.MOVED)], actor)
        return moved

    async def import_all(
        self, imported: Sequence[Quote], *, publish: bool, actor: str, dry_run: bool = False
    ) -> list[Imported]:
        """Take the quotes in, all or none; a dry run tells what would become of them and leaves no trace.

        The same content twice changes nothing. A quote of which a label has no rating goes to review,
        whatever `publish` says.
        """
        async with self._database.write(keep=not dry_run) as connection:
            return await import_quotes(connection, imported, publish=publish, actor=actor)
