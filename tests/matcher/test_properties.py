"""What holds for every index and every text."""

from __future__ import annotations

import random

import pytest
import regex
from hypothesis import assume, example, given
from hypothesis import strategies as st

from matcher import Match, QuoteIndex
from matcher.folding import folded_words
from tests.matcher import oracle
from tests.matcher.strategies import CLUSTERS, FILLER, INVENTED, any_texts, few, page_around, prose, quotes

CLUSTER = regex.compile(r"\X")
randoms = st.randoms(use_true_random=False)

SAMPLES = [
    ("q1", "They need to drown Russia in blood, the old generals of Saskatchewan whisper"),
    ("q2", "Китай решительно отвергает любые попытки внешних сил спровоцировать беспорядки"),
    ("q3", "中方坚决反对外部势力在哈萨克斯坦制造动荡煽动颜色革命的任何企图"),
    ("q4", "ترفض الصين بشدة أي محاولة من قوى خارجية لإثارة الاضطرابات في كازاخستان"),
    ("q5", "จีนปฏิเสธอย่างแข็งขันต่อความพยายามใดๆของกองกำลังภายนอก"),
]
SAMPLE_INDEX = QuoteIndex.build(SAMPLES)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Pieces of the sample quotes, cut anywhere, between any other characters."""
    piece = st.builds(
        lambda clusters, cuts: "".join(clusters[min(cuts) : max(cuts)]),
        st.sampled_from([CLUSTER.findall(text) for _, text in SAMPLES]),
        st.tuples(st.integers(0, 90), st.integers(0, 90)),
    )
    marks = st.sampled_from(["“", "”", "\n\n", " ", "…", "[...]", "\u200b", "\u00ad", ",” he said, “", " — "])
    return "".join(draw(st.lists(piece | marks | st.sampled_from(CLUSTERS), max_size=12)))


def check(matches: list[Match], text: str) -> None:
    assert [m.spans[0] for m in matches] == sorted((m.spans[0] for m in matches), key=lambda span: span[0])
    for match in matches:
        edges = [edge for span in match.spans for edge in span]
        assert edges[0] >= 0
        assert edges[-1] <= len(text)
        assert all(a < b for a, b in match.spans)
        assert edges == sorted(edges)
        assert 0 <= match.similarity <= 1
        assert 0 <= match.coverage <= 1
        is_whole = not match.changes and len(match.spans) == 1 and match.coverage == 1
        assert (match.kind == "exact") == is_whole
        assert (match.kind == "elided") == (len(match.spans) > 1)
        assert all(change.checked or change.page for change in match.changes)


@few
@given(any_texts)
def test_any_text_is_accepted(text: str) -> None:
    check(SAMPLE_INDEX.find(text), text)


@few
@given(pages())
def test_spans_and_figures_are_in_their_bounds(text: str) -> None:
    check(SAMPLE_INDEX.find(text), text)


@few
@given(pages())
def test_spans_never_cut_a_grapheme_cluster(text: str) -> None:
    clusters = {match.start() for match in CLUSTER.finditer(text)} | {len(text)}
    assert all(edge in clusters for match in SAMPLE_INDEX.find(text) for span in match.spans for edge in span)


@few
@given(pages())
def test_the_text_of_an_exact_match_is_the_quote(text: str) -> None:
    for match in SAMPLE_INDEX.find(text):
        if match.kind == "exact":
            [(start, end)] = match.spans
            assert oracle.words(text[start:end]) == oracle.words(dict(SAMPLES)[match.quote_id])


@few
@given(pages())
def test_what_a_change_says_of_the_page_stands_there(text: str) -> None:
    for match in SAMPLE_INDEX.find(text):
        for change in match.changes:
            assert change.page in text
            assert change.checked in dict(SAMPLES)[match.quote_id]


@few
@given(st.lists(st.tuples(st.text(max_size=5), any_texts), max_size=4), any_texts)
def test_any_quotes_and_ids_are_accepted(entries: list[tuple[str, str]], text: str) -> None:
    index = QuoteIndex.build(entries)
    for page in (text, *(quote for _, quote in entries)):
        matches = index.find(page)
        check(matches, page)
        assert {match.quote_id for match in matches} <= {quote_id for quote_id, _ in entries}


@few
@given(st.lists(quotes(), min_size=1, max_size=6), randoms)
def test_every_quote_finds_itself(texts: list[str], rng: random.Random) -> None:
    index = QuoteIndex.build((str(number), text) for number, text in enumerate(texts))
    for number, text in enumerate(texts):
        page = page_around([text], rng)
        start = page.index(text)
        end = start + len(text.rstrip("!."))
        assert any(
            match.kind == "exact" and match.spans == ((start, end),)
            for match in index.find(page)
            if match.quote_id == str(number)
        )


@few
@given(st.lists(quotes(), min_size=1, max_size=4), randoms)
def test_every_quote_finds_itself_when_it_is_the_whole_page(texts: list[str], rng: random.Random) -> None:
    index = QuoteIndex.build((str(number), text) for number, text in enumerate(texts))
    for number, text in enumerate(texts):
        own = [m for m in index.find(text) if m.quote_id == str(number) and m.kind == "exact"]
        assert ((0, len(text.rstrip("!."))),) in [match.spans for match in own]


@few
@given(st.lists(quotes(), min_size=1, max_size=4), pages(), randoms)
def test_unrelated_text_before_and_after_changes_nothing(
    texts: list[str], inside: str, rng: random.Random
) -> None:
    index = QuoteIndex.build([*((str(number), text) for number, text in enumerate(texts)), *SAMPLES])
    page = f"{rng.choice(texts)} {inside} {rng.choice(texts)}"
    before = " ".join(rng.choices(FILLER, k=60)) + ".\n\n"
    after = ".\n\n" + " ".join(rng.choices(FILLER, k=60))
    alone, together = index.find(page), index.find(before + page + after)
    moved = [tuple((start - len(before), end - len(before)) for start, end in m.spans) for m in together]
    assert moved == [match.spans for match in alone]
    assert [(m.quote_id, m.kind) for m in together] == [(m.quote_id, m.kind) for m in alone]


# ---- against the naive matcher ----------------------------------------------------------------------

few_words = st.sampled_from(INVENTED[::10])


@few
@given(
    st.lists(st.lists(few_words, min_size=6, max_size=12, unique=True), min_size=1, max_size=4),
    st.lists(st.integers(0, 3) | st.lists(few_words, max_size=8), max_size=8),
    randoms,
)
def test_all_exact_occurrences_are_found_with_the_same_spans(
    texts: list[list[str]], page_parts: list[int | list[str]], rng: random.Random
) -> None:
    words = [w for p in page_parts for w in (texts[p % len(texts)] if isinstance(p, int) else p)]
    assume(words)
    page = prose(words, rng)
    tokens = oracle.fold(page)
    index = QuoteIndex.build((str(number), " ".join(text)) for number, text in enumerate(texts))
    matches = index.find(page)
    for number, text in enumerate(texts):
        places = oracle.exact_places(text, [token.word for token in tokens])
        expected = {(tokens[place].start, tokens[place + len(text) - 1].end) for place in places}
        exact = {m.spans[0] for m in matches if m.kind == "exact" and m.quote_id == str(number)}
        assert exact == expected


@few
@given(st.lists(few_words, min_size=6, max_size=20), st.lists(few_words, max_size=120))
@example(INVENTED[:12], INVENTED[:2] + INVENTED[20:22] + INVENTED[2:4] + INVENTED[4:6:-1])
def test_nothing_is_found_where_no_three_words_in_a_row_are_shared(quote: list[str], page: list[str]) -> None:
    assume(not oracle.shares_a_run(quote, page))
    assert QuoteIndex.build([("q", " ".join(quote))]).find(" ".join(page)) == []


@few
@given(st.lists(few_words, min_size=14, max_size=25, unique=True), st.data(), randoms)
def test_a_quote_with_a_word_in_ten_changed_is_found_where_the_naive_alignment_has_it(
    quote: list[str], data: st.DataObject, rng: random.Random
) -> None:
    """The first three and the last three words stay, so that where the quote begins and ends is beyond doubt."""
    places = data.draw(st.lists(st.integers(3, len(quote) - 4), max_size=len(quote) // 10, unique=True))
    said = [rng.choice(FILLER) if place in places else word for place, word in enumerate(quote)]
    page = page_around([prose(said, rng)], rng)
    tokens = oracle.fold(page)
    where = oracle.align(quote, [token.word for token in tokens])
    [match] = QuoteIndex.build([("q", " ".join(quote))]).find(page)
    assert match.spans == ((tokens[where.first].start, tokens[where.last - 1].end),)
    assert match.kind == ("altered" if places else "exact")
    assert len([word for change in match.changes for word in folded_words(change.page)]) == len(places)
    assert match.coverage == pytest.approx(where.same / len(quote), abs=0.001)
