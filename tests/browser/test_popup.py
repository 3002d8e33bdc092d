"""The popup tells honestly how the page stands, and leads to what was found."""

from __future__ import annotations

import json

import pytest

from tests.browser.faces import AnyReader
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR, JOBS
from tests.browser.reader import Reader
from tests.browser.waiting import await_value
from tests.browser.wire import Wire

QUOTES = (
    f"<p>“{HARBOUR['text']},” Ada Marlowe said.</p>" + "<p>Meanwhile.</p>" * 60 + f"<p>“{JOBS['text']}”</p>"
)


def test_a_page_that_was_not_scanned(reader: Reader, site: NewsSite, wire: Wire) -> None:
    popup = reader.open(site.publish_article("/popup.html", QUOTES)).press_button()
    popup.await_state("not_scanned")
    assert "Nothing of this page has been sent." in popup.text()
    assert wire.url.removeprefix("http://") in popup.text("#detail")
    popup.screenshot("popup-not-scanned")
    popup.close()


def test_what_was_found_is_listed_and_a_click_leads_to_it(reader: Reader, site: NewsSite) -> None:
    page = reader.open(site.publish_article("/popup.html", QUOTES))
    popup = page.press_button()
    popup.click("#act")
    popup.await_state("found")
    assert popup.text("h1") == "2 checked quotes on this page"
    assert [popup.text(f"li:nth-child({i}) .label") for i in (1, 2)] == ["Pants on Fire", "Correct"]
    assert "Ada Marlowe" in popup.text("li:nth-child(1)")
    assert "The sea at our harbours" in popup.text("li:nth-child(1)")
    popup.screenshot("popup-found")
    assert page.page.evaluate("scrollY") == 0
    popup.click("li:nth-child(2) button")
    page.page.wait_for_function("scrollY > 400")
    popup.close()


@pytest.mark.usefixtures("no_filter")
def test_words_are_listed_in_their_own_direction(any_reader: AnyReader, site: NewsSite, wire: Wire) -> None:
    words = "لم يرتفع منسوب مياه البحر في موانئنا مليمترا واحدا خلال مئتي عام من القياس الدقيق"
    check = {"verdict": {"label": "زائف", "rating": "false"}, "publisher": "فتبينوا"}
    answer = {
        "offsets": "utf16",
        "matches": [{"quote": "q", "kind": "exact", "spans": [[0, len(words)]]}],
        "quotes": {"q": {"text": words, "checks": [check]}},
    }
    wire.say(200, json.dumps(answer).encode(), content_type="application/json")
    page = any_reader.open(
        site.publish("/rtl.html", f"<!doctype html><title>RTL</title><body dir=rtl>{words}")
    )
    assert page.scan() == "found"
    popup = page.press_button()
    popup.await_state("found")
    # The mark before the first word, at its right.
    assert popup.evaluate(
        """(list => {
            const words = list.querySelector('.words');
            const range = new Range();
            range.setStart(words.firstChild, 0);
            range.setEnd(words.firstChild, 1);
            return words.getBoundingClientRect().right - range.getBoundingClientRect().right < 5;
        })(document.querySelector('#matches'))"""
    )
    popup.screenshot("popup-right-to-left")
    popup.close()


def test_where_a_change_may_turn_the_meaning_the_list_shows_the_words_and_warns(
    reader: Reader, site: NewsSite
) -> None:
    page = reader.open(
        site.publish_article("/popup.html", QUOTES.replace("has not risen", "has risen") + QUOTES)
    )
    popup = page.press_button()
    popup.click("#act")
    popup.await_state("found")
    turned, _jobs, same, _jobs = [popup.text(f"li:nth-child({i})") for i in (1, 2, 3, 4)]
    assert "for the checked quote, not for these words" in turned
    assert "“The sea at our harbours has risen by" in turned
    assert "Meaning may be reversed." in turned
    assert "“The sea at our harbours has not risen by" in same
    assert "not for these words" not in same
    popup.screenshot("popup-guarded")
    popup.close()


def test_the_badge_counts(reader: Reader, site: NewsSite) -> None:
    page = reader.open(site.publish_article("/popup.html", QUOTES))
    page.scan()
    page.await_badge("2")
    page.page.goto(site.publish_article("/plain.html", "<p>Nothing here.</p>"))
    page.await_badge("")


