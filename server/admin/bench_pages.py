"""The test bench: a page as readers would see it, with a draft and without; and what a draft would hit."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from server.admin.bench import SearchedPage, Trial, describe_hits, make_trial
from server.admin.fields import read_text
from server.admin.pages import render
from server.admin.reading_content import Unreadable
from server.admin.sent_page import read_page
from server.admin.services import curation
from server.live_index import publish_alone
from server.models import StoredQuote

# From so many of the stored pages on, a quote hits too much to be a quote: of them, or of every hundred.
MANY_PAGES = 5
MANY_IN_A_HUNDRED = 2


async def show_bench(request: Request) -> Response:
    """With a quote: which of the stored pages it would hit."""
    quote = await _find_draft(request, read_text(request.query_params, "quote"))
    hits, searched = await _search_corpus(request, quote) if quote else ([], 0)
    return render(
        request,
        "bench.html",
        quote=quote,
        hits=hits,
        searched=searched,
        too_many=len(hits) >= max(MANY_PAGES, searched * MANY_IN_A_HUNDRED / 100),
        trial=None,
        text="",
        fault=None,
    )


async def try_page(request: Request, form: FormData) -> Response:
    quote = await _find_draft(request, read_text(form, "quote"))
    house = curation(request)
    trial: Trial | None = None
    fault: str | None = None
    try:
        text = await read_page(form, house.settings.max_text_characters)
    except Unreadable as refusal:
        fault = refusal.reason
    else:
        found = await house.find(text)
        of_draft = await house.find(text, publish_alone(quote)) if quote else None
        trial = await asyncio.to_thread(make_trial, text, found, of_draft, quote.id if quote else None)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return render(
        request,
        "bench.html",
        status=status,
        quote=quote,
        hits=[],
        searched=None,
        too_many=False,
        trial=trial,
        text=read_text(form, "content")[:100_000],
        fault=fault,
    )


async def _search_corpus(request: Request, quote: StoredQuote) -> tuple[list[SearchedPage], int]:
    house, index = curation(request), publish_alone(quote)
    hits: list[SearchedPage] = []
    searched = 0
    async for pages in house.store.corpus.iterate():
        searched += len(pages)
        for number, title, text in pages:
            if matches := (await house.find(text, index)).matches:
                hits.append(describe_hits(number, title, text, matches))
    return hits, searched


async def _find_draft(request: Request, quote_id: str) -> StoredQuote | None:
    return await curation(request).store.quotes.find(quote_id) if quote_id else None
