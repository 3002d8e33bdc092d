"""POST /v1/reports: a reader says that a match is wrong."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from server.api.answers import answer_json
from server.api.bodies import parse_json, read_body, read_media_type, validate
from server.api.services import services
from server.models import Model, Report


class ReportTaken(Model):
    """The report waits for a curator."""

    state: str


async def report(request: Request) -> Response:
    """Anybody may report, and learns nothing by it but that it was taken: not whether others did the same."""
    read_media_type(request, "application/json")
    sent = validate(Report, parse_json(await read_body(request)))
    await services(request).store.reports.add(sent)
    return answer_json({"state": "open"}, HTTPStatus.ACCEPTED)
