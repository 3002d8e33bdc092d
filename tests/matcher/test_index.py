"""What an index holds: wordings and whose they are, however many quotes share their words."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import QuoteIndex
from tests.matcher.strategies import INVENTED

rng = random.Random(3)
QUOTE = "They need to drown the walruses of Saskatchewan in blood"


def invented(count: int) -> str:
    return " ".join(rng.choices(INVENTED, k=count))


def apart(words: list[str]) -> list[str]:
    """The words less those that differ from another in a few letters, as by a typo: each its own first four and last four."""
    seen: set[str] = set()
    out = []
    for word in words:
        if word[:8] not in seen and word[-8:] not in seen:
            seen |= {word[:8], word[-8:]}
            out.append(word)
    return out


def test_an_empty_index_finds_nothing() -> None:
    index = QuoteIndex.build([])
    assert len(index) == 0
    assert index.find(QUOTE) == []
    assert index.find("") == []


def test_an_index_of_quotes_without_words_finds_nothing() -> None:
    index = QuoteIndex.build([("a", ""), ("b", "…"), ("c", "“”"), ("d", " \n")])
    assert index.find("“…” — \n\n") == []
    assert index.find(QUOTE) == []


def test_quotes_without_words_harm_no_others() -> None:
    index = QuoteIndex.build([("a", ""), ("q", QUOTE), ("b", "…"), ("c", "Short"), ("d", "")])
    assert [m.quote_id for m in index.find(f"He said: “{QUOTE}”.")] == ["q"]


def test_entries_may_come_from_an_iterator() -> None:
    assert len(QuoteIndex.build(iter([("a", QUOTE), ("b", invented(8))]))) == 2


def test_wordings_that_fold_alike_are_one() -> None:
    index = QuoteIndex.build([("a", QUOTE), ("b", QUOTE.upper()), ("a", f"“{QUOTE}…”"), ("c", invented(8))])
    assert len(index) == 2
    assert sorted(m.quote_id for m in index.find(QUOTE)) == ["a", "b"]


def test_a_quote_has_several_wordings() -> None:
    other, third = invented(10), invented(10)
    index = QuoteIndex.build([("q", QUOTE), ("q", other), ("r", third), ("q", third)])
    assert len(index) == 3
    for text, ids in ((QUOTE, ["q"]), (other, ["q"]), (third, ["q", "r"])):
        assert sorted(m.quote_id for m in index.find(text)) == ids


def test_of_a_quotes_wordings_the_one_that_the_page_has_nearly_all_of_is_told() -> None:
    part = "has to fix yet another problem that he inherited from the last administration"
    whole = f"With his decision on whether to dismiss the general of the northern army, the president {part}."
    index = QuoteIndex.build([("q", whole), ("q", part)])
    (match,) = index.find(
        "Here he is. He has to fix yet another mess that he inherited from the last administration."
    )
    assert (match.kind, match.coverage > 0.9) == ("altered", True)
    (match,) = index.find(whole.replace("dismiss", "replace").replace("problem", "mess"))
    assert (match.kind, len(match.changes)) == ("altered", 2)


@pytest.mark.parametrize(
    "quote_id", ["", " ", "q_7Yw", "a/b?c=d#e", "名言", "q\x00q", "q\nq", "😀", "\ud800", "x" * 10_000, "‮q"]
)
def test_ids_may_have_any_characters(quote_id: str) -> None:
    index = QuoteIndex.build([("a", invented(9)), (quote_id, QUOTE), ("z", invented(9))])
    assert [m.quote_id for m in index.find(QUOTE)] == [quote_id]


def test_progress_is_told_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    QuoteIndex.build(
        ((str(n), invented(8)) for n in range(50)), progress=lambda done, total: told.append((done, total))
    )
    assert told[-1] == (50, 50)
    assert told == sorted(told)


@pytest.mark.parametrize("place", [0, 6, 11])
def test_of_a_thousand_quotes_that_differ_in_one_word_each_finds_itself(place: int) -> None:
    """Their other runs are too common for a posting each; their own word's are not."""
    words = invented(12).split()
    own = apart([first + second for first in INVENTED[::9] for second in INVENTED[::11]])[:1000]
    texts = [" ".join([*words[:place], word, *words[place + 1 :]]) for word in own]
    index = QuoteIndex.build((str(number), text) for number, text in enumerate(texts))
    for number in range(0, 1000, 125):
        matches = index.find(f"He said: “{texts[number]}.”")
        assert [(m.quote_id, m.kind) for m in matches] == [(str(number), "exact")]


