"""How the extension asks the server: once for what it knows, again where that may help, and not where it is asked not to."""

from __future__ import annotations

import hashlib
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.browser.faces import AnyReader
from tests.browser.news_site import NewsSite
from tests.browser.quotes import HARBOUR, JOBS
from tests.browser.read_page import ReadPage
from tests.browser.reader import Reader
from tests.browser.waiting import await_value
from tests.browser.wire import Wire
from tests.server_process import ServerProcess

QUOTE = f"<p>“{HARBOUR['text']}” Ada Marlowe said.</p>"
RENUMBERED = str(JOBS["text"]).replace("370,000", "730,000")
SESSION = "chrome.storage.session.get(null)"


def test_what_was_answered_is_not_asked_again(any_reader: AnyReader, site: NewsSite, wire: Wire) -> None:
    body = QUOTE + f"<p>“{RENUMBERED}” Ada Marlowe said.</p>"
    first = any_reader.open(site.publish_article("/one.html", body))
    assert first.scan() == "found"
    again = any_reader.open(site.publish_article("/two.html", body))
    assert again.scan() == "found"
    assert len(wire.texts) == 1
    again.point_at("We have brought")
    assert [words.strip() for words in again.tooltip()["added"]] == ["730,000"]


def test_no_text_of_a_page_is_kept(reader: Reader, site: NewsSite, wire: Wire) -> None:
    page = reader.open(site.publish_article("/kept.html", QUOTE + f"<p>“{RENUMBERED}” she said.</p>"))
    assert page.scan() == "found"
    kept = str(reader.background.evaluate(f"{SESSION}.then(JSON.stringify)"))
    assert str(HARBOUR["text"]) in kept  # the server's answer
    assert "730,000" not in kept
    assert "The foreign ministry" not in kept
    assert HARBOUR["text"] not in reader.background.evaluate(
        "chrome.storage.local.get(null).then(JSON.stringify)"
    )


def test_a_newer_revision_ends_what_was_known(reader: Reader, site: NewsSite, wire: Wire) -> None:
    url = site.publish_article("/one.html", QUOTE)
    assert reader.open(url).scan() == "found"
    reader.background.evaluate(
        "server => chrome.storage.session.set({['revision ' + server]: 1_000_000})", wire.url
    )
    assert reader.open(url).scan() == "found"
    assert len(wire.texts) == 2


@pytest.mark.usefixtures("no_filter")
def test_of_many_answers_at_a_time_a_hundred_are_kept(reader: Reader, wire: Wire) -> None:
    reader.open_options().evaluate(
        """() => Promise.all(Array.from({length: 130}, (_, number) => chrome.runtime.sendMessage({
            type: "ask", text: `This is text number ${number} of very many.`, language: null, isByHand: false,
        })))"""
    )
    assert len(wire.texts) == 130
    kept = reader.background.evaluate(f"{SESSION}.then(Object.keys)")
    assert len([key for key in kept if key.startswith("answer ")]) == 100


def test_an_answer_that_can_not_be_kept_is_given_all_the_same(
    reader: Reader, site: NewsSite, wire: Wire
) -> None:
    reader.background.evaluate(
        """async () => {
            const room = chrome.storage.session.QUOTA_BYTES - await chrome.storage.session.getBytesInUse();
            await chrome.storage.session.set({other: "x".repeat(room - 20)});
        }"""
    )
    assert reader.open(site.publish_article("/full.html", QUOTE)).scan() == "found"


def test_a_fault_in_the_background_is_told(reader: Reader, site: NewsSite, wire: Wire) -> None:
    page = reader.open(site.publish_article("/fault.html", QUOTE))
    reader.background.evaluate(
        """() => {
            const {session} = (globalThis.browser ?? chrome).storage, {get} = session;
            session.get = () => Promise.reject(new Error("out of order"));
            globalThis.mend = () => { session.get = get; };
        }"""
    )
    try:
        assert page.scan() == "failed"
    finally:
        reader.background.evaluate("mend()")
    popup = page.press_button()
    assert popup.text("h1") == "Quotemark could not read this page"
    popup.click("#act")
    popup.await_state("found")
    popup.close()


def test_a_fault_in_the_background_that_passes_is_not_told(reader: Reader, site: NewsSite) -> None:
    page = reader.open(site.publish_article("/fault.html", QUOTE))
    reader.background.evaluate(
        """() => {
            const {session} = chrome.storage, {get} = session;
            session.get = () => {
                session.get = get;
                return Promise.reject(new Error("out of order for once"));
            };
        }"""
    )
    assert page.scan() == "found"


@pytest.mark.usefixtures("no_filter")
def test_a_server_that_is_busy_for_a_moment_is_asked_again(
    any_reader: AnyReader, site: NewsSite, wire: Wire
) -> None:
    wire.say(503, retry_after="1", times=2)
    page = any_reader.open(site.publish_article("/busy.html", QUOTE))
    assert page.scan() == "found"
    assert len(wire.texts) == 3


