"""What the pages say that readers would be shown is what readers are shown."""

from __future__ import annotations

import html
import re

import pytest

from server.models import QuoteForm, Role, Status
from server.store.folded import digest_folded
from tests.server.admin.conftest import House, read_form
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


PART = "“China strongly rejects any attempt,” he said."


@pytest.mark.parametrize(
    ("form", "page", "reason"),
    [
        (QuoteForm.QUOTE, PART, "Of its 29 words, 5 stand here, 5 in a row at most."),
        (QuoteForm.QUOTE, PART, "needs at least 6 words that agree."),
        (QuoteForm.QUOTE, "The harbours are closed.", "No words of it that say anything stand in this text."),
        (QuoteForm.QUOTE, NEGATED, "This passage is blocked for this quote"),
        (QuoteForm.PARAPHRASE, NEGATED.replace("unrest", "peace"), "another number, name or negation"),
        (QuoteForm.PARAPHRASE, XI[70:], "matches only where a text has nearly all of it"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_the_bench_tells_why_a_quote_is_not_marked(
    house: House, form: QuoteForm, page: str, reason: str
) -> None:
    quote = await house.store.quotes.create(make_quote(form=form), Status.PUBLISHED, "tests")
    await house.store.quotes.block(quote.id, digest_folded(NEGATED), "tests")
    viewer = await house.sign_in(Role.VIEWER)
    told = html.unescape((await viewer.post("/bench", quote=quote.id, content=page)).text)
    assert "Why this quote is not marked" in told
    assert reason in told
    assert "readers are shown it once" not in told


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_quote_that_a_better_match_hides_is_not_said_to_be_marked(house: House) -> None:
    better = await house.store.quotes.create(make_quote(XI), Status.PUBLISHED, "tests")
    draft = await house.store.quotes.create(make_quote(ALTERED), Status.DRAFT, "tests")
    await house.app.state.curation.live_index.catch_up()
    viewer = await house.sign_in(Role.VIEWER)
    told = html.unescape((await viewer.post("/bench", quote=draft.id, content=f"They wrote: {XI}")).text)
    assert "1 match of published quotes, and 0 of this one" in told
    absence = told.partition("Why this quote is not marked")[2].partition("</section>")[0]
    assert "Another quote explains these words better" in absence
    assert f"/admin/quotes/{better.id}" in absence
    assert "It is a draft: readers are shown it once it is published." in told
    told = (await viewer.post("/bench", quote=draft.id, content=ALTERED)).text
    assert "0 matches of published quotes, and 1 of this one" in told
    assert "Why this quote" not in told


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_the_quote_to_try_is_named_by_its_id_its_address_or_its_words(house: House) -> None:
    create = house.store.quotes.create
    one, other = [
        await create(make_quote(f"The {thing} was sold abroad last winter"), Status.DRAFT, "tests")
        for thing in ("harbour", "lighthouse")
    ]
    viewer = await house.sign_in(Role.VIEWER)

    async def ask(**fields: str) -> str:
        return html.unescape((await viewer.post("/bench", content="“The harbour was sold”", **fields)).text)

    for named in (one.id, f"http://localhost/admin/quotes/{one.id}/history", "harb sold"):
        assert "Of its 7 words, 4 stand here" in await ask(quote=named)
    offered = await ask(quote="sold abroad")
    assert "Which of these quotes?" in offered
    assert "“The harbour was sold”" in read_form(offered)["content"]
    assert re.findall(r'name="chosen" value="(\S+)"', offered) == [other.id, one.id]
    assert "Of its 7 words, 4 stand here" in await ask(quote="sold abroad", chosen=one.id)
    long = (await viewer.post("/bench", content="lamp " * 30_000)).text
    assert "only its first 100,000 characters stand here" in long
    for nothing in ("zebra", "q_" + "x" * 22):
        assert "No quote has this id, or these words." in await ask(quote=nothing)
