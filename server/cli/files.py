"""Read the files that a person hands over."""

from __future__ import annotations

import sys
from pathlib import Path

from server.visible_text import read_visible_text


def read_bytes(file: str | Path) -> bytes:
    """Return the file's bytes; "-" reads standard input."""
    return sys.stdin.buffer.read() if str(file) == "-" else Path(file).read_bytes()


def looks_like_html(content: bytes) -> bool:
    """Tell HTML from text by how it begins: names of files can't be relied on, and "-" has none."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def read_page_text(file: str) -> str:
    """Return the text of a page, of HTML its visible text; raise PageTooComplex where that takes too long."""
    content = read_bytes(file)
    if looks_like_html(content):
        return read_visible_text(content)
    return content.decode(errors="replace")
