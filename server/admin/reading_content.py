"""Read what a curator hands over, whatever it is: an article, JSON-LD, or a file of many quotes."""

from __future__ import annotations

import asyncio
import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from server.admin.services import Curation
from server.ingest import (
    CLAIM_REVIEW_TYPE,
    CSV_TYPE,
    NDJSON_TYPE,
    BrokenContent,
    NotAFactCheck,
    PoolBusy,
    QuoteReading,
    Source,
    Unread,
)
from server.ingest.columns import is_table
from server.ingest.decoding import SAMPLE_BYTES, decode_page, decode_undeclared, name_other_form
from server.ingest.label_map import load_label_map
from server.visible_text import PageTooComplex, is_html, read_visible_text

HTML_TYPE, TEXT_TYPE = "text/html", "text/plain"
_TYPES_OF_FILES = {"csv": CSV_TYPE, "ndjson": NDJSON_TYPE, "jsonl": NDJSON_TYPE, "jsonld": CLAIM_REVIEW_TYPE}
_BLANK = codecs.BOM_UTF8 + b" \t\r\n"


class Unreadable(Exception):
    """The content is none that we can read; `reason` says why, and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What a curator says of a table: which column holds a field, and what a field is where it is empty."""

    columns: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    header: bool = True  # whether the first row of a table names its columns


_NOTHING_CHOSEN = ColumnMapping()


@dataclass(frozen=True, slots=True)
class Content:
    """What was read: the readings, what could not be read and why, and the text to show them in."""

    text: str
    readings: Sequence[QuoteReading]
    unread: Sequence[Unread]
    is_table: bool  # of many quotes, which are taken in as they are


async def read_content(
    house: Curation, content: bytes, file_name: str, url: str | None, mapping: ColumnMapping = _NOTHING_CHOSEN
) -> Content:
    """Return what the content holds, or raise Unreadable. It is read in a process of its own."""
    media_type = guess_media_type(content, file_name)
    # Pages and tables may have a NUL somewhere.
    start = decode_undeclared(content[:SAMPLE_BYTES]) if media_type == TEXT_TYPE else ""
    if other := name_other_form(content, start):
        raise Unreadable(other)
    try:
        items = await house.reading_pool.read(
            content, Source(media_type, None, url, mapping.columns, mapping.defaults, mapping.header)
        )
    except (NotAFactCheck, BrokenContent) as refusal:
        raise Unreadable(refusal.reason) from None
    except PoolBusy:
        raise Unreadable("Other imports are being read; send it again in a while.") from None
    label_map = await load_label_map(house.store)
    return Content(
        await asyncio.to_thread(_write_text, content, media_type),
        [label_map.apply(item) for item in items if isinstance(item, QuoteReading)],
        [item for item in items if isinstance(item, Unread)],
        media_type in (CSV_TYPE, NDJSON_TYPE),
    )


def guess_media_type(content: bytes, file_name: str) -> str:
    """Tell by the file's name, or else by how the content begins."""
    named = _TYPES_OF_FILES.get(file_name.rpartition(".")[2].lower())
    if named:
        return named
    if is_html(content):
        return HTML_TYPE
    start = content.lstrip(_BLANK)
    if start[:1] in (b"{", b"["):
        # ClaimReview says what it is; records are one object a line.
        return CLAIM_REVIEW_TYPE if re.search(rb'"@(type|graph|context)"', start) else NDJSON_TYPE
    # As copied from a spreadsheet, too.
    return CSV_TYPE if is_table(decode_undeclared(content[:SAMPLE_BYTES]).lstrip()) else TEXT_TYPE


def _write_text(content: bytes, media_type: str) -> str:
    if media_type == HTML_TYPE:
        try:
            return read_visible_text(content)
        except PageTooComplex:
            return ""
    return decode_page(content)
