"""Pages made to be slow: each takes some times as long as an ordinary page of its length, and no more.

Nothing is held against a clock: a case and an ordinary page are timed in turn, in the same run.
"""

from __future__ import annotations

import math
import random
import time
import tracemalloc
from collections.abc import Callable
from functools import cache

import pytest

from matcher import LiveIndex, QuoteIndex
from tests.matcher.strategies import INVENTED

MOST_TIMES = 40  # as long as an ordinary page; what is quadratic takes hundreds of times as long
REPEATS = 3
LENGTH = 200_000  # characters of most pages here
MOST_BYTES_A_CHARACTER = 400

rng = random.Random(7)
COMMON = (
    "the of and to in a is that for it was on with as be by at this had not are but from or have an they which one "
    "you were her all she there would their we him been has when who will more no if out so said what up its about "
    "into than them can only other new some could time these two may then do first any my now such like our over man "
    "me even most made after also did many before must through back years where much your way well down should because "
    "each just those people how too little state good very make world still own see men work long here get both between"
).split()
RARE = [*INVENTED, *(a + b for a, b in zip(INVENTED, reversed(INVENTED), strict=True))]


def ordinary_words(count: int) -> list[str]:
    """Three words in four are common ones, the commonest most of all."""
    return [
        COMMON[min(int(rng.expovariate(1 / 25)), len(COMMON) - 1)]
        if rng.random() < 0.75
        else rng.choice(RARE)
        for _ in range(count)
    ]


QUOTES = [" ".join(ordinary_words(rng.randint(10, 30))) for _ in range(2000)]
ALTERED = " ".join("otherwise" if place == 6 else word for place, word in enumerate(QUOTES[0].split()))


@cache
def index(*more: str) -> QuoteIndex:
    return QuoteIndex.build((str(number), text) for number, text in enumerate([*QUOTES, *more]))


