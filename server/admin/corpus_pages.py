"""Stored pages: the news texts that drafts are tried against."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from server.admin.fields import read_path_number, read_text
from server.admin.pages import lead_to, render
from server.admin.reading_content import Unreadable
from server.admin.sent_page import read_page
from server.admin.services import curation, session_of

LONGEST_TITLE = 300


async def show_pages(request: Request) -> Response:
    return await _render_pages(request)


async def add_page(request: Request, form: FormData) -> Response:
    house = curation(request)
    title = read_text(form, "title")[:LONGEST_TITLE]
    try:
        text = await read_page(form, house.settings.max_text_characters)
    except Unreadable as refusal:
        return await _render_pages(request, title=title, fault=refusal.reason)
    title = title or text.strip().partition("\n")[0][:LONGEST_TITLE]
    await house.store.corpus.add(title, text, session_of(request).user.name)
    return lead_to("/pages", done="page-added")


async def show_page(request: Request) -> Response:
    title, text = await curation(request).store.corpus.find_text(read_path_number(request))
    return render(request, "corpus_page.html", title=title, text=text)


async def remove_page(request: Request, form: FormData) -> Response:
    actor = session_of(request).user.name
    await curation(request).store.corpus.remove(read_path_number(request), actor)
    return lead_to("/pages", done="page-removed")


async def _render_pages(request: Request, *, title: str = "", fault: str | None = None) -> Response:
    stored = await curation(request).store.corpus.list_all()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return render(request, "corpus.html", status=status, pages=stored, title=title, fault=fault)
