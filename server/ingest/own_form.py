"""Quotes in our own form: as the HTTP interface writes them, and as exports hold them, with id and status."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from pydantic import ValidationError

from server.ingest.reading import NotAFactCheck, QuoteReading
from server.models import ExportedQuote


def is_own_form(record: Mapping[str, object]) -> bool:
    return isinstance(record.get("checks"), list)


def read_own_form(record: Mapping[str, object], place: str) -> QuoteReading:
    """Return the quote that the record is. Raises NotAFactCheck, which names every field at fault."""
    # The revision counts the changes of the store that it came from.
    content = {name: value for name, value in record.items() if name != "revision"}
    try:
        quote = ExportedQuote.model_validate_json(orjson.dumps(content))
    except ValidationError as invalid:
        faults = "; ".join(
            f"{'.'.join(map(str, error['loc'])) or 'the quote'}: {error['msg']}"
            for error in invalid.errors(include_url=False, include_input=False)[:10]
        )
        raise NotAFactCheck(f"It is not a quote as an export holds it: {faults}.") from None
    return QuoteReading(quote=quote, evidence={}, missing=[], place=place, rating_given=True)
