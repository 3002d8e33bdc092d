"""Why a text is no match: what is told is what decides."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import QuoteIndex, explain
from tests.matcher.strategies import any_texts, few, many, page_around, quotes

LONG = (
    "China strongly rejects any attempt by external forces to provoke unrest and instigate colour revolutions in "
    "Kazakhstan, whatever they may say about the harbours and the lighthouses of the north"
)
CUT = "In a verbal message to the president of Kazakhstan, Xi said " + LONG
NAMED = (
    "Rep. Marguerite Delacroix-Whitfield, D-N.Y., of the House Appropriations Committee is worth $29 million."
)
CHANGED = (
    "[China strongly dismisses any real attempt by foreign forces to provoke any unrest and to begin colour "
    "revolutions in Kazakhstan]."
)
CHINESE = "我国将根据突发公共卫生事件应急条例对所有从国外回来的人进行强制隔离并收取费用"


@pytest.mark.parametrize(
    ("quote", "text", "lack"),
    [
        (LONG, "“[China strongly rejects any attempt],” he said.", ("words", 5, 6)),
        (LONG, "Their plan is [to provoke unrest and instigate colour revolutions].", ("words", 7, 8)),
        (LONG, "We know: [they may say it of the harbours and] others.", ("bits", 44.5, 48)),
        (LONG, CHANGED, ("similarity", 0.76, 0.85)),
        (CUT, "They say that [China strongly rejects any attempt by external forces].", ("coverage", 0.23, 0.3)),
        ("On offshore drilling.", "They spoke [on offshore drilling].", ("marks", 0, 2)),
        ("On offshore drilling.", "“They spoke [on offshore drilling].”", ("marks", 1, 2)),
        ("At the end of the day", "[At the end of the day], it rains.", ("marks", 0, 1)),
        ("It is what it is", "“[It is what it is],” she said.", ("bits", 27, 28)),
        (NAMED, "[Rep. Marguerite Delacroix-Whitfield of the House Appropriations Committee]", ("statement", 0, 0.25)),
        (CHINESE, "政府公布了《[突发公共卫生事件应急条例]》的全文。", ("words", 4.8, 6)),
        ("Grand lighthouses shimmer", "[Grand and old lighthouses shimmer]", ("words", 3, 6)),
        ("lighthouses shimmer", "“[Lighthouses shimmer]”", ("run", 2, 3)),
    ],
)  # fmt: skip
def test_the_nearest_place_and_what_it_lacks_are_told(
    quote: str, text: str, lack: tuple[str, float, float]
) -> None:
    nearest = text.partition("[")[2].partition("]")[0]
    text = text.replace("[", "").replace("]", "")
    assert QuoteIndex.build([("q", quote)]).find(text) == []
    told = explain(text, ["Something else is said here", quote])
    assert told is not None
    assert told.wording == 1
    assert (text[told.spans[0][0] : told.spans[-1][1]], told.lack.of) == (nearest, lack[0])
    assert (told.lack.there, told.lack.needed) == pytest.approx(lack[1:], abs=0.06)
    assert told.in_characters == (quote == CHINESE)


def test_among_more_quotes_more_is_needed() -> None:
    text = "“They gave the harbours to their friends” in the north."
    wording = "They gave the harbours to their friends"
    assert explain(text, [wording]) is None
    told = explain(text, [wording], among=1 << 60)
    assert told is not None
    assert (told.lack.of, told.lack.needed) == ("bits", 22 - 8 + 60)


@pytest.mark.parametrize("wordings", [[], [""], ["…"], ["What nobody said anywhere"]])
def test_of_a_text_that_has_none_of_the_words_nothing_is_told(wordings: list[str]) -> None:
    assert explain("The harbours are closed.", wordings) is None


@many
@given(quotes(least=1), st.randoms(use_true_random=False), st.booleans())
def test_something_lacks_just_where_the_quote_is_not_found(
    quote: str, rng: random.Random, quoted: bool
) -> None:
    words = quote.split()
    first = rng.randrange(len(words))
    kept = [word for word in words[first : first + rng.randint(1, 25)] if rng.random() < rng.choice([0.6, 1])]
    said = " ".join(kept)
    text = page_around([f"“{said}”" if quoted else said], rng)
    told, found = explain(text, [quote]), QuoteIndex.build([("q", quote)]).find(text)
    assert not (told and found)
    if told:
        assert told.lack.there < told.lack.needed or told.lack.of == "run"
        assert 0 < told.in_a_row <= told.words <= told.of_words
    else:
        assert found or not any(map(str.isalnum, said))


@few
@given(any_texts, st.lists(any_texts, max_size=3))
def test_any_text_is_taken(text: str, wordings: list[str]) -> None:
    told = explain(text, wordings)
    assert told is None or not QuoteIndex.build(("q", wording) for wording in wordings).find(text)
