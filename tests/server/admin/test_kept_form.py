"""A session that ends while a form is filled in: what was typed is kept, and sent when its user says so."""

from __future__ import annotations

import pytest

from server.models import Role
from server.store import Search
from tests.server.admin.conftest import PASSWORD, House, read_form

pytestmark = pytest.mark.anyio

FIELDS = {
    "text": "The “old” mill,\r\nand the new one",
    "checks.0.label": "False",
    "checks.0.publisher": "The Daily Check",
    "checks.0.summary": "  <b>Half an hour</b> of work",
    "do": "save",
}
SIGN_IN = {"name": "the editor", "password": PASSWORD}


async def test_what_was_filled_in_outlives_its_session_and_is_sent_by_a_person(house: House) -> None:
    async with house.open_browser() as browser:
        asked = await browser.post("/admin/quotes/new", data={"form_token": "of old"} | FIELDS)
        assert asked.status_code == 403
        assert "what you filled in is kept" in asked.text
        wrong = read_form(asked.text) | SIGN_IN | {"password": "not it"}
        again = await browser.post("/admin/sign-in", data=wrong)
        assert again.status_code == 422
        back = await browser.post("/admin/sign-in", data=read_form(again.text) | SIGN_IN)
        assert back.status_code == 200
        assert "&lt;b&gt;Half an hour&lt;/b&gt;" in back.text, "it is shown before it is sent"
        assert (await house.store.quotes.search(Search())).total == 0, "nothing is sent by itself"
        sent = await browser.post("/admin/quotes/new", data=read_form(back.text))
        assert sent.status_code == 303
    [quote] = (await house.store.quotes.search(Search())).quotes
    assert quote.text == "The “old” mill,\nand the new one"
    assert quote.checks[0].summary == "<b>Half an hour</b> of work"


async def test_a_form_of_another_session_is_sent_on_from_this_one(house: House) -> None:
    editor = await house.sign_in(Role.EDITOR)
    asked = await editor.post("/quotes/new", **FIELDS, form_token="of old")
    assert asked.status_code == 403
    assert (await house.store.quotes.search(Search())).total == 0
    form = read_form(asked.text)
    assert form["form_token"] == editor.form_token
    assert (await editor.client.post("/admin/quotes/new", data=form)).status_code == 303


async def test_passwords_are_kept_in_no_page(house: House) -> None:
    async with house.open_browser() as browser:
        answer = await browser.post("/admin/account", data={"old": PASSWORD, "new": "another password"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/admin/sign-in?done=session-ended")


@pytest.mark.parametrize("path", ["", "//evil.example/", "https://evil.example/", "/v1/quotes", "/admin//x"])
async def test_what_is_kept_is_sent_to_our_own_pages_only(house: House, path: str) -> None:
    async with house.open_browser() as browser:
        answer = await browser.post("/admin/sign-in", data=SIGN_IN | {"kept": path, "kept.text": "x"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/admin")
