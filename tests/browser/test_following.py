"""Pages that go on changing are followed: what is new is asked about, the rest stays as it is."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

import pytest
from playwright.sync_api import Error

from tests.browser.faces import AnyReader
from tests.browser.firefox import FirefoxReader
from tests.browser.news_site import HOST, NewsSite
from tests.browser.quotes import HARBOUR, JOBS
from tests.browser.reader import Reader
from tests.browser.scripts import READ_PAINTED
from tests.browser.waiting import await_value
from tests.browser.wire import Wire
from tests.server_process import ServerProcess

SEA = str(HARBOUR["text"]).removesuffix(".")
WORK = str(JOBS["text"]).removesuffix(".")
QUOTE = f"<p id=quote>“{SEA},” Ada Marlowe said.</p>"
OTHER = f"“{WORK},” Ada Marlowe said."
LONG = "".join(
    f"<p>Day {i} brought wind from the west, and nothing of note was said by anyone.</p>" for i in range(300)
)
ADD = """([html, where]) => {
    const added = document.createElement('p');
    added.textContent = html;
    document.querySelector('article')[where](added);
}"""


@pytest.mark.usefixtures("no_filter")
def test_an_endless_page_is_asked_about_bit_by_bit(any_reader: AnyReader, site: NewsSite, wire: Wire) -> None:
    page = any_reader.open(site.publish_article("/endless.html", QUOTE + LONG))
    assert page.scan() == "found"
    assert page.await_painted(1) == [SEA]
    page.evaluate(f"() => ({ADD})(['{OTHER}', 'append'])")
    assert page.await_painted(2) == [SEA, WORK]
    first, second = wire.texts
    assert WORK in second
    assert SEA not in second
    assert len(second) < len(first) / 3
    # What comes before keeps its line though all its neighbours move.
    page.evaluate(f"() => ({ADD})(['Prepended words, and no quote in them.', 'prepend'])")
    page.evaluate("() => document.getElementById('quote').remove()")
    assert page.await_painted(1) == [WORK]


def test_a_quote_that_comes_in_pieces_is_found_when_it_is_whole(
    any_reader: AnyReader, site: NewsSite
) -> None:
    half = SEA.index(" by a single")
    page = any_reader.open(site.publish_article("/pieces.html", LONG + f"<p id=quote>“{SEA[:12]}</p>" + LONG))
    assert page.scan() == "none"
    page.evaluate(f"() => document.getElementById('quote').append('{SEA[12:half]}')")
    page.evaluate(f"() => document.getElementById('quote').append('{SEA[half:]},” she said.')")
    assert page.await_painted(1) == [SEA]


def test_a_section_that_opens_later(any_reader: AnyReader, site: NewsSite) -> None:
    page = any_reader.open(
        site.publish_article(
            "/folded.html",
            f"<style>.more {{ display: none }} .open .more {{ display: block }}</style><div class=more>{QUOTE}</div>"
            f"<details><summary>More</summary><p>{OTHER}</p></details>",
        )
    )
    assert page.scan() == "none"
    page.evaluate("() => { document.querySelector('article').className = 'open' }")
    assert page.await_painted(1) == [SEA]
    page.evaluate("() => { document.querySelector('details').open = true }")
    assert page.await_painted(2) == [SEA, WORK]
    page.evaluate("() => { document.querySelector('article').className = '' }")
    assert page.await_painted(1) == [WORK]


def test_words_that_a_link_or_a_narrower_window_brings_into_sight(
    any_reader: AnyReader, site: NewsSite
) -> None:
    """Neither changes the page's tree. A frame stands for the window here: it can be made narrower in any browser."""
    inner = site.publish_article(
        "/narrow.html",
        "<style>.narrow, #two { display: none } #two:target { display: block }"
        "@media (max-width: 500px) { .narrow { display: block } }</style>"
        f"<a id=go href='#two'>Two</a><div class=narrow>{QUOTE}</div><p id=two>{OTHER}</p>",
    )
    page = any_reader.open(
        site.publish_article(
            "/wide.html", f"<iframe src={inner} style='width: 700px; height: 400px'></iframe>"
        )
    )
    assert page.scan() == "none"
    page.evaluate("() => frames[0].document.getElementById('go').click()")
    page.await_badge("1")
    page.evaluate("() => { document.querySelector('iframe').style.width = '400px' }")
    page.await_badge("2")


