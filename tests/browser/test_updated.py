"""Pages that are open while the extension is updated: its old scripts and what they left are in nobody's way."""

from __future__ import annotations

from pathlib import Path

from tests.browser.firefox import FirefoxReader
from tests.browser.folders import FIREFOX_EXTENSION
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR
from tests.browser.reader import Reader
from tests.browser.wire import Wire

SEA = str(HARBOUR["text"]).removesuffix(".")
BODY = f"<p>“{SEA},” Ada Marlowe said.</p>" + "<p>Meanwhile.</p>" * 60
# What belongs to the extension on a page: its elements at the end, its style sheets, and its highlights.
LEFT = "() => [document.querySelectorAll(':root > div').length, document.adoptedStyleSheets.length, CSS.highlights.size]"


def test_a_page_in_firefox_is_scanned_anew_without_what_was_left(
    tmp_path: Path, site: NewsSite, wire: Wire
) -> None:
    """Firefox ends the old scripts at once: a card that is open then has nobody to close it."""
    reader = FirefoxReader(tmp_path)
    try:
        reader.set(server=wire.url)
        page = reader.open(site.publish_article("/updated.html", BODY))
        assert page.scan() == "found"
        page.point_at(SEA)
        page.tooltip()
        before = page.evaluate(LEFT)
        reader.marionette("Addon:Install", path=str(FIREFOX_EXTENSION), temporary=True)
        page.move_pointer(2, 2)
        assert page.scan() == "found"
        page.await_no_tooltip()
        page.await_painted(1)
        page.point_at(SEA)
        page.tooltip()
        assert page.evaluate(LEFT) == before
    finally:
        reader.close()


def test_a_page_in_chromium_is_scanned_anew_without_what_was_left(
    lone: Reader, site: NewsSite, wire: Wire
) -> None:
    """Chromium leaves the old scripts at work, without anyone to talk to."""
    page = lone.open(site.publish_article("/updated.html", BODY))
    assert page.scan() == "found"
    page.point_at(SEA)
    page.tooltip()
    before = page.evaluate(LEFT)
    lone.reload_extension()
    page.page.bring_to_front()
    assert page.scan() == "found"
    assert page.evaluate(LEFT)[2] == 1
    page.evaluate("() => scrollBy({top: 60, behavior: 'instant'})")
    page.point_at(SEA)
    page.page.wait_for_function(f"({LEFT})()[2] === 2")
    assert page.evaluate(LEFT) == before
    page.await_painted(1)
