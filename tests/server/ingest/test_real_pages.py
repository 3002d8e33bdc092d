"""Real pages of the shared folder, where it is at hand: the seed, the pages with ClaimReview, and the others."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from server.ingest import NotAFactCheck, read_article
from server.ingest.html_tree import parse_html, read_blocks
from server.models import Rating
from tests.server.ingest.fixture_files import shared_file
from tests.server.ingest.test_html_page import fields

PAGES = "data/pages/html/{}.html.gz"
AL_TANF = "paedc73565798"
HANTAVIRUS = "pf8f2b800feb6"
YOVANOVITCH = "pa864ccc7c8dc"


def test_the_seed_is_read_right() -> None:
    (reading,) = read_article(shared_file("seed/polygraph-xi-kazakhstan.txt"), "text/plain").quotes
    assert fields(reading) == {
        "text": "In a verbal message to Kazakh President Kassym-Jomart Tokayev, Xi said China strongly rejects "
        "any attempt by external forces to provoke unrest and instigate ’color revolutions‘ in Kazakhstan…",
        "language": "en",
        "speaker": "Xi Jinping",
        "role": "President of the People's Republic of China",
        "label": "Unsubstantiated",
        "rating": Rating.UNSUBSTANTIATED,
        "publisher": "Polygraph.info",
        "title": "With No Basis, Xi Blames 'External Forces' for Kazakhstan Unrest",
        "summary": "Claims of foreign involvement in the Kazakh protests are unsubstantiated.",
    }
    assert reading.missing == ["said_on", "url", "published_on"]


@pytest.mark.parametrize("structured", [True, False], ids=["with ClaimReview", "by its form alone"])
def test_the_polygraph_page_is_read_right(structured: bool) -> None:
    page = shared_file(PAGES.format(AL_TANF))
    if not structured:
        page = re.sub(rb"<script.*?</script>", b"", page, flags=re.DOTALL)
    (reading,) = read_article(page, "text/html").quotes
    found = fields(reading)
    text = str(found.pop("text"))
    assert text.startswith(
        "A cause for serious concern is the situation in southern Syria, where U.S.-controlled"
    )
    assert text.endswith("and directly threatened families wishing to leave the camp.")
    assert found == {
        "language": "en",
        "said_on": dt.date(2019, 10, 25),
        "speaker": "The Russian and Syrian defense ministries",
        "label": "False",
        "rating": Rating.FALSE,
        "publisher": "Polygraph.info",
        "title": "Russia and Syria: U.S.-backed Syrian Forces Blocking Refugee Return",
        "summary": "The Pentagon rejected these accusations as “patently false,” and both independent analysts "
        "and sources in the Rukban camp told Polygraph.info the Russian and Syrian claims are false.",
        "url": "https://www.polygraph.info/a/fact-check-russia-us-al-tanf-rukban/30279001.html",
        "published_on": dt.date(2019, 11, 18),
    }
    assert reading.missing == ["role"]


def test_the_polygraph_page_is_read_alike_as_html_and_as_copied_text() -> None:
    page = shared_file(PAGES.format(AL_TANF))
    address = "https://www.polygraph.info/a/fact-check-russia-us-al-tanf-rukban/30279001.html"
    # The page's script shows a bar with the title to who has scrolled down to the end of what they copy.
    copied = "\n".join(read_blocks(parse_html(page.decode().replace('style="display:none"', ""))))
    (from_html,) = read_article(page, "text/html").quotes
    (from_text,) = read_article(copied, "text/plain", address).quotes
    assert from_text.quote == from_html.quote


def test_the_afp_page_is_read_right() -> None:
    (reading,) = read_article(shared_file(PAGES.format(HANTAVIRUS)), "text/html").quotes
    found = fields(reading)
    assert str(found.pop("summary")).startswith("Der tödliche Ausbruch des Hantavirus Anfang Mai 2026")
    assert found == {
        "text": "Der Hantavirus-Ausbruch ist eine von Globalisten geplante Pandemie.",
        "language": "de",
        "said_on": dt.date(2026, 5, 7),
        "speaker": "Alex Jones",
        "label": "Falsch",
        "rating": Rating.FALSE,
        "publisher": "AFP Fact Check",
        "title": "Angst vor dem Hantavirus lässt Verschwörungserzählungen aus der Corona-Zeit wiederaufleben",
        "url": "https://faktencheck.afp.com/doc.afp.com.B2LA2G3",
        "published_on": dt.date(2026, 5, 13),
    }


@pytest.mark.parametrize("structured", [True, False], ids=["with ClaimReview", "by its form alone"])
def test_the_snopes_page_is_read_right(structured: bool) -> None:
    page = shared_file(PAGES.format(YOVANOVITCH))
    if not structured:
        page = re.sub(rb"<script.*?</script>", b"", page, flags=re.DOTALL)
    (reading,) = read_article(page, "text/html").quotes
    assert fields(reading) == {
        "text": "Former U.S. ambassador to Ukraine Marie Yovanovitch has a net worth of $17 million.",
        "language": "en-US",
        "label": "Unproven",
        "rating": Rating.UNSUBSTANTIATED,
        "publisher": "Snopes",
        "title": "Does Marie Yovanovitch Have a Net Worth of $17 Million?",
        "summary": "An unsubstantiated rumor was circulated in November 2019 in an apparent attempt to discredit "
        "the former U.S. ambassador to Ukraine.",
        "url": "https://www.snopes.com/fact-check/marie-yovanovitch-net-worth/",
        "published_on": dt.date(2019, 11, 18),
    }


def test_of_a_sample_of_real_news_pages_none_is_taken_for_a_fact_check() -> None:
    pages = [json.loads(line) for line in shared_file("data/pages/index.jsonl").splitlines()]
    for page in [page for page in pages if not page["claimreview"] and "politifact" not in str(page["url"])][
        ::25
    ]:
        with pytest.raises(NotAFactCheck):
            read_article(shared_file(f"data/pages/{page['html']}"), "text/html", page["url"])
