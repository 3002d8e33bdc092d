"""NDJSON: a quote a line, in the form of the HTTP interface, with its id and status (`ExportedQuote`)."""

from __future__ import annotations

import orjson

from server.models import ExportedQuote, StoredQuote

OWN_FIELDS = set(ExportedQuote.model_fields)


def write_line(quote: StoredQuote) -> bytes:
    """Return the quote as a line. Its revision is not told: it counts the changes of one store."""
    return orjson.dumps(own_form(quote)) + b"\n"


def own_form(quote: StoredQuote) -> dict[str, object]:
    """Return the quote as `ExportedQuote` reads it, in JSON's types."""
    return quote.model_dump(mode="json", include=OWN_FIELDS)
