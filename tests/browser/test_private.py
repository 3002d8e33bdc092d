"""Private windows: a page is scanned by the reader's click alone, and nothing of it is kept."""

from __future__ import annotations

from pathlib import Path

from tests.browser.firefox import FirefoxReader
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR
from tests.browser.reader import Reader
from tests.browser.wire import Wire


def test_a_page_in_a_private_window(lone: Reader, site: NewsSite, wire: Wire) -> None:
    lone.scan_all_sites()
    lone.allow_private_windows()
    url = site.publish_article("/private.html", f"<p>“{HARBOUR['text']}” Ada Marlowe said.</p>")
    lone.background.evaluate("url => chrome.windows.create({incognito: true, url})", url)
    page = next((page for page in lone.context.pages if page.url == url), None)
    page = page or lone.context.wait_for_event("page", lambda page: page.url in (url, "about:blank"))
    page.wait_for_load_state()
    kept = "chrome.storage.local.get(null).then(JSON.stringify)"
    before = lone.background.evaluate(kept)
    popup = lone.press_button(url)
    popup.await_state("not_scanned")
    assert wire.sent == []
    assert "only when you ask for it, and nothing of it is kept" in popup.text("#detail")
    # What these keep is a site's name.
    assert not popup.is_visible("#always-row")
    assert not popup.is_visible("#off")
    popup.screenshot("popup-private")
    popup.click("#act")
    popup.await_state("found")
    popup.close()
    assert len(wire.texts) == 1
    assert lone.background.evaluate("chrome.storage.session.get(null).then(Object.keys)") == []
    assert lone.background.evaluate(kept) == before


def test_a_page_in_a_private_window_of_firefox(tmp_path: Path, site: NewsSite, wire: Wire) -> None:
    url = site.publish_article("/private.html", f"<p>“{HARBOUR['text']}” Ada Marlowe said.</p>")
    kept = "() => browser.storage.local.get(null)"
    reader = FirefoxReader(tmp_path, is_private=True)
    try:
        reader.set(server=wire.url)
        reader.allow()
        popup = reader.open(
            site.publish_article("/other.html", "<p>Nothing that anybody said.</p>")
        ).press_button()
        popup.click("#always")
        popup.await_state("none")
        popup.close()
        reader.await_scripts()
        wire.reset()
        before = reader.call_background(kept)
        page = reader.open(url, is_private=True)
        popup = page.press_button()
        popup.await_state("not_scanned")
        assert "only when you ask for it, and nothing of it is kept" in popup.text("#detail")
        assert not popup.is_visible("#always-row")
        assert not popup.is_visible("#off")
        popup.screenshot("popup-private-firefox")
        assert page.painted() == []
        assert wire.sent == []
        popup.click("#act")
        popup.await_state("found")
        popup.close()
        page.point_at(str(HARBOUR["text"])[:20])
        page.tooltip()
        assert len(wire.texts) == 1
        assert reader.call_background("() => browser.storage.session.get(null)") == {}
        assert reader.call_background(kept) == before
    finally:
        reader.close()
