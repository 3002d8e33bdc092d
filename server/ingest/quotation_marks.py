"""Quotation marks: taking off those around a quote, and telling words inside them from words outside."""

from __future__ import annotations

import re

# Which marks close what an opening mark began. German closes with what English opens with, Swedish opens and
# closes alike, Danish turns guillemets inwards, and typists mix straight and curly ones.
_CLOSERS = {
    "“": "”\"“", "”": "”\"“", "„": "“”\"‟", "‟": "”\"", '"': "\"”", "＂": "＂",
    "«": "»\"", "»": "«»", "‹": "›", "›": "‹",
    "‘": "’'‘", "’": "’‘", "‚": "‘’'", "'": "'’", "`": "'´`",
    "「": "」", "『": "』", "《": "》", "〝": "〞〟",
}  # fmt: skip
_SINGLE = "‘’‚'`"
_DOUBLE = '“”„‟"«»「」『』《》〝〞〟＂'
_OPENERS = '“„‟"«「『《〝＂'
_ENDERS = '”"»」』》〞〟＂'
_TWO_IN_SINGLE_MARKS = re.compile(r"\w[.,;!?]?['’][\s,;].*\s['‘]\w")  # an apostrophe is followed by a letter
_TRAILING_STOP = re.compile(r"[.,;:!?…\s]{0,3}\Z")
_QUOTED = re.compile(r"“[^“”]*[”“]|„[^„“”]*[“”]|«[^«»]*»|\"[^\"]*\"|「[^」]*」|『[^』]*』")


def strip_outer_marks(text: str) -> str:
    """Return `text` without the quotation marks that stand around the whole of it.

    Inner marks stay. A mark at one end only goes as well: a quote that was cut short, or that goes on in the
    next paragraph, is often left with one. Nothing goes where the two ends belong to two quotes.

    >>> strip_outer_marks("“Xi said China rejects ’color revolutions‘ in Kazakhstan…”")
    'Xi said China rejects ’color revolutions‘ in Kazakhstan…'
    >>> strip_outer_marks('"Yes" and "no"')
    '"Yes" and "no"'
    """
    text = text.strip()
    for _ in range(3):  # «“…”»: a pair in a pair, both around the whole
        stripped = _strip_pair(text) or _strip_lone_mark(text)
        if not stripped:
            break
        text = stripped
    return text


def _strip_pair(text: str) -> str | None:
    stop = _TRAILING_STOP.search(text)
    last = (stop.start() if stop else len(text)) - 1  # `“…”.` ends with a stop outside of its marks
    if last < 2 or text[last] not in _CLOSERS.get(text[0], ""):
        return None
    inside = text[1:last]
    if not _are_one_pair(text[0], inside, text[last]):
        return None
    return (inside + text[last + 1 :]).strip()


def _are_one_pair(opening: str, inside: str, closing: str) -> bool:
    if opening in _SINGLE:
        return not _TWO_IN_SINGLE_MARKS.search(inside)
    if '"' in (opening, closing) or opening == closing:
        marks = [match.start() for match in re.finditer(f"[{re.escape(opening + closing)}]", inside)]
        return len(marks) % 2 == 1 or not marks or _opens_at(inside, marks[0])
    depth = 1
    for char in inside:
        depth += (char == opening) - (char == closing)
        if depth == 0:
            return False
    return True


def _opens_at(text: str, place: int) -> bool:
    return place == 0 or not (text[place - 1].isalnum() or text[place - 1] in ".,;:!?…)")


def _strip_lone_mark(text: str) -> str | None:
    if text[:1] and text[0] in _OPENERS and not any(mark in _DOUBLE for mark in text[1:]):
        return text[1:].strip()
    if text[-1:] and text[-1] in _ENDERS and not any(mark in _DOUBLE for mark in text[:-1]):
        return text[:-1].strip()
    return None


def opens_with_mark(text: str) -> bool:
    """Tell whether `text` begins as a quotation does."""
    return bool(text) and text[0] in _OPENERS + "»‘'"


def closes_with_mark(text: str) -> bool:
    """Tell whether `text` ends as a quotation does, a full stop after the mark allowed."""
    stop = _TRAILING_STOP.search(text)
    text = text[: stop.start()] if stop else text
    return bool(text) and text[-1] in _ENDERS + "“’'"


def blank_quoted(text: str) -> str:
    """Return `text` with spaces for the words in quotation marks: what is left is the writer's own."""
    return _QUOTED.sub(lambda match: " " * len(match.group()), text)


def stands_in_marks(text: str) -> bool:
    """Tell whether the whole of `text` is a quotation, or the beginning of one that goes on elsewhere.

    >>> stands_in_marks("“Two moons.”"), stands_in_marks("“Yes” and “no”"), stands_in_marks("Two moons")
    (True, False, False)
    """
    text = text.strip()
    if _strip_pair(text) is not None:
        return True
    return text[:1] in tuple(_OPENERS) and _strip_lone_mark(text) is not None


def find_quoted(text: str) -> list[str]:
    """Return what stands in quotation marks inside of `text`, without the marks.

    >>> find_quoted("He “never” said „so“.")
    ['never', 'so']
    """
    return [part for match in _QUOTED.finditer(text) if (part := match.group()[1:-1].strip(" ,;"))]
