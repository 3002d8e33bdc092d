"""The samples: valid, linked, rated as the label tables say, and what the sample page prints of them."""

from __future__ import annotations

import pytest

from server.ingest.html_tree import parse_html, read_blocks
from server.ingest.labels import find_publisher, fold_label, rate_label
from server.models import Check, Quote, Rating
from server.samples import sample_page_path, sample_quotes

CHECKS = [(quote, check) for quote in sample_quotes() for check in quote.checks]


def test_there_are_a_dozen_and_more_in_many_languages_across_the_ratings() -> None:
    quotes = sample_quotes()
    assert len(quotes) >= 20
    assert len({quote.language for quote in quotes}) >= 4
    assert {check.verdict.rating for _, check in CHECKS} >= {
        Rating.TRUE, Rating.MOSTLY_TRUE, Rating.MIXED, Rating.MOSTLY_FALSE, Rating.FALSE, Rating.UNSUBSTANTIATED,
        Rating.MISLEADING, Rating.MISATTRIBUTED, Rating.SATIRE,
    }  # fmt: skip


def test_no_two_are_the_same() -> None:
    texts = [fold_label(quote.text) for quote in sample_quotes()]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(("quote", "check"), CHECKS)
def test_each_is_rated_and_linked(quote: Quote, check: Check) -> None:
    assert check.verdict.rating is not None
    assert rate_label(check.verdict.label, check.publisher) is check.verdict.rating
    assert check.url is not None
    assert check.url.scheme == "https"
    table = find_publisher(address=str(check.url))
    assert table is not None
    assert table.publisher == check.publisher
    assert check.summary
    assert check.summary.endswith(".")
    assert quote.speaker
    assert quote.language


def test_the_seeds_quote_is_among_them_whole() -> None:
    (seed,) = [quote for quote in sample_quotes() if quote.speaker and quote.speaker.name == "Xi Jinping"]
    assert seed.text.startswith("In a verbal message to Kazakh President Kassym-Jomart Tokayev")
    assert seed.text.endswith("’color revolutions‘ in Kazakhstan…")
    assert seed.checks[0].verdict.label == "Unsubstantiated"


def test_the_page_needs_nothing_from_anywhere_and_runs_nothing() -> None:
    page = sample_page_path().read_text()
    assert "http://" not in page
    assert "https://" not in page
    assert "<script" not in page
    assert "Sample page of Quotemark" in page


def test_the_page_prints_quotes_whole_changed_and_in_parts() -> None:
    text = fold_label(" ".join(read_blocks(parse_html(sample_page_path().read_text()))))
    whole = [quote for quote in sample_quotes() if fold_label(quote.text) in text]
    assert len(whole) >= 4
    assert {quote.language for quote in whole} == {"en", "de"}
    assert text.count("we won in a landslide") == 2
    for changed in (
        "xi said china firmly opposes",
        "are 28 percent bigger",
        "hate speech is protected by the first amendment",
    ):
        assert changed in text
