"""The database of quotes, checks, wordings, their changes, tokens and readers' reports."""

from server.store.audit import AuditEntry, AuditLog, AuditSearch
from server.store.bulk import BULK_MOVE
from server.store.change_log import Action
from server.store.copying import copy_database
from server.store.database import Database
from server.store.editing import LEGAL_MOVES
from server.store.errors import (
    DatabaseMissing,
    DatabaseTaken,
    DatabaseUnusable,
    HintsLost,
    IllegalMove,
    LabelUnrated,
    LastAdmin,
    NameTaken,
    PageNotFound,
    QuoteFull,
    QuoteNotFound,
    ReportNotFound,
    ReportsFull,
    RevisionNotFound,
    SchemaOutdated,
    SecondPersonNeeded,
    StaleEdit,
    StoreError,
    StoreFull,
    StoreUnavailable,
    TokenNotFound,
    UserNotFound,
)
from server.store.feed import START, Feed, Mark, News, OtherHistory
from server.store.folded import list_passage_digests, strip_address
from server.store.history import HistoryEntry, LastMove
from server.store.importing import Imported, Outcome
from server.store.labels import LabelEdit
from server.store.match_counts import Counted
from server.store.reports import KeptReport
from server.store.searching import Order, Search
from server.store.second_person import WAITS
from server.store.sessions import Session
from server.store.sites import name_site
from server.store.sqlite import may_corrupt
from server.store.store import Store
from server.store.tokens import Token
from server.store.upgrade import upgrade_database
from server.store.users import User

__all__ = [
    "BULK_MOVE",
    "LEGAL_MOVES",
    "START",
    "WAITS",
    "Action",
    "AuditEntry",
    "AuditLog",
    "AuditSearch",
    "Counted",
    "Database",
    "DatabaseMissing",
    "DatabaseTaken",
    "DatabaseUnusable",
    "Feed",
    "HintsLost",
    "HistoryEntry",
    "IllegalMove",
    "Imported",
    "KeptReport",
    "LabelEdit",
    "LabelUnrated",
    "LastAdmin",
    "LastMove",
    "Mark",
    "NameTaken",
    "News",
    "Order",
    "OtherHistory",
    "Outcome",
    "PageNotFound",
    "QuoteFull",
    "QuoteNotFound",
    "ReportNotFound",
    "ReportsFull",
    "RevisionNotFound",
    "SchemaOutdated",
    "Search",
    "SecondPersonNeeded",
    "Session",
    "StaleEdit",
    "Store",
    "StoreError",
    "StoreFull",
    "StoreUnavailable",
    "Token",
    "TokenNotFound",
    "User",
    "UserNotFound",
    "copy_database",
    "list_passage_digests",
    "may_corrupt",
    "name_site",
    "strip_address",
    "upgrade_database",
]
