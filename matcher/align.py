"""From a stretch of a page to the words that reproduce a quote.

The words that agree on the candidate's diagonals give runs; the best chain of runs is kept, where every gap
costs; between the runs and at their ends the longest common subsequence (RapidFuzz) finds what else agrees,
and a look at the characters of the words left over finds typos. `reading` then says what the gaps mean.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import DamerauLevenshtein, LCSseq

from matcher.folding import fold_word, offsets
from matcher.guards import same_number
from matcher.index import SURPRISAL_BITS, SURPRISAL_MASK
from matcher.marks import closes, excuses_cut, may_be_cut, opens
from matcher.thresholds import (
    CHANGED_WORD_BITS,
    CUT_BITS,
    GAP_BITS,
    LONGEST_INSERTION,
    LONGEST_INTERRUPTION,
    SHIFT_BITS,
)

_LEAST_RUN_BITS = 8  # a run that agrees on a diagonal by less says nothing by itself
_SLACK_WORDS = 4  # looked at beyond the quote's length at both ends: words that the page added
_NEAR_WORDS = 6  # words of a gap that are compared by their characters


class Run(NamedTuple):
    """Equal words: from which of the quote and of the page, and how many; `near` if equal but for a typo."""

    quote: int
    page: int
    count: int
    near: bool = False

    @property
    def quote_end(self) -> int:
        return self.quote + self.count

    @property
    def page_end(self) -> int:
        return self.page + self.count


@dataclass(frozen=True)
class Text:
    """A text, where its tokens start and end, and their identities (27 bits of a hash, as an index packs them)."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    words: Sequence[int]

    def slice(self, first: int, last: int) -> str:
        """The text from token `first` up to, not including, token `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]] if last > first else ""

    def between(self, token: int, following: int) -> str:
        return self.text[self.ends[token] : self.starts[following]]

    def folded(self, token: int) -> str:
        return fold_word(self.text[self.starts[token] : self.ends[token]])


@dataclass(frozen=True)
class Wording:
    """A wording of the index. All but its size is made where it is asked for: most candidates end before that.

    `packed`: its words as the index has them, identities and surprisal.
    """

    packed: NDArray[np.uint32]
    total_bits: int
    read_text: Callable[[], str]

    def __len__(self) -> int:
        return len(self.packed)

    @cached_property
    def raw(self) -> str:
        return self.read_text()

    @cached_property
    def words(self) -> list[int]:
        return (self.packed >> SURPRISAL_BITS).tolist()

    @cached_property
    def bits(self) -> list[int]:
        return (self.packed & SURPRISAL_MASK).tolist()

    @cached_property
    def text(self) -> Text:
        places = offsets(self.raw)
        return Text(self.raw, [start for start, _ in places], [end for _, end in places], self.words)

    @cached_property
    def sums(self) -> list[int]:
        """`sums[i]`: the bits of the words before i."""
        return [0, *accumulate(self.bits)]

    def bits_of(self, run: Run) -> int:
        return self.sums[run.quote_end] - self.sums[run.quote]


def align(
    wording: Wording,
    page: Text,
    diagonals: Sequence[int],
    limits: tuple[int, int],
    worth_it: Callable[[float, int], bool],
) -> list[Run]:
    """Return the runs, in order, by which the page best reproduces `wording` near `diagonals`; maybe none.

    A diagonal is the page's token that stands where the quote's first one would. Only page tokens within
    `limits` are looked at. What chains on the diagonals is gone into only if its bits and words are `worth_it`.
    """
    first, last = limits
    runs = [run for d in diagonals for run in _agreeing(wording, page, d, first, last)]
    if not runs:
        return []
    chain = _best_chain(sorted(runs), wording, page)
    if not worth_it(score_of(chain, wording, page), sum(run.count for run in chain)):
        return []
    chain = _cut_at_marks(chain, wording, page)
    return _with_typos(_filled(chain, wording, page, first, last), wording, page, first, last)


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
    if added > LONGEST_INSERTION:
        return math.inf
    return (
        GAP_BITS + CHANGED_WORD_BITS * min(missing, added) + SHIFT_BITS * math.log2(1 + abs(missing - added))
    )


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


def _agreeing(wording: Wording, page: Text, diagonal: int, first: int, last: int) -> list[Run]:
    """The runs of equal words on a diagonal."""
    start, end = max(first, diagonal), min(last, diagonal + len(wording))
    if start >= end:
        return []
    runs: list[Run] = []
    place = start
    words = page.words[start:end]
    quote = wording.words[start - diagonal : end - diagonal]
    begin = None
    for place, (a, b) in enumerate(zip(quote, words, strict=True)):
        if a == b:
            begin = place if begin is None else begin
        elif begin is not None:
            runs.append(Run(start - diagonal + begin, start + begin, place - begin))
            begin = None
    if begin is not None:
        runs.append(Run(start - diagonal + begin, start + begin, len(quote) - begin))
    return [run for run in runs if wording.bits_of(run) >= _LEAST_RUN_BITS]


def _best_chain(runs: list[Run], wording: Wording, page: Text) -> list[Run]:
    """The chain of runs, in order in the quote and in the page, of most bits less the cost of its gaps."""
    scores: list[float] = []
    befores: list[tuple[int, Run] | None] = []
    for place, run in enumerate(runs):
        score, before = float(wording.bits_of(run)), None
        for earlier in range(max(0, place - 50), place):
            cut = _after(runs[earlier], run)
            if cut is None:
                continue
            through = scores[earlier] + wording.bits_of(cut) - gap_cost(runs[earlier], cut, wording, page)
            if through > score:
                score, before = through, (earlier, cut)
        scores.append(score)
        befores.append(before)
    place = max(range(len(runs)), key=scores.__getitem__)
    chain: list[Run] = []
    while True:
        step = befores[place]
        if step is None:
            chain.append(runs[place])
            return chain[::-1]
        chain.append(step[1])
        place = step[0]


def _cut_at_marks(chain: list[Run], wording: Wording, page: Text) -> list[Run]:
    """Where a word could end one run or begin the next, an ellipsis or a mark on the page tells which."""
    out = chain[:1]
    for run in chain[1:]:
        before = out[-1]
        if before.page_end == run.page and run.quote > before.quote_end:
            for count in range(1, min(before.count, run.quote - before.quote_end + 1)):
                if wording.words[run.quote - count] != page.words[run.page - count]:
                    break
                left = Run(before.quote, before.page, before.count - count)
                right = Run(run.quote - count, run.page - count, run.count + count)
                if is_cut_between(left, right, wording, page):
                    out[-1], run = left, right  # noqa: PLW2901
                    break
        out.append(run)
    return out


def _after(before: Run, run: Run) -> Run | None:
    """What of `run` follows `before` in both texts; None if nothing does."""
    overlap = max(0, before.quote_end - run.quote, before.page_end - run.page)
    return Run(run.quote + overlap, run.page + overlap, run.count - overlap) if overlap < run.count else None


def _filled(chain: list[Run], wording: Wording, page: Text, first: int, last: int) -> list[Run]:
    """The chain with the smaller runs that agree between its own, and beyond its ends."""
    head, tail = chain[0], chain[-1]
    before_head = max(first, head.page - head.quote - _SLACK_WORDS)
    after_tail = min(last, tail.page_end + len(wording) - tail.quote_end + _SLACK_WORDS)
    heads = _pulled_right(
        [*_common(wording, page, 0, head.quote, before_head, head.page), head], wording, page
    )
    tails = [tail, *_common(wording, page, tail.quote_end, len(wording), tail.page_end, after_tail)]
    tails = _pulled_left(tails, wording, page)
    inner = [heads.pop(), *chain[1:]]
    inner[-1] = Run(inner[-1].quote, inner[-1].page, tails[0].quote_end - inner[-1].quote)
    out = [*_worth_their_gaps([*heads, inner[0]], wording, page, at_start=True)]
    for before, after in pairwise(inner):
        between = _common(wording, page, before.quote_end, after.quote, before.page_end, after.page)
        out.extend(_inside_gap(before, between, after, wording, page))
        out.append(after)
    return out + _worth_their_gaps([inner[-1], *tails[1:]], wording, page, at_start=False)[1:]


def _pulled_right(runs: list[Run], wording: Wording, page: Text) -> list[Run]:
    """Give each word to the run on its right where that could have it as well: near words belong together.

    A common subsequence is not unique: it may take "the" from before an insertion or from after it.
    """
    out = runs[-1:]
    for left in reversed(runs[:-1]):
        run, right = left, out[0]
        while (
            run.count and _touch(run, right) and page.words[right.page - 1] == wording.words[right.quote - 1]
        ):
            right = Run(right.quote - 1, right.page - 1, right.count + 1)
            run = Run(run.quote, run.page, min(run.count, right.quote - run.quote, right.page - run.page))
        out[0] = right
        if run.count > 0:
            out.insert(0, run)
    return out


def _pulled_left(runs: list[Run], wording: Wording, page: Text) -> list[Run]:
    """As `_pulled_right`, the other way round."""
    out = runs[:1]
    for right in runs[1:]:
        run, left = right, out[-1]
        while run.count and _touch(left, run) and page.words[left.page_end] == wording.words[left.quote_end]:
            left = Run(left.quote, left.page, left.count + 1)
            cut = max(left.quote_end - run.quote, left.page_end - run.page, 0)
            run = Run(run.quote + cut, run.page + cut, run.count - cut)
        out[-1] = left
        if run.count > 0:
            out.append(run)
    return out


def _touch(left: Run, right: Run) -> bool:
    """Whether only one of the two texts has words between two runs."""
    return (left.quote_end == right.quote) != (left.page_end == right.page)


def _common(
    wording: Wording, page: Text, quote_first: int, quote_last: int, page_first: int, page_last: int
) -> list[Run]:
    if quote_first >= quote_last or page_first >= page_last:
        return []
    codes = LCSseq.opcodes(wording.words[quote_first:quote_last], page.words[page_first:page_last])
    return [
        Run(code.src_start + quote_first, code.dest_start + page_first, code.src_end - code.src_start)
        for code in codes
        if code.tag == "equal"
    ]


def _worth_their_gaps(runs: list[Run], wording: Wording, page: Text, *, at_start: bool) -> list[Run]:
    """Of the runs outwards from the chain, as many as score best: the bits of each less its gap's cost."""
    outwards = runs[::-1] if at_start else runs
    score, best, best_count = 0.0, 0.0, 1
    for place in range(1, len(outwards)):
        near, far = outwards[place - 1], outwards[place]
        before, after = (far, near) if at_start else (near, far)
        score += wording.bits_of(far) - gap_cost(before, after, wording, page)
        if _outside(near, far, wording, page, at_start):
            score -= CUT_BITS
        # A word that stands right at the quotation mark is where the quotation begins or ends.
        at_mark = (
            opens(page.text, page.starts[far.page])
            if at_start
            else closes(page.text, page.ends[far.page_end - 1])
        )
        if score > best or (at_mark and score > best - GAP_BITS - CHANGED_WORD_BITS):
            best, best_count = score, place + 1
    kept = outwards[:best_count]
    return kept[::-1] if at_start else kept


