"""The parts of a text that stand in quotation marks themselves: 'Says that she "did nothing …".'"""

from __future__ import annotations

import re

from matcher.thresholds import FEWEST_WORDS

DOUBLE_MARK = re.compile(r"[\"“”„‟«»＂]|''")


def quoted_parts(text: str) -> list[tuple[int, int]]:
    """Return the stretches of `text` between two double quotation marks that are long enough to match by themselves.

    The marks are not in them.
    """
    marks = [mark.start() for mark in DOUBLE_MARK.finditer(text)]
    parts = [(opening + 1, closing) for opening, closing in zip(marks[::2], marks[1::2], strict=False)]
    return [(start, end) for start, end in parts if len(text[start:end].split()) >= FEWEST_WORDS]
