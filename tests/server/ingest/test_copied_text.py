"""Articles as copied from a browser."""

from __future__ import annotations

import pytest

from server.ingest import NotAFactCheck, QuoteReading, read_article
from server.models import Rating
from tests.server.ingest.fixture_files import fixture

TEXT = fixture("polygraph-copied.txt").decode()
QUOTE = (
    "In a verbal message to Kazakh President Kassym-Jomart Tokayev, Xi said China strongly rejects any attempt by "
    "external forces to provoke unrest and instigate ’color revolutions‘ in Kazakhstan…"
)


def read_one(body: str | bytes, url: str | None = None) -> QuoteReading:
    (quote,) = read_article(body, "text/plain", url).quotes
    return quote


def test_every_field_that_the_text_tells_is_read() -> None:
    reading = read_one(TEXT)
    (check,) = reading.quote.checks
    assert reading.quote.text == QUOTE
    assert reading.quote.speaker is not None
    assert reading.quote.speaker.name == "Xi Jinping"
    assert reading.quote.speaker.role == "President of the People's Republic of China"
    assert reading.quote.language == "en"
    assert check.title == "With No Basis, Xi Blames 'External Forces' for Kazakhstan Unrest"
    assert (check.verdict.label, check.verdict.rating) == ("Unsubstantiated", Rating.UNSUBSTANTIATED)
    assert check.publisher == "Polygraph.info"
    assert check.summary == "Claims of foreign involvement in the Kazakh protests are unsubstantiated."


def test_what_the_text_does_not_tell_is_said_to_be_missing() -> None:
    reading = read_one(TEXT)
    assert reading.quote.said_on is None, "January 7 has no year"
    assert reading.missing == ["said_on", "url", "published_on"]


def test_each_field_comes_with_its_snippet() -> None:
    evidence = read_one(TEXT).evidence
    assert evidence["text"] == f"“{QUOTE}”"
    assert evidence["label"] == evidence["rating"] == "Unsubstantiated"
    assert evidence["role"] == "President of the People's Republic of China"
    assert "No media source currently available" in evidence["publisher"]


def test_a_given_address_becomes_the_checks_address() -> None:
    address = "https://www.polygraph.info/a/31644294.html"
    reading = read_one(TEXT, address)
    assert str(reading.quote.checks[0].url) == address
    assert "url" not in reading.missing


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "/a/1.html", "data:text/html,x", "ftp://a.example/b"]
)
def test_an_address_that_is_none_is_dropped_and_that_is_said(address: str) -> None:
    reading = read_one(TEXT, address)
    assert reading.quote.checks[0].url is None
    assert "url" in reading.missing
    assert reading.evidence["url"].startswith("dropped")


@pytest.mark.parametrize(
    "body",
    [
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r"),
        "\ufeff" + TEXT,
        TEXT.replace(" ", "\u00a0"),
        "".join(f"{line}\u200b\u202e \n" for line in TEXT.split("\n")),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("windows-1252"),
        TEXT.replace("\n\n", "\n"),
        "Home\nEconomy\nPolitics\n" + TEXT,
    ],
    ids=[
        "CRLF",
        "CR",
        "BOM",
        "NBSP",
        "bidi",
        "UTF-16",
        "UTF-8 BOM",
        "windows-1252",
        "no blank lines",
        "menu",
    ],
)
def test_the_same_is_read_however_the_text_came(body: str | bytes) -> None:
    assert read_one(body).quote == read_one(TEXT).quote


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("“Two moons.”", "Two moons."),
        ('"Two moons."', "Two moons."),
        ("«Two moons.»", "Two moons."),
        ("„Two moons.“", "Two moons."),
        ("“Two moons, he said.", "Two moons, he said."),
        ("Two moons, he said.”", "Two moons, he said."),
        ("“Two “small” moons”", "Two “small” moons"),
        ("“Two moons.\nTwo, not one.”", "Two moons. Two, not one."),
    ],
)
def test_the_quote_is_read_without_its_outer_marks(marked: str, text: str) -> None:
    assert read_one(TEXT.replace(f"“{QUOTE}”", marked)).quote.text == text


def test_an_unlabelled_source_line_between_quote_and_verdict_gives_the_date() -> None:
    body = TEXT.replace("\nUnsubstantiated\n", "\nSource: Xinhua, January 7, 2022\n\nUnsubstantiated\n")
    assert str(read_one(body).quote.said_on) == "2022-01-07"


@pytest.mark.parametrize(
    ("head", "speaker", "role"),
    [
        (
            "Title of the check\nPat Example\nPat Example\nMinister of the Harbor",
            "Pat Example",
            "Minister of the Harbor",
        ),
        ("Title of the check\nPat Example\nPat Example", "Pat Example", None),
        ("Pat Example\nMinister of the Harbor", "Pat Example", "Minister of the Harbor"),
        ("Pat Example", "Pat Example", None),
        (
            "March 04, 2021\nBy Sam Writer\nPat Example\nPat Example\nHarbor blogger",
            "Pat Example",
            "Harbor blogger",
        ),
        (
            "The harbor and fishery ministries\nThe harbor and fishery ministries",
            "The harbor and fishery ministries",
            None,
        ),
    ],
)
def test_the_lines_above_the_quote_tell_title_speaker_and_role(
    head: str, speaker: str, role: str | None
) -> None:
    reading = read_one(f"Title of the check\n{head}\n“Two moons.”\nFalse\nPolygraph.info looked up.")
    assert reading.quote.speaker is not None
    assert (reading.quote.speaker.name, reading.quote.speaker.role) == (speaker, role)
    assert reading.quote.checks[0].title == "Title of the check"


def test_other_peoples_quotes_in_the_article_are_no_checked_quotes() -> None:
    body = TEXT.replace("A monument in Almaty", "“We were never there.”\nFalse\nA monument in Almaty", 1)
    assert [item.quote.text for item in read_article(body, "text/plain").quotes] == [QUOTE]


@pytest.mark.parametrize(
    "body",
    [
        "",
        " \n\u200b\n",
        "“Two moons.”\nFalse",
        "Claim: “Two moons.”\nRating: False",
        TEXT.replace("Unsubstantiated", "Weather"),
        "The minister said “Two moons.” That is false.",
    ],
)
def test_what_is_no_fact_check_is_refused_with_a_reason(body: str) -> None:
    with pytest.raises(NotAFactCheck) as refusal:
        read_article(body, "text/plain")
    assert refusal.value.reason.endswith(".")


def test_a_page_that_labels_its_parts_is_read_where_the_publisher_is_known() -> None:
    reading = read_one(
        "Claim:\n“Two moons over the harbor.”\nRating:\nUnproven.\n",
        "https://www.snopes.com/fact-check/moons/",
    )
    assert reading.quote.text == "Two moons over the harbor."
    assert reading.quote.checks[0].verdict.rating is Rating.UNSUBSTANTIATED
    assert reading.quote.checks[0].publisher == "Snopes"


def test_an_unknown_label_is_kept_without_a_rating() -> None:
    reading = read_one("Claim: Two moons.\nVerdict: Moonshine", "https://www.snopes.com/fact-check/moons/")
    assert reading.quote.checks[0].verdict.label == "Moonshine"
    assert reading.quote.checks[0].verdict.rating is None
    assert "rating" in reading.missing
    assert "review" in reading.evidence["rating"]
