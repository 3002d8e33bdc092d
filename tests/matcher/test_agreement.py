"""What agrees on many diagonals at once is what a look at each of them, word for word, tells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import QuoteIndex, agreement
from matcher.agreement import Diagonals, Runs, agrees_wholly, count_near, find_runs

BITS = 5  # of every word here
SAID = 2  # words that say something by themselves
REACH = 3

words = st.lists(st.integers(1, 3), min_size=1, max_size=9)


@st.composite
def compared(draw: st.DrawFn) -> tuple[list[list[int]], list[int], list[tuple[int, int]]]:
    """Wordings, a page, and diagonals of wordings on which at least one word of both meets."""
    wordings, page = draw(st.lists(words, min_size=1, max_size=4)), draw(words)
    number = st.integers(0, len(wordings) - 1)
    on = [
        (n, draw(st.integers(1 - len(wordings[n]), len(page) - 1)))
        for n in draw(st.lists(number, min_size=1))
    ]
    return wordings, page, on


def packed(identities: list[int]) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    """As an index packs words: 27 bits of identity, 5 of surprisal; 0 stands between wordings."""
    return np.array([(word << 5 | BITS) if word else 0 for word in identities], np.uint32)


def laid_out(wordings: list[list[int]], on: list[tuple[int, int]]) -> tuple[list[int], Diagonals]:
    tokens: list[int] = [0]
    starts = []
    for wording in wordings:
        starts.append(len(tokens))
        tokens += [*wording, 0]
    numbers = [number for number, _ in on]
    return tokens, Diagonals(
        np.arange(len(on)),
        np.array([starts[number] for number in numbers]),
        np.array([len(wordings[number]) for number in numbers]),
        np.array([diagonal for _, diagonal in on]),
    )


def runs_one_by_one(
    wordings: list[list[int]], page: list[int], on: list[tuple[int, int]]
) -> list[tuple[int, ...]]:
    out: list[tuple[int, ...]] = []
    for row, (number, diagonal) in enumerate(on):
        wording, place = wordings[number], 0
        while place < len(wording):
            length = 0
            while (
                place + length < len(wording)
                and 0 <= diagonal + place + length < len(page)
                and wording[place + length] == page[diagonal + place + length]
            ):
                length += 1
            if length >= SAID:
                out.append((row, place, diagonal + place, length, length * BITS))
            place += length + 1
    return out


def as_tuples(runs: Runs) -> list[tuple[int, ...]]:
    return list(zip(*(array.tolist() for array in runs), strict=True))


@given(compared(), st.sampled_from([1, 7, 1 << 16]))
def test_runs_are_those_of_each_diagonal(
    case: tuple[list[list[int]], list[int], list[tuple[int, int]]], at_once: int
) -> None:
    wordings, page, on = case
    tokens, diagonals = laid_out(wordings, on)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(agreement, "_WORDS_AT_ONCE", at_once)
        found = find_runs(packed(tokens), diagonals, packed(page))
    assert as_tuples(found) == runs_one_by_one(wordings, page, on)


@given(compared())
def test_words_near_a_run_are_counted(case: tuple[list[list[int]], list[int], list[tuple[int, int]]]) -> None:
    wordings, page, on = case
    tokens, diagonals = laid_out(wordings, on)
    runs = find_runs(packed(tokens), diagonals, packed(page))
    expected = []
    for row, first, place, length, _bits in as_tuples(runs):
        wording = wordings[on[row][0]]
        before = [w in page[max(0, place - REACH) : place] for w in wording[max(0, first - REACH) : first]]
        end, page_end = first + length, place + length
        after = [w in page[page_end : page_end + REACH] for w in wording[end : end + REACH]]
        expected.append(sum(before) + sum(after))
    assert count_near(packed(tokens), diagonals, packed(page), runs, REACH).tolist() == expected


@given(compared())
def test_a_diagonal_that_has_the_whole_wording_agrees_wholly(
    case: tuple[list[list[int]], list[int], list[tuple[int, int]]],
) -> None:
    wordings, page, on = case
    tokens, diagonals = laid_out(wordings, on)
    expected = [
        diagonal >= 0
        and diagonal + len(wordings[number]) <= len(page)
        and wordings[number] == page[diagonal : diagonal + len(wordings[number])]
        for number, diagonal in on
    ]
    assert agrees_wholly(packed(tokens), diagonals, packed(page)).tolist() == expected


def test_a_page_that_has_one_quote_many_times_is_searched_to_its_end() -> None:
    """More often than diagonals of one stretch are looked into, once with a word changed."""
    quote = "The harbour bridge will be free of tolls before the winter comes"
    page = f"{quote}. " * 700 + quote.replace("free", "full") + "."
    found = QuoteIndex.build([("bridge", quote)]).search(page)
    assert [match.kind for match in found.matches] == ["exact"] * 700 + ["altered"]
    assert found.complete
