"""From a stretch of a page to the exact words that reproduce a quote, and what they changed.

The longest common subsequence of words (RapidFuzz) gives blocks of equal words; the best-scoring run of
blocks is kept, where every gap costs; then the gaps are read: near-equal words (typos), an ellipsis, an
interruption by the attribution, a change.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from rapidfuzz.distance import DamerauLevenshtein, LCSseq

from matcher.folding import Tokens, fold, fold_word
from matcher.guards import Guard, guard_of, same_number
from matcher.thresholds import (
    CHANGED_WORD_BITS,
    EDGE_SHARE,
    EDGE_WORDS,
    GAP_BITS,
    LONGEST_INTERRUPTION,
    SHIFT_BITS,
)

Kind = Literal["exact", "altered", "fragment", "elided"]

_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.|[\[(]\s*…\s*[\])]|⋯|。。。")
_QUOTATION_MARK = re.compile(
    r"[\"“”„‟«»‹›「」『』《》〝〞〟＂]|''|``|,,|(?<![^\W\d_])['‘’‚‛]|['‘’‚‛](?![^\W\d_])"
)
_NEAR_WORDS = 6  # words of a gap that are compared by their characters


class Change(NamedTuple):
    """Words that a page says otherwise than the quote; one side is empty where words are missing or added."""

    checked: str
    page: str
    guard: Guard | None


class Pair(NamedTuple):
    """Places of equal words: in the quote, in the page, how many; `near` where they are equal but for a typo."""

    quote: int
    page: int
    count: int
    near: bool = False


@dataclass(frozen=True)
class Text:
    """A text with its tokens and their identities (27 bits of their hashes, as an index packs them)."""

    text: str
    tokens: Tokens
    words: Sequence[int]

    def start(self, token: int) -> int:
        return int(self.tokens.starts[token])

    def end(self, token: int) -> int:
        return int(self.tokens.ends[token])

    def slice(self, first: int, last: int) -> str:
        """The text from token `first` up to, not including, token `last`."""
        return self.text[self.start(first) : self.end(last - 1)] if last > first else ""

    def between(self, token: int, following: int) -> str:
        return self.text[self.end(token) : self.start(following)]

    def folded(self, token: int) -> str:
        return fold_word(self.text[self.start(token) : self.end(token)])


@dataclass(frozen=True)
class Wording:
    """A wording of the index, its words and what each weighs; its text is folded again only if it is needed."""

    raw: str
    words: list[int]
    bits: list[int]

    @cached_property
    def text(self) -> Text:
        return Text(self.raw, fold(self.raw), self.words)

    @cached_property
    def total_bits(self) -> int:
        return sum(self.bits)


@dataclass(frozen=True)
class Alignment:
    """How a stretch of the page reproduces a wording: pairs in order, cut into pieces."""

    pairs: list[Pair]
    pieces: list[tuple[int, int]]
    changes: list[Change]
    score: float
    matched_bits: float
    similarity: float
    coverage: float
    kind: Kind
    words: int = field(default=0)

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]


def align_exactly(wording: Wording, start: int) -> Alignment:
    """The alignment of a stretch from `start` whose words are all the wording's, in order."""
    count, bits = len(wording.words), float(wording.total_bits)
    return Alignment(
        [Pair(0, start, count)], [(start, start + count)], [], bits, bits, 1.0, 1.0, "exact", count
    )


def align(wording: Wording, page: Text, start: int, end: int) -> Alignment | None:
    """Return the best alignment of `wording` within page tokens [start, end), or None where no word is equal."""
    blocks = _common_blocks(wording.words, page.words[start:end], start)
    if not blocks:
        return None
    blocks = _best_run(_slide(blocks, wording.words, page.words), wording, page)
    pairs = _with_near_words(blocks, wording, page, start, end)
    return _read(pairs, wording, page)


def _common_blocks(quote: list[int], page: Sequence[int], offset: int) -> list[Pair]:
    return [
        Pair(op.src_start, op.dest_start + offset, op.src_end - op.src_start)
        for op in LCSseq.opcodes(quote, page)
        if op.tag == "equal"
    ]


