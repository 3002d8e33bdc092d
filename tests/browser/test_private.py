"""Private windows: a page is scanned by the reader's click alone, and nothing of it is kept."""

from __future__ import annotations

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
