"""Nothing leaves the browser before the reader allows it, and then only what was allowed, only there."""

from __future__ import annotations

import pytest

from tests.browser.faces import AnyReader
from tests.browser.firefox import FirefoxReader
from tests.browser.news_site import HOST, NewsSite
from tests.browser.quotes import HARBOUR
from tests.browser.reader import Reader
from tests.browser.waiting import await_value
from tests.browser.wire import Wire

QUOTE = f"<p>“{HARBOUR['text']},” Ada Marlowe said.</p>"
PASSWORD = '<div><input type="password" aria-label="Password"></div>'


def test_nothing_is_sent_until_the_reader_asks_for_this_page(
    reader: Reader, site: NewsSite, wire: Wire
) -> None:
    page = reader.open(site.publish_article("/first.html", QUOTE))
    page.press_button().close()
    page.page.goto(site.publish_article("/second.html", QUOTE))
    assert wire.sent == []
    assert page.page.evaluate("CSS.highlights.size") == 0

    page.scan()
    assert len(wire.texts) == 1

    # The next page of the same site was not asked for.
    page.page.goto(site.publish_article("/third.html", QUOTE))
    popup = page.press_button()
    popup.await_state("not_scanned")
    popup.close()
    assert len(wire.texts) == 1


def test_only_the_visible_text_is_sent(reader: Reader, site: NewsSite, wire: Wire) -> None:
    page = reader.open(site.publish_article("/what.html", QUOTE))
    page.scan()
    [request] = [sent for sent in wire.sent if sent.path == "/v1/match" and sent.method == "POST"]
    assert set(request.json) == {"text", "offsets", "language"}
    assert request.json["offsets"] == "utf16"
    assert "secret search" not in request.json["text"]
    headers = {name.lower() for name in request.headers}
    assert not headers & {"cookie", "referer", "authorization"}
    assert HOST not in request.body.decode()


@pytest.mark.parametrize(
    "draft", ["body.contentEditable = true", "documentElement.contentEditable = true", "designMode = 'on'"]
)
def test_what_a_reader_writes_in_an_editor_in_a_frame_is_not_sent(
    any_reader: AnyReader, site: NewsSite, wire: Wire, draft: str
) -> None:
    html = f"<script>addEventListener('DOMContentLoaded', () => {{ document.{draft} }})</script>{QUOTE}"
    inner = site.publish("/draft.html", f"<!doctype html><title>Draft</title>{html}")
    url = site.publish_article("/editor.html", f"<iframe src={inner} width=600 height=300></iframe>")
    assert any_reader.open(url).scan() == "none"
    assert wire.texts == []


def test_a_site_that_is_always_allowed(reader: Reader, site: NewsSite, wire: Wire) -> None:
    url = site.publish_article("/always.html", QUOTE)
    reader.allow("*://*/*")
    page = reader.open(url)
    popup = page.press_button()
    popup.await_state("not_scanned")
    popup.click("#always")
    popup.await_state("found")
    popup.screenshot("popup-always")
    popup.close()
    page.await_painted(1)

    # Its subdomains are the same site.
    other = site.publish_article("/always-too.html", QUOTE + "<p>Another page.</p>")
    page.page.goto(other.replace(HOST, f"www.{HOST}"))
    page.await_painted(1)
    assert len(wire.texts) == 2

    popup = page.press_button()
    popup.click("#always")
    popup.await_that("!document.getElementById('always').checked")
    popup.close()
    reader.await_scripts(0)
    page.page.goto(url)
    popup = page.press_button()
    popup.await_state("not_scanned")
    popup.close()
    assert len(wire.texts) == 2


def test_leave_that_the_reader_takes_back_in_the_browsers_own_pages(
    firefox: FirefoxReader, site: NewsSite, wire: Wire
) -> None:
    """Popup and options say what holds, and ask for leave again."""
    firefox.forget()
    firefox.set(server=wire.url)
    firefox.allow()
    page = firefox.open(site.publish_article("/taken-back.html", QUOTE))
    popup = page.press_button()
    popup.await_state("not_scanned")
    popup.click("#always")
    popup.await_state("found")
    popup.close()
    firefox.await_scripts()
    take_back = "origin => browser.permissions.remove({origins: [origin]})"
    firefox.call_background(take_back, f"*://*.{HOST}/*")
    firefox.await_scripts(0)
    popup = page.press_button()
    popup.await_that("!document.getElementById('always').checked")
    popup.click("#always")
    popup.await_that("document.getElementById('always').checked")
    popup.close()
    firefox.await_scripts()

    options = firefox.open(firefox.page_url("options.html"))
    await_mode = """async mode => {
        while (!document.querySelector(`[value='${mode}']:checked`)) await new Promise(done => setTimeout(done, 20));
        return document.getElementById('sent-when').textContent;
    }"""
    options.evaluate(await_mode, "sites")
    options.evaluate("() => document.querySelector('[value=all]').focus()")
    options.press(" ")
    firefox.await_scripts()
    options.evaluate(await_mode, "all")
    firefox.call_background(take_back, "*://*/*")
    assert "Nothing is sent until" in options.evaluate(await_mode, "click")


