"""Articles as HTML: ClaimReview first, then the publisher's form, then a page that labels its parts."""

from __future__ import annotations

import datetime as dt

import pytest

from server.ingest import NotAFactCheck, QuoteReading, read_article
from server.models import Rating
from tests.server.ingest.fixture_files import fixture


def read_one(body: str | bytes, url: str | None = None) -> QuoteReading:
    (quote,) = read_article(body, "text/html", url).quotes
    return quote


def fields(reading: QuoteReading) -> dict[str, object]:
    """Everything that was read, flat, without what is empty."""
    quote, check = reading.quote, reading.quote.checks[0]
    found: dict[str, object] = {
        "text": quote.text,
        "language": quote.language,
        "said_on": quote.said_on,
        "speaker": quote.speaker and quote.speaker.name,
        "role": quote.speaker and quote.speaker.role,
        "label": check.verdict.label,
        "rating": check.verdict.rating,
        "publisher": check.publisher,
        "title": check.title,
        "summary": check.summary,
        "url": check.url and str(check.url),
        "published_on": check.published_on,
    }
    return {name: value for name, value in found.items() if value}


CASES: dict[str, dict[str, object]] = {
    "polygraph.html": {
        "text": "There are two moons over our harbor, and the ‘small one’ is ours.",
        "language": "en",
        "said_on": dt.date(2021, 3, 1),
        "speaker": "Pat Example",
        "role": "Minister of the Harbor",
        "label": "False",
        "rating": Rating.FALSE,
        "publisher": "Polygraph.info",
        "title": "Minister Counts Two Moons Over Harbor",
        "summary": "The claim that a second moon hangs over the harbor is false.",
        "url": "https://www.polygraph.info/a/fact-check-two-moons/31000001.html",
        "published_on": dt.date(2021, 3, 4),
    },
    "politifact.html": {
        "text": "There are two moons over our harbor.",
        "language": "en-US",
        "said_on": dt.date(2021, 3, 1),
        "speaker": "Pat Example",
        "label": "Pants on Fire!",
        "rating": Rating.FALSE,
        "publisher": "PolitiFact",
        "title": "No, the harbor does not have two moons",
        "summary": "Pat Example said that two moons hang over the harbor. We looked up.",
        "url": "https://www.politifact.com/factchecks/2021/mar/04/pat-example/no-harbor-does-not-have-two-moons/",
        "published_on": dt.date(2021, 3, 4),
    },
    "snopes.html": {
        "text": "Give me two moons and a boat.",
        "language": "en-US",
        "label": "Misattributed",
        "rating": Rating.MISATTRIBUTED,
        "publisher": "Snopes",
        "title": "Did a Poet Praise Two Moons?",
        "summary": "The line is younger than the poet's grave.",
        "url": "https://www.snopes.com/fact-check/two-moons/",
        "published_on": dt.date(2021, 3, 4),
    },
    "claim-review.html": {
        "text": "Zwei Monde & ein Boot.",
        "language": "de-AT",
        "said_on": dt.date(2021, 3, 1),
        "speaker": "Pat Beispiel",
        "role": "Hafenminister",
        "label": "Falsch",
        "rating": Rating.FALSE,
        "publisher": "Mondprüfung",
        "title": "Nein, über dem Hafen stehen nicht zwei Monde",
        "summary": "Über dem Hafen steht ein Mond.",
        "url": "https://www.mondpruefung.example/pruefung/monde",
        "published_on": dt.date(2021, 3, 4),
    },
    "microdata.html": {
        "text": "Hay dos lunas sobre el puerto",
        "language": "es",
        "speaker": "Pat Ejemplo",
        "role": "Ministra del Puerto",
        "label": "Engañoso",
        "rating": Rating.MISLEADING,
        "publisher": "Chequeado",
        "title": "No hay dos lunas",
        "url": "https://chequeado.com/lunas",
        "published_on": dt.date(2021, 3, 4),
    },
    "labelled.html": {
        "text": "There are two moons over our harbor.",
        "language": "en",
        "label": "Incorrect",
        "rating": Rating.FALSE,
        "publisher": "Full Fact",
        "title": "How many moons?",
        "url": "https://fullfact.org/harbor/two-moons/",
    },
}


@pytest.mark.parametrize("name", CASES)
def test_every_field_of_the_page_is_read(name: str) -> None:
    assert fields(read_one(fixture(name))) == CASES[name]


@pytest.mark.parametrize("name", CASES)
def test_each_field_is_either_found_with_evidence_or_named_as_missing(name: str) -> None:
    reading = read_one(fixture(name))
    found = fields(reading)
    assert set(found) <= set(reading.evidence)
    assert set(reading.missing).isdisjoint(found)
    assert len(reading.missing) + len(found) == 12


def test_words_that_others_say_about_the_claim_do_not_become_the_summary() -> None:
    page = fixture("polygraph.html").replace(
        b"<p>The claim that a second moon hangs over the harbor is false. Telescopes show one.</p>", b""
    )
    assert read_one(page).quote.checks[0].summary == (
        "Astronomers and anyone who looks up & counts can see one moon over the harbor."
    )


