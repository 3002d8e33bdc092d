"""The options page: what is sent where, in plain words; server, mode and sites."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.folders import OUTPUT
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR
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
    for typed in wire.url + "/", wire.url.removeprefix("http://"):
        address.fill(typed)
        save.click()
        expect(page.get_by_text("Saved. The server answers.")).to_be_visible()
        expect(address).to_have_value(wire.url)
    assert [sent.path for sent in wire.sent] == ["/healthz"] * 2

    # A site that has a page at any address, and an address from which scans would not get on.
    for answer in partial(wire.say, 200, b"Welcome"), partial(wire.say, 302, times=1, location="/healthz"):
        answer(path="/healthz")
        save.click()
        expect(
            page.get_by_text("Saved, but no Quotemark server answers at this address now.")
        ).to_be_visible()


def test_sites_are_added_and_removed(reader: Reader) -> None:
    reader.allow("*://*/*")
    page = reader.open_options()
    page.get_by_label("Always on sites that I choose").check()
    field = page.get_by_label("Add a site")
    fault = page.get_by_role("alert").filter(has_text="Not a public site's address")
    for typed in "192.168.0.1", "exa mple.org":
        field.fill(typed)
        field.press("Enter")
        expect(fault).to_be_visible()
        page.locator("#new-site-fault").evaluate("fault => { fault.textContent = '' }")
    field.fill("https://www.news.example/today?x=1")
    field.press("Enter")
    site = page.get_by_role("listitem").filter(has_text="www.news.example")
    expect(site).to_be_visible()
    reader.await_scripts()
    assert reader.background.evaluate(
        "chrome.scripting.getRegisteredContentScripts().then(scripts => scripts.map(script => script.matches))"
    ) == [["*://*.www.news.example/*"]]
    page.screenshot(path=OUTPUT / "options-sites.png")

    site.get_by_role("button", name=re.compile("Remove")).click()
    expect(site).to_have_count(0)
    reader.await_scripts(0)


def test_settings_go_to_a_file_and_come_back(reader: Reader, wire: Wire, tmp_path: Path) -> None:
    reader.set(offSites=["bank.example"], strength="strong")
    page = reader.open_options()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save to a file").click()
    file = tmp_path / "settings.json"
    saved.value.save_as(file)
    assert json.loads(file.read_text())["offSites"] == ["bank.example"]

    reader.set(server="https://other.example", offSites=[], strength="faint")
    page.get_by_label("Load from a file").set_input_files(file)
    # The reader sees where pages would be sent, before anything is changed.
    expect(page.get_by_text(f"Server: {wire.url.removeprefix('http://')}")).to_be_visible()
    kept = "chrome.storage.local.get(['server', 'offSites', 'strength'])"
    assert reader.background.evaluate(kept)["server"] == "https://other.example"
    page.screenshot(path=OUTPUT / "options-file.png", full_page=True)
    page.get_by_role("button", name="Use these settings").click()
    expect(page.get_by_text("The settings are loaded.")).to_be_visible()
    assert reader.background.evaluate(kept) == {
        "server": wire.url,
        "offSites": ["bank.example"],
        "strength": "strong",
    }

    file.write_text('{"server": "https://evil.example"}')
    page.get_by_label("Load from a file").set_input_files(file)
    expect(
        page.get_by_role("alert").filter(has_text="This is no file of Quotemark's settings.")
    ).to_be_visible()


def test_the_welcome_page_names_the_server_and_takes_the_choice(reader: Reader, wire: Wire) -> None:
    reader.allow("*://*/*")
    page = reader.context.new_page()
    page.goto(reader.page_url("welcome.html"))
    sent = page.get_by_role("region", name="What is sent, and where")
    expect(sent).to_contain_text(wire.url.removeprefix("http://"))
    expect(page.get_by_label("When I ask")).to_be_checked()
    page.get_by_label("Always on all sites").check()
    expect(sent).to_contain_text("Every public page is scanned when you open it")
    reader.await_scripts()
    page.get_by_label("When I ask").check()
    expect(sent).to_contain_text("Nothing is sent until you choose")
    reader.await_scripts(0)
    assert reader.background.evaluate("chrome.permissions.getAll().then(all => all.origins)") == []
    assert wire.sent == []


def test_the_welcome_page_does_not_wait_for_an_organizations_settings(reader: Reader) -> None:
    page = reader.context.new_page()
    # Chromium itself takes seconds to know them in a fresh profile.
    page.add_init_script("chrome.storage.managed.get = () => new Promise(() => {})")
    page.goto(reader.page_url("welcome.html"))
    expect(page.get_by_role("heading", name="Welcome to Quotemark")).to_be_visible()
    expect(page.get_by_text("Nothing is sent until you choose")).to_be_visible()
    expect(page.get_by_label("When I ask")).to_be_checked()


@pytest.mark.parametrize("name", ["popup.html", "options.html", "welcome.html"])
def test_the_longest_name_of_a_server_stays_inside_the_window(reader: Reader, name: str) -> None:
    server = f"{'very' * 15}.{'long' * 15}.example"
    reader.set(server=f"https://{server}")
    page = reader.context.new_page()
    page.set_viewport_size({"width": 350, "height": 600})
    page.goto(reader.page_url(name))
    page.get_by_text(server).first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 350


def test_the_language_is_the_readers_choice(reader: Reader, site: NewsSite) -> None:
    read = reader.open(
        site.publish_article("/language.html", f"<p>“{HARBOUR['text']}” Ada Marlowe said.</p>")
    )
    assert read.scan() == "found"
    page = reader.open_options()
    page.get_by_role("combobox", name="Language").select_option("Deutsch")
    expect(page.get_by_role("heading", name="Sprache")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_text("Zum nächsten")).to_be_visible()
    page.screenshot(path=OUTPUT / "options-german.png", full_page=True)

    # A page that was scanned before speaks it too.
    read.page.bring_to_front()
    read.point_at("The sea at our")
    assert read.tooltip()["caution"] == "Markiert ist das Zitat, nicht dieser Artikel."
    popup = read.press_button()
    popup.await_text("h1", "1 geprüftes Zitat auf dieser Seite")
    popup.close()

    page.get_by_role("combobox", name="Sprache").select_option("auto")
    expect(page.get_by_role("heading", name="Language")).to_be_visible()


def test_while_the_settings_of_an_organization_are_awaited_the_page_and_the_popup_say_so(
    reader: Reader,
) -> None:
    for name in ("options.html", "popup.html"):
        page = reader.context.new_page()
        page.add_init_script(
            "const known = new Promise(done => { globalThis.answer = () => done({}); });"
            "chrome.storage.managed.get = () => known;"
        )
        page.goto(reader.page_url(name), wait_until="commit")
        expect(page.get_by_text("Your settings are being read. Nothing is sent meanwhile.")).to_be_visible()
        page.screenshot(path=OUTPUT / f"awaited-{name.removesuffix('.html')}.png")
        page.evaluate("answer()")
        expect(page.get_by_text("Your settings are being read.")).not_to_be_visible()
        page.locator("main:not([aria-busy])").wait_for()
        page.close()
