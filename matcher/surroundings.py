"""What a change means among the words around it, where these decide: half a word, half a negation."""

from __future__ import annotations

import re

from matcher.folding import is_unspaced
from matcher.guards import Guard, guard_of
from matcher.texts import Text, Wording

# A character of a script without spaces is a part of a word: 同 of 不同, せん of ません.
_CHARACTERS = 2
# French may say its negation in two words, and often leaves the first one out: "je (ne) sais pas".
_NE = re.compile(r"\b(?:ne\b|n['’])", re.IGNORECASE)
_WORDS_AFTER_NE = 3


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
    if (first, last) == ranges[:2]:
        return guard_of(checked, said, wording.raw)
    return guard_of(wording.text.slice(first, last), page.slice(start, end), wording.raw)