def test_a_label_that_is_not_known_goes_to_review() -> None:
    reading = read_one(fixture("polygraph.html").replace(b"<span>False</span>", b"<span>Moonshine</span>"))
    assert reading.quote.checks[0].verdict.label == "Moonshine"
    assert reading.quote.checks[0].verdict.rating is None
    assert reading.missing == ["rating"]


def test_a_page_without_an_address_is_known_by_its_form() -> None:
    page = (
        fixture("polygraph.html").replace(b'<link rel="canonical"', b"<link ").replace(b"og:site_name", b"x")
    )
    reading = read_one(page)
    assert reading.quote.checks[0].publisher == "Polygraph.info"
    assert "url" in reading.missing


def test_the_same_form_at_voice_of_america_is_read_as_theirs() -> None:
    page = fixture("polygraph.html").replace(b"www.polygraph.info", b"www.voanews.com")
    assert read_one(page).quote.checks[0].publisher == "Voice of America"


def test_several_statements_on_a_page_are_several_quotes() -> None:
    page = fixture("polygraph.html").decode()
    start, end = page.index('<div class="fc__body">'), page.index('<div id="article-content">')
    second = (
        page[start:end]
        .replace("two moons", "three suns")
        .replace("<span>False</span>", "<span>Misleading</span>")
    )
    reading = read_article(page[:end] + second + page[end:], "text/html")
    assert [item.quote.checks[0].verdict.label for item in reading.quotes] == ["False", "Misleading"]
    assert reading.quotes[1].quote.text.startswith("There are three suns")
    assert reading.quotes[0].quote.checks[0].summary == reading.quotes[1].quote.checks[0].summary


def test_a_page_cannot_name_an_address_on_another_site() -> None:
    given = "https://www.polygraph.info/a/31000001.html"
    page = fixture("polygraph.html").replace(
        b"https://www.polygraph.info/a/fact-check", b"https://evil.example/a"
    )
    assert str(read_one(page, given).quote.checks[0].url) == given


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/a/1.html", "data:text/html,x"])
def test_an_address_that_is_none_is_dropped_and_that_is_said(address: str) -> None:
    page = fixture("polygraph.html").decode()
    page = page.replace("https://www.polygraph.info/a/fact-check-two-moons/31000001.html", address)
    reading = read_one(page)
    assert reading.quote.checks[0].url is None
    assert "url" in reading.missing
    assert reading.evidence["url"] == f"dropped, not a complete http or https address: {address}"


def test_scripts_hidden_parts_and_invisible_characters_leave_no_trace() -> None:
    page = fixture("polygraph.html").decode()
    page = page.replace(
        "Pat Ex&shy;ample</h4>",
        "P\u202eat\u200b <script>alert(1)</script><i hidden>Not</i>Example\u2069</h4>",
    )
    assert fields(read_one(page)) == CASES["polygraph.html"]


def test_entities_are_decoded_once() -> None:
    page = fixture("polygraph.html").replace(b"<em>two moons</em>", b"&amp;lt;two moons&amp;gt;")
    assert read_one(page).quote.text.startswith("There are &lt;two moons&gt; over")
    page = fixture("claim-review.html").replace(b"Zwei Monde &amp; ein", b"Zwei &amp;lt;Monde&amp;gt; ein")
    assert read_one(page).quote.text == "Zwei &lt;Monde&gt; ein Boot."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_the_encoding_is_found(encoding: str) -> None:
    page = fixture("polygraph.html").decode().replace('<meta charset="utf-8">', "")
    assert fields(read_one(page.encode(encoding))) == CASES["polygraph.html"]


def test_a_declared_encoding_is_followed() -> None:
    head = "<html lang=ru><meta charset=koi8-r><meta property=og:site_name content=Проверка>"
    page = head + "<p>Цитата: Две луны<p>Вердикт: Ложь"
    reading = read_one(page.encode("koi8-r"))
    assert (reading.quote.text, reading.quote.checks[0].verdict.rating) == ("Две луны", Rating.FALSE)
    assert reading.quote.checks[0].publisher == "Проверка"


@pytest.mark.parametrize(
    "body",
    [
        fixture("news.html"),
        b"",
        b"no tags at all",
        b"<p>",
        b"<html><body><p>Claim: two moons. Rating: False",
        b'<?xml version="1.0"?><feed/>',
        b"<p>Claim: a moon<p>Rating: False<p>Claim: a sun<p>Rating: True<meta property=og:site_name content=X>",
    ],
)
def test_what_is_no_fact_check_is_refused_with_a_reason(body: bytes) -> None:
    with pytest.raises(NotAFactCheck) as refusal:
        read_article(body, "text/html")
    assert refusal.value.reason.endswith(".")


def test_a_claim_review_with_numbers_alone_is_rated_on_a_clear_scale_only() -> None:
    page = fixture("claim-review.html").replace(b', "alternateName": "Falsch"', b"")
    (reading,) = read_article(page, "text/html").quotes
    verdict = reading.quote.checks[0].verdict
    assert (verdict.label, verdict.rating) == ("1 (1 to 5)", Rating.FALSE)
    for faulty in (b'"bestRating": "1"', b'"bestRating": ""', b'"bestRating": "0.5"'):
        with pytest.raises(NotAFactCheck, match="verdict could not be used"):
            read_article(page.replace(b'"bestRating": "5"', faulty), "text/html")