def _slide(blocks: list[Pair], quote: list[int], page: Sequence[int]) -> list[Pair]:
    """Give each word to the longer of two neighbouring blocks where either could have it.

    A common subsequence is not unique: "the" may be taken from before a gap or from after it.
    """
    out: list[Pair] = []
    for block in blocks:
        current = block
        while out and current.count:
            last = out[-1]
            q, p = last.quote + last.count, last.page + last.count
            # The first word of this block could as well follow the last block.
            if (
                current.count <= last.count
                and (q, p) != (current.quote, current.page)
                and q <= current.quote
                and p <= current.page
                and quote[q] == page[p]
                and (q == current.quote or p == current.page)
            ):
                out[-1] = Pair(last.quote, last.page, last.count + 1)
                current = Pair(current.quote + 1, current.page + 1, current.count - 1)
            else:
                break
        if current.count:
            if out and _is_next(out[-1], current):
                out[-1] = Pair(out[-1].quote, out[-1].page, out[-1].count + current.count)
            else:
                out.append(current)
    for place in range(len(out) - 1, 0, -1):
        before, after = out[place - 1], out[place]
        while (
            before.count
            and before.count < after.count
            and after.quote > 0
            and quote[after.quote - 1] == page[after.page - 1] == quote[before.quote + before.count - 1]
            and (
                after.quote - 1 == before.quote + before.count - 1
                or after.page - 1 == before.page + before.count - 1
            )
        ):
            before = Pair(before.quote, before.page, before.count - 1)
            after = Pair(after.quote - 1, after.page - 1, after.count + 1)
        out[place - 1], out[place] = before, after
    return [block for block in out if block.count]


def _is_next(before: Pair, after: Pair) -> bool:
    return before.quote + before.count == after.quote and before.page + before.count == after.page


def _gap_cost(before: Pair, after: Pair, page: Text) -> float:
    missing = after.quote - before.quote - before.count
    added = after.page - before.page - before.count
    if missing == added == 0:
        return 0.0
    if added > LONGEST_INTERRUPTION:
        return math.inf
    if _is_marked(page.between(before.page + before.count - 1, after.page)):
        return GAP_BITS
    changed = min(missing, added)
    return GAP_BITS + CHANGED_WORD_BITS * changed + SHIFT_BITS * math.log2(1 + abs(missing - added))


def _is_marked(between: str) -> bool:
    return bool(_ELLIPSIS.search(between)) or len(_QUOTATION_MARK.findall(between)) >= 2


def _best_run(blocks: list[Pair], wording: Wording, page: Text) -> list[Pair]:
    """The run of consecutive blocks that scores best: the bits of its words less what its gaps cost."""
    best, best_score = (0, 0), -math.inf
    first, score = 0, 0.0
    for place, block in enumerate(blocks):
        bits = sum(wording.bits[block.quote : block.quote + block.count])
        cost = _gap_cost(blocks[place - 1], block, page) if place else 0.0
        if place and score - cost > 0:
            score += bits - cost
        else:
            first, score = place, float(bits)
        if score > best_score:
            best, best_score = (first, place), score
    return blocks[best[0] : best[1] + 1]


def _with_near_words(blocks: list[Pair], wording: Wording, page: Text, start: int, end: int) -> list[Pair]:
    """Add the words that are equal but for a typo: in the gaps, and on from both ends."""
    out: list[Pair] = []
    first = blocks[0]
    q, p = first.quote - 1, first.page - 1
    head: list[Pair] = []
    while q >= 0 and p >= start and _is_near(wording, q, page, p):
        head.append(Pair(q, p, 1, wording.words[q] != page.words[p]))
        q, p = q - 1, p - 1
    out.extend(reversed(head))
    for before, after in zip(blocks, blocks[1:], strict=False):
        out.append(before)
        out.extend(_near_in_gap(before, after, wording, page))
    last = blocks[-1]
    out.append(last)
    q, p = last.quote + last.count, last.page + last.count
    while q < len(wording.words) and p < end and _is_near(wording, q, page, p):
        out.append(Pair(q, p, 1, wording.words[q] != page.words[p]))
        q, p = q + 1, p + 1
    return out


def _near_in_gap(before: Pair, after: Pair, wording: Wording, page: Text) -> list[Pair]:
    q, p = before.quote + before.count, before.page + before.count
    q_end, p_end = after.quote, after.page
    out: list[Pair] = []
    if not (0 < q_end - q <= _NEAR_WORDS and 0 < p_end - p <= _NEAR_WORDS):
        return out
    while q < q_end and p < p_end:
        for quote_place, page_place in ((q, p), (q, p + 1), (q + 1, p)):
            if (
                quote_place < q_end
                and page_place < p_end
                and _is_near(wording, quote_place, page, page_place)
            ):
                out.append(
                    Pair(quote_place, page_place, 1, wording.words[quote_place] != page.words[page_place])
                )
                q, p = quote_place + 1, page_place + 1
                break
        else:
            q, p = q + 1, p + 1
    return out