def test_a_rule_holds_on_while_settings_change(reader: Reader) -> None:
    """A page that is opened in a moment without it would not be scanned."""
    reader.scan_all_sites()
    counts = reader.background.evaluate(
        """async () => {
            const counts = new Set();
            for (let i = 0; i < 60; i++) {
                if (i % 3 === 0) await chrome.storage.local.set({offSites: [`site${i}.example`]});
                counts.add((await chrome.scripting.getRegisteredContentScripts()).length);
            }
            return [...counts];
        }"""
    )
    assert counts == [1]


def test_a_page_that_the_browser_prepares_is_not_read_before_the_reader_goes_there(
    reader: Reader, site: NewsSite, wire: Wire
) -> None:
    """The script is made to think so: a browser that is driven by tests prepares no page."""
    page = reader.open(site.publish_article("/prepared.html", QUOTE))
    reader.allow("*://*/*")
    page.page.bring_to_front()
    popup = page.press_button()
    popup.await_state("not_scanned")
    prerendering = (
        "Object.defineProperty(Document.prototype, 'prerendering', {get: () => %s, configurable: true}), 0"
    )
    page.in_own_world(prerendering % "true")
    popup.click("#always")
    await_value(lambda: page.in_own_world("'quotemarkPasswordField' in globalThis"))
    assert page.in_own_world("globalThis.quotemark") is None
    popup.close()
    page.in_own_world(prerendering % "false")
    assert wire.texts == []
    page.in_own_world("document.dispatchEvent(new Event('prerenderingchange'))")
    page.await_painted(1)


def test_a_tab_in_the_background_is_not_read_before_the_reader_looks_at_it(
    firefox: FirefoxReader, site: NewsSite, wire: Wire
) -> None:
    """In Firefox, since Chromium under Playwright takes every tab for one in sight."""
    firefox.forget()
    firefox.set(server=wire.url)
    firefox.allow()
    popup = firefox.open(site.publish_article("/first.html", QUOTE)).press_button()
    popup.click("#always")
    popup.await_state("found")
    popup.close()
    firefox.await_scripts()
    asked = len(wire.texts)
    url = site.publish_article("/behind.html", f"{QUOTE}<p>Behind the other.</p>")
    page = firefox.open(url, is_seen=False)
    assert page.evaluate("() => new Promise(done => setTimeout(() => done(document.hidden), 5_000))")
    assert page.painted() == []
    assert len(wire.texts) == asked
    page.bring_to_front()
    page.await_painted(1)


def test_all_sites_but_those_that_are_near_or_ask_for_a_password(
    reader: Reader, site: NewsSite, wire: Wire
) -> None:
    reader.scan_all_sites()

    page = reader.open(site.publish_article("/all.html", QUOTE))
    page.await_painted(1)
    assert len(wire.texts) == 1

    site.publish_article("/near.html", QUOTE)
    near = reader.open(site.local_url + "/near.html")
    password = reader.open(site.publish_article("/password.html", QUOTE + f"<div hidden>{PASSWORD}</div>"))
    password.await_state("hidden_password_field")
    assert near.state() == "not_scanned"
    assert len(wire.texts) == 1

    # A page near is scanned by the reader's own click, and the hidden field does not keep a click away.
    assert near.scan() == "found"
    assert password.scan("hidden_password_field") == "found"


def test_a_frame_that_is_near_is_not_scanned_by_itself_in_a_page_of_the_web(
    reader: Reader, site: NewsSite, wire: Wire
) -> None:
    reader.scan_all_sites()
    site.publish("/near.html", f"<p>The router's own page says:</p>{QUOTE}")
    frame = "<iframe src='{}' width=700 height=300></iframe>"
    far = frame.format(site.publish("/far.html", QUOTE))
    url = site.publish_article("/around.html", frame.format(site.local_url + "/near.html") + far)
    reader.open(url).await_badge("1")
    assert len(wire.texts) == 1
    assert "router" not in wire.texts[0]


def test_a_page_that_asks_for_a_password_is_not_sent_even_by_hand(
    reader: Reader, site: NewsSite, wire: Wire
) -> None:
    page = reader.open(site.publish_article("/sign-in.html", QUOTE + PASSWORD))
    assert page.scan() == "password_field"
    assert wire.sent == []


OUT_OF_SIGHT = {
    "faded out": "opacity: 0; position: fixed; inset: 0; z-index: -1",
    "far to the left": "position: absolute; left: -9999px",
    "above the page": "position: absolute; top: -500px",
    "a drawer": "position: fixed; top: 0; right: 0; width: 300px; height: 100%; transform: translateX(100%)",
    "folded up": "height: 0; overflow: hidden",
    "cut to nothing": "position: absolute; clip-path: inset(50%)",
}
IN_SIGHT = {
    "far below": "margin-top: 5000px",
    "in a box that scrolls": "height: 60px; overflow: auto; padding-top: 300px",
    "in a wide page": "margin-left: 3000px",
    "fixed in what moves": "position: fixed; top: 4000px",
    "not cut by what does not hold it": "position: absolute; top: 40px",
    "nearly faded out": "opacity: 0.05",
    "read from the right": "direction: rtl; position: absolute; left: -300px",
}