UNREAD = "Parts of this page that come from other sites were not looked at."


def test_frames_of_other_sites_that_were_not_read_are_told(any_reader: AnyReader, site: NewsSite) -> None:
    inner = "<p>Other words.</p>"
    site.publish("/inner.html", inner)
    frame = "<iframe src='{}' width=300 height={} style='{}'></iframe>"
    other = f"{site.local_url}/inner.html"
    unheard = frame.format("/inner.html", 250, "") + frame.format(other, 100, "")
    unseen = frame.format(other, 250, "display: none") + frame.format(other, 250, "visibility: hidden")
    page = any_reader.open(site.publish_article("/frames.html", QUOTES + unheard + unseen))
    assert page.scan() == "found"
    popup = page.press_button()
    assert UNREAD not in popup.text()
    popup.close()

    page.goto(site.publish_article("/other-frames.html", QUOTES + frame.format(other, 250, "")))
    assert page.scan() == "found"
    popup = page.press_button()
    assert UNREAD in popup.text("#detail")
    popup.screenshot("popup-other-sites")
    popup.close()


def test_frames_of_other_sites_that_were_read_are_not_told_as_unread(reader: Reader, site: NewsSite) -> None:
    reader.scan_all_sites()
    url = site.publish("/inner.html", "<p>Other words.</p>").replace("news.example", "other.news.example")
    html = QUOTES + f"<iframe src='{url}' width=300 height=250></iframe>"
    page = reader.open(site.publish_article("/read-frames.html", html))
    page.await_painted(2)
    popup = page.press_button()
    popup.await_that(f"!document.getElementById('detail').innerText.includes({UNREAD!r})")
    popup.close()


def test_none_found_does_not_mean_true(reader: Reader, site: NewsSite) -> None:
    popup = reader.open(
        site.publish_article("/plain.html", "<p>Calm weather is expected.</p>")
    ).press_button()
    popup.click("#act")
    popup.await_state("none")
    assert popup.text("h1") == "No checked quotes found"
    assert popup.text("#detail") == "Which does not mean that what is said here is true."
    popup.screenshot("popup-none")
    popup.close()


def test_a_server_that_can_not_be_reached(reader: Reader, site: NewsSite) -> None:
    reader.set(server="http://127.0.0.1:9")
    page = reader.open(site.publish_article("/popup.html", QUOTES))
    popup = page.press_button()
    popup.click("#act")
    popup.await_state("failed")
    assert popup.text("h1") == "The server can't be reached"
    assert "127.0.0.1:9" in popup.text("#detail")
    popup.screenshot("popup-unreachable")
    popup.close()
    page.await_badge("!")


def test_a_scan_that_waits_for_a_slow_server_can_be_stopped(
    any_reader: AnyReader, site: NewsSite, wire: Wire
) -> None:
    wire.hold("/v1/match")
    page = any_reader.open(site.publish_article("/slow.html", QUOTES))
    popup = page.press_button()
    popup.await_state("not_scanned")
    popup.click("#act")
    popup.await_state("scanning")
    await_value(lambda: wire.texts, tell=lambda: (popup.text(), [sent.path for sent in wire.sent]))
    popup.screenshot("popup-scanning")
    popup.click("#act")
    popup.await_state("stopped")
    # What was on its way has left, and stays told.
    popup.await_that("document.querySelector('#server').innerText.startsWith('Sent to')")
    assert popup.text("h1") == "Scan stopped"
    popup.screenshot("popup-stopped")
    await_value(lambda: wire.given_up)
    wire.reset()
    popup.click("#act")
    popup.await_state("found")
    popup.close()


def test_a_scan_that_waits_for_the_filter_sends_nothing_once_it_is_stopped(
    any_reader: AnyReader, site: NewsSite, wire: Wire
) -> None:
    wire.hold("/v1/filter")
    page = any_reader.open(site.publish_article("/slow-filter.html", "<p>" + str(JOBS["text"])))
    popup = page.press_button()
    popup.await_state("not_scanned")
    popup.click("#act")
    await_value(lambda: wire.sent)
    popup.await_state("scanning")
    popup.click("#act")
    popup.await_state("stopped")
    wire.reset()
    popup.close()
    page.goto(site.publish_article("/next.html", "<p>" + str(HARBOUR["text"])))
    assert page.scan() == "found"
    assert all(JOBS["text"] not in text for text in wire.texts)


