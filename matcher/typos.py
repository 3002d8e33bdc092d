"""Words of a quote that a page has with a typo, or in another spelling: found in the gaps of an alignment, and on from
its ends.

A quotation mark on the page ends the search at an end: what stands outside of it is not the quote misspelt.
"""

from __future__ import annotations

from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein

from matcher.marks import closes, opens
from matcher.quantities import same_number
from matcher.spelling import is_same_word
from matcher.texts import Run, Text, Wording

_NEAR_WORDS = 6  # words of a gap that are compared by their characters


def with_typos(runs: list[Run], wording: Wording, page: Text, first: int, last: int) -> list[Run]:
    """The runs with the words between them, and on from both ends, that are equal but for a typo.

    What is only spelt otherwise is equal.
    """
    out: list[Run] = []
    q, p = runs[0].quote - 1, runs[0].page - 1
    while (
        q >= 0
        and p >= first
        and not opens(page.text, page.starts[p + 1])
        and (run := _like(wording, q, page, p))
    ):
        out.insert(0, run)
        q, p = q - 1, p - 1
    for before, after in pairwise(runs):
        out.append(before)
        out.extend(_typos_in_gap(before, after, wording, page))
    out.append(runs[-1])
    q, p = runs[-1].quote_end, runs[-1].page_end
    while (
        q < len(wording)
        and p < last
        and not closes(page.text, page.ends[p - 1])
        and (run := _like(wording, q, page, p))
    ):
        out.append(run)
        q, p = q + 1, p + 1
    return out


def _typos_in_gap(before: Run, after: Run, wording: Wording, page: Text) -> list[Run]:
    q, p = before.quote_end, before.page_end
    out: list[Run] = []
    if not (0 < after.quote - q <= _NEAR_WORDS and 0 < after.page - p <= _NEAR_WORDS):
        return out
    while q < after.quote and p < after.page:
        for quote_place, page_place in ((q, p), (q, p + 1), (q + 1, p)):
            inside = quote_place < after.quote and page_place < after.page
            if inside and (run := _like(wording, quote_place, page, page_place)):
                out.append(run)
                q, p = quote_place + 1, page_place + 1
                break
        else:
            q, p = q + 1, p + 1
    return out


def _like(wording: Wording, quote_place: int, page: Text, page_place: int) -> Run | None:
    """The run of two words that are one, or are near: one typo apart (two in long words), or the same number."""
    if wording.words[quote_place] == page.words[page_place]:
        return Run(quote_place, page_place, 1)
    a, b = wording.text.folded(quote_place), page.folded(page_place)
    if is_same_word(a, b):
        return Run(quote_place, page_place, 1)
    return Run(quote_place, page_place, 1, near=True) if _is_near(a, b) else None


def _is_near(a: str, b: str) -> bool:
    if same_number([a], [b]):
        return True
    shorter = min(len(a), len(b))
    if shorter < 3 or any(char.isdigit() for char in a + b):
        return False
    allowed = 1 if shorter < 8 else 2
    return DamerauLevenshtein.distance(a, b, score_cutoff=allowed) <= allowed
