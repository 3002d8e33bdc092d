"""Read the files that a person hands over."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from server.ingest.decoding import decode_undeclared, name_other_form
from server.visible_text import is_html, read_visible_text


class NoText(OSError):
    """The file is none that a page's text can be read from."""


def read_page_text(file: str) -> str:
    """Return the text of a page, of HTML its visible text; "-" reads standard input.

    Raises PageTooComplex where that takes too long, and NoText for what is none.
    """
    content = standard_input().read() if file == "-" else Path(file).read_bytes()
    text = decode_undeclared(content)
    if is_html(text):
        return read_visible_text(content)
    if other := name_other_form(content, text):
        raise NoText(f"{file}: {other}")
    return text


def standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise OSError("standard input is closed; name a file")
    return sys.stdin.buffer
