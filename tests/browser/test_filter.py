"""With the server's filter, little of a page leaves the browser: of most pages, nothing."""

from __future__ import annotations

import pytest

from tests.browser.faces import AnyReader
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR, JOBS
from tests.browser.reader import Reader
from tests.browser.wire import Wire
from tests.server_process import ServerProcess

PRIVATE = "".join(
    f"<p>On day {day} the ferry was late, and the passengers of cabin {day} had a private conversation.</p>"
    for day in range(60)
)
QUOTE = f"<p>“{HARBOUR['text']},” Ada Marlowe said.</p>"
OTHER = f"<p>“{str(JOBS['text']).replace('370,000', '730,000')},” the minister said.</p>"


def paths(wire: Wire) -> list[str]:
    return [f"{sent.method} {sent.path.partition('?')[0]}" for sent in wire.sent if sent.method != "OPTIONS"]


def test_nothing_of_a_page_without_quotes_is_sent(any_reader: AnyReader, site: NewsSite, wire: Wire) -> None:
    page = any_reader.open(site.publish_article("/none.html", PRIVATE))
    assert page.scan() == "none"
    assert set(paths(wire)) == {"GET /v1/filter"}
    popup = page.press_button()
    popup.await_state("none")
    assert popup.text("#server") == "Nothing of this page was sent."
    popup.close()


def test_only_the_passages_around_quotes_are_sent(any_reader: AnyReader, site: NewsSite, wire: Wire) -> None:
    page = any_reader.open(site.publish_article("/some.html", PRIVATE + QUOTE + PRIVATE + OTHER + PRIVATE))
    assert page.scan() == "found"
    assert len(page.await_painted(2)) == 2
    first, second = sorted(wire.texts, key=lambda text: str(HARBOUR["text"]) not in text)
    assert str(HARBOUR["text"]) in first
    assert "730,000" in second
    for text in (first, second):
        assert len(text) < 900
        assert "day 30 " not in text
    popup = page.press_button()
    popup.await_state("found")
    told = popup.text("#server")
    assert told.startswith("Sent to 127.0.0.1:")
    share = int(told.rpartition(": ")[2].partition("%")[0])
    assert 1 <= share <= 10
    popup.screenshot("popup-sent")
    popup.close()
    page.point_at("We have brought")
    assert page.tooltip()["added"] == ["730,000"]


def test_what_was_sent_in_vain_counts_as_sent(reader: Reader, site: NewsSite, wire: Wire) -> None:
    wire.say(500, path="/v1/match")
    page = reader.open(site.publish_article("/in-vain.html", PRIVATE + QUOTE.replace("<p>", "<p id=quote>")))
    assert page.scan() == "failed"
    assert len(wire.texts) == 1
    wire.reset()
    page.evaluate(
        "() => { document.querySelector('#quote').textContent = 'Nothing else was said that day.'; }"
    )
    page.await_state("scanned")
    popup = page.press_button()
    popup.await_state("none")
    assert popup.text("#server").startswith("Sent to 127.0.0.1:")
    popup.close()
    assert wire.texts == []


def test_a_speaker_who_is_named_elsewhere_in_the_page_is_named(
    reader: Reader, site: NewsSite, wire: Wire
) -> None:
    """The server sees the passage alone: whether the page names the speaker, the browser tells."""
    page = reader.open(site.publish_article("/named.html", "<p>Ada Marlowe spoke.</p>" + PRIVATE + OTHER))
    assert page.scan() == "found"
    assert "Marlowe" not in wire.texts[0]
    page.point_at("We have brought")
    assert page.tooltip()["doubt"] in {"", None}


def test_what_is_published_later_is_found_by_the_next_scan(
    reader: Reader, site: NewsSite, wire: Wire, quote_server: ServerProcess
) -> None:
    text = "Every lighthouse keeper of the northern islands has been paid twice since the spring"
    url = site.publish_article("/later.html", PRIVATE + f"<p>“{text},” she said.</p>" + PRIVATE)
    page = reader.open(url)
    assert page.scan() == "none"
    quote = quote_server.publish(HARBOUR | {"text": text})
    quote_server.await_caught_up()
    try:
        wire.sent.clear()
        assert any(reader.open(url).scan() == "found" for _ in range(9))
        assert any(sent.path.startswith("/v1/filter?base=") for sent in wire.sent)
        assert len(wire.texts) == 1
    finally:
        quote_server.client.delete(
            f"/v1/quotes/{quote}", headers=quote_server.headers() | {"If-Match": "*"}
        ).raise_for_status()
        quote_server.await_caught_up()


def test_without_the_filter_for_a_moment_nothing_is_sent(reader: Reader, site: NewsSite, wire: Wire) -> None:
    wire.say(503, retry_after="120")
    page = reader.open(site.publish_article("/busy.html", PRIVATE + QUOTE))
    assert page.scan() == "failed"
    assert wire.texts == []


OTHER_VERSION = b"QMPF\x63\x00\x01\x00" + bytes(8)


def test_a_filter_of_another_version_is_none(reader: Reader, site: NewsSite, wire: Wire) -> None:
    wire.say(200, OTHER_VERSION, times=2, content_type="application/octet-stream")
    page = reader.open(site.publish_article("/version.html", PRIVATE + QUOTE))
    assert page.scan() == "found"
    assert len(wire.texts) == 1
    assert "day 30 " in wire.texts[0]


def test_what_the_browser_kept_of_another_version_is_fetched_anew(
    reader: Reader, site: NewsSite, wire: Wire
) -> None:
    wire.say(200, OTHER_VERSION, times=1, content_type="application/octet-stream")
    page = reader.open(site.publish_article("/upgraded.html", PRIVATE + QUOTE))
    assert page.scan() == "found"
    assert all("day 30 " not in text for text in wire.texts)


@pytest.mark.parametrize(
    ("status", "body", "media_type"),
    [
        (200, b"<!doctype html><title>Sign in to this network</title>", "text/html"),
        (404, b"nothing here", "text/plain"),
    ],
    ids=["a network's page", "a proxy's word that nothing is there"],
)
def test_what_is_no_filter_is_no_leave_to_send_whole_texts(
    reader: Reader, site: NewsSite, wire: Wire, status: int, body: bytes, media_type: str
) -> None:
    wire.say(status, body, content_type=media_type)
    url = site.publish_article("/no-filter.html", PRIVATE + QUOTE)
    assert reader.open(url).scan() == "failed"
    assert wire.texts == []
    wire.reset()
    assert reader.open(url).scan() == "found"
    assert all("day 30 " not in text for text in wire.texts)


def test_a_filter_that_is_too_long_is_not_fetched_again_and_again(
    reader: Reader, site: NewsSite, wire: Wire
) -> None:
    wire.say(200, b"QMPF" + bytes(2**26), content_type="application/octet-stream")
    first, second, third = (
        site.publish_article(f"/too-long-{i}.html", PRIVATE + QUOTE + f"<p>Page {i}.</p>") for i in range(3)
    )
    assert reader.open(first).scan() == "failed"
    assert reader.open(second).scan() == "failed"
    assert paths(wire) == ["GET /v1/filter"]
    wire.reset()
    # Five minutes later, though the browser's cache may have it.
    reader.background.evaluate(
        "server => chrome.storage.session.set({[`refused filter ${server}`]: Date.now()})", wire.url
    )
    assert reader.open(third).scan() == "found"
    assert all("day 30 " not in text for text in wire.texts)
