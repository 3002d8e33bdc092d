"""Write all quotes in one of the forms, piece by piece: what is held in memory stays the same however many."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from enum import StrEnum

from server.exporting import claim_review
from server.exporting.lines import write_line
from server.exporting.table import write_heading, write_rows
from server.models import StoredQuote


class Format(StrEnum):
    NDJSON = "ndjson"
    CSV = "csv"
    CLAIMREVIEW = "claimreview"


# By format: the media type, and the ending of a file's name.
FORMATS = {
    Format.NDJSON: ("application/x-ndjson", "ndjson"),
    Format.CSV: ("text/csv; charset=utf-8", "csv"),
    Format.CLAIMREVIEW: ("application/ld+json", "jsonld"),
}


async def export_quotes(batches: AsyncIterator[list[StoredQuote]], format_: Format) -> AsyncIterator[bytes]:
    """Yield the batches of quotes in a form; a piece may be empty, and they make sense only together."""
    match format_:
        case Format.NDJSON:
            async for quotes in batches:
                yield b"".join(map(write_line, quotes))
        case Format.CSV:
            yield write_heading()
            async for quotes in batches:
                yield b"".join(map(write_rows, quotes))
        case Format.CLAIMREVIEW:
            yield claim_review.OPENING
            before = b""
            async for quotes in batches:
                yield before + claim_review.BETWEEN.join(_items(quotes))
                before = claim_review.BETWEEN
            yield claim_review.CLOSING


def _items(quotes: list[StoredQuote]) -> Iterator[bytes]:
    for quote in quotes:
        yield from claim_review.write_items(quote)
