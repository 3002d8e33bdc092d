"""Whatever comes in: an article or NotAFactCheck, nothing else, in bounded time."""

from __future__ import annotations

import time
from typing import Literal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from server.ingest import MAX_ARTICLE_BYTES, NotAFactCheck, QuoteReading, read_article
from server.ingest.clean_text import clean_line
from server.ingest.reading import FIELDS
from tests.server.ingest.fixture_files import FIXTURES

PAGES = [file.read_bytes() for file in sorted(FIXTURES.rglob("*.*"))]
MB = 1024 * 1024
# Many times what they take (the worst about 3 s), so that a busy machine fails no test and a quadratic one does.
MOST_SECONDS = 30

media_types = st.sampled_from(["text/html", "text/plain"])
addresses = (
    st.none()
    | st.sampled_from(["https://www.polygraph.info/a/1.html", "javascript:1", "http://[", ""])
    | st.text()
)
pieces = st.sampled_from(
    [
        "<p>", "</p>", "<div class=fc__body>", "<div class=statement-content>", "<div class=verdict-head><span>",
        "<h4 class=author>", "“", "”", "<script type=application/ld+json>", "</script>", "[", "]", "}", ",", '"a"',
        '{"@type":"ClaimReview","claimReviewed":', '"reviewRating":{"alternateName":"False"}', '"author":"x"',
        "<meta property=og:site_name content=X>", "<i ", "itemscope itemtype=ClaimReview", "itemprop=claimReviewed",
        "Claim:", "Rating:", "False", "\n", "<!--", "]]>", "<?xml ", "<![CDATA[", "&#0;", "&#xD800;", "&amp;", "\x00",
        "<svg>", "<table>", "<html lang=", '"', "'", ">",
    ]
)  # fmt: skip


def read_or_refuse(
    body: bytes | str, media_type: Literal["text/html", "text/plain"], url: str | None = None
) -> list[QuoteReading]:
    try:
        return read_article(body, media_type, url).quotes
    except NotAFactCheck as error:
        refusal = error
    assert refusal.reason.endswith(".")
    return []


def check(quotes: list[QuoteReading]) -> None:
    for reading in quotes:
        assert set(reading.evidence) | set(reading.missing) <= set(FIELDS)
        assert reading.quote.model_validate_json(reading.quote.model_dump_json()) == reading.quote
        speaker = reading.quote.speaker
        for text in (
            reading.quote.text,
            reading.quote.checks[0].verdict.label,
            speaker.name if speaker else "x",
        ):
            assert text == clean_line(text)


@given(st.binary() | st.text(), media_types, addresses)
@settings(deadline=None)
@example(b"<?xml version='1.0'?>", "text/html", None)
@example("\ud800<p>", "text/html", None)
def test_noise_is_refused(
    body: bytes | str, media_type: Literal["text/html", "text/plain"], url: str | None
) -> None:
    check(read_or_refuse(body, media_type, url))


@given(st.lists(pieces | st.text(max_size=5), max_size=60).map("".join), media_types, addresses)
@settings(max_examples=300, deadline=None)
def test_pieces_of_pages_are_read_or_refused(
    body: str, media_type: Literal["text/html", "text/plain"], url: str | None
) -> None:
    check(read_or_refuse(body, media_type, url))


@given(st.sampled_from(PAGES), st.data(), media_types)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_pages_are_read_or_refused(
    page: bytes, data: st.DataObject, media_type: Literal["text/html", "text/plain"]
) -> None:
    body = bytearray(page)
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(body)))
        body[start : start + data.draw(st.integers(0, 200))] = data.draw(st.binary(max_size=20))
    check(read_or_refuse(bytes(body), media_type))


REVIEW_AND_BODY = (
    '<script type="application/ld+json">{"@type":"ClaimReview","claimReviewed":"a b c","author":"X",'
    '"reviewRating":{"alternateName":"False"}}</script><article><p>'
)
HOSTILE_HTML = {
    "1 MB of nested div": "<div>" * (MB // 5),
    "1 MB of nested a": "<a href=x>" * (MB // 10),
    "1 MB of nested tables": "<table><tr><td>" * (MB // 15),
    "160 KB of comments that open": "<!--" * 40_000,
    "4 MB of <": "<" * MAX_ARTICLE_BYTES,
    "4 MB of &": "<p>" + "&" * (MAX_ARTICLE_BYTES - 3),
    "entities of entities": "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(20))
    + "]><p>&t;</p>",
    "an attribute of 4 MB": '<p a="' + "x" * (MAX_ARTICLE_BYTES - 10),
    "200,000 attributes": "<p " + " ".join(f"a{i}=1" for i in range(200_000)) + ">",
    "a flat page": "<p>The claim is here.</p>" * 29_000,
    "nested statements": ("<div class=fc__body><div class=author>" * 190 + "</div>" * 380) * 150,
    "nested microdata": ("<i itemscope itemprop=x itemtype=ClaimReview>" * 390 + "</i>" * 390) * 100,
    "deep JSON-LD": '<script type="application/ld+json">' + '{"a":' * 500_000,
    "wide JSON-LD": '<script type="application/ld+json">['
    + '{"@type":"ClaimReview"},' * 150_000
    + "1]</script>",
    "a claim of tags": REVIEW_AND_BODY.replace("a b c", "<a " * MB),
    "a claim of marks": REVIEW_AND_BODY.replace("a b c", "“" * MB),
    "a paragraph of initials": REVIEW_AND_BODY + "A. " * (MB),
    "a paragraph of open quotes": REVIEW_AND_BODY + '"claim ' * 500_000,
    "spaces": "<p>" + " " * (MAX_ARTICLE_BYTES - 3),
}
HOSTILE_TEXT = {
    "line breaks": "\n" * MB,
    "short lines": "a\n" * (MB // 2),
    "verdicts": "False\n" * (MB // 6),
    "quotes and verdicts": "“x”\nFalse\n" * 80_000,
    "quotes that open": "Polygraph.info\n" + "“a\n" * 190_000 + "False\n",
    "one word": "a" * MB,
    "digits": "1 " * (MB // 2),
    "joiners": "\u200d" * (MB // 3),
}


@pytest.mark.parametrize("name", HOSTILE_HTML)
def test_hostile_html_takes_bounded_time(name: str) -> None:
    started = time.process_time()
    read_or_refuse(HOSTILE_HTML[name].encode(), "text/html")
    assert time.process_time() - started < MOST_SECONDS


@pytest.mark.parametrize("name", HOSTILE_TEXT)
def test_hostile_text_takes_bounded_time(name: str) -> None:
    started = time.process_time()
    read_or_refuse(HOSTILE_TEXT[name].encode(), "text/plain")
    assert time.process_time() - started < MOST_SECONDS


@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
def test_what_is_too_large_is_refused_unread(media_type: Literal["text/html", "text/plain"]) -> None:
    with pytest.raises(NotAFactCheck, match="larger than"):
        read_article(b"<" * (MAX_ARTICLE_BYTES + 1), media_type)