def test_a_frame_that_grows_is_read_once_it_is_worth_it(
    any_reader: AnyReader, site: NewsSite, wire: Wire
) -> None:
    """As embedded posts do: they come without a height, and get one when they have been laid out."""
    inner = site.publish_article("/post.html", QUOTE)
    url = site.publish_article(
        "/embeds.html",
        f"<p>{OTHER}</p><iframe src={inner} style='width: 500px; height: 0; border: 0'></iframe>",
    )
    any_reader.allow("*://*/*")
    page = any_reader.open(url)
    popup = page.press_button()
    popup.click("#always")
    popup.await_state("found")
    popup.close()
    any_reader.await_scripts()
    page.goto(url)
    page.await_badge("1")
    page.evaluate("() => { document.querySelector('iframe').style.height = '400px' }")
    page.await_badge("2")
    assert sum(SEA in text for text in wire.texts) == 1


def test_the_same_words_set_again_or_moved_keep_their_line(any_reader: AnyReader, site: NewsSite) -> None:
    page = any_reader.open(site.publish_article("/again.html", QUOTE))
    assert page.scan() == "found"
    text = "document.getElementById('quote').firstChild"
    # At once: no frame is drawn without the line.
    set_again = page.evaluate(
        f"() => {{ {text}.data = {text}.data; return Promise.resolve().then({READ_PAINTED}); }}"
    )
    assert set_again == [SEA]
    page.evaluate(f"() => {text}.replaceWith({text})")
    assert page.await_painted(1) == [SEA]
    page.point_at(SEA)
    assert page.tooltip()["label"] == "Pants on Fire"


def test_a_page_that_writes_itself_anew_can_be_pointed_at(any_reader: AnyReader, site: NewsSite) -> None:
    """`document.open()` takes all listeners from the window and the document, the extension's among them."""
    page = any_reader.open(site.publish_article("/anew.html", QUOTE))
    assert page.scan() == "found"
    page.evaluate(
        """html => {
            document.open();
            document.write(html);
            document.close();
        }""",
        f"<!doctype html><title>Anew</title><p>{OTHER}</p><details><summary>More</summary>{QUOTE}</details>",
    )
    assert page.await_painted(1) == [WORK]
    page.point_at(WORK)
    assert page.tooltip()["label"] == "Correct"
    page.press("Escape")
    page.await_no_tooltip()
    page.evaluate("() => { document.querySelector('details').open = true }")
    assert page.await_painted(2) == [WORK, SEA]


def test_the_tooltip_stays_while_the_page_changes_elsewhere(reader: Reader, site: NewsSite) -> None:
    page = reader.open(site.publish_article("/stays.html", QUOTE + LONG))
    assert page.scan() == "found"
    page.point_at(SEA)
    page.tooltip()
    page.page.evaluate(ADD, [OTHER, "append"])
    page.await_painted(2)
    assert page.in_own_world("quotemark.report.current") == 0
    page.page.evaluate("document.getElementById('quote').firstChild.data = 'Nothing was said.'")
    page.await_no_tooltip()
    assert page.await_painted(1) == [WORK]


def test_a_line_keeps_its_style_when_something_is_put_before_it(reader: Reader, site: NewsSite) -> None:
    page = reader.open(site.publish_article("/before.html", QUOTE))
    assert page.scan() == "found"
    styled = page.page.evaluate(
        """() => {
            const quote = document.getElementById('quote');
            const lines = () => [...CSS.highlights.keys()].map(name => getComputedStyle(quote, `::highlight(${name})`).textDecorationStyle);
            const before = lines();
            quote.before(document.createElement('p'), document.createElement('div'));
            quote.parentElement.before(document.createElement('article'));
            return Promise.resolve().then(() => [before, lines()]);
        }"""
    )
    assert styled[0] == styled[1]
    assert "double" in styled[0]


def test_the_next_page_in_the_same_document(reader: Reader, site: NewsSite, wire: Wire) -> None:
    """By rule it is read like any other; by hand it is not, and what was found on the page before goes with it."""
    go = "html => { history.pushState({}, '', '/second'); document.querySelector('article').innerHTML = html; }"
    url = site.publish_article("/single.html", QUOTE)
    options = reader.scan_all_sites()
    page = reader.open(url)
    assert page.await_painted(1) == [SEA]
    page.page.evaluate(go, f"<p>{OTHER}</p>")
    page.page.wait_for_function(
        "() => [...CSS.highlights.values()].some(h => [...h].some(r => String(r).startsWith('We have')))"
    )
    assert page.painted() == [WORK]
    assert len(wire.texts) == 2

    options.bring_to_front()
    options.get_by_label("When I ask").check()
    reader.await_scripts(0)
    page = reader.open(url)
    assert page.scan() == "found"
    page.page.evaluate("history.pushState({}, '', '/third')")
    page.await_painted(0)
    assert page.state() == "not_scanned"


