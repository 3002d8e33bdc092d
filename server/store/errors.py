"""What can go wrong in the store, told in its own few words."""

from __future__ import annotations

from server.models import Status, StoredQuote


class StoreError(Exception):
    """Anything that the store refuses."""


class QuoteNotFound(StoreError):
    """There is no quote with this id."""


class StaleEdit(StoreError):
    """The quote was changed by someone else since it was read; `current` is what it is now."""

    def __init__(self, current: StoredQuote) -> None:
        super().__init__("the quote was changed since it was read")
        self.current = current


class IllegalMove(StoreError):
    """A quote does not move from the one status to the other."""

    def __init__(self, current: Status, wanted: Status) -> None:
        super().__init__(f"a quote does not move from {current} to {wanted}")
        self.current = current
        self.wanted = wanted


class LabelUnrated(StoreError):
    """A quote is not published while one of its labels has no rating; `places` are those of its checks."""

    def __init__(self, places: list[int]) -> None:
        super().__init__("a quote is published only when each of its labels has a rating")
        self.places = places


class QuoteFull(StoreError):
    """A quote would get more checks or wordings than one holds."""


class RevisionNotFound(StoreError):
    """The quote has no such revision, or was deleted by it."""


class SchemaOutdated(StoreError):
    """The database's tables are not those of this version; `quotemark db upgrade` makes them so."""


class DatabaseMissing(StoreError):
    """There is no file where the database is said to be."""


class DatabaseTaken(StoreError):
    """The database that is to be filled holds something already."""


class DatabaseUnusable(StoreError):
    """The database is not one that we can use; who set it has to mend that, or to name another."""


class StoreUnavailable(StoreError):
    """The database can't be asked just now: it is away, or busy for too long."""


class StoreFull(StoreError):
    """The database can be read, but not written: its disk is full, faulty or read-only."""


class HintsLost(StoreError):
    """The database's hints of changes do not reach this process, however often it tries."""


class TokenNotFound(StoreError):
    """There is no such token."""


class ReportNotFound(StoreError):
    """There is no open report with this id."""


class ReportsFull(StoreError):
    """More reports wait than anyone could look through, and none is to give way."""


class UserNotFound(StoreError):
    """There is no user of this name."""


class NameTaken(StoreError):
    """Another user has this name."""


class LastAdmin(StoreError):
    """Nobody of the role admin would be left."""


class PageNotFound(StoreError):
    """There is no stored page of this number."""


class SecondPersonNeeded(StoreError):
    """Who wrote or edited a quote does not publish it: the operator asks for a second person."""
