"""How painted words look: in each strength, and on paper."""

from __future__ import annotations

from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR
from tests.browser.read_page import ReadPage
from tests.browser.reader import Reader

QUOTE = f"<p id=quote>“{HARBOUR['text']}” Ada Marlowe said.</p>"
STYLE = """() => {
    const [name] = [...CSS.highlights].find(([, highlight]) => highlight.priority === 0);
    const style = getComputedStyle(document.getElementById('quote'), `::highlight(${name})`);
    return [style.textDecorationStyle, style.textDecorationThickness, style.textDecorationColor, style.backgroundColor];
}"""
CLEAR = "rgba(0, 0, 0, 0)"


def open_scanned(reader: Reader, site: NewsSite) -> ReadPage:
    page = reader.open(site.publish_article("/looks.html", QUOTE))
    assert page.scan() == "found"
    return page


def test_strength_is_adjusted_while_the_page_is_open(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(reader, site)
    seen: list[list[str]] = []
    for strength in ("normal", "faint", "strong"):
        reader.set(strength=strength)
        seen.append(page.await_change(STYLE, seen[-1] if seen else None))
    normal, faint, strong = seen
    assert [style[0] for style in seen] == ["double"] * 3
    assert normal[1:3] == ["1px", "rgb(192, 42, 42)"]
    assert faint[2] == "rgba(192, 42, 42, 0.88)"
    assert faint[3].endswith(", 0)")
    assert strong[1] == "2px"


def test_nothing_is_painted_on_paper(reader: Reader, site: NewsSite) -> None:
    page = open_scanned(reader, site)
    page.page.emulate_media(media="print")
    _style, _thickness, _colour, ground = page.evaluate(STYLE)
    assert ground == CLEAR
    assert "underline" not in page.evaluate(
        """() => {
            const [name] = [...CSS.highlights].find(([, highlight]) => highlight.priority === 0);
            return getComputedStyle(document.getElementById('quote'), `::highlight(${name})`).textDecorationLine;
        }"""
    )
