"""The label map: which rating each publisher's label stands for, and the labels that nobody has rated yet."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from server.admin.fields import read_choice, read_text
from server.admin.pages import Refusal, lead_to, render
from server.admin.services import curation, session_of
from server.ingest.label_map import edit_label
from server.ingest.labels import GENERAL, load_label_tables
from server.models import Rating

LONGEST_NAME = 300


async def show_labels(request: Request) -> Response:
    house = curation(request)
    tables = load_label_tables()
    return render(
        request,
        "labels.html",
        unknown=await house.store.overviews.list_unknown_labels(),
        edits=await house.store.labels.list_edits(),
        tables=sorted(tables.values(), key=lambda table: (table.key != GENERAL, table.publisher.lower())),
        publishers=sorted(table.publisher for table in tables.values() if table.key != GENERAL),
    )


async def rate(request: Request, form: FormData) -> Response:
    """Write an edit of the map, and rate the quotes that wait with this label."""
    house, actor = curation(request), session_of(request).user.name
    publisher, label = read_text(form, "publisher") or None, read_text(form, "label")
    rating = read_choice(Rating, form, "rating")
    if not 0 < len(label) <= LONGEST_NAME or len(publisher or "") > LONGEST_NAME:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "No label is named", "Nothing was changed.")
    if rating is None and read_text(form, "rating") != "unknown":
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "No rating is chosen", "Nothing was changed.")
    if await edit_label(house.store, publisher, label, rating, actor):
        await house.live_index.catch_up()
    return lead_to("/labels", done="label-set")
