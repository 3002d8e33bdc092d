"""What an alignment says: the pieces of the page that are the quote, what they changed, and the kind of match."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter
from typing import Literal, NamedTuple

from matcher.gaps import gap_cost, is_cut_between
from matcher.guards import Guard, guard_of
from matcher.marks import (
    closes,
    has_ellipsis,
    is_aside,
    opens,
    replaced_after,
    replaced_before,
    with_brackets,
    with_whole_brackets,
)
from matcher.quantities import same_number
from matcher.same_words import (
    count_same_after,
    count_same_before,
    is_same_beside_number,
    is_spacing,
    possible_quantities,
)
from matcher.signs import differing_signs, slice_with_signs, with_signs
from matcher.surroundings import guard_among_words, negations_cancel
from matcher.texts import Difference, Run, Text, Wording
from matcher.thresholds import EDGE_REPLACED, EDGE_SHARE, EDGE_WORDS, NEAR_WORD_SHARE
from matcher.units import may_be_same_date, same_quantity

_NEGATED_WORDS = 2  # between a negation and what it negates, the negation counted in
_SENTENCE_END = re.compile(r"[.!?;:…]\s|\n")

Kind = Literal["exact", "altered", "fragment", "elided"]


class Change(NamedTuple):
    """Words that a page says otherwise than the quote; one side is empty where words are missing or added."""

    checked: str
    page: str
    guard: Guard | None


@dataclass(frozen=True, slots=True)
class Reading:
    """An alignment, read. `pieces`: ranges of page tokens, in order. `score`: bits, less what changes cost.

    `quote_first`, `quote_last`: the range of the quote's words that the page reproduces. `replaced`: how many tokens
    before and after its pieces stand for words at the quote's beginning and end.
    """

    kind: Kind
    pieces: list[tuple[int, int]]
    changes: list[Change]
    score: float
    matched_bits: float
    words: int
    similarity: float
    coverage: float
    quote_first: int
    quote_last: int
    replaced: tuple[int, int] = (0, 0)

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]

    def widened(self, before: int, after: int) -> list[tuple[int, int]]:
        """The pieces with so many tokens more at the beginning of the first and at the end of the last."""
        pieces = list(self.pieces)
        pieces[0] = pieces[0][0] - before, pieces[0][1]
        pieces[-1] = pieces[-1][0], pieces[-1][1] + after
        return pieces


def read_exact(wording: Wording, start: int, page: Text) -> Reading:
    """The reading of a place, from page token `start`, that has all the wording's words in order."""
    count, bits = len(wording), float(wording.total_bits)
    changes = [change for _, change in _changed_signs([Run(0, start, count)], wording, page)]
    kind: Kind = "altered" if changes else "exact"
    similarity = 1 - len(changes) / count
    return Reading(kind, [(start, start + count)], changes, bits, bits, count, similarity, 1.0, 0, count)


class _Unguarded(NamedTuple):
    """A change whose guard is not known yet, and the words that it is made of, as in `Run.ranges`."""

    checked: str
    page: str
    ranges: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Draft:
    """A reading that does not tell its changes yet: most alignments are no match, and guards take time."""

    reading: Reading
    changes: list[Change | _Unguarded]
    dropped: list[Change]
    has_head: bool  # of which the first change tells
    compared: int  # texts that may be quantities, which takes time

    def with_changes(self, wording: Wording, page: Text) -> Reading:
        match = self.reading.start, self.reading.end
        changes = [
            change
            if isinstance(change, Change)
            else Change(*change[:2], guard_among_words(*change, wording, page, match=match))
            for change in self.changes
        ]
        negated = [
            (place, told.ranges)
            for place, told in enumerate(self.changes)
            if isinstance(told, _Unguarded) and changes[place].guard == "negation"
        ]
        if len(negated) == 2:
            (one, ranges), (other, other_ranges) = negated
            if negations_cancel(ranges, other_ranges, wording, page):
                for place in (one, other):
                    changes[place] = changes[place]._replace(guard=None)
        lost = [] if self.has_head else _lost_negation(self.reading, wording, page)
        return replace(self.reading, changes=[*changes, *lost, *self.dropped])


