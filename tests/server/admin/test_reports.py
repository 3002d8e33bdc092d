"""Readers' reports, as curators decide them."""

from __future__ import annotations

import pytest

from server.models import MatchKind, Report, ReportState, Role, Status
from tests.server.admin.conftest import House
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio


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
