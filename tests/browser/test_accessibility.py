"""axe-core finds nothing to complain of, on pages and on the tooltip, in light and in dark; text grows as readers wish."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.firefox import FirefoxReader
from tests.browser.folders import AXE
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR, JOBS
from tests.browser.read_page import ReadPage
from tests.browser.reader import Reader
from tests.browser.wire import Wire

RUN_AXE = """axe.run(document, {resultTypes: ['violations']}).then(({violations}) =>
    violations.map(({id, nodes}) => [id, ...nodes.map(node => node.html + ' ' + node.failureSummary)]))"""

# The words of the extension's pages are put in by a script.
AWAIT_WORDS = """async () => {
    const words = [...document.querySelectorAll('h1, [data-say]')];
    while (words.some(({textContent}) => !/\\S/.test(textContent))) await new Promise(done => setTimeout(done, 20));
}"""

QUOTES = (
    f"<p>“{HARBOUR['text']},” Ada Marlowe said.</p>"
    f"<p>“{str(JOBS['text']).replace('370,000', '730,000')},” Ada Marlowe said.</p>"
)


@pytest.fixture(scope="module")
def axe() -> str:
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_options_page(reader: Reader, axe: str, scheme: Any) -> None:
    reader.set(mode="sites", sites=["news.example"], offSites=["other.example"])
    page = reader.open_options()
    page.emulate_media(color_scheme=scheme)
    expect(page.locator("#save")).not_to_be_empty()  # the words are put in by a script
    page.evaluate(axe)
    assert page.evaluate(RUN_AXE) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_welcome_page(reader: Reader, axe: str, scheme: Any) -> None:
    page = reader.context.new_page()
    page.emulate_media(color_scheme=scheme)
    page.goto(reader.page_url("welcome.html"))
    page.get_by_label("When I ask").wait_for()
    page.evaluate(axe)
    assert page.evaluate(RUN_AXE) == []


@pytest.mark.parametrize("name", ["welcome.html", "options.html", "popup.html"])
def test_the_pages_in_firefox(firefox: FirefoxReader, wire: Wire, axe: str, name: str) -> None:
    firefox.forget()
    firefox.set(server=wire.url, mode="sites", sites=["news.example"])
    page = firefox.open(firefox.page_url(name))
    page.evaluate(AWAIT_WORDS)
    page.evaluate("code => { (0, eval)(code); }", axe)
    assert page.evaluate(f"() => {RUN_AXE}") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_popup(reader: Reader, site: NewsSite, axe: str, scheme: str) -> None:
    page = reader.open(site.publish_article("/axe.html", QUOTES))
    popup = page.press_button()
    popup.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    popup.await_state("not_scanned")
    popup.evaluate(axe)
    assert popup.evaluate(RUN_AXE) == []
    popup.click("#act")
    popup.await_state("found")
    assert popup.evaluate(RUN_AXE) == []
    popup.screenshot(f"popup-{scheme}")
    popup.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("words", ["The sea at our", "We have brought"])
def test_the_tooltip(reader: Reader, site: NewsSite, axe: str, scheme: Any, words: str) -> None:
    page = reader.open(site.publish_article("/axe.html", QUOTES))
    page.page.emulate_media(color_scheme=scheme)
    assert page.scan() == "found"
    page.point_at(words)
    tooltip = page.tooltip()
    assert faults_of_card(page, tooltip["html"], axe, site) == [], json.dumps(tooltip)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_summary(reader: Reader, site: NewsSite, axe: str, scheme: Any) -> None:
    far = "<p>Meanwhile.</p>" * 80
    page = reader.open(site.publish_article("/axe.html", QUOTES + far))
    page.page.emulate_media(color_scheme=scheme)
    assert page.scan() == "found"
    page.evaluate("() => scrollTo({top: 1e6, behavior: 'instant'})")
    page.await_in_tooltip("root.querySelector('.sum:popover-open') !== null")
    html = page.in_tooltip("root.querySelector('.sum').outerHTML")
    assert faults_of_card(page, html, axe, site) == []


def test_cards_add_no_landmarks_to_the_page_and_words_in_them_stay_apart(
    reader: Reader, site: NewsSite
) -> None:
    page = reader.open(site.publish("/ears.html", f"<!doctype html><title>Ears</title>{QUOTES * 40}"))
    assert page.scan() == "found"
    page.point_at("We have brought")
    page.tooltip()
    assert names_of(page, "banner", "contentinfo") == []
    page.press("Escape")
    page.evaluate("() => scrollTo({top: 1e6, behavior: 'instant'})")
    page.await_in_tooltip("root.querySelector('.sum:popover-open') !== null")
    assert names_of(page, "banner", "contentinfo") == []
    assert any(
        name.startswith("Correct for the checked quote, not for these words place 1 of 40 ")
        for name in names_of(page, "button")
    )


def names_of(page: ReadPage, *roles: str) -> list[str]:
    """What a screen reader is told of the page's elements of these roles."""
    nodes = page.cdp.send("Accessibility.getFullAXTree")["nodes"]
    return [node["name"]["value"] for node in nodes if node["role"]["value"] in roles and not node["ignored"]]


