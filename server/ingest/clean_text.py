"""Text as a person reads it: one line, no characters that hide, no bytes that break.

What comes in was written by strangers. A bidi control in a name can turn a line around on screen, an
invisible character can make two equal labels differ, and a lone surrogate breaks every encoder: all go here,
once, so that no later step needs to think of them.
"""

from __future__ import annotations

import html
import re

# Everything that draws nothing: controls, bidi marks and isolates, soft hyphen, word joiners, fillers, tags.
# The variation selector U+FE0F stays: it only chooses how an emoji looks.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff]"
)
# Joiners are spelling in Persian and in Indic scripts, and glue in emoji; between other characters they hide.
_STRAY_JOINER = re.compile(
    "(?<![\u0600-\u1cff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u1cff\u2600-\u27bf\U0001f000-\U0001faff])"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")


def clean_line(text: str) -> str:
    """Return `text` on one line, spaces collapsed, without invisible characters and bidi controls.

    >>> clean_line(" Xi\\u00a0\\u202eJin\\u200bping\\r\\n")
    'Xi Jinping'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return _SPACE.sub(" ", _drop_hidden(text)).strip()


def clean_lines(text: str) -> list[str]:
    """Return the lines of `text` that show something, each cleaned."""
    lines = (_SPACE.sub(" ", line).strip() for line in _drop_hidden(text).splitlines())
    return [line for line in lines if line]


def _drop_hidden(text: str) -> str:
    text = _SURROGATE.sub("\ufffd", text)
    text = _INVISIBLE.sub("", text)
    return _STRAY_JOINER.sub("", text)


def clean_markup(text: str) -> str:
    """Return the line that `text` shows, where it is a fragment of HTML in a field that should be plain.

    ClaimReview texts hold tags and entities although schema.org asks for text. Entities are decoded once:
    what was written as `&amp;lt;` is meant to be read as `&lt;`.
    """
    return clean_line(html.unescape(_TAG.sub(" ", text)))
