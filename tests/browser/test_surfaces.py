"""Lines and tooltips are made for light or for dark ground, as the page's own text is."""

from __future__ import annotations

import pytest

from tests.browser.bare_page import BarePage
from tests.browser.faces import AnyReader
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR
from tests.browser.reader import Reader
from tests.browser.scripts import PAINTED_FOR

DARK = "body { background: #111 !important; color: #eee !important }"
QUOTE = f"<p>“{HARBOUR['text']},” Ada Marlowe said.</p>"

SURFACES = {
    "plain": ("<p>words", "light"),
    "a grey caption": ("<body style='background: #fff'><p style='color: #949494'>words", "light"),
    "a grey caption on no ground of its own": ("<p style='color: #949494'>words", "light"),
    "dim text on black": ("<body style='background: #000'><p style='color: #707070'>words", "dark"),
    "a dark box on a light page": (
        "<body style='background: white'><div style='background: #123; color: #9ab'><p>words",
        "dark",
    ),
    "a tint": (
        "<body style='background: #fff'><p style='background: rgba(0, 0, 0, 0.05); color: #888'>words",
        "light",
    ),
    "a deep tint": (
        "<body style='background: #fff'><p style='background: rgba(0, 0, 0, 0.4); color: #000'>words",
        "light_middle",
    ),
    "dark words on middling grey": ("<p style='background: #888; color: #111'>words", "light_middle"),
    "white words on blue": ("<p style='background: #1a5fb4; color: #fff'>words", "dark_middle"),
    "white over a picture that lies behind": (
        "<body style='background: #fff'><p style='color: #fff'>words",
        "dark_middle",
    ),
    "white over a picture of its own": (
        "<div style='background: #ccc linear-gradient(black, black); color: #fff'><p>words",
        "dark_middle",
    ),
    "oklch": ("<body style='background: oklch(0.2 0.02 260); color: oklch(0.7 0 0)'><p>words", "dark"),
    "lab": ("<body style='background: lab(95 0 0); color: lab(60 0 0)'><p>words", "light"),
    "color()": ("<p style='color: color(display-p3 0.9 0.9 0.9)'>words", "dark"),
    "a clear color()": ("<p style='background: oklch(0 0 0 / 0); color: #333'>words", "light"),
    "in a shadow root": (
        "<body style='background: #000'><div><template shadowrootmode=open><p style='color: #777'><slot></template>words",
        "dark",
    ),
}


@pytest.mark.parametrize(("html", "surface"), SURFACES.values(), ids=SURFACES)
def test_the_ground_of_words(bare: BarePage, html: str, surface: str) -> None:
    bare.show(f"<!doctype html>{html}")
    assert bare.call("surfaceOfWords", "words") == surface


def test_lines_stand_out_on_any_ground(bare: BarePage) -> None:
    bare.show("<!doctype html><body>")
    assert bare.call("faintLines") == []


def test_a_dark_page_in_oklch(any_reader: AnyReader, site: NewsSite) -> None:
    style = "<style>body { background: oklch(0.2 0.02 260) !important; color: oklch(0.95 0 0) !important }</style>"
    page = any_reader.open(site.publish_article("/oklch.html", style + QUOTE))
    assert page.scan() == "found"
    page.point_at("The sea at our")
    assert "dark" in page.tooltip()["classes"].split()


@pytest.mark.parametrize(
    "switch",
    ["document.documentElement.dataset.theme = 'dark'", "document.body.setAttribute('colour-mode', 'dark')"],
)
def test_a_sites_own_switch_is_followed(reader: Reader, site: NewsSite, switch: str) -> None:
    style = (
        f"<style>[data-theme=dark], [colour-mode=dark] {{ &, & body {DARK.removeprefix('body ')} }}</style>"
    )
    page = reader.open(site.publish_article("/switch.html", style + QUOTE))
    assert page.scan() == "found"
    page.page.wait_for_function(PAINTED_FOR, arg="light")
    page.evaluate(f"() => {{ {switch} }}")
    page.page.wait_for_function(PAINTED_FOR, arg="dark")


def test_a_switch_that_nothing_tells_of_is_seen_when_the_tooltip_opens(
    any_reader: AnyReader, site: NewsSite
) -> None:
    page = any_reader.open(
        site.publish_article("/switch.html", f"<style id=dark media=print>{DARK}</style>" + QUOTE)
    )
    assert page.scan() == "found"
    page.evaluate("() => { document.getElementById('dark').sheet.media.mediaText = 'all' }")
    page.point_at("The sea at our")
    assert "dark" in page.tooltip()["classes"].split()
