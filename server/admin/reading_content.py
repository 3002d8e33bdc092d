"""Read what a curator hands over, whatever it is: an article, JSON-LD, or a file of many quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import orjson

from server.ingest import NotAFactCheck, QuoteReading, read_article
from server.ingest.claim_review import find_claim_reviews, read_claim_review
from server.ingest.reading import make_article_reading
from server.models import Quote
from server.visible_text import PageTooComplex, read_visible_text


class Unreadable(Exception):
    """The content is none that we can read; `reason` says why, and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Content:
    """What was read: readings of an article with its text, or quotes of a file, with what it could not read."""

    text: str = ""
    readings: Sequence[QuoteReading] = ()
    quotes: Sequence[Quote] = ()
    faults: Sequence[str] = field(default_factory=list)


def read_content(content: bytes, url: str | None) -> Content:
    """Return what the content holds, or raise Unreadable."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    try:
        if start == b"<":
            return Content(read_visible_text(content), read_article(content, "text/html", url).quotes)
        if start in (b"{", b"["):
            return _read_json(content)
        return Content(content.decode(errors="replace"), read_article(content, "text/plain", url).quotes)
    except NotAFactCheck as refusal:
        raise Unreadable(refusal.reason) from None
    except PageTooComplex:
        raise Unreadable("The page has too many parts to be read; copy its text instead.") from None


def _read_json(content: bytes) -> Content:
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise Unreadable(f"This begins like JSON, and is none: {error.msg}.") from None
    findings = [read_claim_review(review) for review in find_claim_reviews(document)]
    if not findings:
        raise Unreadable("No ClaimReview is in this JSON.")
    text = orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()
    return Content(text, make_article_reading(findings).quotes)
