"""Twenty thousand quotes are imported, found, moved and exported through the pages."""

from __future__ import annotations

import httpx
import orjson
import pytest

from server.models import Role, Status
from server.store import Search
from tests.server.admin.conftest import House, read_form

pytestmark = pytest.mark.anyio

COUNT = 20_000
# As many as are read in one go.
PART = 10_000


def make_lines(first: int, last: int) -> bytes:
    return b"".join(
        orjson.dumps(
            {
                "text": f"Number {at} of the quotes that somebody said about lamp {at * 7919 % COUNT}",
                "speaker": {"name": f"Speaker {at % 300}"},
                "checks": [
                    {"verdict": {"label": "False", "rating": "false"}, "publisher": f"Publisher {at % 20}"}
                ],
            },
            option=orjson.OPT_APPEND_NEWLINE,
        )
        for at in range(first, last)
    )


async def send_file(house: House, act: str, content: bytes, name: str = "quotes.ndjson") -> httpx.Response:
    editor = await house.sign_in(Role.EDITOR)
    editor.client.timeout = httpx.Timeout(300)
    return await editor.client.post(
        "/admin/import",
        data={"form_token": editor.form_token, "do": act},
        files={"file": (name, content)},
    )


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_twenty_thousand_quotes_through_the_pages(house: House) -> None:
    whole = await send_file(house, "read", make_lines(0, COUNT))
    assert "send it in parts" in whole.text
    for first in range(0, COUNT, PART):
        content, before = make_lines(first, first + PART), await house.store.read_revision()
        if first == 0:
            assert "What would happen" in (await send_file(house, "read", content)).text
            assert await house.store.read_revision() == before, "reading writes nothing"
        answer = await send_file(house, "write", content)
        assert f"<b>{PART:,}</b><span>created</span>" in answer.text

    publisher = await house.sign_in(Role.PUBLISHER)
    publisher.client.timeout = httpx.Timeout(300)
    page = (await publisher.get("/quotes", q="lamp", page=str(COUNT // 50))).text
    assert f"{COUNT:,} quotes" in page
    assert "Page 400 of 400" in page
    assert "2 quotes<" in (await publisher.get("/quotes", q="number 17777 lamp")).text, (
        "one number, and one lamp"
    )
    preview = await publisher.post("/bulk", status="published", all="yes", query="publisher=Publisher 7")
    assert "Publish: 1,000 quotes?" in preview.text
    too_many = await publisher.post("/bulk", status="published", all="yes", query="")
    assert too_many.status_code == 422, "a slip of the hand moves no twenty thousand"
    found = await house.store.quotes.find_several(await ids_of(house, "Publisher 7"))
    moving = [f"{quote.id} {quote.revision}" for quote in found]
    done = await publisher.post("/bulk/do", status="published", moving=moving)
    told = await publisher.client.get(done.headers["location"])
    assert "1,000 quotes were moved to published" in told.text
    assert (await house.store.overviews.count()).by_status[Status.PUBLISHED] == 1_000
    exported = await publisher.get("/quotes/export", status="published", format="ndjson")
    assert len(exported.text.splitlines()) == 1_000


async def ids_of(house: House, publisher: str) -> list[str]:
    return await house.store.quotes.find_ids(Search(publisher=publisher, limit=5_000))


async def test_a_file_is_told_first_and_taken_in_without_being_chosen_again(house: House) -> None:
    told = await send_file(
        house,
        "read",
        "text;verdict;publisher\nThe café is closed;False;The Check".encode("cp1250"),
        "quotes.csv",
    )
    assert "Take in 1 as drafts" in told.text
    assert (await house.store.quotes.search(Search())).total == 0
    editor = await house.sign_in(Role.EDITOR)
    form = read_form(told.text) | {"do": "write"}
    assert form["file_name"] == "quotes.csv"
    done = await editor.post("/import", **form | {"form_token": editor.form_token})
    assert "<b>1</b><span>created</span>" in done.text
    [quote] = (await house.store.quotes.search(Search())).quotes
    assert (quote.text, quote.checks[0].publisher) == ("The café is closed", "The Check")
    for nonsense in ("%%%", "AA"):
        assert (await editor.post("/import", do="write", carried=nonsense)).status_code == 422


async def test_a_file_that_is_broken_tells_where_and_writes_nothing(house: House) -> None:
    content = make_lines(0, 3) + b'{"text": ""}\n'
    answer = await send_file(house, "read", content)
    assert "What can’t be read" in answer.text
    assert "line 4" in answer.text.lower()
    assert "<b>3</b><span>created</span>" in answer.text
    assert "<b>1</b><span>failed</span>" in answer.text
    nonsense = await send_file(house, "read", b"\x00\xff\xfe nothing of any use")
    assert "line 1: The line is not JSON" in nonsense.text
    assert "<b>0</b><span>created</span>" in nonsense.text


async def test_what_would_happen_leads_to_no_quote_that_is_not_there(house: House) -> None:
    row = b"Two moons rose twice over the harbour,False,Snopes\n"
    for act, link in (("read", False), ("write", True)):
        page = (await send_file(house, act, b"quote,verdict,publisher\n" + row + row, "quotes.csv")).text
        assert "unchanged</span>" in page
        assert ('href="/admin/quotes/q_' in page) is link
