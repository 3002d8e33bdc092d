"""What a change means among the words around it, where these decide: half a word, half a negation."""

from __future__ import annotations

import re

from matcher.beside import Beside
from matcher.folding import is_unspaced
from matcher.guards import Guard, guard_of
from matcher.marks import has_ellipsis
from matcher.negation import negation_differs
from matcher.number_words import NUMBER_WORDS
from matcher.quantities import may_have_number, numbers_differ
from matcher.signs import slice_with_signs
from matcher.texts import Text, Wording
from matcher.units import dates_differ, units_differ
from matcher.word_lists import read_words

# A character of a script without spaces is a part of a word: 同 of 不同, せん of ません.
_CHARACTERS = 2
# French may say its negation in two words, and often leaves the first one out: "je (ne) sais pas".
_NE = re.compile(r"\b(?:ne\b|n['’])", re.IGNORECASE)
_WORDS_AFTER_NE = 3
_Ranges = tuple[int, int, int, int]
_CHARACTERS_BESIDE = 30  # on either side of a change, which tell how it is meant
_WORDS_NEAR_NUMBER = 10  # on either side, in which a number that seems lost may stand
_WORDS_BESIDE_MATCH = 3  # the same, right before and after all that the page has
_WORDS_OF_CLAUSE = 5
_WORDS_BEFORE_UNIT = 2  # in which the number stands that it counts

_TRUE, _THAT = ("|".join(sorted(read_words("negations")[section])) for section in ("true", "that"))
# Between two negations of which the first negates the second. Another clause may begin at a comma, or with "and".
_TRUE_THAT = re.compile(
    rf"(?:\w+\s+){{0,2}}(?:{_TRUE}),?\s+(?:{_THAT})\s+(?:[^\W_]+\s+){{0,6}}", re.IGNORECASE
)
_AND = re.compile(r"\b(?:and|but|or|y|e|o|et|mais|pero|mas|ma|und|aber|en|maar|i|ale|и|но)\b", re.IGNORECASE)


def guard_among_words(
    checked: str, said: str, ranges: _Ranges, wording: Wording, page: Text, *, match: tuple[int, int]
) -> Guard | None:
    """Return the guard of a change from `checked` to `said`, with the equal words beside it that belong to it.

    `ranges`: the words of the quote and of the page that the change is made of, as in `Run.ranges`. `match`: the words
    of the page in which the change stands.
    """
    first, last, start, end = ranges
    if _fills_ellipsis(ranges, wording):
        return None
    before = after = 0
    if is_unspaced((said or checked or " ")[0]):
        before = after = _CHARACTERS
    elif _NE.search(checked) or _NE.search(said):
        after = _WORDS_AFTER_NE
    while before and first and start and wording.words[first - 1] == page.words[start - 1]:
        before, first, start = before - 1, first - 1, start - 1
    while after and last < len(wording) and end < len(page.words) and wording.words[last] == page.words[end]:
        after, last, end = after - 1, last + 1, end + 1
    widened = first, last, start, end
    if widened != ranges:
        checked, said = wording.text.slice(first, last), page.slice(start, end)
    guard = guard_of(checked, said, wording.raw, _beside(widened, wording, page, match))
    if guard is None and (_counts_another(ranges, wording, page) or _scales_another(ranges, wording, page)):
        return "number"
    return guard


def _fills_ellipsis(ranges: _Ranges, wording: Wording) -> bool:
    """Whether a page has a clause where the quote itself has an ellipsis: a "not" there is another clause's."""
    first, last, start, end = ranges
    is_clause = first == last > 0 and end - start >= _WORDS_OF_CLAUSE
    return is_clause and has_ellipsis(wording.text.between(first - 1, first))


def _beside(ranges: _Ranges, wording: Wording, page: Text, match: tuple[int, int]) -> Beside:
    """What stands beside a change of these words of the quote and of the page, as in `Run.ranges`."""
    first, last, start, end = ranges
    count = len(page.words)
    near = "\n".join(
        page.slice(max(0, one - words), min(count, other + words))
        for one, other, words in (
            (start, end, _WORDS_NEAR_NUMBER),
            (match[0], match[0], _WORDS_BESIDE_MATCH),
            (match[1], match[1], _WORDS_BESIDE_MATCH),
        )
    )
    return Beside(*_sides(wording.text, first, last), *_sides(page, start, end), near)


def _sides(text: Text, first: int, last: int) -> tuple[str, str]:
    count = len(text.words)
    if first < last:
        start, end = text.starts[first], text.ends[last - 1]
    else:
        end = text.starts[first] if first < count else len(text.text)
        start = end
    return text.text[max(0, start - _CHARACTERS_BESIDE) : start], text.text[end : end + _CHARACTERS_BESIDE]


def negations_cancel(one: _Ranges, other: _Ranges, wording: Wording, page: Text) -> bool:
    """Whether both of two changes, in order, lose a negation, or both bring one, and the first negates the second:
    "not true that he never paid" and "true that he paid"."""
    changes = [(wording.text.slice(*each[:2]), page.slice(*each[2:])) for each in (one, other)]
    if all(_loses_negation(checked, said, wording) for checked, said in changes):
        text, first, last = wording.text, one[1], other[0]
    elif all(_loses_negation(said, checked, wording) for checked, said in changes):
        text, first, last = page, one[3], other[2]
    else:
        return False
    between = text.text[text.starts[first] : text.starts[last]] if first < last else ""
    return bool(_TRUE_THAT.fullmatch(between)) and not _AND.search(between)


def _loses_negation(before: str, after: str, wording: Wording) -> bool:
    return negation_differs(before, "", wording.raw) and not negation_differs(after, "", wording.raw)


def _scales_another(ranges: _Ranges, wording: Wording, page: Text) -> bool:
    """Whether the equal word behind a change makes another number of it: "halbe | Million" became "Million"."""
    first, last, start, end = ranges
    if last >= len(wording) or end >= len(page.words) or wording.words[last] != page.words[end]:
        return False
    scale = NUMBER_WORDS.get(page.folded(end))
    if scale is None or scale.kind != "scale" or not scale.sure:
        return False
    if numbers_differ(wording.text.slice(first, last), page.slice(start, end)):
        return False  # and is excused
    return numbers_differ(wording.text.slice(first, last + 1), page.slice(start, end + 1))


def _counts_another(ranges: _Ranges, wording: Wording, page: Text) -> bool:
    """Whether a number counts another unit: "20 km" became "20 miles", "5 billion dollars" "€5 billion"; or the same
    numbers are another date: "2 January 2020" and "01.02.2020"."""
    first, last, start, end = ranges
    if dates_differ(wording.text.slice(first, last), page.slice(start, end)):
        return True
    before = min(_WORDS_BEFORE_UNIT, first, start)
    ours = slice_with_signs(wording.text, first - before, last)
    theirs = slice_with_signs(page, start - before, end)
    return may_have_number(ours) and may_have_number(theirs) and units_differ(ours, theirs)