def read(runs: list[Run], wording: Wording, page: Text) -> Draft:
    """Read what stands between the runs of an alignment, and at its ends."""
    pieces, differences, dropped = _cut(runs, wording, page)
    placed, equal, surplus, compared = _changes(_joined(differences), wording, page)
    signs = _changed_signs([run for run in runs if not run.near], wording, page)
    told: list[tuple[int, Change | _Unguarded]] = sorted([*placed, *signs], key=itemgetter(0))
    changes = [change for _, change in told]
    first, last = runs[0].quote, runs[-1].quote_end
    before, after = count_same_before(runs[0], wording, page), count_same_after(runs[-1], wording, page)
    if before is not None:
        pieces[0], first = (pieces[0][0] - before, pieces[0][1]), 0
    if after is not None:
        pieces[-1], last = (pieces[-1][0], pieces[-1][1] + after), len(wording)
    at_edges = runs[0].quote - first + last - runs[-1].quote_end
    edges = _edges(runs, first, last, wording, page, is_elided=len(pieces) > 1)
    if len(pieces) > 1:
        kind: Kind = "elided"
    # A part of a quote with words changed is above all altered; `coverage` says that it is a part.
    elif changes or edges.head or edges.tail:
        kind = "altered"
    else:
        kind = "exact" if edges.is_whole else "fragment"

    weights = [NEAR_WORD_SHARE if run.near else 1.0 for run in runs]
    matched_bits = sum(wording.bits_of(run) * weight for run, weight in zip(runs, weights, strict=True))
    matched = equal + at_edges + sum(run.length * weight for run, weight in zip(runs, weights, strict=True))
    matched -= len(signs)
    words = sum(run.length for run in runs)
    gaps = [difference for difference in differences if not difference.credited]
    missing = sum(gap.quote_end - gap.quote for gap in gaps)
    added = sum(page.count_words(gap.page, gap.page_end) for gap in gaps) - surplus
    reading = Reading(
        kind,
        pieces,
        [],
        matched_bits - sum(gap_cost(a, b, wording, page) for a, b in pairwise(runs)),
        matched_bits,
        words,
        min(1.0, 2 * matched / (2 * (words + at_edges) + missing + added)),
        min(1.0, matched / len(wording)),
        first,
        last,
        (edges.before, edges.after),
    )
    return Draft(reading, [*edges.head, *changes, *edges.tail], dropped, bool(edges.head), compared)


def with_replaced_edges(reading: Reading) -> Reading:
    """Return the reading with the words that stand for the quote's first or last ones in its span, as all changed words
    are. To the evidence that the place is the quote they add nothing."""
    return replace(reading, pieces=reading.widened(*reading.replaced)) if any(reading.replaced) else reading


def _cut(
    runs: list[Run], wording: Wording, page: Text
) -> tuple[list[tuple[int, int]], list[Difference], list[Change]]:
    """Return the pieces of the page that are the quote, where they differ from it, and what the cuts dropped."""
    pieces: list[tuple[int, int]] = []
    differences: list[Difference] = []
    dropped: list[Change] = []
    start = runs[0].page
    for place, run in enumerate(runs):
        if run.near:
            differences.append(Difference(*run.ranges, credited=NEAR_WORD_SHARE * run.length))
        if place + 1 == len(runs):
            break
        after = runs[place + 1]
        if after.quote == run.quote_end and after.page == run.page_end:
            continue
        if is_cut_between(run, after, wording, page):
            pieces.append((start, run.page_end))
            start = after.page
            dropped.extend(_dropped(run, after, wording, page))
        else:
            differences.append(Difference(run.quote_end, after.quote, run.page_end, after.page))
    pieces.append((start, runs[-1].page_end))
    return pieces, differences, dropped


class _Edges(NamedTuple):
    """The changes at a quote's beginning and end, and how many tokens of the page beyond its pieces stand for words
    there. `is_whole`: all of the quote's words but a few are there, or have others in their place."""

    head: list[_Unguarded]
    tail: list[_Unguarded]
    before: int
    after: int
    is_whole: bool


