"""The dashboard: what waits, whether readers get the newest, and how often quotes are matched."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import defaultdict

from starlette.requests import Request
from starlette.responses import Response

from server.admin.charts import draw_days
from server.admin.pages import render
from server.admin.services import curation

DAYS = 30
MOST_MATCHED = 10


async def show_dashboard(request: Request) -> Response:
    house = curation(request)
    today = dt.datetime.now(dt.UTC).date()
    since = today - dt.timedelta(days=DAYS - 1)
    overview, by_day, most, revision = await asyncio.gather(
        house.store.overviews.count(),
        house.store.match_counts.sum_by_day(since),
        house.store.match_counts.list_most_matched(since, MOST_MATCHED),
        house.store.read_revision(),
    )
    quotes = {quote.id: quote for quote in await house.store.quotes.find_several([m.quote_id for m in most])}
    per_day: defaultdict[dt.date, dict[str, int]] = defaultdict(dict)
    for (day, rating), count in by_day.items():
        per_day[day][rating] = count
    days = [since + dt.timedelta(days=at) for at in range(DAYS)]
    return render(
        request,
        "dashboard.html",
        overview=overview,
        chart=draw_days(days, per_day),
        most=[(quotes.get(each.quote_id), each) for each in most],
        total=sum(by_day.values()),
        revision=revision,
        index=house.live_index,
        lag=revision - house.live_index.revision,
        days=DAYS,
    )
