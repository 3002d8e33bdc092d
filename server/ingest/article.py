"""The door of the house: one fact-check article in, its checked quotes out."""

from __future__ import annotations

from typing import Literal

from server.ingest.copied_text import read_copied_text
from server.ingest.decoding import decode_page
from server.ingest.html_page import read_html_page
from server.ingest.reading import ArticleReading, NotAFactCheck

MAX_ARTICLE_BYTES = 4 * 1024 * 1024
MAX_COPIED_BYTES = 1024 * 1024

MediaType = Literal["text/html", "text/plain"]


def read_article(body: bytes | str, media_type: MediaType, url: str | None = None) -> ArticleReading:
    """Return the checked quotes of a fact-check article, each field beside the snippet that it came from.

    `text/html` is the page as served or saved; `text/plain` is its text as copied from a browser. `url` is
    where it was found, if that is known: it helps to name the publisher, and becomes the check's address
    where the page has none of its own.

    Raises NotAFactCheck, with a sentence for the curator, for anything else. Whatever it is given, it raises
    nothing else, and its time and memory are bounded by the size of the body: it is a pure function of its
    arguments, so that a caller can run it in a process that can be killed.
    """
    limit = MAX_ARTICLE_BYTES if media_type == "text/html" else MAX_COPIED_BYTES
    if len(body) > limit:
        raise NotAFactCheck(
            f"The content is larger than {limit // 1024} KiB, which no fact-check article is."
        )
    text = decode_page(body) if isinstance(body, bytes) else body
    if not text.strip():
        raise NotAFactCheck("The content is empty.")
    return read_html_page(text, url) if media_type == "text/html" else read_copied_text(text, url)
