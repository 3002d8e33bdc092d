"""From a stretch of a page to the words that reproduce a quote.

The words that agree on the candidate's diagonals give runs; the best chain of runs is kept, where every gap
costs; between the runs and at their ends the longest common subsequence (RapidFuzz) finds what else agrees,
and `typos` what agrees but for a letter. `reading` then says what the gaps mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from matcher.agreement import LEAST_RUN_BITS
from matcher.gaps import gap_cost, is_cut_between
from matcher.marks import closes, crosses_mark, ends_quotation, has_marks, opens
from matcher.texts import Run, Text, Wording
from matcher.thresholds import CHANGED_WORD_BITS, CUT_BITS, FEWEST_WORDS, GAP_BITS
from matcher.typos import with_typos

_SLACK_WORDS = 4  # looked at beyond the quote's length at both ends: words that the page added
_WORDS_NEAR_END = 40  # in which the last few of a quote are looked at, with what stands between them
MOST_BEFORE = 50  # runs before a run that it may continue: enough for any quote, and linear for any page


def align(
    wording: Wording,
    page: Text,
    runs: Iterable[Run],
    limits: tuple[int, int],
    is_worth_it: Callable[[list[Run]], bool],
) -> list[Run]:
    """Return the runs, in order, by which the page best reproduces `wording`; maybe none.

    `runs`: what agrees on diagonals near each other (see `agreement`). Only page tokens within `limits` are
    looked at. A chain of the runs is gone into only if it `is_worth_it`.
    """
    first, last = limits
    inside = [clipped for run in runs if (clipped := _clip(run, wording, first, last))]
    if not inside:
        return []
    chain = inside
    if len(inside) > 1:
        chain = _best_chain(sorted(inside), wording, page)
    if not is_worth_it(chain):
        return []
    if len(chain) > 1:
        chain = _cut_at_marks(_inside_the_marks(chain, wording, page), wording, page)
    runs = with_typos(_filled(chain, wording, page, first, last), wording, page, first, last)
    return _to_the_end_of_the_quotation(runs, wording, page)


def _clip(run: Run, wording: Wording, first: int, last: int) -> Run | None:
    """What of a run is on page tokens [first, last); None if that says nothing by itself."""
    if first <= run.page and run.page_end <= last:
        return run
    skipped = max(0, first - run.page)
    clipped = Run(run.quote + skipped, run.page + skipped, min(last, run.page_end) - run.page - skipped)
    return clipped if clipped.length > 0 and wording.bits_of(clipped) >= LEAST_RUN_BITS else None


def _best_chain(runs: list[Run], wording: Wording, page: Text) -> list[Run]:
    """The chain of runs, in order in the quote and in the page, of most bits less the cost of its gaps."""
    scores: list[float] = []
    befores: list[tuple[int, Run] | None] = []
    for place, run in enumerate(runs):
        score, before = float(wording.bits_of(run)), None
        for earlier in range(max(0, place - MOST_BEFORE), place):
            cut = _after(runs[earlier], run)
            if cut is None:
                continue
            through = scores[earlier] + wording.bits_of(cut)
            if through <= score:
                continue  # a gap's cost takes time to find, and never lifts the score
            through -= gap_cost(runs[earlier], cut, wording, page)
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


def _inside_the_marks(chain: list[Run], wording: Wording, page: Text) -> list[Run]:
    """The chain without the runs at its ends that are worth less than that they stand outside of the quotation."""
    strongest = max(range(len(chain)), key=lambda place: wording.bits_of(chain[place]))
    heads = _worth_their_gaps(chain[: strongest + 1], wording, page, at_start=True)
    tails = _worth_their_gaps(chain[strongest:], wording, page, at_start=False)
    return heads + tails[1:]


def _cut_at_marks(chain: list[Run], wording: Wording, page: Text) -> list[Run]:
    """Where words could end one run or begin the next, an ellipsis or a mark on the page tells which.

    "knowledge of," the minister said, "the witch hunt": the quote's "the" is not the minister's.
    """
    out = chain[:1]
    for run in chain[1:]:
        before = out[-1]
        if _touch(before, run) and not is_cut_between(before, run, wording, page):
            gap = run.quote - before.quote_end + run.page - before.page_end  # one of the two is 0
            for count in range(1, min(before.length, gap + 1)):
                if wording.words[run.quote - count] != page.words[run.page - count]:
                    break
                left = Run(before.quote, before.page, before.length - count)
                right = Run(run.quote - count, run.page - count, run.length + count)
                if is_cut_between(left, right, wording, page):
                    out[-1], run = left, right  # noqa: PLW2901
                    break
        out.append(run)
    return out


def _to_the_end_of_the_quotation(runs: list[Run], wording: Wording, page: Text) -> list[Run]:
    """The runs without a few last words that stand after the end of the quotation.

    After the end of its sentence or paragraph, these are no chance: 'A rise of crime in the”. The …' and
    '… for the,” she said.' before a paragraph that begins with "China". Elsewhere, those that say little are none.
    """
    last = runs[-1]
    near_end = max(runs[0].page, last.page_end - _WORDS_NEAR_END)
    if not has_marks(page.text[page.starts[near_end] : page.starts[last.page_end - 1]]):
        return runs
    words = [
        (run.quote + place, run.page + place)
        for run in runs[-FEWEST_WORDS:]
        for place in range(max(0, run.length - FEWEST_WORDS), run.length)
    ]
    for (own, token), (_, following) in pairwise(words[-FEWEST_WORDS:]):
        between = page.between(token, following)
        if closes(wording.raw, wording.text.ends[own]) or not (
            ends_quotation(between, page.text[page.starts[following]])
            or (closes(page.text, page.ends[token]) and _says_little_outside(runs, following, wording, page))
        ):
            continue
        kept = [run for run in runs if run.page <= token]
        kept[-1] = kept[-1]._replace(length=token + 1 - kept[-1].page)
        return kept
    return runs


def _says_little_outside(runs: list[Run], following: int, wording: Wording, page: Text) -> bool:
    """Whether the words of the last run from `following` on say little, behind the page's only quotation mark there.

    'into wise people and fools,” and he added' has an "and" where the quote goes on with one, too. Words of more bits
    than a cut costs are hardly chance: '“China is killing us” on trade'.
    """
    last = runs[-1]
    inside = following - last.page
    if inside < 1 or last.quote_end == len(wording):
        return False
    outer = Run(last.quote + inside, following, last.length - inside)
    return (
        wording.bits_of(outer) < CUT_BITS
        and not has_marks(page.text[page.starts[runs[0].page] : page.ends[following - 1]])
        and not has_marks(page.slice(following, last.page_end))
    )


def _after(before: Run, run: Run) -> Run | None:
    """What of `run` follows `before` in both texts; None if nothing does."""
    overlap = max(0, before.quote_end - run.quote, before.page_end - run.page)
    return (
        Run(run.quote + overlap, run.page + overlap, run.length - overlap) if overlap < run.length else None
    )


def _filled(chain: list[Run], wording: Wording, page: Text, first: int, last: int) -> list[Run]:
    """The chain with the smaller runs that agree between its own, and beyond its ends."""
    head, tail = chain[0], chain[-1]
    before_head = max(first, head.page - head.quote - _SLACK_WORDS)
    after_tail = min(last, tail.page_end + len(wording) - tail.quote_end + _SLACK_WORDS)
    heads = _pulled_right(
        [*_common(wording, page, (0, head.quote), (before_head, head.page)), head], wording, page
    )
    tails = [tail, *_common(wording, page, (tail.quote_end, len(wording)), (tail.page_end, after_tail))]
    tails = _pulled_left(tails, wording, page)
    inner = [heads.pop(), *chain[1:]]
    inner[-1] = Run(inner[-1].quote, inner[-1].page, tails[0].quote_end - inner[-1].quote)
    out = [*_worth_their_gaps([*heads, inner[0]], wording, page, at_start=True)]
    for before, after in pairwise(inner):
        between = _common(wording, page, (before.quote_end, after.quote), (before.page_end, after.page))
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
            run.length and _touch(run, right) and page.words[right.page - 1] == wording.words[right.quote - 1]
        ):
            right = Run(right.quote - 1, right.page - 1, right.length + 1)
            run = Run(run.quote, run.page, min(run.length, right.quote - run.quote, right.page - run.page))
        out[0] = right
        if run.length > 0:
            out.insert(0, run)
    return out


def _pulled_left(runs: list[Run], wording: Wording, page: Text) -> list[Run]:
    """As `_pulled_right`, the other way round."""
    out = runs[:1]
    for right in runs[1:]:
        run, left = right, out[-1]
        while run.length and _touch(left, run) and page.words[left.page_end] == wording.words[left.quote_end]:
            left = Run(left.quote, left.page, left.length + 1)
            cut = max(left.quote_end - run.quote, left.page_end - run.page, 0)
            run = Run(run.quote + cut, run.page + cut, run.length - cut)
        out[-1] = left
        if run.length > 0:
            out.append(run)
    return out


def _touch(left: Run, right: Run) -> bool:
    """Whether only one of the two texts has words between two runs."""
    return (left.quote_end == right.quote) != (left.page_end == right.page)


def _common(wording: Wording, page: Text, quote: tuple[int, int], stretch: tuple[int, int]) -> list[Run]:
    """The runs of a longest common subsequence of a range of the quote and a range of the page."""
    if quote[0] >= quote[1] or stretch[0] >= stretch[1]:
        return []
    codes = LCSseq.opcodes(wording.words[slice(*quote)], page.words[slice(*stretch)])
    return [
        Run(code.src_start + quote[0], code.dest_start + stretch[0], code.src_end - code.src_start)
        for code in codes
        if code.tag == "equal"
    ]


def _worth_their_gaps(runs: list[Run], wording: Wording, page: Text, *, at_start: bool) -> list[Run]:
    """Of the runs outwards from the chain, as many as score best: the bits of each less its gap's cost."""
    if len(runs) == 1:
        return runs
    outwards = runs[::-1] if at_start else runs
    score, best, best_count = 0.0, 0.0, 1
    for place in range(1, len(outwards)):
        near, far = outwards[place - 1], outwards[place]
        before, after = (far, near) if at_start else (near, far)
        score += wording.bits_of(far) - gap_cost(before, after, wording, page)
        if _outside(near, far, wording, page, at_start):
            score -= 2 * CUT_BITS
        # A word that stands right at the quotation mark is where the quotation begins or ends.
        at_mark = (
            opens(page.text, page.starts[far.page])
            if at_start
            else closes(page.text, page.ends[far.page_end - 1])
        )
        at_mark = at_mark and not is_cut_between(before, after, wording, page)
        if score > best or (at_mark and score > best - GAP_BITS - CHANGED_WORD_BITS):
            best, best_count = score, place + 1
    kept = outwards[:best_count]
    return kept[::-1] if at_start else kept


def _outside(near: Run, far: Run, wording: Wording, page: Text, at_start: bool) -> bool:
    """Whether a quotation begins (ends) between the runs on the page, and not in the quote."""
    before, after = (far, near) if at_start else (near, far)
    text, own = page.text, wording.text
    if at_start:
        at_mark = opens(text, page.starts[near.page]) and not opens(own.text, own.starts[near.quote])
    else:
        at_mark = closes(text, page.ends[near.page_end - 1]) and not closes(
            own.text, own.ends[near.quote_end - 1]
        )
    if not at_mark and crosses_mark(page.between(before.page_end - 1, after.page), inwards=at_start):
        at_mark = not has_marks(own.between(before.quote_end - 1, after.quote))
    return at_mark and not is_cut_between(before, after, wording, page)


def _inside_gap(before: Run, between: list[Run], after: Run, wording: Wording, page: Text) -> list[Run]:
    """The runs inside a gap, if they are worth that it is cut into several."""
    if not between:
        return []
    steps = [before, *between, after]
    cost = sum(gap_cost(a, b, wording, page) for a, b in pairwise(steps))
    bits = sum(wording.bits_of(run) for run in between)
    return between if bits >= cost - gap_cost(before, after, wording, page) else []