def _edges(
    runs: list[Run], first: int, last: int, wording: Wording, page: Text, *, is_elided: bool
) -> _Edges:
    """Return what the page has at the quote's beginning and end.

    `first`, `last`: the range of the quote's words that the page has.

    Where the quotation marks hold other words in place of the quote's first or last ones, these are changed; where
    they hold nothing there, the quote is cut. Where there are no marks, a sentence holds as few in place of a few.
    That words are missing is told of a whole quote, not of one with an ellipsis.
    """
    count = len(wording)
    head, tail = first, count - last
    few = max(EDGE_WORDS, EDGE_SHARE * count)
    most = max(EDGE_WORDS, EDGE_REPLACED * count)
    start, end = runs[0].page, runs[-1].page_end
    in_sentence = head + tail <= few
    said_head = said_tail = ""
    if 0 < head <= most:
        said_head = replaced_before(page.text, page.starts[start], head, in_sentence=in_sentence)
    if 0 < tail <= most:
        said_tail = replaced_after(page.text, page.ends[end - 1], tail, in_sentence=in_sentence)
    missing = (0 if said_head else head) + (0 if said_tail else tail)
    is_whole = missing <= few
    is_told = is_whole and not is_elided
    before, after = _count_before(said_head, start, page), _count_after(said_tail, end, page)
    # What the quote itself does not quote is not replaced by what the page does.
    own = wording.text
    takes_head = bool(said_head) and not opens(own.text, own.starts[first])
    takes_tail = bool(said_tail) and not closes(own.text, own.ends[last - 1])
    return _Edges(
        _edge((0, head, start - before, start), wording, page) if takes_head or is_told else [],
        _edge((last, count, end, end + after), wording, page) if takes_tail or is_told else [],
        before if takes_head else 0,
        after if takes_tail else 0,
        is_whole,
    )


def _count_before(said: str, token: int, page: Text) -> int:
    """How many tokens before `token` the text `said` is, which ends there."""
    count = 0
    place = page.text.rfind(said, 0, page.starts[token])
    while said and count < token and page.starts[token - count - 1] >= place:
        count += 1
    return count


def _count_after(said: str, token: int, page: Text) -> int:
    """How many tokens from `token` on the text `said` is, which begins there."""
    count = 0
    end = page.text.find(said, page.ends[token - 1]) + len(said)
    while said and token + count < len(page.words) and page.starts[token + count] < end:
        count += 1
    return count


def _dropped(before: Run, after: Run, wording: Wording, page: Text) -> list[Change]:
    """What a cut leaves out, as far as a reader must know: an ellipsis owns up to it, but not to a lost "not"."""
    checked = slice_with_signs(wording.text, before.quote_end, after.quote)
    if not checked:
        return []
    guard = guard_of(checked, "", wording.raw)
    if has_ellipsis(page.between(before.page_end - 1, after.page)) and guard != "negation":
        return []
    return [Change(checked, "", guard)]


def _lost_negation(reading: Reading, wording: Wording, page: Text) -> list[Change]:
    """The negation that a part of a quote leaves behind, right before its first word: "never | wanted to raise".

    It is not lost where the page has one there, too: "wasn't | a subject" and "was not | a subject".
    """
    first, start = reading.quote_first, reading.start
    before = min(first, _NEGATED_WORDS)
    checked = wording.text.slice(first - before, first)
    rest = wording.raw[wording.text.starts[first - before] : wording.text.starts[first]] if checked else ""
    if _SENTENCE_END.search(rest) or guard_of(checked, "", wording.raw) != "negation":
        return []
    count = 0
    while count < min(start, before + 1) and not _SENTENCE_END.search(
        page.between(start - count - 1, start - count)
    ):
        count += 1
    is_there = guard_of(checked, page.slice(start - count, start), wording.raw) != "negation"
    return [] if is_there else [Change(checked, "", "negation")]