def _outside(near: Run, far: Run, wording: Wording, page: Text, at_start: bool) -> bool:
    """Whether a quotation begins (ends) between the runs, on the page and not in the quote: what is far is not in it."""
    text, own = page.text, wording.text
    if at_start:
        at_mark = opens(text, page.starts[near.page]) and not opens(own.text, own.starts[near.quote])
    else:
        at_mark = closes(text, page.ends[near.page_end - 1]) and not closes(
            own.text, own.ends[near.quote_end - 1]
        )
    before, after = (far, near) if at_start else (near, far)
    return at_mark and not is_cut_between(before, after, wording, page)


def _inside_gap(before: Run, between: list[Run], after: Run, wording: Wording, page: Text) -> list[Run]:
    """The runs inside a gap, if they are worth that it is cut into several."""
    if not between:
        return []
    steps = [before, *between, after]
    cost = sum(gap_cost(a, b, wording, page) for a, b in pairwise(steps))
    bits = sum(wording.bits_of(run) for run in between)
    return between if bits >= cost - gap_cost(before, after, wording, page) else []


def _with_typos(runs: list[Run], wording: Wording, page: Text, first: int, last: int) -> list[Run]:
    """The runs with the words between them, and on from both ends, that are equal but for a typo."""
    out: list[Run] = []
    q, p = runs[0].quote - 1, runs[0].page - 1
    while q >= 0 and p >= first and is_near(wording, q, page, p):
        out.insert(0, Run(q, p, 1, near=True))
        q, p = q - 1, p - 1
    for before, after in pairwise(runs):
        out.append(before)
        out.extend(_typos_in_gap(before, after, wording, page))
    out.append(runs[-1])
    q, p = runs[-1].quote_end, runs[-1].page_end
    while q < len(wording) and p < last and is_near(wording, q, page, p):
        out.append(Run(q, p, 1, near=True))
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
            if inside and is_near(wording, quote_place, page, page_place):
                out.append(Run(quote_place, page_place, 1, near=True))
                q, p = quote_place + 1, page_place + 1
                break
        else:
            q, p = q + 1, p + 1
    return out


def is_near(wording: Wording, quote_place: int, page: Text, page_place: int) -> bool:
    """Whether two words are one typo apart (two in long words), or say the same number."""
    a, b = wording.text.folded(quote_place), page.folded(page_place)
    if same_number([a], [b]):
        return True
    shorter = min(len(a), len(b))
    if shorter < 3 or any(char.isdigit() for char in a + b):
        return False
    allowed = 1 if shorter < 8 else 2
    return DamerauLevenshtein.distance(a, b, score_cutoff=allowed) <= allowed