def _is_near(wording: Wording, quote_place: int, page: Text, page_place: int) -> bool:
    """The words are the same number, or one typo apart (two in long words), and differ in no digit."""
    if wording.words[quote_place] == page.words[page_place]:
        return True
    a, b = wording.text.folded(quote_place), page.folded(page_place)
    if same_number([a], [b]):
        return True
    shorter = min(len(a), len(b))
    if shorter < 3 or any(char.isdigit() for char in a + b):
        return False
    allowed = 1 if shorter < 8 else 2
    return DamerauLevenshtein.distance(a, b, score_cutoff=allowed) <= allowed


def _read(pairs: list[Pair], wording: Wording, page: Text) -> Alignment:
    """Read what stands between the pairs: cut into pieces, name the changes, and score the whole."""
    quote = wording.text if len(pairs) > 1 or pairs[0].count < len(wording.words) else None
    pieces: list[tuple[int, int]] = []
    changes: list[Change] = []
    score = matched_bits = 0.0
    matched: float = 0
    page_words = quote_gaps = 0
    piece_start = pairs[0].page
    for place, pair in enumerate(pairs):
        bits = sum(wording.bits[pair.quote : pair.quote + pair.count])
        if place:
            before = pairs[place - 1]
            q, p = before.quote + before.count, before.page + before.count
            missing, added = pair.quote - q, pair.page - p
            if missing or added:
                assert quote is not None  # noqa: S101 - several pairs: see above
                between = page.between(p - 1, pair.page)
                elided = bool(_ELLIPSIS.search(between))
                interrupted = added > 0 and len(_QUOTATION_MARK.findall(between)) >= 2
                score -= _gap_cost(before, pair, page)
                checked = quote.slice(q, pair.quote)
                if elided or interrupted:
                    pieces.append((piece_start, p))
                    piece_start = pair.page
                    guard = guard_of(checked, "")
                    if missing and (not elided or guard == "negation"):
                        changes.append(Change(checked, "", guard))
                else:
                    said = _bracketed(page, p, pair.page)
                    if not (missing and added and same_number(checked.split(), said.split())):
                        changes.append(Change(checked, said, guard_of(checked, said)))
                    else:
                        matched += missing
                        matched_bits += sum(wording.bits[q : pair.quote])
                    page_words += added
                    quote_gaps += missing
        if pair.near:
            assert quote is not None  # noqa: S101
            checked = quote.slice(pair.quote, pair.quote + 1)
            said = page.slice(pair.page, pair.page + 1)
            if same_number([checked], [said]):
                matched += 1
            else:
                changes.append(Change(checked, said, guard_of(checked, said)))
                matched += 0.75
                bits = round(bits * 0.6)
        else:
            matched += pair.count
        score += bits
        matched_bits += bits
        page_words += pair.count
    last = pairs[-1]
    pieces.append((piece_start, last.page + last.count))

    count = len(wording.words)
    head, tail = pairs[0].quote, count - last.quote - last.count
    is_whole = head + tail <= max(EDGE_WORDS, EDGE_SHARE * count)
    if is_whole and len(pieces) == 1:
        assert quote is not None or not head + tail  # noqa: S101
        if head and quote:
            changes.insert(0, Change(quote.slice(0, head), "", guard_of(quote.slice(0, head), "")))
        if tail and quote:
            cut = quote.slice(count - tail, count)
            changes.append(Change(cut, "", guard_of(cut, "")))
    kind: Kind = "fragment"
    if len(pieces) > 1:
        kind = "elided"
    elif is_whole:
        kind = "altered" if changes else "exact"
    equal = sum(pair.count for pair in pairs)
    similarity = 2 * matched / (equal + quote_gaps + page_words) if page_words else 0.0
    return Alignment(
        pairs,
        pieces,
        changes,
        score,
        matched_bits,
        min(similarity, 1.0),
        min(matched / count, 1.0),
        kind,
        equal,
    )


def _bracketed(page: Text, first: int, last: int) -> str:
    """The page's words, with the square brackets around them if they are an editor's."""
    if last <= first:
        return ""
    start, end = page.start(first), page.end(last - 1)
    before, after = page.text[max(start - 2, 0) : start].rstrip(), page.text[end : end + 2].lstrip()
    if before.endswith("[") and "]" in after:
        return page.text[page.text.rindex("[", 0, start) : page.text.index("]", end) + 1]
    return page.text[start:end]