def _joined(differences: list[Difference]) -> list[Difference]:
    """Differences that touch are one: "strongly rejects" became "does not reject"."""
    out: list[Difference] = []
    for difference in differences:
        if out and out[-1].quote_end == difference.quote and out[-1].page_end == difference.page:
            last = out.pop()
            ends = difference.quote_end, difference.page_end
            credited = last.credited + difference.credited
            difference = Difference(last.quote, ends[0], last.page, ends[1], credited)  # noqa: PLW2901
        out.append(difference)
    return out


def _changes(
    differences: list[Difference], wording: Wording, page: Text
) -> tuple[list[tuple[int, _Unguarded]], float, float, int]:
    """Return the changes, each with its place on the page, and of what is the same but spelt otherwise (6, six), how
    many words more that is, and by how many the page has more of them than the quote; and how many were compared."""
    changes: list[tuple[int, _Unguarded]] = []
    equal = surplus = 0.0
    different, same, compared = _without_same_quantities(differences, wording, page)
    for difference in different:
        checked = wording.text.slice(difference.quote, difference.quote_end)
        said = page.slice(difference.page, difference.page_end)
        if (
            same_number(checked.split(), said.split())
            or is_same_beside_number(difference, wording, page)
            or is_spacing(checked, said)
            or (not checked and is_aside(page.between(difference.page - 1, difference.page_end)))
        ):
            same.append(difference)
            continue
        if said:
            said = _said(page, difference.page, difference.page_end)
        checked = slice_with_signs(wording.text, difference.quote, difference.quote_end)
        changes.append((difference.page, _Unguarded(checked, said, difference.ranges)))
    for difference in same:
        count = difference.quote_end - difference.quote
        equal += count - difference.credited
        surplus += page.count_words(difference.page, difference.page_end) - count
    return changes, equal, surplus, compared


def _without_same_quantities(
    differences: list[Difference], wording: Wording, page: Text
) -> tuple[list[Difference], list[Difference], int]:
    """Return the differences that are left, those that only say one quantity in two ways ("$5" and "5 dollars"), and
    how many pairs of texts may have been one.

    A date in another order differs in two places: "31 January" and "January 31". One that can be read in two ways, and
    is the quote's in one, is told whole: "1 February 2020" and "1/2/2020".
    """
    left: list[Difference] = []
    same: list[Difference] = []
    place = compared = 0
    while place < len(differences):
        possible = {
            count: possible_quantities(differences[place : place + count], count, wording, page)
            for count in (2, 1)
        }
        compared += sum(map(len, possible.values()))
        is_same = (count for count in (2, 1) if any(same_quantity(*texts) for _, *texts in possible[count]))
        if count := next(is_same, 0):
            same.extend(differences[place : place + count])
        else:
            dates = (
                (count, whole)
                for count in (1, 2)
                for whole, *texts in possible[count]
                if may_be_same_date(*texts)
            )
            count, date = next(dates, (1, None))
            left.append(date or differences[place])
        place += count
    return left, same, compared


def _changed_signs(runs: list[Run], wording: Wording, page: Text) -> list[tuple[int, Change]]:
    return [
        (token, Change(checked, said, "number"))
        for token, checked, said in differing_signs(runs, wording, page)
    ]


def _said(page: Text, first: int, last: int) -> str:
    """The page's tokens [first, last) as a change tells them: with their signs and an editor's brackets."""
    if first == last:
        return ""
    start, end = with_signs(page.text, page.starts[first], page.ends[last - 1])
    return with_brackets(page.text, *with_whole_brackets(page.text, start, end))


def _edge(ranges: tuple[int, int, int, int], wording: Wording, page: Text) -> list[_Unguarded]:
    """The change of a quote's first or last words, as in `Run.ranges`, without those at its ends that are the same."""
    first, last, start, end = ranges
    while first < last and start < end and wording.words[first] == page.words[start]:
        first, start = first + 1, start + 1
    while first < last and start < end and wording.words[last - 1] == page.words[end - 1]:
        last, end = last - 1, end - 1
    checked, said = slice_with_signs(wording.text, first, last), _said(page, start, end)
    if not checked and not said:
        return []
    return [_Unguarded(checked, said, (first, last, start, end))]
