"""Curators say why they send a quote back, or retire it, and its author reads it on its page."""

from __future__ import annotations

import csv

import pytest

from server.models import MAX_REASON_CHARACTERS, MatchKind, Report, Role, Status, StoredQuote
from tests.server.admin.conftest import House, read_form
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio

REASON = "The <date> is missing.\nAsk the embassy."
SHOWN = "The &lt;date&gt; is missing.\nAsk the embassy."


async def make(house: House, status: Status = Status.IN_REVIEW, text: str = "Some words") -> StoredQuote:
    return await house.store.quotes.create(make_quote(text), status, "the editor")


async def read_reasons(house: House, quote: StoredQuote) -> list[str | None]:
    history = await house.store.quotes.read_history(quote.id)
    return [entry.reason for entry in history.entries]


async def test_a_draft_that_was_sent_back_tells_by_whom_and_why(house: House) -> None:
    quote = await make(house)
    publisher, editor = await house.sign_in(Role.PUBLISHER), await house.sign_in(Role.EDITOR)
    assert 'name="reason"' in (await publisher.get("/review")).text
    sent = {"status": "draft", "back": "review", "revision": str(quote.revision)}
    await publisher.post(f"/quotes/{quote.id}/status", **sent, reason=REASON.replace("\n", "\r\n"))
    page = (await editor.get(f"/quotes/{quote.id}")).text
    assert "Sent back by <bdi>the publisher</bdi>" in page
    assert SHOWN in page.partition("<form")[2]
    assert SHOWN in (await editor.get(f"/quotes/{quote.id}/history")).text

    await house.store.quotes.move(quote.id, Status.IN_REVIEW, "the editor")
    assert "Sent back" not in (await editor.get(f"/quotes/{quote.id}")).text
    assert SHOWN in (await editor.get(f"/quotes/{quote.id}/history")).text


async def test_a_reason_goes_with_what_the_form_saves(house: House) -> None:
    quote = await make(house, Status.PUBLISHED)
    publisher = await house.sign_in(Role.PUBLISHER)
    form = read_form((await publisher.get(f"/quotes/{quote.id}")).text)
    form |= {"form": "quote", "checks.0.rating": "unsubstantiated", "reason": REASON}
    again = await publisher.post(f"/quotes/{quote.id}", **form | {"do": "add wordings"})
    assert SHOWN in again.text, "another row loses nothing"
    await publisher.post(f"/quotes/{quote.id}", **form | {"do": "move retired"})
    assert await read_reasons(house, quote) == [REASON, None]
    page = (await publisher.get(f"/quotes/{quote.id}")).text
    assert "Retired by <bdi>the publisher</bdi>" in page
    assert SHOWN in page


async def test_a_reason_is_shown_where_someone_else_was_faster(house: House) -> None:
    quote = await make(house)
    editor = await house.sign_in(Role.EDITOR)
    form = read_form((await editor.get(f"/quotes/{quote.id}")).text)
    form |= {"form": "quote", "checks.0.rating": "unsubstantiated", "reason": REASON}
    await house.store.quotes.replace(quote.id, make_quote("Other words"), "someone")
    conflict = await editor.post(f"/quotes/{quote.id}", **form | {"do": "move draft"})
    assert conflict.status_code == 409
    assert SHOWN in conflict.text


@pytest.mark.parametrize(
    ("status", "role", "asks"),
    [
        (Status.DRAFT, Role.PUBLISHER, False),
        (Status.IN_REVIEW, Role.EDITOR, True),
        (Status.PUBLISHED, Role.EDITOR, False),
        (Status.PUBLISHED, Role.PUBLISHER, True),
        (Status.IN_REVIEW, Role.VIEWER, False),
    ],
)
async def test_a_reason_is_asked_for_where_a_quote_can_be_taken_back(
    house: House, status: Status, role: Role, asks: bool
) -> None:
    quote = await make(house, status)
    page = (await (await house.sign_in(role)).get(f"/quotes/{quote.id}")).text
    assert ('name="reason"' in page) is asks


async def test_without_a_reason_it_is_told_who_sent_a_quote_back(house: House) -> None:
    quote = await make(house)
    editor = await house.sign_in(Role.EDITOR)
    revision = str(quote.revision)
    await editor.post(f"/quotes/{quote.id}/status", status="draft", revision=revision, reason=" \r\n")
    assert await read_reasons(house, quote) == [None, None]
    assert "without a reason" in (await editor.get(f"/quotes/{quote.id}")).text


async def test_what_was_retired_and_is_a_draft_again_was_not_sent_back(house: House) -> None:
    quote = await make(house, Status.PUBLISHED)
    await house.store.quotes.move(quote.id, Status.RETIRED, "someone", reason=REASON)
    await house.store.quotes.move(quote.id, Status.DRAFT, "someone")
    page = (await (await house.sign_in(Role.EDITOR)).get(f"/quotes/{quote.id}")).text
    assert "notice warning" not in page


async def test_a_reason_that_is_too_long_changes_nothing(house: House) -> None:
    quote = await make(house)
    editor = await house.sign_in(Role.EDITOR)
    sent = {"status": "draft", "revision": str(quote.revision)}
    for length, status in ((MAX_REASON_CHARACTERS + 1, 422), (MAX_REASON_CHARACTERS, 303)):
        answer = await editor.post(f"/quotes/{quote.id}/status", **sent, reason="é" * length)
        assert answer.status_code == status, answer.text
    assert await read_reasons(house, quote) == ["é" * MAX_REASON_CHARACTERS, None]


async def test_one_reason_goes_with_a_bulk_move(house: House) -> None:
    quotes = [await make(house, Status.PUBLISHED, text) for text in ("The first words", "The second words")]
    publisher = await house.sign_in(Role.PUBLISHER)
    ids = [quote.id for quote in quotes]
    for status, asks in (("retired", True), ("draft", True), ("published", False)):
        preview = await publisher.post("/bulk", status=status, quote=ids)
        assert ('name="reason"' in preview.text) is asks
    moving = [f"{quote.id} {quote.revision}" for quote in quotes]
    done = await publisher.post("/bulk/do", status="retired", moving=moving, reason=REASON)
    assert SHOWN in (await publisher.client.get(done.headers["location"])).text
    for quote in quotes:
        assert await read_reasons(house, quote) == [REASON, None]


async def test_a_quote_that_is_retired_for_a_report_tells_why(house: House) -> None:
    quote = await make(house, Status.PUBLISHED)
    await house.store.reports.add(Report(quote=quote.id, kind=MatchKind.EXACT, words="Some words"))
    publisher = await house.sign_in(Role.PUBLISHER)
    await publisher.post("/reports", decision="retire", report="1", reason=REASON)
    assert await read_reasons(house, quote) == [REASON, None]


async def test_reasons_are_exported_with_the_audit_log(house: House) -> None:
    quote = await make(house)
    # Some spreadsheets take the full-width sign, too.
    await house.store.quotes.move(quote.id, Status.DRAFT, "someone", reason="＝1+1")
    admin = await house.sign_in(Role.ADMIN)
    assert "＝1+1" in (await admin.get("/audit")).text
    exported = await admin.get("/audit/export", subject=quote.id, format="csv")
    rows = list(csv.DictReader(exported.text.splitlines()))
    assert [row["reason"] for row in rows] == ["'＝1+1", ""]
    lines = (await admin.get("/audit/export", subject=quote.id)).text
    assert '"reason":"＝1+1"' in lines
    assert '"reason":null' in lines