def test_of_a_thousand_quotes_with_a_long_phrase_in_common_each_finds_itself() -> None:
    phrase = invented(10)
    texts = [f"{invented(4)} {phrase} {invented(4)}" for _ in range(1000)]
    index = QuoteIndex.build((str(number), text) for number, text in enumerate(texts))
    for number in range(0, 1000, 125):
        matches = index.find(f"He said: “{texts[number]}.” Then he left.")
        assert [(m.quote_id, m.kind) for m in matches if m.kind == "exact"] == [(str(number), "exact")]


def test_a_quote_of_one_word_over_and_over_finds_itself() -> None:
    text = " ".join(["zubato"] * 12)
    [match] = QuoteIndex.build([("q", text), ("r", QUOTE)]).find(f"He sang: “{text}.” Then he left.")
    assert (match.quote_id, match.kind, match.spans) == ("q", "exact", ((10, 10 + len(text)),))


def test_a_very_long_quote_finds_itself() -> None:
    text = invented(5000)
    [match] = QuoteIndex.build([("q", text), ("r", QUOTE)]).find(f"He read: “{text}.” Then he left.")
    assert (match.kind, match.spans) == ("exact", ((10, 10 + len(text)),))


def test_the_order_of_the_entries_makes_no_difference() -> None:
    entries = [(str(number), invented(12)) for number in range(100)]
    page = ". ".join(text for _, text in entries)
    shuffled = rng.sample(entries, len(entries))
    assert QuoteIndex.build(entries).find(page) == QuoteIndex.build(shuffled).find(page)


def test_the_longest_of_nested_quotes_and_all_inside_are_found() -> None:
    words = invented(24).split()
    entries = [(str(count), " ".join(words[:count])) for count in (6, 12, 18, 24)]
    matches = QuoteIndex.build(entries).find("“" + " ".join(words) + "”")
    assert [(m.quote_id, m.kind) for m in matches] == [(n, "exact") for n in ("24", "18", "12", "6")]


@given(st.lists(st.integers(1, 70), min_size=1, max_size=40))
def test_each_place_is_told_for_its_wording(counts: list[int]) -> None:
    part = QuoteIndex.build((str(n), f"{n} " + "and so " * count) for n, count in enumerate(counts)).part
    starts, lengths = part.starts.astype(np.int64), part.lengths.astype(np.int64)
    for wording, (start, length) in enumerate(zip(starts.tolist(), lengths.tolist(), strict=True)):
        assert (part.wording_at(np.arange(start, start + length)) == wording).all()


def test_a_wording_weighs_the_same_whatever_was_indexed_before_it() -> None:
    texts = ["We are all in it, it seems", "Is what it is and nothing else", "Seven walruses, and the State"]
    together = QuoteIndex.build([(text, text) for text in texts]).part.weights
    alone = [QuoteIndex.build([(text, text)]).part.weights[0] for text in texts]
    assert together.tolist() == alone


@pytest.mark.parametrize(
    "entries", [{"q1": "Two moons rose"}, [(1, "Two moons rose")], [("q1", None)], ["q1"]]
)
def test_entries_that_are_no_pairs_of_strings_are_refused_by_what_they_should_be(entries: Any) -> None:
    with pytest.raises(TypeError, match="pairs of strings"):
        QuoteIndex.build(entries)
