"""The options page: what is sent where, in plain words; server, mode and sites."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.folders import OUTPUT
from tests.browser.reader import Reader
from tests.browser.wire import Wire


def test_it_opens_after_installation_and_says_what_is_sent_where(reader: Reader, wire: Wire) -> None:
    page = reader.open_options()
    sent = page.get_by_role("region", name="What is sent, and where")
    expect(sent).to_contain_text("Nothing is sent until you choose “Scan this page”")
    expect(sent).to_contain_text(wire.url.removeprefix("http://"))
    OUTPUT.mkdir(exist_ok=True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=OUTPUT / f"options-{scheme}.png", full_page=True)
    page.set_viewport_size({"width": 390, "height": 800})
    page.screenshot(path=OUTPUT / "options-phone.png", full_page=True)


def test_a_server_is_checked_before_it_is_taken(reader: Reader, wire: Wire) -> None:
    page = reader.open_options()
    address = page.get_by_label("Address", exact=True)
    save = page.get_by_role("button", name="Save", exact=True)
    faults = {
        "": "This is not an address.",
        "not an address": "This is not an address.",
        "ftp://quotes.example.org": "The address must begin with https://",
        "http://quotes.example.org": "Over http:// everyone on the way could read",
        "https://me:secret@quotes.example.org": "The address must hold no name",
    }
    for typed, fault in faults.items():
        address.fill(typed)
        save.click()
        expect(page.get_by_role("alert").filter(has_text=fault)).to_be_visible()
    assert (
        reader.background.evaluate("chrome.storage.local.get('server').then(kept => kept.server)") == wire.url
    )

    reader.allow("http://127.0.0.1/*")
    address.fill(wire.url + "/")
    save.click()
    expect(page.get_by_text("Saved. The server answers.")).to_be_visible()
    expect(address).to_have_value(wire.url)
    assert [sent.path for sent in wire.sent] == ["/healthz"]


def test_sites_are_added_and_removed(reader: Reader) -> None:
    reader.allow("*://*/*")
    page = reader.open_options()
    page.get_by_label("Always on sites that I choose").check()
    field = page.get_by_label("Add a site")
    field.fill("192.168.0.1")
    field.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Not a public site's address")).to_be_visible()
    field.fill("https://www.news.example/today?x=1")
    field.press("Enter")
    site = page.get_by_role("listitem").filter(has_text="www.news.example")
    expect(site).to_be_visible()
    reader.await_scripts()
    assert reader.background.evaluate(
        "chrome.scripting.getRegisteredContentScripts().then(scripts => scripts.map(script => script.matches))"
    ) == [["*://www.news.example/*"]]
    page.screenshot(path=OUTPUT / "options-sites.png")

    site.get_by_role("button", name=re.compile("Remove")).click()
    expect(site).to_have_count(0)
    reader.await_scripts(0)
