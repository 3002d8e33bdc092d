"""What stands between two runs of a quote on a page, and what it costs to hold both for parts of it."""

from __future__ import annotations

import math
import re
from itertools import pairwise

from matcher.marks import another_speaks, excuses_cut, may_be_cut
from matcher.texts import Run, Text, Wording
from matcher.thresholds import (
    CHANGED_WORD_BITS,
    CUT_BITS,
    GAP_BITS,
    LONGEST_INSERTION,
    LONGEST_INTERRUPTION,
    PARAGRAPH_BITS,
    SHIFT_BITS,
)

_PARAGRAPH_END = re.compile(r"[.!?:…][\"”’»')\]]*\s*\n|\n\s*\n")


def score_of(runs: list[Run], wording: Wording, page: Text) -> float:
    """The bits of the runs' words, less what the gaps between them cost."""
    return sum(map(wording.bits_of, runs)) - sum(gap_cost(a, b, wording, page) for a, b in pairwise(runs))


def gap_cost(before: Run, after: Run, wording: Wording, page: Text) -> float:
    """What it costs, in bits, to hold `before` and `after` for parts of one quote."""
    missing, added = after.quote - before.quote_end, after.page - before.page_end
    if missing == added == 0:
        return 0.0
    if added > LONGEST_INTERRUPTION:
        return math.inf
    if is_cut_between(before, after, wording, page):
        return CUT_BITS
    start, end = page.ends[before.page_end - 1], page.starts[after.page]
    if end - start > LONGEST_INSERTION:
        return math.inf
    cost = (
        GAP_BITS + CHANGED_WORD_BITS * min(missing, added) + SHIFT_BITS * math.log2(1 + abs(missing - added))
    )
    return cost + (_paragraph_cost(page.text, start, end) if added else 0)


def _paragraph_cost(text: str, start: int, end: int) -> float:
    """What words that a page adds cost more where lines end among them."""
    if text.find("\n", start, end) < 0:
        return 0.0
    added = text[start:end]
    if another_speaks(added):
        return math.inf  # with words of who spoke before, or now: what is whose nobody can tell
    return PARAGRAPH_BITS if _PARAGRAPH_END.search(added) else 0.0


def is_cut_between(before: Run, after: Run, wording: Wording, page: Text) -> bool:
    """Whether the page leaves the quote between two runs."""
    between = page.between(before.page_end - 1, after.page)
    # Letters and spaces alone are no cut: most gaps need no look at the quote's own marks.
    if between.replace(" ", "").isalnum():
        return False
    added, missing = after.page - before.page_end, after.quote - before.quote_end
    if not may_be_cut(between, added, missing):
        return False
    own = wording.text.between(before.quote_end - 1, after.quote)
    return not excuses_cut(own, between, missing)