def test_servers_that_answer_something_else(reader: Reader, site: NewsSite, wire: Wire) -> None:
    page = reader.open(site.publish_article("/popup.html", QUOTES))
    popup = page.press_button()
    answers = {
        "The answer was not understood": (200, b"<html>a login page</html>"),
        "The server has a fault": (500, b""),
        "The server refused this page": (413, b'{"title": "The text is too long"}'),
        "The server is busy": (503, b""),
    }
    for headline, (status, body) in answers.items():
        wire.say(status, body, content_type="application/problem+json", retry_after="0")
        popup.click("#act")
        popup.await_text("h1", headline)
    wire.reset()
    popup.click("#act")
    popup.await_state("found")
    popup.close()


def test_an_address_at_which_another_site_is_may_be_wrong(reader: Reader, site: NewsSite, wire: Wire) -> None:
    wire.say(404, b"<h1>There is no such page</h1>", content_type="text/html")
    page = reader.open(site.publish_article("/popup.html", QUOTES))
    assert page.scan() == "failed"
    popup = page.press_button()
    assert popup.text("h1") == "The answer was not understood"
    assert "Is its address in the options right?" in popup.text("#detail")
    popup.close()


def test_a_site_can_be_switched_off_and_on(reader: Reader, site: NewsSite, wire: Wire) -> None:
    other = reader.open(site.publish_article("/other-tab.html", QUOTES))
    other.scan()
    other.await_painted(2)
    page = reader.open(site.publish_article("/popup.html", QUOTES))
    page.scan()
    page.await_painted(2)
    popup = page.press_button()
    popup.click("#off")
    popup.await_state("off")
    assert "Switched off on news.example" in popup.text()
    page.await_painted(0)
    other.await_painted(0)
    popup.screenshot("popup-off")
    popup.click("#act")
    popup.await_state("not_scanned")
    popup.close()


def test_a_site_that_is_switched_on_again_is_scanned_where_all_sites_are(
    reader: Reader, site: NewsSite, wire: Wire
) -> None:
    reader.scan_all_sites()
    other = reader.open(site.publish_article("/on-again-too.html", QUOTES))
    other.await_painted(2)
    page = reader.open(site.publish_article("/on-again.html", QUOTES))
    page.await_painted(2)
    popup = page.press_button()
    popup.click("#off")
    popup.await_state("off")
    page.await_painted(0)
    other.await_painted(0)
    popup.click("#act")
    popup.await_state("found")
    popup.close()
    page.await_painted(2)
    other.page.bring_to_front()
    other.await_painted(2)

    # The rule's bounds hold.
    reader.set(offSites=["news.example"])
    form = "<div hidden><input type=password></div>"
    page.page.goto(site.publish_article("/on-again.html", QUOTES + form))
    page.page.bring_to_front()
    popup = page.press_button()
    popup.await_state("off")
    sent = len(wire.texts)
    popup.click("#act")
    popup.await_state("hidden_password_field")
    popup.close()
    assert len(wire.texts) == sent


def test_a_page_of_the_browser_can_not_be_scanned(reader: Reader) -> None:
    page = reader.context.new_page()
    page.goto("chrome://version/")
    page.bring_to_front()
    popup = reader.press_button(page.url)
    popup.await_state("unreadable")
    assert popup.text("h1") == "This page can't be scanned"
    popup.close()


PDF = (
    "%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj 2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj "
    "3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 300 300]>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><text y="90">Words</text></svg>'


@pytest.mark.parametrize(("body", "content_type"), [(PDF, "application/pdf"), (SVG, "image/svg+xml")])
def test_a_document_that_is_no_page_can_not_be_scanned(
    reader: Reader, site: NewsSite, body: str, content_type: str
) -> None:
    url = site.publish("/document", body, content_type=content_type)
    page = reader.context.new_page()
    page.goto(url)
    page.bring_to_front()
    popup = reader.press_button(url)
    popup.await_state("unreadable")
    assert not popup.is_visible("#act")
    popup.close()
