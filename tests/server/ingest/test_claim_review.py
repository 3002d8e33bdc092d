"""ClaimReview objects, in the shapes in which publishers write them."""

from __future__ import annotations

import datetime as dt

import pytest

from server.ingest.claim_review import find_claim_reviews, read_claim_review
from server.ingest.structured_data import parse_json_ld

REVIEW: dict[str, object] = {
    "@type": "ClaimReview",
    "claimReviewed": "Two moons.",
    "author": {"name": "Snopes"},
    "reviewRating": {"alternateName": "False"},
}


@pytest.mark.parametrize(
    "document",
    [
        REVIEW,
        [REVIEW],
        {"@graph": [{"@type": "WebPage"}, REVIEW]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
        {**REVIEW, "@type": ["Review", "http://schema.org/ClaimReview"]},
        {**REVIEW, "@type": "schema:ClaimReview"},
    ],
)
def test_a_review_is_found_however_it_is_wrapped(document: object) -> None:
    (review,) = find_claim_reviews(document)
    assert read_claim_review(review).values["text"] == "Two moons."


@pytest.mark.parametrize(
    "document", [None, 1, "ClaimReview", [], {}, {"@type": "Review"}, [[[[1]]]], {"@type": 3}]
)
def test_nothing_is_found_where_nothing_is(document: object) -> None:
    assert list(find_claim_reviews(document)) == []


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"author": "Some Checkers"}, "publisher", "Some Checkers"),
        ({"author": ["Some Checkers", "More"]}, "publisher", "Some Checkers"),
        ({"author": {}, "publisher": {"name": "POLYGRAPH.info"}}, "publisher", "Polygraph.info"),
        ({"author": {"url": "https://www.politifact.com/"}}, "publisher", "PolitiFact"),
        ({"claimReviewed": ["«Two moons.»", "b"]}, "text", "«Two moons.»"),
        ({"claimReviewed": "<b>Two</b> moons &amp; a boat"}, "text", "Two moons & a boat"),
        ({"itemReviewed": {"author": {"name": " Pat\u202e Example "}}}, "speaker", "Pat Example"),
        ({"itemReviewed": {"author": "Pat Example"}}, "speaker", "Pat Example"),
        ({"itemReviewed": [{"author": [{"name": "Pat Example"}]}]}, "speaker", "Pat Example"),
        ({"itemReviewed": {"author": {"name": "Multiple Sources"}}}, "speaker", None),
        ({"itemReviewed": {"author": {"name": "X", "jobTitle": "Minister"}}}, "role", "Minister"),
        ({"itemReviewed": {"datePublished": "2021-03-01T10:00"}}, "said_on", dt.date(2021, 3, 1)),
        ({"itemReviewed": {"datePublished": "2021-03-04"}, "datePublished": "2021-03-04"}, "said_on", None),
        ({"itemReviewed": {"datePublished": "0001-01-01"}}, "said_on", None),
        ({"datePublished": "4 March 2021"}, "published_on", dt.date(2021, 3, 4)),
        ({"url": "/relative"}, "url", None),
        ({"url": "javascript:alert(1)"}, "url", None),
        ({"url": "", "mainEntityOfPage": {"@id": "https://a.example/b"}}, "url", "https://a.example/b"),
        ({"reviewRating": [{"alternateName": "Half True"}]}, "label", "Half True"),
        ({"reviewRating": {"ratingValue": 1, "bestRating": 5}}, "label", None),
        ({"reviewRating": None, "author": 7, "itemReviewed": "x", "claimReviewed": {"a": 1}}, "text", None),
        ({"inLanguage": "en-Poly"}, "language", "en"),
        ({"claimReviewed": "x" * 10_001}, "text", None),
    ],
)
def test_every_shape_of_a_field_is_read(change: dict[str, object], field: str, value: object) -> None:
    assert read_claim_review({**REVIEW, **change}).values.get(field) == value


def test_a_date_that_is_not_clear_is_told() -> None:
    found = read_claim_review({**REVIEW, "datePublished": "11/12/2019", "itemReviewed": {"startDate": "May"}})
    assert found.evidence["published_on"] == "dropped, no complete and clear date: datePublished: 11/12/2019"
    assert found.evidence["said_on"] == "dropped, no complete and clear date: itemReviewed.startDate: May"


@pytest.mark.parametrize(
    "script",
    ['<!-- {"a": 1} -->', '//<![CDATA[\n{"a": 1}\n//]]>', ' {"a": 1} ;', '\n{"a":\t1}\n'],
)
def test_wrappers_of_old_pages_are_taken_off(script: str) -> None:
    assert parse_json_ld(script) == {"a": 1}


def test_raw_line_breaks_in_texts_are_forgiven() -> None:
    assert parse_json_ld('{"a": "b\nc"}') == {"a": "b\nc"}


@pytest.mark.parametrize("script", ["", "{", "[" * 100_000, '{"a":' * 100_000, "9" * 100_000, "NaN]"])
def test_what_is_no_json_is_nothing(script: str) -> None:
    assert parse_json_ld(script) is None
