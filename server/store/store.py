"""The store: the one place that knows what is true, and the only one that speaks SQL."""

from __future__ import annotations

from server.store.audit import AuditLog
from server.store.change_log import read_revision
from server.store.corpus import Corpus
from server.store.database import Database
from server.store.faults import require_place
from server.store.feed import Feed
from server.store.labels import Labels
from server.store.match_counts import MatchCounts
from server.store.overview import Overviews
from server.store.quotes import Quotes
from server.store.reports import Reports
from server.store.sessions import Sessions
from server.store.speakers import Speakers
from server.store.sqlite import read_only_address
from server.store.tokens import Tokens
from server.store.upgrade import require_current_schema, upgrade_database
from server.store.users import Users


class Store:
    """Quotes, tokens, reports and the change log of one database. Open it with `Store.open`, and close it."""

    def __init__(self, database: Database, *, second_person: bool = False) -> None:
        self._database = database
        self.quotes = Quotes(database, second_person=second_person)
        self.speakers = Speakers(database)
        self.match_counts = MatchCounts(database)
        self.overviews = Overviews(database)
        self.labels = Labels(database)
        self.corpus = Corpus(database)
        self.tokens = Tokens(database)
        self.reports = Reports(database)
        self.feed = Feed(database)
        self.users = Users(database)
        self.sessions = Sessions(database)
        self.audit = AuditLog(database)

    @classmethod
    async def open(cls, address: str, *, second_person: bool = False) -> Store:
        """Open the database at a SQLAlchemy URL.

        With `second_person`, who wrote or edited a quote does not publish it.
        An SQLite file is made, and brought up to date, as needed. Other databases are shared, and are
        upgraded only by their operator's word: raises SchemaOutdated where that is still to do.
        """
        database = Database(address)
        try:
            if database.is_sqlite:
                require_place(address)
                await upgrade_database(database)
            else:
                await require_current_schema(database)
        except BaseException:
            await database.close()
            raise
        return cls(database, second_person=second_person)

    @classmethod
    async def open_to_read(cls, address: str) -> Store:
        """Open the database as `open` does, or as it is where it is an SQLite file that can't be written.

        Raises SchemaOutdated where such a file's tables are of another version.
        """
        read_only = read_only_address(address)
        if read_only is None:
            return await cls.open(address)
        require_place(address)
        database = Database(read_only)
        try:
            await require_current_schema(database)
        except BaseException:
            await database.close()
            raise
        return cls(database)

    @classmethod
    def connect(cls, address: str, *, second_person: bool = False) -> Store:
        """Return the store without a look at the database, which may be away, and whose tables must be current."""
        return cls(Database(address), second_person=second_person)

    async def close(self) -> None:
        await self._database.close()

    async def read_revision(self) -> int:
        """Return the number of the last change."""
        async with self._database.read() as connection:
            return await read_revision(connection)
