"""The door of the house: content of any kind in, one reading after another out."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from server.ingest.article import MAX_ARTICLE_BYTES, MediaType, read_article
from server.ingest.feed import read_feed
from server.ingest.json_lines import read_json_lines
from server.ingest.reading import Item
from server.ingest.tabular import read_table

ARTICLE_TYPES = ("text/html", "text/plain")
CLAIM_REVIEW_TYPE = "application/ld+json"
CSV_TYPE = "text/csv"
NDJSON_TYPE = "application/x-ndjson"
MEDIA_TYPES = (*ARTICLE_TYPES, CLAIM_REVIEW_TYPE, CSV_TYPE, NDJSON_TYPE)


@dataclass(frozen=True)
class Source:
    """What is known of content before it is read.

    `url` is where an article was found. `columns` names, by field, the column of a table (or the key of a
    record) that holds it, where its own name does not tell; `defaults` gives what a field is where its cell is
    empty. Without a `header`, the first row of a table names no columns: they are called 1, 2, 3 and so on.
    """

    media_type: str
    charset: str | None = None
    url: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    header: bool = True


def read_content(content: bytes | BinaryIO, source: Source) -> Iterator[Item]:
    """Yield what the content holds: for each quote its reading, or where it stands and why it can't be read.

    Lists are streamed, and take the memory of one item. Raises NotAFactCheck where nothing can be read of the
    content as a whole, BrokenContent where it is not what its media type says, and nothing else.
    """
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    if source.media_type == CLAIM_REVIEW_TYPE:
        yield from read_feed(stream)
    elif source.media_type == CSV_TYPE:
        yield from read_table(
            stream, source.charset, source.columns, source.defaults, has_header=source.header
        )
    elif source.media_type == NDJSON_TYPE:
        yield from read_json_lines(stream, source.columns, source.defaults)
    else:
        yield from _read_article(stream.read(MAX_ARTICLE_BYTES + 1), source)


def _read_article(body: bytes, source: Source) -> Iterator[Item]:
    content = body.decode(source.charset, "replace") if source.charset else body
    media_type: MediaType = "text/html" if source.media_type == "text/html" else "text/plain"
    reading = read_article(content, media_type, source.url)
    yield from reading.quotes
    yield from reading.unread
