"""A quote's form: what it saves and moves, when it is sent twice, and when it may not be published."""

from __future__ import annotations

import pytest

from server.models import Role, Status, StoredQuote
from tests.server.admin.conftest import House, open_house, read_form
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio


async def fill_in(house: House, quote: StoredQuote, **changed: str) -> dict[str, str]:
    page = await (await house.sign_in(Role.EDITOR)).get(f"/quotes/{quote.id}")
    chosen = {"form": "quote", "checks.0.rating": quote.checks[0].verdict.rating or ""}
    filled = read_form(page.text) | chosen | changed
    return {name: value for name, value in filled.items() if name != "form_token"}


async def test_a_form_that_is_sent_twice_is_no_conflict_with_oneself(house: House) -> None:
    quote = await house.store.quotes.create(make_quote(), Status.DRAFT, "tests")
    publisher = await house.sign_in(Role.PUBLISHER)
    form = await fill_in(house, quote, text="Other words than those before", do="move published")
    for done in ("saved-moved", "unchanged"):
        answer = await publisher.post(f"/quotes/{quote.id}", **form)
        assert answer.headers["location"] == f"/admin/quotes/{quote.id}?done={done}"
    assert (await publisher.post(f"/quotes/{quote.id}", **form | {"do": "move retired"})).status_code == 409
    assert (await house.store.quotes.find(quote.id)).status is Status.PUBLISHED


async def test_who_only_publishes_from_the_form_has_not_edited_the_quote(database: str) -> None:
    async with open_house(database, second_person=True) as house:
        quote = await house.store.quotes.create(make_quote(), Status.IN_REVIEW, "Ann")
        publisher = await house.sign_in(Role.PUBLISHER)
        form = await fill_in(house, quote, do="move published")
        edited = form | {"checks.0.summary": "Long thought about"}
        refused = await publisher.post(f"/quotes/{quote.id}", **edited)
        assert refused.status_code == 403
        assert "Long thought about" in refused.text, "nothing that was typed is lost"
        await publisher.post(f"/quotes/{quote.id}", **form)
        assert (await house.store.quotes.find(quote.id)).status is Status.PUBLISHED
        last = (await house.store.quotes.read_history(quote.id)).entries[0]
        assert (last.actor, last.action) == ("the publisher", "moved")


async def test_an_editor_publishes_nothing_by_the_form(house: House) -> None:
    quote = await house.store.quotes.create(make_quote(), Status.DRAFT, "tests")
    editor = await house.sign_in(Role.EDITOR)
    answer = await editor.post(f"/quotes/{quote.id}", **await fill_in(house, quote, do="move published"))
    assert answer.status_code == 403
    assert await house.store.quotes.find(quote.id) == quote


async def test_what_an_editor_wrote_while_the_quote_was_published_is_shown_to_them(house: House) -> None:
    quote = await house.store.quotes.create(make_quote(), Status.IN_REVIEW, "tests")
    editor = await house.sign_in(Role.EDITOR)
    form = await fill_in(house, quote, do="save") | {"checks.0.summary": "Long thought about"}
    published = await house.store.quotes.move(quote.id, Status.PUBLISHED, "Ann")
    answer = await editor.post(f"/quotes/{quote.id}", **form)
    assert answer.status_code == 409
    assert "<dt>Check 1: summary</dt><dd><ins>Long thought about</ins></dd>" in answer.text
    assert "It is published now, and only a publisher may change it." in answer.text
    assert "Save both together" not in answer.text
    current = form | {"revision": str(published.revision)}
    assert (await editor.post(f"/quotes/{quote.id}", **current)).status_code == 403
    assert await house.store.quotes.find(quote.id) == published