@pytest.mark.usefixtures("no_filter")
def test_an_answer_that_is_cut_off_is_asked_for_again(reader: Reader, site: NewsSite, wire: Wire) -> None:
    wire.say(200, b'{"revision": 1, "mat', content_length="1000", times=2)
    page = reader.open(site.publish_article("/cut-off.html", QUOTE))
    assert page.scan() == "found"
    assert len(wire.texts) == 3


@pytest.mark.usefixtures("no_filter")
def test_a_server_that_asks_for_rest_is_left_alone(reader: Reader, site: NewsSite, wire: Wire) -> None:
    wire.say(429, retry_after="120")
    page = reader.open(site.publish_article("/rest.html", QUOTE))
    assert page.scan() == "failed"
    assert len(wire.texts) == 1
    wire.reset()
    popup = page.press_button()
    assert popup.text("h1") == "The server is busy"
    popup.click("#act")
    popup.await_that("document.querySelector('h1').innerText === 'The server is busy'")
    popup.close()
    other = reader.open(site.publish_article("/rest-too.html", QUOTE))
    assert other.scan() == "failed"
    assert wire.texts == []


@pytest.mark.usefixtures("no_filter")
def test_a_refusal_is_final(reader: Reader, site: NewsSite, wire: Wire) -> None:
    wire.say(413, b'{"title": "The text is too long"}', content_type="application/problem+json")
    page = reader.open(site.publish_article("/refused.html", QUOTE))
    assert page.scan() == "failed"
    assert len(wire.texts) == 1


def test_a_redirect_to_another_server_is_not_followed(
    reader: Reader, site: NewsSite, wire: Wire, quote_server: object
) -> None:
    with Wire(0) as elsewhere:
        wire.say(307, location=elsewhere.url + "/v1/match")
        page = reader.open(site.publish_article("/redirected.html", QUOTE))
        assert page.scan() == "failed"
        assert elsewhere.sent == []


def test_a_wrong_match_is_reported_without_its_words(reader: Reader, site: NewsSite, wire: Wire) -> None:
    page = reader.open(site.publish_article("/wrong.html", QUOTE))
    go_to_wrong_match(page)
    page.press("Enter")
    await_said(page, "Thank you: sent.")
    assert page.tooltip()["hasFocus"]
    [request] = [sent for sent in wire.sent if sent.path == "/v1/reports" and sent.method == "POST"]
    letters = "".join(c for c in str(HARBOUR["text"]).lower() if c.isalnum())
    assert set(request.json) == {"quote", "kind", "passage"}
    assert request.json["kind"] == "exact"
    assert request.json["passage"] == hashlib.sha256(letters.encode()).hexdigest()


def test_a_wrong_match_is_reported_once_and_to_the_server_that_found_it(
    reader: Reader, site: NewsSite, wire: Wire, quote_server: ServerProcess
) -> None:
    page = reader.open(site.publish_article("/wrong-once.html", QUOTE))
    go_to_wrong_match(page)
    page.press("Enter")
    await_said(page, "Thank you: sent.")
    with Wire(quote_server.port) as other:
        reader.set(server=other.url)
        page.await_no_tooltip()
        page.await_painted(0)
        assert page.scan() == "found"
        assert "/v1/match" in [sent.path for sent in other.sent if sent.method == "POST"]
        open_by_keys(page)
        await_said(page, "Thank you: sent.")
        page.in_tooltip("root.querySelector('.wrong').focus()")
        page.press("Enter")
        page.press("Escape")
        page.await_no_tooltip()
        assert [sent.path for sent in wire.sent if sent.method == "POST"].count("/v1/reports") == 1
        assert "/v1/reports" not in [sent.path for sent in other.sent]


def test_a_report_that_nobody_takes_any_more_says_so(lone: Reader, site: NewsSite, wire: Wire) -> None:
    """The extension was updated while its tooltip was open."""
    page = lone.open(site.publish_article("/orphan.html", QUOTE))
    go_to_wrong_match(page)
    # The browser opens no closed root for what is left of the extension.
    page.in_tooltip("(globalThis.button = root.activeElement) && null")
    with suppress(Error):  # whoever asks is gone before the answer
        lone.background.evaluate("chrome.runtime.reload()")
    await_value(lambda: page.in_own_world("chrome.runtime?.id === undefined"))
    page.press("Enter")
    await_value(lambda: page.in_own_world("button.innerText") == "Not sent. Try again?" or None)


def go_to_wrong_match(page: ReadPage) -> None:
    assert page.scan() == "found"
    page.point_at("The sea at our")
    open_by_keys(page)
    # Full check, other checkers' two links, and then the button.
    for _ in range(8):
        page.press("Tab")
        if page.in_tooltip("root.activeElement?.className === 'wrong'"):
            return


def open_by_keys(page: ReadPage) -> None:
    """Open the only match's tooltip, or put the focus into it where the pointer has opened it."""
    page.reader.press_keys("next-match")
    page.await_in_tooltip("root?.querySelector('[role=dialog]').matches(':focus-within')")
    page.tooltip("1 of 1")


def await_said(page: ReadPage, words: str) -> None:
    said = "root.querySelector('.wrong')?.innerText ?? ''"
    await_value(lambda: page.in_tooltip(said) == words or None, lambda: page.in_tooltip(said))