@pytest.mark.parametrize("style", OUT_OF_SIGHT.values(), ids=OUT_OF_SIGHT)
def test_a_password_field_that_no_reader_can_see_does_not_keep_a_click_away(
    any_reader: AnyReader, site: NewsSite, wire: Wire, style: str
) -> None:
    form = f"<form style='{style}'>Sign in {PASSWORD}</form>"
    url = site.publish_article("/unseen.html", QUOTE + form)
    page = any_reader.open(url)
    assert page.scan() == "found"
    assert len(wire.texts) == 1


@pytest.mark.parametrize("style", IN_SIGHT.values(), ids=IN_SIGHT)
def test_a_password_field_that_a_reader_sees_or_can_scroll_to_keeps_a_page_from_being_sent(
    any_reader: AnyReader, site: NewsSite, wire: Wire, style: str
) -> None:
    moves = "transform: translate(0)" if "fixed" in style else ""
    folded = "height: 0; overflow: hidden" if "absolute" in style and "rtl" not in style else ""
    form = f"<div style='{moves}; {folded}'><form style='{style}'>Sign in {PASSWORD}</form></div>"
    page_style = "<style>:root { direction: rtl }</style>" if "rtl" in style else ""
    page = any_reader.open(site.publish_article("/seen.html", page_style + QUOTE + form))
    assert page.scan() == "password_field"
    assert wire.sent == []


def test_a_password_field_that_comes_into_sight_ends_a_scan_by_hand(
    any_reader: AnyReader, site: NewsSite
) -> None:
    form = f"<form id=sign-in style='position: absolute; left: -9999px'>{PASSWORD}</form>"
    page = any_reader.open(site.publish_article("/comes.html", QUOTE + form))
    assert page.scan() == "found"
    page.await_painted(1)
    page.evaluate("() => { document.getElementById('sign-in').style.left = '0'; }")
    page.await_painted(0)


@pytest.mark.parametrize("mode", ["open", "closed"])
def test_a_password_field_in_a_web_component_counts(
    any_reader: AnyReader, site: NewsSite, wire: Wire, mode: str
) -> None:
    form = "<form><my-field></my-field></form>" + component(mode)
    page = any_reader.open(site.publish_article("/component.html", QUOTE + form))
    assert page.scan() == "password_field"
    assert wire.sent == []


@pytest.mark.parametrize("mode", ["open", "closed"])
def test_a_password_field_that_comes_into_a_web_component_counts(
    any_reader: AnyReader, site: NewsSite, mode: str
) -> None:
    page = any_reader.open(
        site.publish_article("/later.html", f"{QUOTE}<form><my-field></my-field></form>{component(mode, '')}")
    )
    assert page.scan() == "found"
    page.await_painted(1)
    page.evaluate("html => { document.querySelector('my-field').own.innerHTML = html; }", PASSWORD)
    page.await_painted(0)


def test_a_password_field_in_one_frame_counts_for_all_frames_of_the_page(
    any_reader: AnyReader, site: NewsSite, wire: Wire
) -> None:
    frame = "<iframe src='{}' width=500 height={}></iframe>"
    site.publish("/account.html", QUOTE)
    page = any_reader.open(
        site.publish_article("/top-field.html", PASSWORD + frame.format("/account.html", 300))
    )
    assert page.scan() == "password_field"

    # A frame too small to be read counts, too.
    site.publish("/log-in.html", PASSWORD)
    page.goto(site.publish_article("/frame-field.html", QUOTE + frame.format("/log-in.html", 60)))
    assert page.scan() == "password_field"
    assert wire.sent == []


def component(mode: str, content: str = PASSWORD) -> str:
    """A web component; its shadow root is in its property `own`."""
    return f"""<script>
        customElements.define('my-field', class extends HTMLElement {{
            own = this.attachShadow({{mode: '{mode}'}});
            constructor() {{ super(); this.own.innerHTML = `{content}`; }}
        }});
    </script>"""


@pytest.mark.parametrize("address", ["/another-page-of-the-app", "#/another-page-of-the-app"])
def test_what_was_allowed_for_a_page_ends_with_it_in_the_same_document(
    reader: Reader, site: NewsSite, wire: Wire, address: str
) -> None:
    page = reader.open(site.publish_article("/app.html", QUOTE))
    page.page.evaluate("location.hash = 'part'")
    page.scan()
    page.await_painted(1)
    page.page.evaluate("location.hash = 'another-part'")
    page.page.evaluate(
        """address => {
            history.pushState(null, '', address);
            document.querySelector('article').append('Another text of another page.');
        }""",
        address,
    )
    page.await_painted(0)
    assert len(wire.texts) == 1
