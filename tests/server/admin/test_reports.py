"""Readers' reports, as curators decide them."""

from __future__ import annotations

import html
import re

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from server.models import MatchKind, Report, ReportState, Role, Status
from server.store import AuditSearch
from tests.server.admin.conftest import House, read_form
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio

STOP_WRITING = {
    "sqlite": ["CREATE TRIGGER stop BEFORE UPDATE ON quotes BEGIN SELECT RAISE(ABORT, 'stopped'); END"],
    "postgresql": [
        "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''stopped''; END'",
        "CREATE TRIGGER stop BEFORE UPDATE ON quotes FOR EACH ROW EXECUTE FUNCTION stop()",
    ],
}


async def test_reports_of_one_passage_are_decided_at_once_and_others_are_not(house: House) -> None:
    quote = await house.store.quotes.create(make_quote(), Status.PUBLISHED, "tests")

    async def report(words: str, note: str) -> None:
        told = Report(quote=quote.id, kind=MatchKind.ALTERED, words=words, note=note)
        await house.store.reports.add(told)

    await report("one passage", "the first note")
    await report("another passage", "of something else")
    await report("one passage", "the second note")
    editor = await house.sign_in(Role.EDITOR)
    page = (await editor.get("/reports")).text
    assert page.count("<article") == 2
    assert "2 reports are of this passage" in page
    await report("one passage", "of after the page was read")

    shown, _ = await house.store.reports.list_by_state(ReportState.OPEN)
    first, other, second, later = (each.id for each in shown)
    # Of what is sent by hand, what is of another passage stays where it is.
    await editor.post("/reports", decision="keep", report=[str(first), str(second), str(other)])
    shown, _ = await house.store.reports.list_by_state(ReportState.OPEN)
    assert [each.id for each in shown] == [other, later]
    assert (await editor.post("/reports", decision="keep", report=str(first))).status_code == 409
    assert "of something else" not in (await editor.get("/reports", state="dismissed")).text

    assert (await editor.post(f"/reports/{second}/reopen")).status_code == 303
    shown, _ = await house.store.reports.list_by_state(ReportState.OPEN)
    assert [each.id for each in shown] == [other, second, later]


async def test_all_reports_of_one_quote_are_decided_at_once(house: House) -> None:
    quote = await house.store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
    other = await house.store.quotes.create(make_quote("Another quote of words"), Status.PUBLISHED, "tests")

    async def report(quote_id: str, words: str) -> None:
        await house.store.reports.add(Report(quote=quote_id, kind=MatchKind.EXACT, words=words))

    for number in range(60):
        await report(quote.id, f"passage {number}")
    await report(other.id, "one passage")
    publisher = await house.sign_in(Role.PUBLISHER)
    page = (await publisher.get("/reports")).text
    assert (
        f'<a href="/admin/reports?quote={quote.id}">Decide all 60 reports of this quote at once</a>' in page
    )
    page = (await publisher.get("/reports", quote=quote.id)).text
    assert "All 60 reports of this quote" in page
    form = {name: value for name, value in read_form(page).items() if name in ("quote", "latest")}
    assert "Another quote of words" not in page
    await report(quote.id, "a passage of after the page was read")

    assert (await publisher.post("/reports", decision="block", **form)).status_code == 422
    assert (await publisher.post("/reports", decision="keep", **form)).status_code == 303
    shown, _ = await house.store.reports.list_by_state(ReportState.OPEN)
    assert [each.quote_id for each in shown] == [other.id, quote.id]
    [told] = (await house.store.audit.search(AuditSearch(action="report decided"))).entries
    assert told.subject == "60 reports"
    assert told.after is not None
    assert (told.after["state"], len(told.after["reports"])) == ("dismissed", 60)
    assert (await publisher.post("/reports", decision="keep", **form)).status_code == 409

    await report(quote.id, "one more passage")
    form["latest"] = "99"
    await publisher.post("/reports", decision="retire", reason="Misread", **form)
    shown, _ = await house.store.reports.list_by_state(ReportState.OPEN)
    assert [each.quote_id for each in shown] == [other.id]
    assert (await house.store.quotes.find(quote.id)).status is Status.RETIRED


@pytest.mark.parametrize("decision", ["retire", "block"])
async def test_a_decision_is_written_only_when_it_was_done(
    house: House, database: str, decision: str
) -> None:
    quote = await house.store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
    await house.store.reports.add(Report(quote=quote.id, kind=MatchKind.ALTERED, words="one passage"))
    publisher = await house.sign_in(Role.PUBLISHER)
    engine = create_async_engine(database)
    async with engine.begin() as connection:
        for statement in STOP_WRITING[engine.dialect.name]:
            await connection.execute(text(statement))
    assert (await publisher.post("/reports", decision=decision, report="1")).status_code >= 500
    assert (await house.store.reports.list_by_state(ReportState.OPEN))[1] == 1
    async with engine.begin() as connection:
        await connection.execute(
            text("DROP TRIGGER stop" + " ON quotes" * (engine.dialect.name == "postgresql"))
        )
    await engine.dispose()
    assert (await publisher.post("/reports", decision=decision, report="1")).status_code == 303
    assert (await house.store.reports.list_by_state(ReportState.OPEN))[1] == 0


async def test_what_has_no_passage_is_not_blocked(house: House) -> None:
    quote = await house.store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
    deleted = await house.store.quotes.create(make_quote("Another quote of words"), Status.DRAFT, "tests")
    await house.store.reports.add(Report(quote=quote.id, kind=MatchKind.ALTERED))
    await house.store.reports.add(Report(quote=deleted.id, kind=MatchKind.ALTERED, words="one passage"))
    await house.store.quotes.delete(deleted.id, "tests")
    publisher = await house.sign_in(Role.PUBLISHER)
    for report in ("1", "2"):
        assert (await publisher.post("/reports", decision="block", report=report)).status_code == 422
    assert (await house.store.reports.list_by_state(ReportState.OPEN))[1] == 2
    assert await house.store.quotes.read_blocked() == {}


async def test_of_decided_reports_the_latest_stands_first_to_be_taken_back(house: House) -> None:
    quote = await house.store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
    for number in range(52):
        report = Report(
            quote=quote.id, kind=MatchKind.EXACT, words=f"passage {number}", note=f"Note {number}."
        )
        await house.store.reports.add(report)
    editor = await house.sign_in(Role.EDITOR)
    assert "52 reports of wrong matches wait for a decision" in (await editor.get(f"/quotes/{quote.id}")).text
    for number in range(52):
        await editor.post("/reports", decision="keep", report=str(number + 1))
    assert "wait for a decision" not in (await editor.get(f"/quotes/{quote.id}")).text
    first = (await editor.get("/reports", state="dismissed")).text
    assert first.index("Note 51.") < first.index("Note 50.") < first.index("Note 2.")
    assert "Note 1." not in first
    [more] = re.findall(r'class="button" href="([^"]+)">More', first)
    second = (await editor.client.get(html.unescape(more))).text
    assert second.index("Note 1.") < second.index("Note 0.")
    assert "Note 2." not in second
