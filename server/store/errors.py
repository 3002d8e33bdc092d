"""What can go wrong in the store, told in its own few words."""

from __future__ import annotations


class StoreError(Exception):
    """Anything that the store refuses."""


class QuoteNotFound(StoreError):
    """There is no quote with this id."""


class StaleEdit(StoreError):
    """The quote was changed by someone else since it was read."""


class SchemaOutdated(StoreError):
    """The database's tables are not those of this version; `quotemark db upgrade` makes them so."""
