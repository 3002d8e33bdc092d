"""A server's fault that passes leaves nothing of a page unread, and is told meanwhile."""

from __future__ import annotations

import time

import pytest

from tests.browser.faces import AnyReader
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR, JOBS
from tests.browser.read_page import ReadPage
from tests.browser.reader import Reader
from tests.browser.waiting import await_value
from tests.browser.wire import Wire

SEA = str(HARBOUR["text"]).removesuffix(".")
WORK = str(JOBS["text"]).removesuffix(".")
QUOTE = f"<p>“{SEA},” Ada Marlowe said.</p>"
ADD_OTHER = f"""() => {{
    const added = document.createElement('p');
    added.textContent = '“{WORK},” Ada Marlowe said.';
    document.querySelector('article').append(added);
}}"""


def test_what_could_not_be_asked_about_is_told_and_asked_about_again(
    any_reader: AnyReader, site: NewsSite, wire: Wire
) -> None:
    page = any_reader.open(site.publish_article("/fault.html", QUOTE))
    assert page.scan() == "found"
    wire.say(500)
    page.evaluate(ADD_OTHER)
    page.await_badge("1!")
    popup = page.press_button()
    popup.await_state("found")
    assert "The rest of this page could not be searched: The server has a fault." in popup.text("#detail")
    wire.reset()
    popup.await_text("h1", "2 checked quotes on this page")
    assert "could not be searched" not in popup.text()
    popup.close()
    assert page.await_painted(2) == [SEA, WORK]
    page.await_badge("2")


def test_a_page_that_was_opened_while_the_server_was_busy(reader: Reader, site: NewsSite, wire: Wire) -> None:
    reader.scan_all_sites()
    wire.say(503)
    page = reader.open(site.publish_article("/busy-then.html", QUOTE))
    page.await_state("failed")
    page.await_badge("!")
    wire.reset()
    assert page.await_painted(1) == [SEA]


def test_a_page_that_goes_on_changing_does_not_press_a_server_that_fails(
    reader: Reader, site: NewsSite, wire: Wire
) -> None:
    wire.say(500, path="/v1/match")
    page = reader.open(site.publish_article("/restless.html", QUOTE + "<p id=clock>0</p>"))
    assert page.scan() == "failed"
    page.evaluate("() => { setInterval(() => { document.getElementById('clock').textContent++; }, 50); }")
    page.page.wait_for_function("() => document.getElementById('clock').textContent > 200")
    # At first, and after one pause.
    assert len(wire.texts) <= 2


def test_a_connection_that_comes_back_is_reason_enough(reader: Reader, site: NewsSite, wire: Wire) -> None:
    wire.say(500, path="/v1/match", times=2)
    page = reader.open(site.publish_article("/line.html", QUOTE))
    assert page.scan() == "failed"
    # The pause after the second failure is one of twenty seconds, at least.
    while len(wire.texts) < 2:
        page.page.wait_for_timeout(50)
    page.await_state("failed")
    came_back = time.monotonic()
    page.page.context.set_offline(True)
    page.page.context.set_offline(False)
    assert page.await_painted(1) == [SEA]
    assert time.monotonic() - came_back < 15


@pytest.mark.parametrize(
    ("first", "then"), [(0, 11), (24 * 60, 0)], ids=["after the rest", "a clock that was ahead is put right"]
)
def test_a_server_that_asked_to_be_left_alone_is_asked_again_after_that(
    reader: Reader, site: NewsSite, wire: Wire, first: int, then: int
) -> None:
    """The browser keeps what it said instead of its filter, and gives it again."""
    page = reader.open(site.publish_article("/rested.html", QUOTE))
    put_clock(reader, minutes=first)
    wire.say(429, retry_after="600")
    assert page.scan() == "failed"
    wire.reset()
    put_clock(reader, minutes=then)
    scan_again(page, "#act")


def test_a_clock_that_was_ahead_keeps_no_old_answer(reader: Reader, site: NewsSite, wire: Wire) -> None:
    page = reader.open(site.publish_article("/ahead-too.html", QUOTE))
    put_clock(reader, minutes=24 * 60)
    assert page.scan() == "found"
    wire.reset()
    put_clock(reader, minutes=0)
    scan_again(page, "#again")
    await_value(lambda: wire.texts)


def put_clock(reader: Reader, minutes: int) -> None:
    """Have the extension's background see a clock that is so far ahead."""
    reader.background.evaluate(
        f"globalThis.right ??= Date.now; Date.now = () => right() + {minutes} * 60_000;"
    )


def scan_again(page: ReadPage, button: str) -> None:
    popup = page.press_button()
    popup.click(button)
    popup.await_state("found")
    popup.close()
