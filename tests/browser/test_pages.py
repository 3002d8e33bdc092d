"""Pages of all kinds: what of them is read, and that they stay as they are."""

from __future__ import annotations

import json
import re

import pytest

from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR, JOBS
from tests.browser.reader import Reader
from tests.browser.wire import Wire

SEA = str(HARBOUR["text"])
QUOTE = f"<p>“{SEA},” Ada Marlowe said.</p>"
STRICTEST = (
    "default-src 'none'; style-src 'none'; script-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def test_a_page_gets_one_element_and_keeps_all_others(reader: Reader, site: NewsSite) -> None:
    page = reader.open(site.publish_article("/untouched.html", QUOTE))
    before = page.page.content()
    page.scan()
    page.point_at("The sea at our")
    page.tooltip()
    after = page.page.content()
    assert after.replace("<div></div></html>", "</html>") == before
    assert page.page.evaluate("[document.documentElement.lastElementChild.shadowRoot, typeof quotemark]") == [
        None,
        "undefined",
    ]


def test_a_page_without_matches_gets_nothing_at_all(reader: Reader, site: NewsSite) -> None:
    page = reader.open(site.publish_article("/plain.html", "<p>Calm weather is expected.</p>"))
    before = page.page.content()
    assert page.scan() == "none"
    assert page.page.content() == before


def test_a_page_with_the_strictest_policy(reader: Reader, site: NewsSite) -> None:
    html = f"<!doctype html><title>Strict</title><h1>Strict</h1><div>{QUOTE}</div>"
    page = reader.open(site.publish("/strict.html", html, content_security_policy=STRICTEST))
    assert page.scan() == "found"
    assert page.painted() == [SEA.removesuffix(".")]
    page.point_at("The sea at our")
    assert page.tooltip()["label"] == "Pants on Fire"
    page.screenshot("strict-page")


def test_a_link_of_the_card_opens_also_where_the_page_may_open_none(reader: Reader, site: NewsSite) -> None:
    html = f"<p>“{HARBOUR['text']}” she said.</p>"
    url = site.publish_article("/sandbox.html", html, content_security_policy="sandbox")
    page = reader.open(url)
    assert page.scan() == "found"
    page.point_at("The sea at our")
    page.tooltip()
    with reader.context.expect_page() as opened:
        page.page.mouse.click(*page.place_in_tooltip(".full"))
    opened.value.close()


@pytest.mark.usefixtures("no_filter")
def test_what_a_reader_does_not_see_is_not_read(reader: Reader, site: NewsSite, wire: Wire) -> None:
    page = reader.open(site.url + "/parts.html")
    page.scan()
    [text] = wire.texts
    assert "UNSEEN" not in text
    lines = [re.sub(r"\s+", " ", line).strip() for line in text.split("\n")]
    assert [line for line in lines if line] == [
        "First heading",
        "Once upon a time there was a drop cap.",
        "A line that a break ends",
        "and the next one.",
        "A word in pieces, an inline-block, a displayed content, a link.",
        "one cell",
        "another cell",
        "first item",
        "second item",
        "“Quoted by the style.”",
        "kept line one",
        "kept line two",
        "From the shadow: slotted words and the end of the shadow.",
        "A summary that is shown",
        "漢字 are annotated.",
        "A footnote in the middle of it stays out.",
        "Shown again inside.",
        "A page in a form is a page: " + "every word of it is for reading. " * 80 + "The end.",
    ]


def test_a_quote_in_an_open_shadow_root_and_in_a_frame(reader: Reader, site: NewsSite) -> None:
    inner = site.publish(
        "/inner.html", f"<!doctype html><title>Inner</title><p>“{JOBS['text']}” Ada Marlowe said.</p>"
    )
    page = reader.open(
        site.publish_article(
            "/outer.html",
            f'<news-card><template shadowrootmode="open"><p>“{SEA}”</p></template></news-card>'
            f'<iframe src="{inner}" width="600" height="200" title="inner"></iframe>',
        )
    )
    popup = page.press_button()
    popup.click("#act")
    popup.await_text("h1", "2 checked quotes on this page")
    popup.close()
    assert page.painted() == [SEA.removesuffix(".")]
    page.point_at("The sea at our")
    assert page.tooltip()["label"] == "Pants on Fire"
    frame = page.page.frames[1]
    assert frame.evaluate("[...CSS.highlights.values()].flatMap(h => [...h]).map(String).length") == 1
    page.screenshot("shadow-and-frame")

    # Walking goes on from the page into its frame.
    page.page.keyboard.press("Escape")
    page.await_no_tooltip()
    reader.press_keys("next-match")
    assert page.tooltip("1 of 2")["label"] == "Pants on Fire"
    reader.press_keys("next-match")
    page.await_no_tooltip()
    frame.wait_for_function("document.documentElement.lastElementChild.localName === 'div'")


def test_frames_of_other_sites_and_without_an_address(reader: Reader, site: NewsSite, wire: Wire) -> None:
    sentence = f"<p>“{SEA}” Ada Marlowe said.</p>"
    size = 'width="600" height="200"'
    other = site.publish("/other.html", f"<!doctype html><title>Other</title>{sentence}")
    other = other.replace("//", "//live.", 1)
    url = site.publish_article(
        "/frames.html",
        f'<iframe {size} title="other" src="{other}"></iframe>'
        f'<iframe {size} title="srcdoc" srcdoc="{sentence}"></iframe>'
        f'<iframe {size} title="blank"></iframe>'
        f"<script>frames[2].document.body.innerHTML = '{sentence}'</script>",
    )
    # By hand, leave is for the page's own site alone.
    page = reader.open(url)
    assert page.scan() == "found"
    page.await_badge("2")

    reader.scan_all_sites()
    page = reader.open(url)
    page.await_badge("3")
    painted = "[...CSS.highlights.values()].flatMap(highlight => [...highlight]).map(String)"
    assert [frame.evaluate(painted) for frame in page.page.frames[1:]] == [[SEA.removesuffix(".")]] * 3
    # It is pages that are switched off, with all their frames; a frame's own site does not count.
    reader.set(offSites=["live.news.example"])
    page.page.wait_for_timeout(300)
    assert page.page.frames[1].evaluate(painted) == [SEA.removesuffix(".")]
    assert not any(
        "live." in json.dumps(sent.json)
        for sent in wire.sent
        if sent.path == "/v1/match" and sent.method == "POST"
    )


@pytest.mark.usefixtures("no_filter")
def test_a_page_that_changes_is_followed(reader: Reader, site: NewsSite, wire: Wire) -> None:
    page = reader.open(site.publish_article("/live.html", "<p id=a>Nothing yet.</p>"))
    assert page.scan() == "none"
    page.page.evaluate("text => document.getElementById('a').textContent = text", f"“{SEA}”")
    page.await_painted(1)
    assert len(wire.texts) == 2

    # Nodes that only move are painted where they are now, without asking again.
    page.page.evaluate("() => { const a = document.getElementById('a'); a.replaceWith(a.cloneNode(true)); }")
    page.await_painted(0)
    page.await_painted(1)
    assert len(wire.texts) == 2

    page.page.evaluate("document.getElementById('a').remove()")
    page.await_painted(0)


def test_a_page_that_redefines_what_it_can_is_read_all_the_same(reader: Reader, site: NewsSite) -> None:
    tampering = """<script>
        for (const prototype of [Node.prototype, Element.prototype, Range.prototype, Document.prototype])
            for (const name of Object.getOwnPropertyNames(prototype))
                try { Object.defineProperty(prototype, name, {get() { throw new Error('tampered'); }}); } catch {}
        String.prototype.slice = Array.prototype.map = Map.prototype.get = () => 'tampered';
    </script>"""
    page = reader.open(site.publish_article("/tampered.html", QUOTE + tampering))
    assert page.scan() == "found"


def test_a_page_longer_than_the_server_takes_is_sent_in_parts(
    reader: Reader, site: NewsSite, wire: Wire
) -> None:
    filler = "".join(
        f"<p>Paragraph {i} of the long record tells of the weather on day {i}.</p>" for i in range(25_000)
    )
    page = reader.open(
        site.publish_article("/long.html", QUOTE + filler + f"<p>“{JOBS['text']}” Ada Marlowe said.</p>")
    )
    assert page.scan() == "found"
    assert len(wire.texts) == 2
    assert all(len(text) <= 1_000_000 for text in wire.texts)
    assert page.painted() == [SEA.removesuffix("."), str(JOBS["text"]).removesuffix(".")]


def test_the_tooltip_of_a_page_from_right_to_left(reader: Reader, site: NewsSite) -> None:
    html = f"<!doctype html><html lang=ar dir=rtl><title>RTL</title><h1>عنوان</h1>{QUOTE}<p>نص</p>"
    page = reader.open(site.publish("/rtl.html", html))
    assert page.scan() == "found"
    page.point_at("The sea at our")
    left, _top, right, _bottom = page.tooltip()["box"]
    directions = page.in_own_world(
        """(() => {
            const root = chrome.dom.openOrClosedShadowRoot(document.documentElement.lastElementChild);
            return [...root.querySelectorAll('.card, .summary')].map(part => getComputedStyle(part).direction);
        })()"""
    )
    assert directions == ["ltr", "ltr"]
    assert 0 <= left < right <= 1180
    page.screenshot("right-to-left")
