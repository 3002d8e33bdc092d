"""The database of quotes, checks, wordings, their changes, and tokens."""

from server.store.change_log import Change
from server.store.database import Database, may_corrupt
from server.store.errors import QuoteNotFound, SchemaOutdated, StaleEdit, StoreError
from server.store.importing import Imported, Outcome
from server.store.searching import Page, Search
from server.store.store import Store
from server.store.tokens import Token
from server.store.upgrade import upgrade_database

__all__ = [
    "Change",
    "Database",
    "Imported",
    "Outcome",
    "Page",
    "QuoteNotFound",
    "SchemaOutdated",
    "Search",
    "StaleEdit",
    "Store",
    "StoreError",
    "Token",
    "may_corrupt",
    "upgrade_database",
]
