"""GET /v1/export: all quotes, streamed."""

from __future__ import annotations

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from server.api.access import require
from server.api.bodies import ListOptions, validate_query
from server.api.services import services
from server.exporting import FORMATS, Format, export_quotes
from server.models import Role, Status


class ExportOptions(ListOptions):
    format: Format = Field(Format.NDJSON, description="Each can be imported again, and then gives the same")
    status: Status | None = Field(None, description="Only quotes of this status; without it, all")


async def export(request: Request) -> Response:
    await require(request, Role.VIEWER)
    options = validate_query(ExportOptions, request)
    media_type, ending = FORMATS[options.format]
    batches = services(request).store.quotes.iterate_all(options.status)
    return StreamingResponse(
        # Who asks for the headers alone has no quote read.
        () if request.method == "HEAD" else export_quotes(batches, options.format),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="quotes.{ending}"'},
    )
