"""The "not" that a page puts right before or after the quote's words: they are the same, and say the opposite."""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.folding import is_unspaced
from matcher.negation import negation_differs
from matcher.reading import Change, Reading
from matcher.texts import Text, Wording

_SPACES = re.compile(r"[ \u00a0\u202f]*")
_HYPHENS = ("-", "‐", "‑")
_OWN_WORDS = 2  # of the quote, beside a part of it, that may hold the same negation
# How many words, or characters of a script without spaces, may follow up to the end of the clause.
_MOST_WORDS, _MOST_CHARACTERS = 2, 10


def with_negations_outside(reading: Reading, wording: Wording, page: Text) -> Reading:
    """Return the reading with a negation that stands beside it, if there is one, in its span and its changes."""
    before, after = _negates_before(reading, wording, page), _negates_after(reading, wording, page)
    if not before and not after:
        return reading
    changes = list(reading.changes)
    if before:
        changes.insert(0, Change("", page.slice(reading.start - before, reading.start), "negation"))
    if after:
        changes.append(Change("", page.slice(reading.end, reading.end + after), "negation"))
    equal = 2 * reading.words
    return replace(
        reading,
        kind="elided" if reading.kind == "elided" else "altered",
        pieces=reading.widened(before, after),
        changes=changes,
        similarity=equal / (equal / max(reading.similarity, 0.01) + before + after),
    )


def _negates_before(reading: Reading, wording: Wording, page: Text) -> int:
    """How many tokens right before the reading negate it: 1 or 0."""
    start, first = reading.start, reading.quote_first
    if start == 0 or not _SPACES.fullmatch(page.between(start - 1, start)):
        return 0
    said = page.slice(start - 1, start)
    if not _is_negation(said, reading, wording):
        return 0
    # With the words around it: "not only", "or not" and "No. 5" negate nothing.
    own = wording.text.slice(max(0, first - _OWN_WORDS), first + 1)
    return int(negation_differs(own, page.slice(max(0, start - 2), start + 1), wording.raw))


def _negates_after(reading: Reading, wording: Wording, page: Text) -> int:
    """How many tokens right after the reading, up to the end of a clause, negate it; or 0.

    What goes on behind a negation may be the next clause, which it belongs to.
    """
    end = reading.end
    most = _MOST_WORDS
    if end < len(page.words) and is_unspaced(page.text[page.starts[end]]):
        most = _MOST_CHARACTERS
    count = 0
    while end + count < len(page.words) and _SPACES.fullmatch(page.between(end + count - 1, end + count)):
        count += 1
        if count > most:
            return 0
    if not count or page.text.startswith(_HYPHENS, page.ends[end + count - 1]):
        return 0
    said = page.slice(end, end + count)
    if not _is_negation(said, reading, wording):
        return 0
    own = wording.text.slice(reading.quote_last, min(len(wording), reading.quote_last + _OWN_WORDS))
    return count if negation_differs(own, said, wording.raw) else 0


def _is_negation(said: str, reading: Reading, wording: Wording) -> bool:
    """Whether the page's words negate by themselves, and are not told already, as what stands for another word."""
    told = any(said in change.page for change in reading.changes)
    return not told and negation_differs("", said, wording.raw)
