"""Stored pages: the news texts that drafts are tried against."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from server.admin.fields import read_path_number, read_text
from server.admin.pages import lead_to, render
from server.admin.services import curation, session_of
from server.ingest.decoding import decode_page
from server.visible_text import PageTooComplex, is_html, read_visible_text

LONGEST_TITLE = 300


async def show_pages(request: Request) -> Response:
    return await _render_pages(request)


async def add_page(request: Request, form: FormData) -> Response:
    house = curation(request)
    file = form.get("file")
    uploaded = await file.read() if isinstance(file, UploadFile) and file.filename else b""
    content = uploaded or read_text(form, "content").encode()
    title = read_text(form, "title")[:LONGEST_TITLE]
    fault = None
    text = decode_page(content).replace("\x00", "")
    if is_html(content):
        try:
            text = await asyncio.to_thread(read_visible_text, content)
        except PageTooComplex:
            fault = "The page has too many parts to be read; paste its text instead."
    if not text.strip():
        fault = "Paste a page’s text or HTML, or choose a file."
    elif len(text) > house.settings.max_text_characters:
        fault = f"The text is longer than {house.settings.max_text_characters:,} characters."
    if fault:
        return await _render_pages(request, title=title, fault=fault)
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
