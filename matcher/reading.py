"""What an alignment says: the pieces of the page that are the quote, what they changed, and the kind of match."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from matcher.align import Run, Text, Wording, gap_cost, is_cut_between
from matcher.folding import fold_word
from matcher.guards import Guard, guard_of, same_number
from matcher.marks import has_ellipsis, replaced_after, replaced_before, with_brackets
from matcher.thresholds import EDGE_REPLACED, EDGE_SHARE, EDGE_WORDS, NEAR_WORD_SHARE

_SPACES = re.compile(r"[\s–‑-]+")

Kind = Literal["exact", "altered", "fragment", "elided"]


class Change(NamedTuple):
    """Words that a page says otherwise than the quote; one side is empty where words are missing or added."""

    checked: str
    page: str
    guard: Guard | None


@dataclass(frozen=True, slots=True)
class Reading:
    """An alignment, read. `pieces`: ranges of page tokens, in order. `score`: bits, less what changes cost.

    `quote_first`, `quote_last`: the range of the quote's words that the page reproduces.
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

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]


def read_exact(wording: Wording, start: int) -> Reading:
    """The reading of a place, from page token `start`, that has all the wording's words in order."""
    count, bits = len(wording), float(wording.total_bits)
    return Reading("exact", [(start, start + count)], [], bits, bits, count, 1.0, 1.0, 0, count)


def read(runs: list[Run], wording: Wording, page: Text) -> Reading:
    """Read what stands between the runs of an alignment."""
    differences: list[tuple[int, int, int, int]] = []  # ranges of the quote and of the page that differ
    pieces: list[tuple[int, int]] = []
    dropped: list[Change] = []
    score = sum(wording.bits_of(run) * (NEAR_WORD_SHARE if run.near else 1) for run in runs)
    matched_bits, matched = score, 0.0
    piece_start = runs[0].page
    for before, after in pairwise([*runs, None]):
        assert before is not None  # noqa: S101 - None stands at the end only
        matched += before.count * (NEAR_WORD_SHARE if before.near else 1)
        if before.near:
            differences.append((before.quote, before.quote_end, before.page, before.page_end))
        if after is None or (after.quote == before.quote_end and after.page == before.page_end):
            continue
        score -= gap_cost(before, after, wording, page)
        if is_cut_between(before, after, wording, page):
            pieces.append((piece_start, before.page_end))
            piece_start = after.page
            dropped.extend(_dropped(before, after, wording, page))
        else:
            differences.append((before.quote_end, after.quote, before.page_end, after.page))
    pieces.append((piece_start, runs[-1].page_end))

    changes, equal, changed_words = _changes(_joined(differences), wording, page)
    matched += equal
    count = len(wording)
    head, tail = runs[0].quote, runs[-1].quote_end
    # Where the quotation marks hold other words in place of the quote's first or last ones, these are changed;
    # where they hold nothing there, the quote is cut.
    most = EDGE_REPLACED * count
    said_head = replaced_before(page.text, page.starts[pieces[0][0]], head) if head <= most else ""
    said_tail = (
        replaced_after(page.text, page.ends[pieces[-1][1] - 1], count - tail) if count - tail <= most else ""
    )
    missing = (0 if said_head else head) + (0 if said_tail else count - tail)
    is_whole = missing <= max(EDGE_WORDS, EDGE_SHARE * count)
    if is_whole and len(pieces) == 1:
        changes = [*_edge(wording, 0, head, said_head), *changes, *_edge(wording, tail, count, said_tail)]
    if len(pieces) > 1:
        kind: Kind = "elided"
    elif is_whole:
        kind = "altered" if changes else "exact"
    else:
        kind = "fragment"
    words = sum(run.count for run in runs)
    said = sum(last - first for first, last in pieces)
    similarity = min(1.0, 2 * matched / (words + changed_words + said))
    return Reading(
        kind,
        pieces,
        changes + dropped,
        score,
        matched_bits,
        words,
        similarity,
        min(1.0, matched / count),
        head,
        tail,
    )


def _dropped(before: Run, after: Run, wording: Wording, page: Text) -> list[Change]:
    """What a cut leaves out, as far as a reader must know: an ellipsis owns up to it, but not to a lost "not"."""
    checked = wording.text.slice(before.quote_end, after.quote)
    if not checked:
        return []
    guard = guard_of(checked, "")
    if has_ellipsis(page.between(before.page_end - 1, after.page)) and guard != "negation":
        return []
    return [Change(checked, "", guard)]


def _joined(differences: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Differences that touch are one: "strongly rejects" became "does not reject"."""
    out: list[tuple[int, int, int, int]] = []
    for difference in differences:
        if out and out[-1][1] == difference[0] and out[-1][3] == difference[2]:
            out[-1] = (out[-1][0], difference[1], out[-1][2], difference[3])
        else:
            out.append(difference)
    return out


def _changes(
    differences: list[tuple[int, int, int, int]], wording: Wording, page: Text
) -> tuple[list[Change], float, int]:
    """Return the changes; how many words are the same, spelt otherwise (6, six); how many quote words changed."""
    changes: list[Change] = []
    equal, changed = 0.0, 0
    for quote_first, quote_last, page_first, page_last in differences:
        checked, said = wording.text.slice(quote_first, quote_last), page.slice(page_first, page_last)
        if same_number(checked.split(), said.split()) or _is_spacing(checked, said):
            equal += (quote_last - quote_first) * (1 - NEAR_WORD_SHARE)
            continue
        changed += quote_last - quote_first
        if said:
            said = with_brackets(page.text, page.starts[page_first], page.ends[page_last - 1])
        changes.append(Change(checked, said, guard_of(checked, said)))
    return changes, equal, changed


def _is_spacing(checked: str, said: str) -> bool:
    """Whether two texts differ by where they are spaced: "child care" and "childcare"."""
    return (
        "".join(map(fold_word, _SPACES.split(checked))) == "".join(map(fold_word, _SPACES.split(said))) != ""
    )


def _edge(wording: Wording, first: int, last: int, said: str) -> list[Change]:
    checked = wording.text.slice(first, last) if last > first else ""
    return [Change(checked, said, guard_of(checked, said))] if checked else []
