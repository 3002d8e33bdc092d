"""Read the files that a person hands over."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from server.ingest.decoding import guess_encoding
from server.visible_text import is_html, read_visible_text

SAMPLE_BYTES = 64 * 1024
_OTHER_FORMS = {
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a zip archive, as office documents are",
    b"\x1f\x8b": "a compressed file",
}


class NoText(OSError):
    """The file is none that a page's text can be read from."""


def read_page_text(file: str) -> str:
    """Return the text of a page, of HTML its visible text; "-" reads standard input.

    Raises PageTooComplex where that takes too long, and NoText for what is none.
    """
    content = standard_input().read() if file == "-" else Path(file).read_bytes()
    text = decode(content)
    if is_html(text):
        return read_visible_text(content)
    if other := name_other_form(content, text):
        raise NoText(f"{file}: {other}")
    return text


def standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise OSError("standard input is closed; name a file")
    return sys.stdin.buffer


def decode(content: bytes) -> str:
    """Return the text of content that does not declare its encoding, or is not asked for it."""
    return content.decode(guess_encoding(content[:SAMPLE_BYTES]), "replace").removeprefix("\ufeff")


def name_other_form(content: bytes, text: str) -> str | None:
    """Return a sentence of what content is that holds no text, and what to do; None where it is text.

    `text` is the content decoded: no text has NULs, and most of what only programs read has.
    """
    known = next((name for start, name in _OTHER_FORMS.items() if content.startswith(start)), None)
    if known is None and "\0" not in text:
        return None
    return f"This is {known or 'no text'}: save the page as HTML, or copy its text."
