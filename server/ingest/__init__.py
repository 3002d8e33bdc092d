"""What comes in from outside: fact-check articles, ClaimReview, tables, records; read into quotes and their checks.

Whatever is read keeps the evidence: for each field the snippet of the source that it came from.
"""

from server.ingest.article import MAX_ARTICLE_BYTES, read_article
from server.ingest.content import (
    ARTICLE_TYPES,
    CLAIM_REVIEW_TYPE,
    CSV_TYPE,
    MEDIA_TYPES,
    NDJSON_TYPE,
    Source,
    read_content,
)
from server.ingest.reading import (
    BrokenContent,
    Item,
    NotAFactCheck,
    QuoteReading,
    Unread,
)
from server.ingest.reading_pool import PoolBusy, ReadingPool

__all__ = [
    "ARTICLE_TYPES",
    "CLAIM_REVIEW_TYPE",
    "CSV_TYPE",
    "MAX_ARTICLE_BYTES",
    "MEDIA_TYPES",
    "NDJSON_TYPE",
    "BrokenContent",
    "Item",
    "NotAFactCheck",
    "PoolBusy",
    "QuoteReading",
    "ReadingPool",
    "Source",
    "Unread",
    "read_article",
    "read_content",
]
