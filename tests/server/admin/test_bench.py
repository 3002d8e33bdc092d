"""What the pages say that readers would be shown is what readers are shown."""

from __future__ import annotations

import re

import pytest

from server.models import QuoteForm, Role, Status
from server.store.folded import digest_folded
from tests.server.admin.conftest import House
from tests.server.quotes import XI, make_quote

pytestmark = pytest.mark.anyio

ALTERED = XI.replace("strongly rejects", "firmly opposes")
NEGATED = XI.replace("strongly rejects", "does not reject")


@pytest.mark.parametrize(
    ("form", "page", "hits"),
    [
        (QuoteForm.QUOTE, ALTERED, 1),
        (QuoteForm.QUOTE, NEGATED, 0),  # a passage that is blocked
        (QuoteForm.PARAPHRASE, XI, 1),
        (QuoteForm.PARAPHRASE, NEGATED.replace("unrest", "peace"), 0),
    ],
)
@pytest.mark.parametrize("status", [Status.DRAFT, Status.PUBLISHED])
async def test_the_bench_shows_what_readers_are_shown(
    house: House, form: QuoteForm, page: str, hits: int, status: Status
) -> None:
    quote = await house.store.quotes.create(make_quote(form=form), status, "tests")
    await house.store.quotes.block(quote.id, digest_folded(NEGATED), "tests")
    await house.store.corpus.add("A page", page, "tests")
    viewer = await house.sign_in(Role.VIEWER)
    trial = (await viewer.post("/bench", quote=quote.id, content=page)).text
    assert re.search(r"and (\d+) of this one", trial)[1] == str(hits)  # type: ignore[index]
    corpus = (await viewer.get("/bench", quote=quote.id)).text
    assert f"{hits} of 1 stored page would be marked" in corpus


async def test_words_that_no_quote_has_find_what_readers_are_shown_in_them(house: House) -> None:
    quote = await house.store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
    await house.store.quotes.block(quote.id, digest_folded(NEGATED), "tests")
    await house.app.state.curation.live_index.catch_up()
    viewer = await house.sign_in(Role.VIEWER)
    assert quote.id in (await viewer.get("/quotes", q=ALTERED)).text
    assert quote.id not in (await viewer.get("/quotes", q=NEGATED)).text