@pytest.mark.parametrize("tidied", ["location.pathname", "location.pathname + '#/top'", "'?page=1'"])
def test_a_page_that_tidies_its_own_address_stays_the_same_page(
    any_reader: AnyReader, site: NewsSite, tidied: str
) -> None:
    page = any_reader.open(site.publish_article("/linked.html", QUOTE) + "?utm_source=letter#/")
    assert page.scan() == "found"
    page.evaluate(f"() => history.replaceState(null, '', {tidied})")
    page.evaluate(f"() => ({ADD})(['{OTHER}', 'append'])")
    assert page.await_painted(2) == [SEA, WORK]


@pytest.mark.parametrize(
    "going",
    [
        "history.replaceState(null, '', '/another.html')",
        "history.pushState(null, '', '?page=2')",
        "history.pushState(null, '', '?page=2'); history.replaceState(null, '', '?page=3')",
        "location.hash = '#/another'",
    ],
)
def test_a_page_that_goes_to_another_address_does_not(
    any_reader: AnyReader, site: NewsSite, wire: Wire, going: str
) -> None:
    page = any_reader.open(site.publish_article("/going.html", QUOTE) + "?page=1")
    assert page.scan() == "found"
    page.evaluate(f"() => {{ {going}; ({ADD})(['{OTHER}', 'append']); }}")
    page.await_painted(0)
    assert len(wire.texts) == 1


def test_after_the_server_was_changed_no_page_shows_what_another_one_found(
    any_reader: AnyReader, site: NewsSite, wire: Wire, quote_server: ServerProcess
) -> None:
    url = site.publish_article("/other-server.html", QUOTE)
    with Wire(quote_server.port) as other, Wire(quote_server.port) as third:
        by_hand = any_reader.open(url)
        assert by_hand.scan() == "found"
        any_reader.set(server=other.url)
        by_hand.await_painted(0)
        assert other.sent == []

        any_reader.allow("*://*/*")
        popup = by_hand.press_button()
        popup.click("#always")
        popup.await_state("found")
        popup.close()
        any_reader.await_scripts()
        by_rule = any_reader.open(url)
        by_rule.await_painted(1)
        any_reader.set(server=third.url)
        by_rule.await_badge("1")
        await_value(lambda: third.texts)
        assert by_rule.await_painted(1) == [SEA]


def test_a_page_that_comes_back_is_as_it_was_and_still_followed(
    lone: Reader, site: NewsSite, wire: Wire
) -> None:
    page = lone.open(site.publish_article("/left.html", QUOTE))
    page.page.evaluate("addEventListener('pageshow', event => { window.isBack = event.persisted; })")
    assert page.scan() == "found"
    page.page.goto(site.publish_article("/away.html", "<p>Elsewhere.</p>"))
    # Playwright itself does not expect pages to come back without being loaded.
    page.page.go_back(wait_until="commit")
    page.page.wait_for_function("window.isBack === true")
    assert page.painted() == [SEA]
    page.await_badge("1")
    assert len(wire.texts) == 1
    page.page.evaluate(ADD, [OTHER, "append"])
    assert page.await_painted(2) == [SEA, WORK]


def test_a_page_that_comes_back_follows_what_was_set_meanwhile(
    firefox: FirefoxReader, site: NewsSite, wire: Wire
) -> None:
    """Firefox tells a page that was left nothing."""
    firefox.forget()
    for _ in range(3):  # Firefox keeps nearly each page that is left, but not on each machine at any time
        firefox.set(server=wire.url, offSites=[])
        page = firefox.open(site.publish_article("/left.html", QUOTE))
        page.evaluate("() => { window.isKept = true; }")
        assert page.scan() == "found"
        page.goto(site.publish_article("/away.html", "<p>Elsewhere.</p>"))
        firefox.set(offSites=[HOST])
        page.go_back()
        await_value(partial(page.evaluate, "() => location.pathname === '/left.html'"))
        if page.evaluate("() => window.isKept === true"):
            break
    else:
        pytest.fail("Firefox kept no page")
    page.await_painted(0)


def test_marks_of_an_extension_that_was_updated_go_when_they_are_pointed_at(
    lone: Reader, site: NewsSite, wire: Wire
) -> None:
    page = lone.open(site.publish_article("/updated.html", QUOTE))
    page.scan()
    page.await_painted(1)
    with suppress(Error):  # whoever asks is gone before the answer
        lone.background.evaluate("chrome.runtime.reload()")
    page.point_at(SEA)
    page.await_painted(0)
