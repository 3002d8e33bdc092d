"""Text by strangers, fit for a terminal: it must not steer it."""

from __future__ import annotations

import re

# All controls but tab and newline, and what turns a line around.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def make_harmless(text: str) -> str:
    """Return the text with a mark in the place of each character that would steer the terminal.

    >>> make_harmless("Q\\x1b]0;title\\x07")
    'Q�]0;title�'
    """
    return _STEERING.sub("�", text)
