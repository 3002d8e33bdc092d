"""The database of quotes, checks, wordings, their changes, tokens and readers' reports."""

from server.store.audit import AuditEntry, AuditLog, AuditPage, AuditSearch
from server.store.bulk import BULK_MOVE, BulkMove, BulkPlan
from server.store.change_log import Action
from server.store.copying import copy_database
from server.store.corpus import StoredPage
from server.store.database import CHANGES_CHANNEL, Database
from server.store.differences import Difference, list_differences
from server.store.editing import LEGAL_MOVES
from server.store.errors import (
    DatabaseMissing,
    DatabaseTaken,
    DatabaseUnusable,
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
from server.store.history import History, HistoryEntry, LastMove
from server.store.importing import Imported, Outcome
from server.store.labels import LabelEdit
from server.store.match_counts import Counted, MostMatched
from server.store.overview import Overview, UnknownLabel
from server.store.reports import KeptReport
from server.store.searching import Order, Page, Search
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
    "CHANGES_CHANNEL",
    "LEGAL_MOVES",
    "START",
    "WAITS",
    "Action",
    "AuditEntry",
    "AuditLog",
    "AuditPage",
    "AuditSearch",
    "BulkMove",
    "BulkPlan",
    "Counted",
    "Database",
    "DatabaseMissing",
    "DatabaseTaken",
    "DatabaseUnusable",
    "Difference",
    "Feed",
    "History",
    "HistoryEntry",
    "IllegalMove",
    "Imported",
    "KeptReport",
    "LabelEdit",
    "LabelUnrated",
    "LastAdmin",
    "LastMove",
    "Mark",
    "MostMatched",
    "NameTaken",
    "News",
    "Order",
    "OtherHistory",
    "Outcome",
    "Overview",
    "Page",
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
    "StoredPage",
    "Token",
    "TokenNotFound",
    "UnknownLabel",
    "User",
    "UserNotFound",
    "copy_database",
    "list_differences",
    "list_passage_digests",
    "may_corrupt",
    "name_site",
    "strip_address",
    "upgrade_database",
]
