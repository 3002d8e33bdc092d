"""Readers' reports of wrong matches: see the passage's digest and the kind of match, and decide."""

from __future__ import annotations

from collections import defaultdict
from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from server.admin.fields import read_choice, read_number, read_path_number, read_reason, read_text
from server.admin.guard import require_role
from server.admin.pages import Refusal, lead_to, render
from server.admin.services import curation, session_of
from server.models import ReportState, Role
from server.store import KeptReport

PAGE_SIZE = 50
# What a curator can decide, and what it makes of the report.
DECISIONS = {
    "keep": ReportState.DISMISSED,
    "tighten": ReportState.UPHELD,
    "block": ReportState.UPHELD,
    "retire": ReportState.UPHELD,
}
TOLD = {
    "keep": "Kept: the match is right.",
    "tighten": "Tightened: the quote was edited.",
    "block": "Blocked: this wording is no match any more.",
    "retire": "Retired: the quote matches nowhere.",
}


async def show_reports(request: Request) -> Response:
    house = curation(request)
    state = read_choice(ReportState, request.query_params, "state") or ReportState.OPEN
    after = read_number(request.query_params, "after") or 0
    of_quote = read_text(request.query_params, "quote") or None
    reports, total = await house.store.reports.list_by_state(
        state, quote_id=of_quote, after=after, limit=PAGE_SIZE
    )
    quotes = await house.store.quotes.find_several(list({report.quote_id for report in reports}))
    cases: dict[object, list[KeptReport]] = defaultdict(list)
    for report in reports:
        cases[_name_case(report)].append(report)
    return render(
        request,
        "reports.html",
        cases=list(cases.values()),
        total=total,
        state=state,
        states=ReportState,
        quotes={quote.id: quote for quote in quotes},
        of_quote=of_quote,
        waiting=await house.store.reports.count_open({report.quote_id for report in reports}),
        more=reports[-1].id if len(reports) == PAGE_SIZE else None,
    )


def _name_case(report: KeptReport) -> object:
    """Return what reports have in common that one decision is for: the passage of the quote, while they are open."""
    if report.state is not ReportState.OPEN or report.passage_digest is None:
        return report.id
    return report.quote_id, report.passage_digest


async def decide(request: Request, form: FormData) -> Response:
    """Decide reports of one passage, or all of a quote, at once: those that the page told of, none that came later."""
    house, actor = curation(request), session_of(request).user.name
    decision = read_text(form, "decision")
    if decision not in DECISIONS:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "No decision is chosen", "Nothing was changed.")
    if decision in ("block", "retire"):
        require_role(request, Role.PUBLISHER)
    numbers = [read_number({"report": str(value)}, "report") or 0 for value in form.getlist("report")]
    if latest := read_number(form, "latest"):
        same = await house.store.reports.find_of_quote(read_text(form, "quote"), latest)
        report, *_ = await house.store.reports.find(same[:1])
    else:
        shown = await house.store.reports.find(numbers[:PAGE_SIZE])
        report = shown[0]
        same = [each.id for each in shown if each is report or _name_case(each) == _name_case(report)]
    known = await house.store.quotes.find_several([report.quote_id])
    block = None
    if decision == "block":
        if not known or report.passage_digest is None or latest:
            raise Refusal(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "There is nothing to block",
                "The report came without its passage, or its quote is deleted. Decide otherwise.",
            )
        block = (report.quote_id, report.passage_digest)
    await house.store.reports.decide(
        same,
        DECISIONS[decision],
        TOLD[decision],
        actor,
        block=block,
        retire=report.quote_id if decision == "retire" else None,
        reason=read_reason(form),
    )
    await house.live_index.catch_up()
    if decision == "tighten" and known:
        return lead_to(f"/quotes/{report.quote_id}", done="decided")
    return lead_to("/reports", done="decided")


async def reopen(request: Request, form: FormData) -> Response:
    """Take a decision back: the report waits again. What the decision did to the quote stays, and is undone there."""
    await curation(request).store.reports.reopen(read_path_number(request), session_of(request).user.name)
    return lead_to("/reports", done="reopened")


async def let_in(request: Request, form: FormData) -> Response:
    """Let a passage that was blocked be a match of its quote again."""
    house, actor = curation(request), session_of(request).user.name
    quote_id = request.path_params["quote_id"]
    await house.store.quotes.block(quote_id, read_text(form, "passage"), actor, blocked=False)
    await house.live_index.catch_up()
    return lead_to(f"/quotes/{quote_id}", done="let-in")
