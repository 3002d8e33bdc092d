"""What was sent of a page, and to whom, is told for as long as the page is open, whatever became of the scan."""

from __future__ import annotations

import re

import pytest

from tests.browser.faces import AnyPage, AnyPopup, AnyReader
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR
from tests.browser.reader import Reader
from tests.browser.wire import Wire
from tests.server_process import ServerProcess

QUOTE = f"<p id=quote>“{HARBOUR['text']},” Ada Marlowe said.</p>"
OTHER_WORDS = "".join(
    f"<p>On day {day} the ferry was late, and the passengers of cabin {day} talked.</p>" for day in range(20)
)
SIGN_IN = "() => document.body.insertAdjacentHTML('beforeend', '<input type=password aria-label=Password>')"
DENIALS = ("Nothing of this page", "Not scanned", "is read or sent", "are never sent")


@pytest.fixture
def page(any_reader: AnyReader, site: NewsSite) -> AnyPage:
    """A page that was scanned by hand, and of which a passage was sent."""
    page = any_reader.open(site.publish_article("/sent.html", QUOTE + OTHER_WORDS))
    assert page.scan() == "found"
    return page


def share(popup: AnyPopup, wire: Wire) -> int:
    """What the popup says was sent to the wire's server, in percent."""
    told = popup.text("#server")
    name = wire.url.removeprefix("http://")
    found = re.fullmatch(rf"Sent to {re.escape(name)}: (\d+)% of this page's text\.", told)
    assert found, told
    return int(found[1])


def assert_told(page: AnyPage, wire: Wire, state: str) -> None:
    popup = page.press_button()
    popup.await_state(state)
    assert share(popup, wire) > 0
    assert not any(denial in popup.text() for denial in DENIALS), popup.text()
    popup.close()


def test_after_the_page_went_to_another_address(page: AnyPage, wire: Wire) -> None:
    page.evaluate("() => { history.pushState({}, '', '/elsewhere'); document.body.append('Other words.'); }")
    page.await_painted(0)
    assert_told(page, wire, "not_scanned")


def test_after_the_site_was_switched_off_and_on(page: AnyPage, wire: Wire) -> None:
    popup = page.press_button()
    before = share(popup, wire)
    popup.click("#off")
    popup.await_state("off")
    assert share(popup, wire) == before
    assert "From now on nothing of this site is read or sent." in popup.text()
    popup.click("#act")
    popup.await_state("not_scanned")
    popup.close()
    assert_told(page, wire, "not_scanned")


def test_after_the_page_came_to_ask_for_a_password(page: AnyPage, wire: Wire) -> None:
    page.evaluate(SIGN_IN)
    page.await_painted(0)
    assert_told(page, wire, "password_field")


@pytest.mark.parametrize(
    "change", ["frame.remove()", "frame.src = '/empty.html'"], ids=["removed", "led away"]
)
def test_after_the_frame_of_which_it_was_has_gone(
    any_reader: AnyReader, site: NewsSite, wire: Wire, change: str
) -> None:
    site.publish("/inner-sent.html", QUOTE + OTHER_WORDS)
    site.publish("/empty.html", "<p>Nothing.</p>")
    page = any_reader.open(
        site.publish_article("/outer.html", '<iframe src="/inner-sent.html" width=500 height=300></iframe>')
    )
    assert page.scan() == "found"
    popup = page.press_button()
    before = share(popup, wire)
    popup.close()
    page.evaluate(
        f"() => new Promise(done => {{ const frame = document.querySelector('iframe'); {change}; setTimeout(done, 100) }})"
    )
    popup = page.press_button()
    assert share(popup, wire) >= before
    popup.close()


def test_the_share_is_no_less_after_scans_again_of_what_is_left(page: AnyPage, wire: Wire) -> None:
    popup = page.press_button()
    before = share(popup, wire)
    page.evaluate("() => document.getElementById('quote').remove()")
    popup.await_state("none")
    for _again in range(3):
        popup.click("#again")
        popup.await_state("none")
        assert share(popup, wire) >= before
    popup.close()


def test_the_share_is_no_more_after_scans_again_of_the_same(page: AnyPage, wire: Wire) -> None:
    popup = page.press_button()
    before = share(popup, wire)
    for _again in range(3):
        popup.click("#again")
        popup.await_state("found")
        assert share(popup, wire) == before
    popup.close()


def test_after_always_was_switched_off_again(reader: Reader, site: NewsSite, wire: Wire) -> None:
    reader.allow("*://*/*")
    page = reader.open(site.publish_article("/always-sent.html", QUOTE + OTHER_WORDS))
    popup = page.press_button()
    popup.click("#always")
    popup.await_state("found")
    popup.close()
    page.page.reload()
    page.await_painted(1)
    popup = page.press_button()
    popup.click("#always")
    popup.await_state("not_scanned")
    popup.close()
    assert_told(page, wire, "not_scanned")


def test_servers_are_named_that_it_went_to_and_no_others(
    reader: Reader, site: NewsSite, wire: Wire, quote_server: ServerProcess
) -> None:
    page = reader.open(site.publish_article("/servers.html", QUOTE + OTHER_WORDS))
    assert page.scan() == "found"
    with Wire(quote_server.port) as other:
        reader.set(server=other.url)
        page.await_painted(0)
        popup = page.press_button()
        share(popup, wire)
        popup.click("#act")
        names = " and ".join(served.url.removeprefix("http://") for served in (wire, other))
        popup.await_that(f"document.querySelector('#server').innerText.startsWith('Sent to {names}: ')")
        popup.close()