@cache
def ordinary_page(length: int) -> str:
    """News, so to say: every 3,000 characters a quote stands in it, every other one altered."""
    out: list[str] = []
    size = 0
    while size < length:
        quote = rng.choice(QUOTES).split()
        if rng.random() < 0.5:
            quote[len(quote) // 2] = "otherwise"
        part = " ".join(ordinary_words(500)) + f". “{' '.join(quote)},” he said. "
        out.append(part)
        size += len(part)
    return "".join(out)[:length]


def filled(piece: str, length: int = LENGTH) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def seconds(act: Callable[[], object]) -> float:
    """Of the processor: a busy machine does not count."""
    start = time.process_time()
    act()
    return time.process_time() - start


def times_as_long(hostile: Callable[[], object], ordinary: Callable[[], object], share: float = 1) -> float:
    """How many times as long `hostile` takes as `ordinary`, of which it is so many times as big.

    The least of some takings: a page that takes long does so each time, what else the process does comes and goes.
    """
    ordinary()
    least = math.inf
    for _ in range(REPEATS):
        usual = seconds(ordinary)
        least = min(least, seconds(hostile) / (usual * share))
        if least <= MOST_TIMES / 4:
            break
    return least


def check(searched: QuoteIndex, page: str) -> None:
    usual = ordinary_page(min(len(page), LENGTH))
    rate = times_as_long(lambda: searched.find(page), lambda: searched.find(usual), len(page) / len(usual))
    assert rate <= MOST_TIMES


PAGES = {
    "the, over and over": lambda: filled("the ", 1_000_000),
    "a common phrase over and over": lambda: filled("one of the people who said that it would be all the more "),
    "one word of ten million letters": lambda: "a" * 10_000_000,
    "combining marks only": lambda: "\u0301" * 1_000_000,
    "a letter with a million marks": lambda: "a" + "\u0301" * 1_000_000,
    "the same Han character": lambda: "中" * 1_000_000,
    "Han characters": lambda: "".join(chr(rng.randint(0x4E00, 0x9FFF)) for _ in range(LENGTH)),
    "Thai with its vowels": lambda: filled("กำ", 400_000),
    "decomposed Hangul": lambda: filled("\u1112\u1161\u11ab", 400_000),
    "straight quotation marks": lambda: filled('"'),
    "curly quotation marks": lambda: filled("“”"),
    "apostrophes": lambda: filled("'’"),
    "letters and apostrophes": lambda: filled("a'"),
    "ellipses": lambda: filled("…"),
    "points": lambda: filled("."),
    "points and spaces": lambda: filled(". "),
    "dashes": lambda: filled("— "),
    "brackets": lambda: filled("[("),
    "digits": lambda: filled("1"),
    "single digits": lambda: filled("1 "),
    "thousands": lambda: filled("111,"),
    "decimals": lambda: filled("1.5,"),
    "white space": lambda: filled(" \n\u00a0"),
    "soft hyphens": lambda: filled("a\u00ad"),
    "soft hyphens in a row": lambda: filled("a\u00ad\u00ad"),
    "invisible characters": lambda: filled("\u200b\u200d\u2060\ufeff"),
    "emoji": lambda: filled("👨\u200d👩\u200d👧"),
    "NUL": lambda: filled("\0"),
    "lone surrogates": lambda: filled("\ud800"),
    "the words of the index's quotes, shuffled": lambda: " ".join(rng.sample(" ".join(QUOTES).split(), 30_000)),
    "one altered quote, two thousand times": lambda: filled(ALTERED + ". ", 2000 * len(ALTERED)),
    "one altered quote, apart, two thousand times": lambda: "".join(
        f"{ALTERED}. {' '.join(ordinary_words(30))}. " for _ in range(2000)
    ),
    "an ellipsis after every word of a quote": lambda: filled(" … ".join(QUOTES[0].split()) + " … "),
    "marks after every word of a quote": lambda: filled('" , "'.join(QUOTES[0].split()) + '" '),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_takes_not_much_longer_than_an_ordinary_one(name: str) -> None:
    check(index(), PAGES[name]())


def middle(filling: str) -> str:
    """A quote's two halves with something between them: what the marks between them mean is looked at closely."""
    words = QUOTES[1].split()
    return " ".join(words[: len(words) // 2]) + filling + " ".join(words[len(words) // 2 :])


@pytest.mark.parametrize(
    "piece",
    [
        "“ ",
        "'\"“”«» ",
        "… ",
        ". ",
        "— ",
        ", ",
        "\u00a0",
        "\n",
        "[",
        "(…) ",
        '" , "',
        "«\u00a0»",
        "!?",
    ],
)
def test_marks_between_the_halves_of_a_quote_take_linear_time(piece: str) -> None:
    """No regular expression goes back and forth over them."""
    for opening in (", ", ",” ", " » ", ", — ", " … "):
        check(index(), middle(opening + filled(piece, 50_000) + " x “"))


def test_time_grows_with_the_length_of_a_page_and_no_faster() -> None:
    short, long = ordinary_page(100_000), ordinary_page(800_000)
    assert times_as_long(lambda: index().find(long), lambda: index().find(short)) <= 16


@pytest.mark.parametrize(
    "name",
    [
        "the, over and over",
        "one word of ten million letters",
        "the same Han character",
        "thousands",
    ],
)
def test_memory_is_bounded_by_the_length_of_the_page(name: str) -> None:
    page = PAGES[name]()
    index().find("warm")
    tracemalloc.start()
    try:
        index().find(page)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak <= MOST_BYTES_A_CHARACTER * len(page) + 10_000_000


@pytest.mark.parametrize("mark", [", — ", ",” ", " » "])
@pytest.mark.parametrize("filler", ["x", "a’"])
def test_a_long_word_in_a_gap_costs_no_more_than_its_length(mark: str, filler: str) -> None:
    words = "Kazakhstan is another attempt to attack the Soviet states along the perimeter of Russia and Belarus".split()
    index = QuoteIndex.build([("q", " ".join(words))])

    def seconds(length: int) -> float:
        page = f"{' '.join(words[:8])}{mark}{filler * length} x {' '.join(words[8:])}"
        start = time.process_time()
        index.find(page)
        return time.process_time() - start

    # Fifty times as long: quadratic time would be 2,500 times as much.
    assert seconds(100_000) < 200 * max(min(seconds(2_000) for _ in range(3)), 0.001)


PAIR = f"{INVENTED[0]} {INVENTED[1]}"
REPEATING = {
    "one word, two thousand times": [filled(f"{INVENTED[0]} ", 2000 * len(INVENTED[0]))],
    "two words, over and over": [" ".join([PAIR] * 1000)],
    "a sentence, over and over": [". ".join([QUOTES[0]] * 100)],
    "one word, more and more often": [" ".join([INVENTED[0]] * count) for count in range(8, 1000, 2)],
}  # fmt: skip


@cache
def indexes(name: str) -> tuple[QuoteIndex, LiveIndex]:
    live = LiveIndex(QuoteIndex.build([]))
    for number, text in enumerate(REPEATING[name]):
        live.put(str(number), [text])
    return QuoteIndex.build((str(number), text) for number, text in enumerate(REPEATING[name])), live


@pytest.mark.parametrize("name", REPEATING)
def test_quotes_that_repeat_themselves_take_not_much_longer_on_pages_that_do_too(name: str) -> None:
    words = REPEATING[name][-1].split()
    altered = ["otherwise" if place % 10 == 5 else word for place, word in enumerate(words)]
    shuffled = random.Random(8).sample(words, len(words))
    usual = ordinary_page(LENGTH)
    for page in (f"{words[0]} ", f"{' '.join(words)} ", f"{' '.join(altered)}. ", f"{' '.join(shuffled)} "):
        for searched in indexes(name):
            hostile = filled(page)
            rate = times_as_long(lambda: searched.search(hostile), lambda: index().find(usual))  # noqa: B023
            assert rate <= MOST_TIMES


NUMBER_WORDS = (
    "one two three five eight twelve twenty thirty fifty hundred thousand million half percent".split()
)


def _windows(words: list[str], size: int, between: str = " ") -> list[str]:
    return [between.join(words[first : first + size]) for first in range(0, len(words) - size, 5)]


def _drawn(words: list[str], count: int) -> list[str]:
    return random.Random(9).choices(words, k=count)


QUANTITIES = [
    f"{a}.{b}% of ${c} million in {d}"
    for a, b, c, d in zip(
        *(_drawn(list(map(str, range(low, low + 90))), 3000) for low in (1, 1, 1, 1930)), strict=True
    )
]
HAN = list("丕丙世丘且丞")
# Quotes that are like each other and like the page, in thousands of places and nowhere the same; and the page.
ALIKE = {
    "number words": (_windows(_drawn(NUMBER_WORDS, 2000), 25), _drawn(NUMBER_WORDS, 20_000)[::-1]),
    "quantities": (_windows(QUANTITIES[:1000], 4), random.Random(10).sample(QUANTITIES, 3000)),
    "six Han characters": (["".join(_drawn(HAN, 40 * 300)[n : n + 40]) for n in range(0, 40 * 300, 40)], ["".join(_drawn(HAN, LENGTH)[::-1])]),
}  # fmt: skip


@pytest.mark.parametrize("name", ["number words", "quantities"])
def test_quotes_of_numbers_take_not_much_longer_on_pages_of_numbers(name: str) -> None:
    quotes, words = ALIKE[name]
    searched, hostile, usual = index(*quotes), filled(" ".join(words)), ordinary_page(LENGTH)
    assert times_as_long(lambda: searched.find(hostile), lambda: searched.find(usual)) <= MOST_TIMES


def test_memory_is_bounded_where_quotes_are_like_a_page_in_thousands_of_places() -> None:
    quotes, words = ALIKE["six Han characters"]
    searched, page = index(*quotes), filled(" ".join(words), LENGTH // 2)
    searched.find("warm")
    tracemalloc.start()
    try:
        searched.find(page)
        # A character is a word here.
        assert tracemalloc.get_traced_memory()[1] <= 2 * MOST_BYTES_A_CHARACTER * len(page)
    finally:
        tracemalloc.stop()


def test_a_quote_that_overlaps_itself_is_told_once_a_place() -> None:
    quote = " ".join([INVENTED[0]] * 20)
    index = QuoteIndex.build([("q", quote)])
    for times in (1, 5, 100):
        page = "; ".join([quote] * times)
        matches = index.find(page)
        assert times <= len(matches) <= times * 1.4
        assert {match.kind for match in matches} == {"exact"}


def test_an_ordinary_quote_is_found_beside_what_repeats_itself() -> None:
    live = LiveIndex(index())
    live.put("repeating", REPEATING["one word, two thousand times"])
    found = live.search(filled(f"{INVENTED[0]} ") + f". “{QUOTES[5]},” he said.")
    assert "5" in {match.quote_id for match in found.matches}
    assert not found.complete


def test_a_page_that_asks_for_more_work_than_it_may_cost_is_told_to_be_incomplete() -> None:
    # The beginnings of all quotes, again and again: each looks like the quote until it is aligned.
    page = ". ".join(" ".join(quote.split()[:7]) for quote in QUOTES * 3)
    found = index().search(page)
    assert not found.complete
    assert found.matches == index().find(page)


def test_an_ordinary_page_is_searched_completely() -> None:
    found = index().search(ordinary_page(LENGTH))
    assert found.complete
    assert found.matches
