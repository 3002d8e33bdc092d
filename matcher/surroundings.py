"""What a change means among the words around it, where these decide: half a word, half a negation."""

from __future__ import annotations

import re

from matcher.folding import is_unspaced
from matcher.guards import Guard, guard_of
from matcher.quantities import may_have_number
from matcher.signs import slice_with_signs
from matcher.texts import Text, Wording
from matcher.units import dates_differ, units_differ

# A character of a script without spaces is a part of a word: 同 of 不同, せん of ません.
_CHARACTERS = 2
# French may say its negation in two words, and often leaves the first one out: "je (ne) sais pas".
_NE = re.compile(r"\b(?:ne\b|n['’])", re.IGNORECASE)
_WORDS_AFTER_NE = 3
_WORDS_BEFORE_UNIT = 2  # in which the number stands that it counts


def guard_among_words(
    checked: str, said: str, ranges: tuple[int, int, int, int], wording: Wording, page: Text
) -> Guard | None:
    """Return the guard of a change from `checked` to `said`, with the equal words beside it that belong to it.

    `ranges`: the words of the quote and of the page that the change is made of, as in `Run.ranges`.
    """
    first, last, start, end = ranges
    before = after = 0
    if is_unspaced((said or checked or " ")[0]):
        before = after = _CHARACTERS
    elif _NE.search(checked) or _NE.search(said):
        after = _WORDS_AFTER_NE
    while before and first and start and wording.words[first - 1] == page.words[start - 1]:
        before, first, start = before - 1, first - 1, start - 1
    while after and last < len(wording) and end < len(page.words) and wording.words[last] == page.words[end]:
        after, last, end = after - 1, last + 1, end + 1
    guard = (
        guard_of(checked, said, wording.raw)
        if (first, last) == ranges[:2]
        else guard_of(wording.text.slice(first, last), page.slice(start, end), wording.raw)
    )
    return guard or ("number" if _counts_another(ranges, wording, page) else None)


def _counts_another(ranges: tuple[int, int, int, int], wording: Wording, page: Text) -> bool:
    """Whether a number counts another unit: "20 km" became "20 miles", "5 billion dollars" "€5 billion"; or the same
    numbers are another date: "2 January 2020" and "01.02.2020"."""
    first, last, start, end = ranges
    if dates_differ(wording.text.slice(first, last), page.slice(start, end)):
        return True
    before = min(_WORDS_BEFORE_UNIT, first, start)
    ours = slice_with_signs(wording.text, first - before, last)
    theirs = slice_with_signs(page, start - before, end)
    return may_have_number(ours) and may_have_number(theirs) and units_differ(ours, theirs)
