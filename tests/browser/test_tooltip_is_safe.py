"""What a page can't do to the tooltip: read it, restyle it, hide it, click in it, or find the extension by its files."""

from __future__ import annotations

from tests.browser.faces import AnyReader
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR
from tests.browser.reader import Reader
from tests.browser.wire import Wire

QUOTE = f"<p>“{HARBOUR['text']}” Ada Marlowe said.</p>"
STRICT = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types 'none'"
RESTYLED = """<style>
    html > div, html > div * { all: unset !important; display: none !important; opacity: 0 !important;
        visibility: hidden !important; font-size: 90px !important; pointer-events: none !important; }
    ::highlight(h) { color: transparent }
</style>"""
SPYING = """<script>
    window.seen = [];
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (...rest) { const root = attach.apply(this, rest); seen.push(root); return root; };
    for (const type of ['message', 'click', 'focusin', 'keydown', 'toggle', 'pointermove'])
        addEventListener(type, event => { if (event.composedPath().some(node => node instanceof ShadowRoot)) seen.push(type); }, true);
</script>"""


def test_its_own_style_can_not_reach_it(any_reader: AnyReader, site: NewsSite) -> None:
    plain = any_reader.open(site.publish_article("/plain.html", QUOTE))
    assert plain.scan() == "found"
    plain.point_at("The sea at our")
    expected = plain.tooltip()
    page = any_reader.open(site.publish_article("/restyled.html", QUOTE + RESTYLED))
    assert page.scan() == "found"
    page.point_at("The sea at our")
    tooltip = page.tooltip()
    assert tooltip["text"] == expected["text"]
    assert tooltip["box"] == expected["box"]


def test_its_policy_does_not_stop_it(any_reader: AnyReader, site: NewsSite) -> None:
    page = any_reader.open(site.publish_article("/strict.html", QUOTE, content_security_policy=STRICT))
    assert page.scan() == "found"
    page.point_at("The sea at our")
    left, top, right, bottom = page.tooltip()["box"]
    assert right - left > 200  # its style has come with it
    assert bottom - top > 150


def test_it_can_not_be_read(any_reader: AnyReader, site: NewsSite) -> None:
    page = any_reader.open(site.publish_article("/spying.html", SPYING + QUOTE))
    assert page.scan() == "found"
    any_reader.press_keys("next-match")
    assert page.tooltip()["hasFocus"]
    assert page.evaluate("() => seen.length") == 0
    assert page.evaluate(
        """() => {
            const host = document.documentElement.lastElementChild;
            return [host.shadowRoot, host.outerHTML, document.activeElement === host, Object.keys(window)
                .some(key => /quotemark/i.test(key)), [...CSS.highlights.keys()].some(name => /false|fire|quote/i.test(name))];
        }"""
    ) == [None, "<div></div>", True, False, False]


def test_clicks_of_a_script_open_nothing(reader: Reader, site: NewsSite) -> None:
    page = reader.open(site.publish_article("/clicking.html", QUOTE))
    assert page.scan() == "found"
    x, y = page.place_of("The sea at our")
    page.evaluate(
        """([clientX, clientY]) => {
            const at = {clientX, clientY, bubbles: true, composed: true};
            for (const [Kind, type] of [[PointerEvent, 'pointermove'], [PointerEvent, 'pointerdown'], [MouseEvent, 'click']])
                document.elementFromPoint(clientX, clientY).dispatchEvent(new Kind(type, at));
        }""",
        [x, y],
    )
    page.evaluate("() => new Promise(done => setTimeout(done, 500))")
    assert page.in_tooltip("root?.querySelector('[role=dialog]:popover-open') ?? null") is None


def test_the_extension_can_not_be_found_by_its_files(
    any_reader: AnyReader, site: NewsSite, wire: Wire
) -> None:
    page = any_reader.open(site.publish_article("/plain.html", "<p>Nothing here.</p>"))
    for name in ("icons/16.png", "manifest.json", "welcome.html", "content.js"):
        found = page.evaluate(
            "async url => { try { return (await fetch(url, {mode: 'no-cors'})).type; } catch { return null; } }",
            any_reader.page_url(name),
        )
        assert found is None, name
