"""Bytes to text: which encoding a page is in, and what to do where it lies about it."""

from __future__ import annotations

import codecs
import re
from itertools import pairwise

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,500}charset\s{0,20}=\s{0,20}[\"']?\s{0,20}([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE
)
SAMPLE_BYTES = 64 * 1024
_OTHER_FORMS = {
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a zip archive, as office documents are",
    b"\x1f\x8b": "a compressed file",
}
_PROLOGUE_BYTES = 4_096
# The encodings of the web, and no other: Python also knows ones that are no text, or that hide markup.
_WEB_ENCODING = re.compile(
    r"(windows-|cp)?125[0-8]|iso-?8859-\d{1,2}|koi8-[ru]|macintosh|ibm866|shift[_-]jis|euc-(jp|kr)|iso-2022-jp"
    r"|gbk|gb2312|gb18030|big5(-hkscs)?|tis-620|utf-16(le|be)?"
)


def decode_page(body: bytes, sent_as: str | None = None) -> str:
    """Return the text of a page: by its byte order mark, as UTF-8, as it was sent, as it declares, or as windows-1252.

    Well-formed UTF-8 comes before what HTTP (`sent_as`) and the page declare: servers name one charset for all pages,
    and pages saved by a browser are re-encoded, but keep the old `<meta charset>`. Bytes that fit nowhere become
    U+FFFD; this never raises.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    sent = _find_codec(sent_as or "")
    # Each text in UTF-16 holds zeros, which may pass for UTF-8, and no other text does.
    wide = sent is not None and sent.startswith("utf-16") and b"\0" in body
    for codec in (sent if wide else None, "utf-8", sent):
        try:
            if codec:
                return body.decode(codec)
        except UnicodeDecodeError:
            continue
    return body.decode(_declared_encoding(body) or "windows-1252", "replace")


def _declared_encoding(body: bytes) -> str | None:
    match = _DECLARED.search(body, 0, _PROLOGUE_BYTES)
    codec = _find_codec(match[1].decode("ascii").lower()) if match else None
    # A page whose declaration could be read as ASCII is not in UTF-16.
    return None if codec and codec.startswith("utf-16") else codec


def _find_codec(name: str) -> str | None:
    if not _WEB_ENCODING.fullmatch(name):
        return None
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return None
    # Browsers read what calls itself Latin-1 as windows-1252, where the curly marks are.
    return None if codec.name == "iso8859-1" else codec.name


# The letters that tell the old encodings apart, by the languages that were written in each.
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ"
_TELLING = {
    "windows-1252": "éèêàâçñóíáúüöäßãõôåæøœëïùìò’“”«»…–",
    "windows-1250": "ąćęłńóśźżáčďéěíňřšťúůýžőűăâîşţäöüß’“”„…–",
    "windows-1251": _CYRILLIC + "«»…–“”",
    "koi8-r": _CYRILLIC,
    "windows-1253": "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώς«»",
    "windows-1254": "ğışçöüâî’“”…–",
}
# A sign inside of a word, and two alphabets in one word.
_NEVER_SIDE_BY_SIDE = re.compile(
    r"[^\W\d_][\x80-\xbf\ufffd](?=[^\W\d_])|[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]"
)


def decode_undeclared(content: bytes) -> str:
    """Return the text of content that does not declare its encoding, or is not asked for it."""
    return content.decode(guess_encoding(content[:SAMPLE_BYTES]), "replace").removeprefix("\ufeff")


def name_other_form(content: bytes, text: str) -> str | None:
    """Return a sentence of what content is that holds no text, and what to do; None where it is text.

    `text` is the content decoded: no text has NULs, and most of what only programs read has.
    """
    known = next((name for start, name in _OTHER_FORMS.items() if content.startswith(start)), None)
    if known is None and "\0" not in text:
        return None
    return f"This is {known or 'no text'}: save a page as HTML, a spreadsheet as CSV, or copy the text."


def guess_encoding(sample: bytes) -> str:
    """Return the encoding that the beginning of a text is likely in, for texts that can't declare theirs.

    A byte order mark tells it, and is still to be taken off.

    >>> guess_encoding("Wypowiedź;Ocena".encode("windows-1250"))
    'windows-1250'
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return encoding
    zeros = [sample[at::2].count(0) * 5 > len(sample) for at in (0, 1)]
    if zeros[0] != zeros[1]:
        return "utf-16-be" if zeros[0] else "utf-16-le"
    text = sample.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= char <= "\udcff" for char in text)
    whole = sum(char > "\x7f" for char in text) - broken
    # A text in another encoding is hardly ever UTF-8 by chance; some broken bytes don't make it another's. The
    # sample may have been cut in the middle of a character.
    if broken <= whole or (broken < 4 and text[:-3].isascii() and len(sample) > 1_000):
        return "utf-8"
    return max(_TELLING, key=lambda encoding: _count_telling(sample, encoding))


def _count_telling(sample: bytes, encoding: str) -> int:
    """Count the letters of an encoding's languages, less the signs that stand inside of words where no sign does."""
    text = sample.decode(encoding, "replace")
    telling = sum(char in _TELLING[encoding] for char in text)
    capitals = sum(b > "\x7f" and a.islower() and b.isupper() for a, b in pairwise(text))
    return telling - 3 * (capitals + len(_NEVER_SIDE_BY_SIDE.findall(text)))
