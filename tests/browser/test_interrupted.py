"""Scans that are interrupted end as they should, and what else goes on in the page keeps none of them waiting."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.faces import AnyPage, AnyReader
from tests.browser.firefox import FirefoxReader
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR, JOBS
from tests.browser.reader import Reader
from tests.browser.waiting import await_value
from tests.browser.wire import Wire

SEA = str(HARBOUR["text"]).removesuffix(".")
WORK = str(JOBS["text"]).removesuffix(".")
QUOTE = f"<p>“{SEA},” Ada Marlowe said.</p>"
ADD = """text => {
    const added = document.createElement('p');
    added.textContent = text;
    document.querySelector('article').append(added);
}"""
ADD_FRAME = """address => {
    const frame = document.createElement('iframe');
    frame.src = address;
    frame.style = 'width: 500px; height: 300px';
    document.querySelector('article').append(frame);
}"""
# The page is looked at again once it has rested for 0.7 seconds.
REST = "() => new Promise(done => setTimeout(done, 1_500))"


@pytest.mark.parametrize("button", ["#act", "#off"])
def test_a_page_that_changed_during_a_scan_that_is_stopped_or_switched_off(
    any_reader: AnyReader, site: NewsSite, wire: Wire, button: str
) -> None:
    page = any_reader.open(site.publish_article("/stopped.html", QUOTE))
    wire.hold("/v1/match")
    popup = page.press_button()
    popup.await_state("not_scanned")
    popup.click("#act")
    await_value(lambda: wire.texts)
    page.evaluate(ADD, "A paragraph that came while the server was asked.")
    page.evaluate(REST)
    popup = page.press_button()
    popup.await_state("scanning")
    popup.click(button)
    state = popup.await_state("stopped", "off", "failed")
    wire.reset()
    page.evaluate(REST)
    popup.await_state(state)
    popup.close()
    assert state == {"#act": "stopped", "#off": "off"}[button]
    assert page.painted() == []
    page.await_badge("")


def scan_without_an_answer(page: AnyPage, wire: Wire) -> None:
    """Have the page scanned: the server has the question, and holds its answer back."""
    wire.hold("/v1/match")
    popup = page.press_button()
    popup.click("#act")
    popup.await_state("scanning")
    popup.close()
    await_value(lambda: wire.texts)


def test_the_browser_ends_the_background_while_the_server_is_asked(
    lone: Reader, site: NewsSite, wire: Wire
) -> None:
    page = lone.open(site.publish_article("/ended.html", QUOTE))
    scan_without_an_answer(page, wire)
    page.cdp.send("ServiceWorker.enable")
    page.cdp.send("ServiceWorker.stopAllWorkers")
    await_value(lambda: wire.given_up)
    wire.reset()
    assert page.await_painted(1) == [SEA]
    page.await_state("scanned")


def test_firefox_does_not_end_the_background_while_a_slow_line_brings_the_answer(
    tmp_path: Path, site: NewsSite, wire: Wire
) -> None:
    reader = FirefoxReader(tmp_path, preferences={"extensions.background.idle.timeout": 6_000})
    try:
        reader.set(server=wire.url)
        page = reader.open(site.publish_article("/slow-line.html", QUOTE))
        scan_without_an_answer(page, wire)
        page.evaluate("() => new Promise(done => setTimeout(done, 9_000))")
        assert wire.given_up == []
        wire.reset()
        assert page.await_painted(1) == [SEA]
    finally:
        reader.close()


def test_a_page_is_left_while_the_server_is_asked_about_what_is_new(
    lone: Reader, site: NewsSite, wire: Wire
) -> None:
    page = lone.open(site.publish_article("/left.html", QUOTE))
    elsewhere = site.publish_article("/elsewhere.html", "<p>Nothing.</p>")
    assert page.scan() == "found"
    wire.hold("/v1/match")
    page.evaluate(ADD, f"“{WORK},” Ada Marlowe said.")
    await_value(lambda: len(wire.texts) == 2)
    page.goto(elsewhere)
    wire.reset()
    # Playwright itself does not expect pages to come back without being loaded.
    page.page.go_back(wait_until="commit")
    assert page.await_painted(2) == [SEA, WORK]
    page.await_state("scanned")


def test_a_frame_that_is_not_there_yet_keeps_nothing_waiting_and_is_read_once_it_is(
    any_reader: AnyReader, site: NewsSite
) -> None:
    page = any_reader.open(site.publish_article("/framing.html", QUOTE))
    inner = site.publish_article("/slow.html", f"<p>“{WORK},” Ada Marlowe said.</p>")
    site.hold("/slow.html")
    page.evaluate(ADD_FRAME, inner)
    try:
        assert page.scan() == "found"
        page.await_badge("1")
    finally:
        site.let_go("/slow.html")
    page.await_badge("2")
