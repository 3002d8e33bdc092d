"""Whatever a quote may hold is exported so that it can be imported again."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from server.exporting import FORMATS, Format, export_quotes
from server.ingest import QuoteReading, Source, read_content
from server.models import ExportedQuote, StoredQuote

pytestmark = pytest.mark.anyio


def make_largest_quote(character: str) -> StoredQuote:
    check = {
        "verdict": {"label": "False", "rating": "false"},
        "publisher": character * 300,
        "title": character * 1_000,
        "summary": character * 2_000,
        "url": "https://checks.example/" + "a" * 1_900,
    }
    return StoredQuote.model_validate(
        {
            "id": "q_" + "a" * 22,
            "status": "draft",
            "revision": 1,
            "text": "a" + character * 9_999,
            "speaker": {"name": character * 300, "role": character * 300},
            "checks": [check | {"published_on": f"2022-01-{1 + at % 31:02}"} for at in range(50)],
            "wordings": [{"text": character * 9_990 + str(at)} for at in range(50)],
        }
    )


@pytest.mark.parametrize("format_", Format)
@pytest.mark.parametrize(
    "character", ["月", "😀", "\x01", '"'], ids=["three bytes", "four bytes", "control", "mark"]
)
async def test_the_largest_quote_is_read_back_as_it_was(format_: Format, character: str) -> None:
    quote = make_largest_quote(character)

    async def batches() -> AsyncIterator[list[StoredQuote]]:
        yield [quote]

    written = b"".join([piece async for piece in export_quotes(batches(), format_)])
    first, *_ = read_content(written, Source(FORMATS[format_][0].partition(";")[0]))
    assert isinstance(first, QuoteReading)
    assert first.quote == ExportedQuote.model_validate(quote.model_dump(exclude={"revision"}))
