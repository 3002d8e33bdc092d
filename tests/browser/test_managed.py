"""What an organization has set for its readers holds, and the options say so."""

from __future__ import annotations

import json
from pathlib import Path

from tests.browser.firefox import EXTENSION_ID, FirefoxReader
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR
from tests.browser.wire import Wire


def test_settings_of_an_organization_come_before_the_readers_own(
    tmp_path: Path, site: NewsSite, wire: Wire
) -> None:
    manifest = tmp_path / ".mozilla" / "managed-storage" / f"{EXTENSION_ID}.json"
    manifest.parent.mkdir(parents=True)
    settings = {"server": wire.url, "mode": "click", "offSites": ["bank.example"], "strength": "nonsense"}
    manifest.write_text(
        json.dumps({"name": EXTENSION_ID, "description": "A newsroom's", "type": "storage", "data": settings})
    )
    reader = FirefoxReader(tmp_path)
    try:
        reader.set(server="http://127.0.0.1:9", mode="all", strength="faint")
        page = reader.open(site.publish_article("/managed.html", f"<p>“{HARBOUR['text']}” she said.</p>"))
        assert page.scan() == "found"
        assert len(wire.texts) == 1

        options = reader.open(reader.page_url("options.html"))
        assert options.evaluate(
            """async () => {
                const one = selector => document.querySelector(selector);
                while (!one('#server').disabled) await new Promise(done => setTimeout(done, 20));
                return [one('#server').value, one('#server-managed').checkVisibility(), one('[name=mode]:checked').value,
                    one('[name=mode]').disabled, one('#off-sites').textContent, one('[name=strength]:checked').value];
            }"""
        ) == [wire.url, True, "click", True, "bank.example", "faint"]
    finally:
        reader.close()
