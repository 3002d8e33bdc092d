"""What stands right beside the quote's words and turns their meaning: a "not", or another number than the quote's."""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.folding import is_unspaced
from matcher.negation import negation_differs
from matcher.quantities import may_have_number, numbers_differ
from matcher.reading import Change, Reading
from matcher.signs import slice_with_signs
from matcher.texts import Text, Wording

_SPACES = re.compile(r"[ \u00a0\u202f]*")
_HYPHENS = ("-", "‐", "‑")
_JOINED = re.compile(r"[ \u00a0\u202f]?[-‐‑]?")
_NUMBER_WORDS = 3  # before the last word of a number, in which one of its words stands
_OWN_WORDS = 3  # of the quote, beside a part of it, that may hold the same negation
# How many words, or characters of a script without spaces, may follow up to the end of the clause.
_MOST_WORDS, _MOST_CHARACTERS = 2, 10


def with_numbers_outside(reading: Reading, wording: Wording, page: Text) -> Reading:
    """Return the reading of a part of a quote with the number right beside it, where the quote has another one there:
    "a 40 | percent reduction in crime" for "a 64 | percent reduction in crime"."""
    first, last, changes = reading.quote_first, reading.quote_last, list(reading.changes)
    before = after = 0
    if first and reading.start and not reading.replaced[0]:
        change = _other_number(wording.text, first - 1, page, reading.start - 1, gap=0)
        if change and not any(change.checked in told.checked for told in changes[:1]):
            before = 1
            changes.insert(0, change)
    # Behind the words, the number must count the same: not "… more than | 1,000 days" and "… more than | two years".
    counts_same = wording.words[last + 1 : last + 2] == list(page.words[reading.end + 1 : reading.end + 2])
    if last < len(wording) and reading.end < len(page.words) and counts_same and not reading.replaced[1]:
        change = _other_number(wording.text, last, page, reading.end, gap=-1)
        if change and not any(change.checked in told.checked for told in changes[-1:]):
            after = 1
            changes.append(change)
    if not before and not after:
        return reading
    reading = replace(reading, quote_first=first - before, quote_last=last + after)
    return _widened(reading, before, after, changes, 2 * (before + after))


def _other_number(own: Text, ours: int, page: Text, theirs: int, *, gap: int) -> Change | None:
    """The change from one number of the quote to one of the page, if they differ and nothing parts them from the words
    that both texts have: those after these tokens (`gap` 0), or before them (-1)."""
    checked, said = slice_with_signs(own, ours, ours + 1), slice_with_signs(page, theirs, theirs + 1)
    if not (may_have_number(said) and may_have_number(checked) and numbers_differ(checked, said)):
        return None
    if _goes_on_before(own, ours) or _goes_on_before(page, theirs):
        return None
    gaps = own.between(ours + gap, ours + gap + 1), page.between(theirs + gap, theirs + gap + 1)
    return Change(checked, said, "number") if all(map(_JOINED.fullmatch, gaps)) else None


def _goes_on_before(text: Text, token: int) -> bool:
    """Whether a number may have begun before its last token: "two and a half thousand"."""
    words = 1 if text.text[text.starts[token]].isdigit() else _NUMBER_WORDS
    return may_have_number(text.slice(max(0, token - words), token))


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
    return _widened(reading, before, after, changes, before + after)


def _widened(reading: Reading, before: int, after: int, changes: list[Change], differing: int) -> Reading:
    """Return the reading with so many tokens more at its ends, of which `changes` tells: so many words of the quote and
    of the page differ there."""
    equal = 2 * reading.words
    return replace(
        reading,
        kind="elided" if reading.kind == "elided" else "altered",
        pieces=reading.widened(before, after),
        changes=changes,
        similarity=equal / (equal / max(reading.similarity, 0.01) + differing),
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
