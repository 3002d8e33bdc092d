"""A page on which quotes are tried: pasted by a curator, or chosen as a file."""

from __future__ import annotations

import asyncio

from starlette.datastructures import FormData

from server.admin.fields import read_file, read_text
from server.admin.reading_content import Unreadable
from server.ingest.decoding import SAMPLE_BYTES, decode_page, decode_undeclared, name_other_form
from server.visible_text import PageTooComplex, is_html, read_visible_text


async def read_page(form: FormData, most_characters: int) -> str:
    """Return the text of the page in a form, or raise Unreadable."""
    file, _ = await read_file(form)
    content = file or read_text(form, "content").encode()
    if is_html(content):
        try:
            text = await asyncio.to_thread(read_visible_text, content)
        except PageTooComplex:
            raise Unreadable("The page has too many parts to be read; paste its text instead.") from None
    elif other := name_other_form(content, decode_undeclared(content[:SAMPLE_BYTES])):
        raise Unreadable(other)
    else:
        text = decode_page(content).replace("\x00", "")
    if not text.strip():
        raise Unreadable("Paste a page’s text or HTML, or choose a file.")
    if len(text) > most_characters:
        raise Unreadable(f"The text is longer than {most_characters:,} characters.")
    return text
