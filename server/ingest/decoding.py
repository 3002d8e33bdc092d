"""Bytes to text: which encoding a page is in, and what to do where it lies about it."""

from __future__ import annotations

import codecs
import re

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,500}charset\s{0,20}=\s{0,20}[\"']?\s{0,20}([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE
)
_PROLOGUE_BYTES = 4_096
# The encodings of the web, and no other: Python also knows ones that are no text, or that hide markup.
_WEB_ENCODING = re.compile(
    r"(windows-|cp)?125[0-8]|iso-?8859-\d{1,2}|koi8-[ru]|macintosh|ibm866|shift[_-]jis|euc-(jp|kr)|iso-2022-jp"
    r"|gbk|gb2312|gb18030|big5(-hkscs)?|tis-620|utf-16(le|be)?"
)


def decode_page(body: bytes) -> str:
    """Return the text of a page: by its byte order mark, as UTF-8, as it declares, or as windows-1252.

    Well-formed UTF-8 comes before the declaration: pages saved by a browser are re-encoded, but keep the old
    `<meta charset>`. Bytes that fit nowhere become U+FFFD; this never raises.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode(_declared_encoding(body) or "windows-1252", "replace")


def _declared_encoding(body: bytes) -> str | None:
    match = _DECLARED.search(body, 0, _PROLOGUE_BYTES)
    name = match[1].decode("ascii").lower() if match else ""
    if not _WEB_ENCODING.fullmatch(name):
        return None
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return None
    # Browsers read what calls itself Latin-1 as windows-1252, where the curly marks are; and a page whose
    # declaration could be read as ASCII is not in UTF-16.
    return None if codec.name.startswith("utf-16") or codec.name == "iso8859-1" else codec.name
