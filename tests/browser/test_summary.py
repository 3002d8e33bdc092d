"""At the end of a page, a small card sums up what was found on it, for those who want it."""

from __future__ import annotations

from typing import TypeVar

import pytest

from tests.browser.faces import AnyPage, AnyReader
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR, JOBS
from tests.browser.reader import Reader

SomePage = TypeVar("SomePage", bound=AnyPage)

QUOTES = (
    f"<p>“{HARBOUR['text']}” Ada Marlowe said.</p>"
    + "<p>Meanwhile.</p>" * 60
    + f"<p>“{JOBS['text']}” Ada Marlowe said.</p>"
)
TURNED = QUOTES.replace("has not risen", "has risen")
ITEMS = "[...root.querySelectorAll('.sum:popover-open li')].map(item => item.innerText.split('\\n')[0])"
LABELS = ["Pants on Fire", "Correct"]


def scroll(page: AnyPage, target: str) -> None:
    page.evaluate(
        """async target => {
            const ended = new Promise(done => addEventListener('scrollend', done, {once: true}));
            scrollTo({top: target === 'end' ? 1e6 : 0, behavior: 'instant'});
            await ended;
        }""",
        target,
    )


def at_the_end(page: SomePage) -> SomePage:
    assert page.scan() == "found"
    scroll(page, "end")
    page.await_in_tooltip("root.querySelector('.sum:popover-open') !== null")
    return page


def test_it_comes_at_the_end_and_leads_back(reader: Reader, site: NewsSite) -> None:
    page = reader.open(site.publish_article("/summary.html", QUOTES))
    assert page.scan() == "found"
    assert page.in_tooltip(ITEMS) == []
    scroll(page, "end")
    page.await_in_tooltip("root.querySelector('.sum:popover-open') !== null")
    assert page.in_tooltip(ITEMS) == LABELS
    assert page.in_tooltip("root.querySelector('.sum').ariaLabel") == "2 checked quotes on this page"
    assert page.evaluate("() => document.activeElement === document.body")
    for scheme in ("light", "dark"):
        page.page.emulate_media(color_scheme=scheme)
        page.screenshot(f"summary-{scheme}")

    page.page.mouse.click(*page.place_in_tooltip(".sum li button"))
    page.page.wait_for_function("scrollY < 400")
    page.await_in_tooltip("root.querySelector('.sum:popover-open') === null")


@pytest.mark.parametrize("part", ["main", "div"])
def test_on_a_page_that_scrolls_in_an_element_it_waits_for_the_end(
    reader: Reader, site: NewsSite, part: str
) -> None:
    style = (
        f"<style>html, body {{ height: 100%; margin: 0 }} {part} {{ height: 100%; overflow: auto }}</style>"
    )
    page = reader.open(
        site.publish(
            "/app.html",
            f"<!doctype html><title>App</title>{style}<{part}>{QUOTES}{'<p>Later.</p>' * 60}</{part}>",
        )
    )
    assert page.scan() == "found"
    for share, shown in ((0.5, []), (1, LABELS)):
        page.evaluate(
            """async ([part, share]) => {
                const scroller = document.querySelector(part);
                const ended = new Promise(done => scroller.addEventListener('scrollend', done, {once: true}));
                scroller.scrollTo({top: share * scroller.scrollHeight, behavior: 'instant'});
                await ended;
            }""",
            [part, share],
        )
        assert page.in_tooltip(ITEMS) == shown


def test_a_quote_in_several_places_is_told_apart_here_and_in_the_popup(
    reader: Reader, site: NewsSite
) -> None:
    again = f"<p>“{HARBOUR['text']}” she said again.</p>"
    page = at_the_end(reader.open(site.publish_article("/repeats.html", QUOTES + again)))
    places = ["place 1 of 2", "", "place 2 of 2"]
    notes = (
        "[...root.querySelectorAll('.sum li')].map(li => li.querySelector('.label-note')?.textContent ?? '')"
    )
    assert page.in_tooltip(notes) == places
    page.screenshot("summary-repeats")
    popup = page.press_button()
    said = [popup.text(f"li:nth-child({i}) .speaker") for i in (1, 2, 3)]
    assert said == [" · ".join(["Ada Marlowe", place]).removesuffix(" · ") for place in places]
    popup.screenshot("popup-repeats")
    popup.close()


def test_it_comes_in_both_browsers(any_reader: AnyReader, site: NewsSite) -> None:
    page = at_the_end(any_reader.open(site.publish_article("/summary.html", QUOTES)))
    assert page.in_tooltip(ITEMS) == LABELS
    page.screenshot("summary-in-either")


