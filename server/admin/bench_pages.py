"""The test bench: a page as readers would see it, with a draft and without; and what a draft would hit."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from server.admin.bench import SearchedPage, Trial, describe_hits, make_trial
from server.admin.fields import MOST_SHOWN_AGAIN, read_text
from server.admin.pages import render
from server.admin.reading_content import Unreadable
from server.admin.sent_page import read_page
from server.admin.services import Curation, curation
from server.live_index import publish_alone
from server.models import StoredQuote
from server.store import Search
from server.why_not import WhyNot, explain_absence, say_status

# From so many of the stored pages on, a quote hits too much to be a quote: of them, or of every hundred.
MANY_PAGES = 5
MANY_IN_A_HUNDRED = 2
# Of the quotes that have the words that were asked for, so many are offered.
MOST_OFFERED = 8
_ID = re.compile(r"q_[\w-]{22}")


@dataclass(frozen=True, slots=True)
class Asked:
    """The quote that a page is tried with, if any; `offered`: those that have the words, where they are several."""

    asked: str = ""
    quote: StoredQuote | None = None
    offered: list[StoredQuote] = field(default_factory=list)
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Why a page shows nothing of the quote that it is tried with, and which quotes it shows there instead."""

    why: WhyNot
    rivals: list[StoredQuote]


async def show_bench(request: Request) -> Response:
    """With a quote: which of the stored pages it would hit."""
    asked = await _find_asked(curation(request), read_text(request.query_params, "quote"))
    hits, searched = await _search_corpus(request, asked.quote) if asked.quote else ([], 0)
    return render(
        request,
        "bench.html",
        asked=asked,
        hits=hits,
        searched=searched,
        too_many=len(hits) >= max(MANY_PAGES, searched * MANY_IN_A_HUNDRED / 100),
        trial=None,
        absence=None,
        text="",
        is_cut=False,
        fault=None,
    )


async def try_page(request: Request, form: FormData) -> Response:
    house = curation(request)
    asked = await _find_asked(house, read_text(form, "chosen") or read_text(form, "quote"))
    trial: Trial | None = None
    absence: Absence | None = None
    fault: str | None = None
    try:
        text = await read_page(form, house.settings.max_text_characters)
    except Unreadable as refusal:
        fault = refusal.reason
    else:
        trial, absence = await _try(house, text, asked.quote)
    pasted = read_text(form, "content")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return render(
        request,
        "bench.html",
        status=status,
        asked=asked,
        hits=[],
        searched=None,
        too_many=False,
        trial=trial,
        absence=absence,
        hidden_by_status=say_status(asked.quote) if asked.quote else None,
        text=pasted[:MOST_SHOWN_AGAIN],
        is_cut=len(pasted) > MOST_SHOWN_AGAIN,
        fault=fault,
    )


async def _try(house: Curation, text: str, quote: StoredQuote | None) -> tuple[Trial, Absence | None]:
    """Return what is found in the text, and why the quote is not, if it is not."""
    if quote is None:
        return await asyncio.to_thread(make_trial, text, await house.find(text), None), None
    with_it = house.live_index.with_quote(quote)
    trial = await asyncio.to_thread(make_trial, text, await house.find(text, with_it), quote.id)
    if trial.with_draft:
        return trial, None
    among = len(house.live_index) + 1 + len(quote.wordings)
    why = await asyncio.to_thread(explain_absence, quote, text, with_it, among)
    return trial, Absence(why, await house.store.quotes.find_several(why.rivals))


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


async def _find_asked(house: Curation, asked: str) -> Asked:
    """Find a quote by its id, by the address of its page, or by its words."""
    if not asked:
        return Asked()
    if named := _ID.findall(asked):
        found = await house.store.quotes.find_several(named[:1])
        if found:
            return Asked(asked, found[0])
    page = await house.store.quotes.search(Search(words=asked, limit=MOST_OFFERED + 1))
    if page.total == 1:
        return Asked(asked, page.quotes[0])
    if page.total > MOST_OFFERED:
        return Asked(asked, fault=f"{page.total:,} quotes have these words; give more of them.")
    if not page.total:
        return Asked(asked, fault="No quote has this id, or these words.")
    return Asked(asked, offered=page.quotes)
