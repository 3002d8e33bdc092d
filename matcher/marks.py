"""The marks that tell how a page treats a quote: quotation marks, ellipses, an editor's brackets."""

from __future__ import annotations

import re

_ELLIPSIS = re.compile(r"…|⋯|\.[ \u00a0]?\.[ \u00a0]?\.|。。。")
_QUOTATION_MARK = re.compile(
    r"[\"“”„‟«»‹›「」『』《》〝〞〟＂]|''|``|,,|(?<![^\W\d_])['‘’‚‛]|['‘’‚‛](?![^\W\d_])"
)
_OPENED = re.compile(r"[\"“”„‟«»‹›「『《〝＂‘'][\"“”„‟«»‹›‘'\[(…. \u00a0]{0,3}$")
_CLOSED = re.compile(r"^[\])….,;:!?。，！？ \u00a0]{0,4}[\"“”»«›‹」』》〞〟＂’']")


def has_ellipsis(between: str) -> bool:
    return bool(_ELLIPSIS.search(between))


def is_interruption(between: str) -> bool:
    """Whether the text between two words closes a quotation and opens it again: ',” he said. “'."""
    return len(_QUOTATION_MARK.findall(between)) >= 2 and any(char.isalnum() for char in between)


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` begins behind an opening quotation mark or ends before a closing one."""
    return bool(_OPENED.search(text[max(0, start - 4) : start]) or _CLOSED.search(text[end : end + 5]))


def with_brackets(text: str, start: int, end: int) -> str:
    """Return `text[start:end]`, with the square brackets around it if an editor set it in brackets."""
    before, after = text[max(0, start - 2) : start].rstrip(), text[end : end + 3].lstrip(". ")
    if before.endswith("[") and after.startswith("]"):
        return text[text.rindex("[", 0, start) : text.index("]", end) + 1]
    return text[start:end]


def quoted_parts(text: str) -> list[tuple[int, int]]:
    """Return the stretches of `text` between two double quotation marks, without the marks."""
    marks = [m.start() for m in re.finditer(r"[\"“”„‟«»＂]|''", text)]
    return [(a + 1, b) for a, b in zip(marks[::2], marks[1::2], strict=False)]
