"""Why a quote was sent back or retired: kept with the change, and told while the quote stands like that."""

from __future__ import annotations

import pytest

from server.models import Status
from server.store import AuditSearch, Store
from tests.server.quotes import XI, make_quote

pytestmark = pytest.mark.anyio


async def test_a_reason_is_kept_with_its_change_alone(store: Store) -> None:
    quote = await store.quotes.create(make_quote(), Status.IN_REVIEW, "Ann")
    await store.quotes.move(quote.id, Status.DRAFT, "Bo", reason="The date is missing")
    await store.quotes.replace(quote.id, make_quote(XI + " Yes"), "Ann")
    edited = make_quote(XI + " No")
    await store.quotes.replace(quote.id, edited, "Ann", status=Status.IN_REVIEW, reason="It is there now")
    history = await store.quotes.read_history(quote.id)
    told = [(entry.action, entry.actor, entry.reason) for entry in history.entries]
    assert told == [
        ("updated", "Ann", "It is there now"),
        ("updated", "Ann", None),
        ("moved", "Bo", "The date is missing"),
        ("created", "Ann", None),
    ]
    logged = (await store.audit.search(AuditSearch(subject=quote.id))).entries
    assert [entry.reason for entry in logged] == ["It is there now", None, "The date is missing", None]


async def test_a_move_to_where_the_quote_is_leaves_no_reason(store: Store) -> None:
    quote = await store.quotes.create(make_quote(), Status.DRAFT, "Ann")
    await store.quotes.move(quote.id, Status.DRAFT, "Bo", reason="It never arrived")
    assert (await store.quotes.read_history(quote.id)).total == 1


async def test_the_last_move_is_that_of_the_status_whatever_is_edited_since(store: Store) -> None:
    quote = await store.quotes.create(make_quote(), Status.DRAFT, "Ann")
    assert await store.quotes.find_last_move(quote.id) is None
    await store.quotes.move(quote.id, Status.IN_REVIEW, "Ann")
    await store.quotes.move(quote.id, Status.DRAFT, "Bo", reason="The date is missing")
    await store.quotes.replace(quote.id, make_quote(XI + " Yes"), "Ann")
    last = await store.quotes.find_last_move(quote.id)
    assert last is not None
    assert (last.before, last.after) == (Status.IN_REVIEW, Status.DRAFT)
    assert (last.actor, last.reason) == ("Bo", "The date is missing")


async def test_what_is_brought_back_has_not_been_moved(store: Store) -> None:
    quote = await store.quotes.create(make_quote(), Status.IN_REVIEW, "Ann")
    await store.quotes.move(quote.id, Status.DRAFT, "Bo", reason="Nobody said that")
    await store.quotes.delete(quote.id, "Bo")
    await store.quotes.restore(quote.id, quote.revision, "Ann")
    assert await store.quotes.find_last_move(quote.id) is None


async def test_many_quotes_that_are_moved_at_once_have_one_reason(store: Store) -> None:
    quotes = [
        await store.quotes.create(make_quote(f"Number {at} of some quotes"), Status.PUBLISHED, "Ann")
        for at in range(2)
    ]
    seen = {quote.id: quote.revision for quote in quotes}
    moved = await store.quotes.move_all(seen, Status.RETIRED, "Bo", reason="The check was withdrawn")
    for quote in quotes:
        last = await store.quotes.find_last_move(quote.id)
        assert last is not None
        assert last.reason == "The check was withdrawn"
    entry = await store.audit.find(moved.number)
    assert entry is not None
    assert (await store.quotes.undo_move(entry, "Bo")).moved == 2
    history = await store.quotes.read_history(quotes[0].id)
    assert [each.reason for each in history.entries] == [None, "The check was withdrawn", None]