SMALLEST_TEXT = (
    "Math.min(...[...root.querySelectorAll('*')].map(part => parseFloat(getComputedStyle(part).fontSize)))"
)


def test_text_is_as_large_as_the_reader_has_set_it(
    playwright: Playwright, site: NewsSite, wire: Wire, tmp_path: Path
) -> None:
    """By the browser's font size, without zooming: of 16 pixels its smallest text has 12.5, whatever the page has."""
    (tmp_path / "Default").mkdir()
    preferences = {"webkit": {"webprefs": {"default_font_size": 32}}}
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(preferences), encoding="utf-8")
    reader = Reader(playwright, tmp_path)
    try:
        reader.set(server=wire.url)
        style = "<style>html { font-size: 10px }</style>"
        page = reader.open(site.publish_article("/large.html", style + QUOTES))
        popup = page.press_button()
        popup.click("#act")
        popup.await_state("found")
        own_page = f"(root => {SMALLEST_TEXT})(document.body)"
        smallest = {"popup": popup.evaluate(own_page)}
        popup.screenshot("popup-large")
        popup.close()
        page.point_at("We have brought")
        page.tooltip()
        page.screenshot("tooltip-large")
        smallest["card"] = page.in_tooltip(SMALLEST_TEXT)
        smallest["options"] = reader.open_options().evaluate(own_page)
    finally:
        reader.close()
    assert min(smallest.values()) >= 25, smallest


def faults_of_card(page: ReadPage, html: str, axe: str, site: NewsSite) -> list[Any]:
    """axe does not look into closed shadow roots: it looks at the same card in a page of its own."""
    style = page.in_own_world(
        """[...chrome.dom.openOrClosedShadowRoot(document.documentElement.lastElementChild).adoptedStyleSheets]
            .flatMap(sheet => [...sheet.cssRules]).map(rule => rule.cssText).join('\\n')"""
    )
    alone = page.reader.context.new_page()
    alone.goto(
        site.publish(
            "/card.html",
            "<!doctype html><html lang=en><title>Card</title><main><h1>Card</h1><div></div></main>",
        )
    )
    alone.evaluate(
        """([style, card]) => {
            const sheet = new CSSStyleSheet();
            // Over pictures axe tells no contrast; the shadow that tells of more is one.
            sheet.replaceSync(style + '.card, .body, .listed { background-image: none }');
            document.adoptedStyleSheets = [sheet];
            document.querySelector("main > div").innerHTML = card;
            document.querySelector('[popover]').showPopover();
        }""",
        [style, html],
    )
    alone.evaluate(axe)
    return list(alone.evaluate(RUN_AXE))
