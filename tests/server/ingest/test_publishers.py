"""Pages of many publishers, each in its own form: all fields right, and for each where it stands in the page."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.ingest import QuoteReading, read_article
from server.ingest.clean_text import clean_line
from tests.server.ingest.fixture_files import FIXTURES, fixture

EXPECTED: dict[str, Any] = json.loads(fixture("publishers/expected.json"))


def fields(reading: QuoteReading) -> dict[str, Any]:
    quote = reading.quote.model_dump(mode="json")
    check, speaker = quote["checks"][0], quote["speaker"] or {}
    told = {name: quote[name] for name in ("text", "form", "language", "said_on")}
    told |= {name: check[name] for name in ("publisher", "title", "summary", "url", "published_on")}
    told |= {"label": check["verdict"]["label"], "rating": check["verdict"]["rating"]}
    told |= {"speaker": speaker.get("name"), "role": speaker.get("role")}
    return told | {"wordings": [wording["text"] for wording in quote["wordings"]]}


def test_there_are_twenty_pages_and_more() -> None:
    pages = {file.stem for file in (FIXTURES / "publishers").glob("*.html")}
    assert pages == set(EXPECTED)
    assert len(pages) > 20


@pytest.mark.parametrize("with_address", [True, False], ids=["address given", "by the page alone"])
@pytest.mark.parametrize("name", EXPECTED)
def test_every_field_of_a_publishers_page_is_right(name: str, with_address: bool) -> None:
    expected = EXPECTED[name]
    page = fixture(f"publishers/{name}.html")
    readings = read_article(page, "text/html", expected["url"] if with_address else None).quotes
    found = [fields(reading) for reading in readings]
    told = [
        {field: each[field] for field in wanted}
        for each, wanted in zip(found, expected["quotes"], strict=True)
    ]
    assert told == expected["quotes"]
    for each in found:
        assert each["wordings"] == [] or each["form"] == "paraphrase"


@pytest.mark.parametrize("name", EXPECTED)
def test_every_field_that_is_read_has_its_snippet_and_every_other_is_said_to_be_missing(name: str) -> None:
    for reading in read_article(fixture(f"publishers/{name}.html"), "text/html").quotes:
        for field, value in fields(reading).items():
            if field == "wordings":
                continue
            if value is None:
                assert field in reading.missing
            else:
                assert reading.evidence[field]
                assert field not in reading.missing
        label = reading.quote.checks[0].verdict.label
        assert (
            clean_line(label).casefold() in reading.evidence["label"].casefold() or label == "Disinformation"
        )
