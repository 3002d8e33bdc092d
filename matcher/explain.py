"""Why a text is no match of a quote: the place of it that comes nearest, and what that lacks.

What it lacks is told by what decides of a match (`evidence`). Only where to look is found in another way, by all words
that agree: most of what is no match is left behind by a search before it is aligned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import starmap

import numpy as np
from numpy.typing import NDArray

from matcher.agreement import LEAST_RUN_BITS, Runs
from matcher.align import align
from matcher.background import shipped_background
from matcher.candidates import find_candidates
from matcher.evidence import Lack, find_lack
from matcher.find import FoldedPage, fold_page, spans_of
from matcher.folding import is_unspaced
from matcher.index import SURPRISAL_BITS, SURPRISAL_MASK, StaticPart, build_static, spread
from matcher.marks import is_quoted
from matcher.reading import Reading, read, read_exact
from matcher.shingles import CHARACTERS, WORDS
from matcher.texts import Run, Wording
from matcher.thresholds import LONGEST_INTERRUPTION
from matcher.verify import Verifier

_MOST_HITS = 1 << 21  # equal words of a page and a wording; of those that both repeat most, all are left out
_MOST_PLACES = 20  # that are read of a page, those of its strongest runs
_MOST_RUNS = 100  # of a place


@dataclass(frozen=True, slots=True)
class Shortfall:
    """The place of a text that comes nearest to a quote, and the first thing that it lacks to be a match.

    `wording`: the number of the wording that it comes nearest to. `spans`: as those of a match. `words`: how many of
    the wording's `of_words` agree, and `in_a_row`: how many of these stand together at most. Of scripts without spaces,
    all three count characters (`in_characters`). `quoted`: whether a quotation mark stands right beside the place.
    """

    wording: int
    spans: tuple[tuple[int, int], ...]
    words: int
    of_words: int
    in_a_row: int
    in_characters: bool
    quoted: bool
    lack: Lack


def explain(text: str, wordings: Sequence[str], among: int = 0) -> Shortfall | None:
    """Tell what `text` lacks to be a match of a quote with these wordings, in an index of `among` wordings.

    None where it lacks nothing, and where it has no words of the quote that say anything. Any string is accepted. It
    takes two to ten times as long as a search, and costs a search nothing.

    >>> explain("“They need to drown Russia,” he said.", ["They need to drown Russia in blood"]).lack
    Lack(of='words', there=5, needed=6)
    """
    folded = fold_page(text)
    among = max(among, len(wordings))
    # Each by itself: of several, those that are the same would be one.
    parts = [build_static([("", wording)], shipped_background()) for wording in wordings]
    if any(_is_found(part, folded, among) for part in parts):
        return None
    places = [
        (number, wording, runs, reading)
        for number, wording in enumerate(map(_take_wording, parts))
        for runs, reading in _read_places(wording, folded)
    ]
    if not places:
        return None
    number, wording, runs, reading = max(places, key=lambda place: place[3].score)
    page, in_a_row = folded.page, _count_in_a_row(runs)
    in_characters = is_unspaced(text[page.starts[reading.start]])
    return Shortfall(
        number,
        spans_of(reading, page),
        reading.words,
        len(wording),
        in_a_row,
        in_characters,
        is_quoted(text, page.starts[reading.start], page.ends[reading.end - 1]),
        # What would be enough is no match where nothing leads a search to it.
        find_lack(reading, wording, page, among)
        or Lack("run", in_a_row, CHARACTERS if in_characters else WORDS),
    )


def _is_found(part: StaticPart, folded: FoldedPage, among: int) -> bool:
    candidates = find_candidates(part, folded.keys, folded.packed, among).candidates
    owned = [(candidate, [""]) for candidate in candidates]
    return bool(Verifier(folded.page, folded.packed, among).verify(owned))


def _take_wording(part: StaticPart) -> Wording:
    """Return the one wording of a part."""
    start, length = int(part.starts[0]), int(part.lengths[0])
    weight, quoting = int(part.weights[0]), bool(part.quoting[0])
    return Wording(part.tokens[start : start + length], weight, quoting, partial(part.text, 0))


def _read_places(wording: Wording, folded: FoldedPage) -> Iterator[tuple[list[Run], Reading]]:
    """Read the places of a page where the strongest runs stand, as a search would that came there."""
    page, limits = folded.page, (0, len(folded.packed))
    reach = len(wording) + LONGEST_INTERRUPTION
    runs = _find_runs(wording.packed, folded.packed)
    for _ in range(_MOST_PLACES):
        if not len(runs.row):
            return
        near = np.abs(runs.row - runs.row[runs.bits.argmax()]) <= reach
        there = runs.of(near)
        there = Runs(*(array[np.argsort(-there.bits, kind="stable")[:_MOST_RUNS]] for array in there))
        columns = (column.tolist() for column in (there.quote, there.page, there.length))
        aligned = align(wording, page, starmap(Run, zip(*columns, strict=True)), limits, lambda chain: True)
        if aligned:
            is_whole = aligned[0].length == len(wording) and not aligned[0].near
            yield (
                aligned,
                read_exact(wording, aligned[0].page, page)
                if is_whole
                else read(aligned, wording, page).reading,
            )
        runs = runs.of(~near)


def _find_runs(quote: NDArray[np.uint32], page: NDArray[np.uint32]) -> Runs:
    """Return the runs of equal words that say something by themselves, anywhere; the row of each is its diagonal."""
    identities = quote >> SURPRISAL_BITS
    order = np.argsort(identities, kind="stable")
    ranked, wanted = identities[order], page >> SURPRISAL_BITS
    first = ranked.searchsorted(wanted)
    counts = ranked.searchsorted(wanted, "right") - first
    of_word = np.bincount(first, counts, len(quote) + 1)
    rarest = np.argsort(of_word)
    counts[np.isin(first, rarest[np.cumsum(of_word[rarest]) > _MOST_HITS])] = 0
    at, numbers = spread(first, counts)
    place = order[numbers]
    in_order = np.lexsort((at, at - place))
    at, place = at[in_order], place[in_order]
    follows = np.zeros(len(at), np.bool_)
    follows[1:] = (np.diff(at) == 1) & (np.diff(place) == 1)
    firsts = np.flatnonzero(~follows)
    if not len(firsts):
        return Runs(*(np.empty(0, np.int64) for _ in Runs._fields))
    lengths = np.diff(np.append(firsts, len(at)))
    bits = np.add.reduceat((quote[place] & SURPRISAL_MASK).astype(np.int64), firsts)
    at, place = at[firsts], place[firsts]
    return Runs(at - place, place, at, lengths, bits).of(bits >= LEAST_RUN_BITS)


def _count_in_a_row(runs: list[Run]) -> int:
    """Return how many words agree without another one between them, at most."""
    longest = length = 0
    before: Run | None = None
    for run in runs:
        goes_on = before is not None and (before.quote_end, before.page_end) == (run.quote, run.page)
        length = run.length + (length if goes_on else 0)
        longest, before = max(longest, length), run
    return longest
