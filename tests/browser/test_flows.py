"""What a reader does every day, in Chromium and in Firefox: allow, scan, point, walk, list, switch off."""

from __future__ import annotations

from tests.browser.faces import AnyReader
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR, JOBS
from tests.browser.wire import Wire

SEA = str(HARBOUR["text"])
QUOTES = (
    f"<p>“{SEA[:40]}<em>{SEA[40:60]}</em>{SEA[60:]}” Ada Marlowe said.</p>"
    + "<p>Meanwhile.</p>" * 60
    + f"<p>“{JOBS['text']}” Ada Marlowe said.</p>"
)
PAINTED = [SEA.removesuffix("."), str(JOBS["text"]).removesuffix(".")]


def test_nothing_is_sent_before_the_reader_asks_and_then_the_text_alone(
    any_reader: AnyReader, site: NewsSite, wire: Wire
) -> None:
    page = any_reader.open(site.publish_article("/flow.html", QUOTES))
    page.press_button().close()
    assert wire.sent == []
    assert page.evaluate("() => CSS.highlights.size") == 0

    assert page.scan() == "found"
    assert len(wire.texts) == 2  # a passage for each quote
    for request in wire.sent:
        assert not {name.lower() for name in request.headers} & {"cookie", "referer", "authorization"}
        if request.path == "/v1/match" and request.method == "POST":
            assert set(request.json) == {"text", "offsets", "language"}
            assert "secret search" not in request.json["text"]


def test_the_words_of_quotes_are_painted_and_no_others(any_reader: AnyReader, site: NewsSite) -> None:
    page = any_reader.open(site.publish_article("/flow.html", QUOTES))
    before = page.evaluate("() => document.body.outerHTML")
    assert page.scan() == "found"
    assert page.await_painted(2) == PAINTED
    assert page.evaluate("() => document.body.outerHTML") == before
    page.await_badge("2")


def test_the_tooltip_by_pointer(any_reader: AnyReader, site: NewsSite) -> None:
    page = any_reader.open(site.publish_article("/flow.html", QUOTES))
    assert page.scan() == "found"
    page.point_at("The sea at our")
    tooltip = page.tooltip()
    assert tooltip["label"] == "Pants on Fire"
    assert tooltip["summary"] == HARBOUR["checks"][0]["summary"]
    assert tooltip["caution"] == "This marks the quote, not this article."
    left, top, right, bottom = tooltip["box"]
    page.move_pointer((left + right) / 2, (top + bottom) / 2)
    assert page.tooltip()["label"] == "Pants on Fire"
    page.move_pointer(3, 3)
    page.await_no_tooltip()


def test_the_tooltip_by_keyboard(any_reader: AnyReader, site: NewsSite) -> None:
    page = any_reader.open(site.publish_article("/flow.html", QUOTES))
    assert page.scan() == "found"
    page.evaluate("() => document.querySelector('nav a').focus()")
    any_reader.press_keys("next-match")
    first = page.tooltip("1 of 2")
    assert (first["label"], first["hasFocus"]) == ("Pants on Fire", True)
    any_reader.press_keys("next-match")
    assert page.tooltip("2 of 2")["label"] == "Correct"
    any_reader.press_keys("previous-match")
    assert page.tooltip("1 of 2")["label"] == "Pants on Fire"
    page.press("Escape")
    page.await_no_tooltip()
    assert page.evaluate("() => document.activeElement.textContent") == "World"


def test_the_popup_lists_what_was_found_and_leads_to_it(any_reader: AnyReader, site: NewsSite) -> None:
    page = any_reader.open(site.publish_article("/flow.html", QUOTES))
    popup = page.press_button()
    popup.await_state("not_scanned")
    popup.click("#act")
    popup.await_state("found")
    assert popup.text("h1") == "2 checked quotes on this page"
    assert [popup.text(f"li:nth-child({i}) .label") for i in (1, 2)] == ["Pants on Fire", "Correct"]
    assert "Ada Marlowe" in popup.text("li:nth-child(1)")
    popup.click("li:nth-child(2) button")
    page.evaluate(
        "async () => { while (scrollY < 400) await new Promise(done => requestAnimationFrame(done)); }"
    )
    popup.close()


def test_a_site_that_is_always_allowed_until_it_is_not(
    any_reader: AnyReader, site: NewsSite, wire: Wire
) -> None:
    url = site.publish_article("/flow.html", QUOTES)
    any_reader.allow("*://*/*")
    page = any_reader.open(url)
    popup = page.press_button()
    popup.await_state("not_scanned")
    popup.click("#always")
    popup.await_state("found")
    popup.close()
    any_reader.await_scripts()
    page.goto(url)
    page.await_painted(2)

    popup = page.press_button()
    popup.click("#off")
    popup.await_state("off")
    popup.close()
    page.await_painted(0)
    any_reader.await_scripts(0)
    asked = len(wire.texts)
    page.goto(url)
    popup = page.press_button()
    popup.await_state("off")
    popup.close()
    assert len(wire.texts) == asked