def test_where_a_change_may_turn_the_meaning_it_shows_the_words_and_warns(
    reader: Reader, site: NewsSite
) -> None:
    page = at_the_end(reader.open(site.publish_article("/summary.html", TURNED)))
    turned, same = page.in_tooltip("[...root.querySelectorAll('.sum li')].map(item => item.innerText)")
    assert turned.startswith("Pants on Fire")
    assert "for the checked quote, not for these words" in turned
    assert "“The sea at our harbours has risen by" in turned
    assert "Meaning may be reversed." in turned
    assert "not for these words" not in same
    for scheme in ("light", "dark"):
        page.page.emulate_media(color_scheme=scheme)
        page.screenshot(f"summary-guarded-{scheme}")


def test_closed_it_stays_closed(reader: Reader, site: NewsSite) -> None:
    page = at_the_end(reader.open(site.publish_article("/summary.html", QUOTES)))
    page.page.mouse.click(*page.place_in_tooltip(".sum .close"))
    page.await_in_tooltip("root.querySelector('.sum:popover-open') === null")
    scroll(page, "top")
    scroll(page, "end")
    assert page.in_tooltip(ITEMS) == []
    # The words are painted all the same.
    assert len(page.painted()) == 2


def test_escape_closes_it(any_reader: AnyReader, site: NewsSite) -> None:
    page = at_the_end(any_reader.open(site.publish_article("/summary.html", QUOTES)))
    assert page.in_tooltip("root.querySelector('.sum').getAttribute('role')") == "region"
    page.press("Escape")
    page.await_in_tooltip("root.querySelector('.sum:popover-open') === null")
    scroll(page, "top")
    scroll(page, "end")
    assert page.in_tooltip(ITEMS) == []


def test_escape_closes_a_tooltip_before_it(reader: Reader, site: NewsSite) -> None:
    page = at_the_end(reader.open(site.publish_article("/summary.html", QUOTES)))
    page.point_at("We have brought")
    page.tooltip()
    page.press("Escape")
    page.await_no_tooltip()
    page.await_in_tooltip("root.querySelector('.sum:popover-open') !== null")


def test_in_a_narrow_window_it_leaves_room_for_the_page(reader: Reader, site: NewsSite) -> None:
    page = reader.open(site.publish_article("/summary.html", TURNED + QUOTES + TURNED))
    page.page.set_viewport_size({"width": 360, "height": 640})
    at_the_end(page)
    height = page.in_tooltip("root.querySelector('.sum').getBoundingClientRect().height")
    assert height <= 640 * 0.3
    page.screenshot("summary-narrow")


def test_it_is_the_readers_choice(reader: Reader, site: NewsSite) -> None:
    options = reader.open_options()
    box = options.get_by_label("Sum up the checked quotes at the end of a page")
    box.uncheck()
    page = reader.open(site.publish_article("/summary.html", QUOTES))
    assert page.scan() == "found"
    scroll(page, "end")
    assert page.in_tooltip(ITEMS) == []
    options.bring_to_front()
    box.check()
    page.page.bring_to_front()
    page.await_in_tooltip("root.querySelector('.sum:popover-open') !== null")
    assert page.in_tooltip(ITEMS) == LABELS


def test_the_wheel_over_it_scrolls_the_page(reader: Reader, site: NewsSite) -> None:
    page = at_the_end(reader.open(site.publish_article("/summary.html", QUOTES)))
    before = page.evaluate("() => scrollY")
    page.move_pointer(*page.place_in_tooltip(".sum li button"))
    page.page.mouse.wheel(0, -100)
    page.await_change("() => scrollY", before)


def test_a_tooltip_comes_before_it(reader: Reader, site: NewsSite) -> None:
    page = at_the_end(reader.open(site.publish_article("/summary.html", QUOTES)))
    page.point_at("We have brought")
    assert page.tooltip()["label"] == "Correct"
    assert page.in_tooltip(ITEMS) == []
    page.press("Escape")
    page.await_no_tooltip()


def test_where_all_matches_are_in_sight_there_is_none(reader: Reader, site: NewsSite) -> None:
    page = reader.open(
        site.publish("/short.html", f"<!doctype html><title>S</title><p>“{HARBOUR['text']}”</p>")
    )
    assert page.scan() == "found"
    page.await_painted(1)
    assert page.in_tooltip(ITEMS) == []
