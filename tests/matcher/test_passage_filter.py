"""What an index would find passes its filter, and little else does."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import BadFilter, LiveIndex, PassageFilter, QuoteIndex
from matcher.passage_filter import CONTEXT_WORDS
from tests.matcher.strategies import INVENTED, any_texts, few, many, page_around, quotes

rng = random.Random(9)
TEXTS = [" ".join(rng.choices(INVENTED, k=rng.randint(6, 30))) for _ in range(300)]


def enumerated(texts: list[str]) -> list[tuple[str, str]]:
    return [(f"q{number}", text) for number, text in enumerate(texts)]


INDEX = QuoteIndex.build(enumerated(TEXTS))
FILTER = PassageFilter(INDEX.passage_filter().whole)
OTHER_WORDS = ("and then nobody at the harbour had much to say about the weather of that week " * 40).strip()


def words_let_pass(kept: PassageFilter, text: str) -> str:
    return " ".join(text[start:end] for start, end in kept.passages(text))


@few
@given(quotes(), st.randoms(use_true_random=False))
def test_a_quote_passes_wherever_it_stands(quote: str, random_: random.Random) -> None:
    page = page_around([quote], random_)
    index = QuoteIndex.build([("q", quote), *enumerated(TEXTS)])
    kept = PassageFilter(index.passage_filter().whole)

    assert quote in words_let_pass(kept, page)


@pytest.mark.parametrize("text", TEXTS[::20])
def test_only_the_quote_and_some_words_around_it_pass(text: str) -> None:
    passed = words_let_pass(FILTER, f"{OTHER_WORDS}. “{text},” he said. {OTHER_WORDS}")

    assert text in passed
    assert len(passed.split()) <= len(text.split()) + 2 * CONTEXT_WORDS


def test_a_text_without_quotes_is_kept_back() -> None:
    assert FILTER.passages(OTHER_WORDS) == []
    assert FILTER.passages("") == []


def test_changed_cut_and_interrupted_quotes_pass() -> None:
    long = [text.split() for text in TEXTS if len(text.split()) >= 20]
    for words in long:
        changed = list(words)
        for place in rng.sample(range(len(words)), len(words) // 10):
            changed[place] = "something"
        half = len(words) // 2
        cut = words[3:15]
        interrupted = [*words[:half], "he", "told", "reporters", "on", "Tuesday", *words[half:]]
        for variant in (changed, cut, interrupted):
            page = f"{OTHER_WORDS} {' '.join(variant)} {OTHER_WORDS}"
            assert " ".join(variant) in words_let_pass(FILTER, page)


def test_a_name_that_a_quote_holds_does_not_pass() -> None:
    quote = (
        "That is what the Hogwarts School of Witchcraft told every parent of a child in the county of Kent"
    )
    kept = PassageFilter(QuoteIndex.build([("q", quote)]).passage_filter().whole)

    assert kept.passages(f"{OTHER_WORDS} the county of Kent {OTHER_WORDS}") == []


@pytest.mark.parametrize(
    "quote",
    [
        "Китай решительно отвергает любые попытки внешних сил спровоцировать беспорядки",
        "中方坚决反对外部势力在哈萨克斯坦制造动荡煽动颜色革命的任何企图",
        "ترفض الصين بشدة أي محاولة من قوى خارجية لإثارة الاضطرابات في كازاخستان",
    ],
)
def test_any_language_passes(quote: str) -> None:
    kept = PassageFilter(QuoteIndex.build([("q", quote)]).passage_filter().whole)

    assert quote in words_let_pass(kept, f"{OTHER_WORDS} “{quote}” {OTHER_WORDS}")


@many
@given(any_texts)
def test_passages_are_in_order_and_inside_of_any_text(text: str) -> None:
    page = f"{text}{TEXTS[0]}{text}\n{TEXTS[1]}{text}"
    edges = [edge for passage in FILTER.passages(page) for edge in passage]

    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(page) for edge in edges)


def test_what_came_later_is_a_part_of_its_own_over_the_same_base() -> None:
    live = LiveIndex(INDEX)
    before = live.passage_filter()
    new = " ".join(rng.choices(INVENTED, k=15))
    live.put("new", [new])
    after = live.passage_filter()
    page = f"{OTHER_WORDS} “{new}” {OTHER_WORDS} “{TEXTS[0]}” {OTHER_WORDS}"
    assembled, whole = PassageFilter(before.whole, after.rest), PassageFilter(after.whole)

    assert (before.base_name, len(before.rest)) == (after.base_name, len(before.header))
    assert len(after.rest) < len(after.whole) / 10
    assert PassageFilter(before.whole).passages(page) != whole.passages(page)
    assert assembled.passages(page) == whole.passages(page)
    assert new in words_let_pass(assembled, page)


def test_what_came_later_needs_its_own_base() -> None:
    other = LiveIndex(QuoteIndex.build([("q", TEXTS[0])])).passage_filter()
    with pytest.raises(BadFilter, match="of the base"):
        PassageFilter(INDEX.passage_filter().whole, other.rest)


@pytest.mark.parametrize("changed", [b"", b"QMPF", b"PNG\0" * 10])
def test_what_is_no_filter_is_refused(changed: bytes) -> None:
    with pytest.raises(BadFilter):
        PassageFilter(changed)


def test_a_filter_that_is_cut_or_of_another_version_is_refused() -> None:
    whole = INDEX.passage_filter().whole
    for length in range(17, len(whole), 97):
        with pytest.raises(BadFilter, match=r"cut short|not as many"):
            PassageFilter(whole[:length])
    with pytest.raises(BadFilter, match="form 9"):
        PassageFilter(whole[:4] + b"\x09" + whole[5:])


def test_a_filter_of_more_than_a_base_and_what_came_later_is_refused() -> None:
    parts = INDEX.passage_filter()
    twice = PassageFilter(parts.whole + parts.base)
    assert twice.passages(TEXTS[0]) == FILTER.passages(TEXTS[0])
    with pytest.raises(BadFilter, match="more sections"):
        PassageFilter(parts.whole + 2 * parts.base)
    with pytest.raises(BadFilter, match="more sections"):
        PassageFilter(parts.whole, parts.whole + parts.base)


def test_damaged_bytes_are_refused_or_harmless() -> None:
    whole = INDEX.passage_filter().whole
    for _ in range(200):
        damaged = bytearray(whole)
        for _ in range(3):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        try:
            passages = PassageFilter(bytes(damaged)).passages(f"{OTHER_WORDS} {TEXTS[0]}")
        except BadFilter:
            continue
        assert all(0 <= start < end for start, end in passages)


def test_a_run_that_hundreds_of_wordings_share_is_no_matter() -> None:
    shared = " ".join(INVENTED[:4])
    texts = [f"{shared} {' '.join(rng.choices(INVENTED, k=12))}" for _ in range(600)]
    kept = PassageFilter(
        QuoteIndex.build([(f"q{n}", text) for n, text in enumerate(texts)]).passage_filter().whole
    )

    assert all(text in words_let_pass(kept, f"{OTHER_WORDS} {text} {OTHER_WORDS}") for text in texts[::50])


def test_an_empty_index_lets_nothing_pass() -> None:
    assert PassageFilter(QuoteIndex.build([]).passage_filter().whole).passages(OTHER_WORDS) == []


def test_a_text_of_more_hits_than_any_page_has_passes_from_there_on() -> None:
    shared = " ".join(INVENTED[:3])
    texts = [f"{shared} {' '.join(rng.choices(INVENTED[3:], k=12))}" for _ in range(60)]
    kept = PassageFilter(
        QuoteIndex.build([(f"q{n}", text) for n, text in enumerate(texts)]).passage_filter().whole
    )
    page = f"{OTHER_WORDS} {f'{shared} ' * 400}{OTHER_WORDS}"

    passages = kept.passages(page)
    assert passages[-1][1] == len(page)
    assert passages[0][0] > 0
