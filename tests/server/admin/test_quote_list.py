"""The list of quotes: what it offers where a search finds nothing."""

from __future__ import annotations

import html
import re

import httpx
import pytest

from server.models import Role, Status
from tests.server.admin.conftest import House, read_form
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio


async def fill(house: House) -> None:
    for text, name, status in (
        ("The first words", "Volodymyr Zelensky", Status.PUBLISHED),
        ("The second words", "Olena Zelenska", Status.DRAFT),
        ("The third words", "<b>Bad</b> & Ugly", Status.DRAFT),
    ):
        await house.store.quotes.create(make_quote(text, speaker={"name": name}), status, "tests")


def read_offers(answer: httpx.Response) -> dict[str, str]:
    """Return the names that a page asks about, and where each leads to."""
    asked = re.search(r"Did you mean (.*)\?</p>", answer.text)
    links = re.findall(r'<a href="([^"]*)"><bdi>([^<]*)</bdi></a>', asked[1]) if asked else []
    return {html.unescape(name): html.unescape(address) for address, name in links}


async def test_a_misspelt_name_is_offered_as_it_is_written(house: House) -> None:
    await fill(house)
    viewer = await house.sign_in(Role.VIEWER)
    answer = await viewer.get("/quotes", q="Zelenskij", order="oldest", page="2")
    assert "No quotes for “<bdi>Zelenskij</bdi>”." in answer.text
    offers = read_offers(answer)
    assert sorted(offers) == ["Olena Zelenska", "Volodymyr Zelensky"]
    assert offers["Olena Zelenska"] == "/admin/quotes?q=Olena+Zelenska&order=oldest"
    page = (await viewer.client.get(offers["Olena Zelenska"])).text
    assert "The second words" in page
    assert "The first words" not in page


async def test_what_is_offered_is_found_by_the_other_filters_too(house: House) -> None:
    await fill(house)
    viewer = await house.sign_in(Role.VIEWER)
    assert list(read_offers(await viewer.get("/quotes", q="Zelenskij", status="draft"))) == ["Olena Zelenska"]
    answer = await viewer.get("/quotes", q="Zelenskij", status="retired")
    assert read_offers(answer) == {}
    assert "No quote fits." in answer.text


async def test_a_whole_name_is_offered_for_the_filter_of_speakers(house: House) -> None:
    await fill(house)
    viewer = await house.sign_in(Role.VIEWER)
    offers = read_offers(await viewer.get("/quotes", speaker="Zelensky", q="first"))
    assert offers == {"Volodymyr Zelensky": "/admin/quotes?speaker=Volodymyr+Zelensky&q=first"}
    assert "The first words" in (await viewer.client.get(offers["Volodymyr Zelensky"])).text


async def test_nothing_is_offered_where_something_is_found_or_asked_for(house: House) -> None:
    await fill(house)
    viewer = await house.sign_in(Role.VIEWER)
    for query in ({"q": "Zelensky"}, {"q": "words"}, {"q": "cheese"}, {"status": "retired"}, {}):
        assert read_offers(await viewer.get("/quotes", **query)) == {}


async def test_a_name_is_shown_as_text(house: House) -> None:
    await fill(house)
    viewer = await house.sign_in(Role.VIEWER)
    answer = await viewer.get("/quotes", q="<b>Uglo")
    assert "“<bdi>&lt;b&gt;Uglo</bdi>”" in answer.text
    offers = read_offers(answer)
    assert list(offers) == ["<b>Bad</b> & Ugly"]
    assert "The third words" in (await viewer.client.get(offers["<b>Bad</b> & Ugly"])).text


async def test_what_an_import_brought_is_listed_searched_and_moved(house: House) -> None:
    await fill(house)
    editor, publisher = await house.sign_in(Role.EDITOR), await house.sign_in(Role.PUBLISHER)
    content = "text,verdict,publisher\nThe fourth words,False,The Check\nThe fifth words,False,The Check\n"
    form = {"form_token": editor.form_token}
    addresses = []
    for act, is_written in (("read", False), ("write", True), ("write", False)):
        files = {"file": ("quotes.csv", content.encode())}
        answer = await editor.client.post("/admin/import", data=form | {"do": act}, files=files)
        found = re.search(r'href="(/admin/quotes\?changes=[^"]*)">See what it brought', answer.text)
        assert (found is not None) is is_written, "a list is offered where something was written"
        addresses += [found[1]] if found else []
    [address] = addresses
    page = (await publisher.client.get(address)).text
    assert "2 quotes<" in page
    assert "What one import brought" in page
    query = address.partition("?")[2]
    assert f'name="changes" value="{query.partition("=")[2]}"' in page, "a search goes on within them"
    assert "1 quote<" in (await publisher.client.get(f"{address}&q=fifth")).text
    preview = await publisher.post("/bulk", status="published", all="yes", query=query)
    assert "Publish: 2 quotes?" in preview.text
    exported = await publisher.client.get(f"/admin/quotes/export?{query}&format=ndjson")
    assert len(exported.text.splitlines()) == 2
    assert f'href="{address}"' in (await (await house.sign_in(Role.ADMIN)).get("/audit")).text


@pytest.mark.parametrize("changes", ["", "1", "-", "3-", "-3", "a-b", "1-9999999999", "1-2-3", "%00"])
async def test_changes_that_make_no_sense_ask_for_nothing(house: House, changes: str) -> None:
    await fill(house)
    page = (await (await house.sign_in(Role.VIEWER)).get("/quotes", changes=changes)).text
    assert "3 quotes<" in page


async def test_a_page_whose_quotes_were_moved_away_leads_to_the_last_that_there_is(house: House) -> None:
    for number in range(51):
        await house.store.quotes.create(make_quote(f"Quote number {number}"), Status.IN_REVIEW, "tests")
    publisher = await house.sign_in(Role.PUBLISHER)
    for path, last in (("/quotes?status=in_review", "&page=2"), ("/review?moved=x", "&page=3")):
        answer = await publisher.client.get(f"/admin{path}&page=7")
        assert answer.headers["Location"] == f"/admin{path}{last}"
        assert "Quote number" in (await publisher.client.get(answer.headers["Location"])).text


async def test_who_publishes_from_a_page_of_the_review_queue_comes_back_to_it(house: House) -> None:
    for number in range(22):
        await house.store.quotes.create(make_quote(f"Quote number {number}"), Status.IN_REVIEW, "tests")
    publisher = await house.sign_in(Role.PUBLISHER)
    page = (await publisher.get("/review", page="2")).text
    path = re.findall(r'action="/admin(/quotes/[^"]+/status)"', page)[0]
    answer = await publisher.post(path, **read_form(page) | {"status": "published", "revision": "21"})
    assert answer.headers["Location"].endswith("&page=2")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("https://checks.example/ä/moons?id=7", True),
        ("http://www.checks.example/%C3%A4/moons/?utm_source=mail&id=7#top", True),
        ("https://checks.example/ä/moons?id=8", False),
    ],
)
async def test_the_address_of_a_check_finds_its_quotes(house: House, asked: str, found: bool) -> None:
    quote = make_quote("There are two moons", url="https://checks.example/ä/moons?id=7")
    await house.store.quotes.create(quote, Status.PUBLISHED, "tests")
    viewer = await house.sign_in(Role.VIEWER)
    for status, is_there in (("", found), ("published", found), ("draft", False)):
        page = (await viewer.get("/quotes", q=asked, status=status)).text
        assert ("There are two moons" in page) is is_there, status


async def test_a_language_that_is_none_finds_nothing_rather_than_all(house: House) -> None:
    await house.store.quotes.create(make_quote(language="en"), Status.PUBLISHED, "tests")
    viewer = await house.sign_in(Role.VIEWER)
    for language, found in (("EN", 1), ("english", 0), ("%_'\"", 0), ("e" * 200, 0)):
        assert f'status">{found} quote' in (await viewer.get("/quotes", language=language)).text, language


async def test_who_wrote_or_changed_a_quote_finds_it_again(house: House) -> None:
    mine = await house.store.quotes.create(make_quote("My own words"), Status.DRAFT, "the editor")
    theirs = await house.store.quotes.create(make_quote("Words of theirs"), Status.DRAFT, "<Ann> & co")
    await house.store.quotes.move(mine.id, Status.IN_REVIEW, "the editor")
    await house.store.quotes.move(mine.id, Status.DRAFT, "<Ann> & co", reason="Which ones?")
    await house.store.quotes.move(theirs.id, Status.IN_REVIEW, "<Ann> & co")
    editor = await house.sign_in(Role.EDITOR)
    dashboard = (await editor.get("")).text
    [address] = re.findall(r'href="([^"]*)">Your drafts<', dashboard)
    found = (await editor.client.get(html.unescape(address))).text
    assert "My own words" in found
    assert "Words of theirs" not in found
    of_ann = {"": 2, "draft": 1, "in_review": 1, "published": 0}
    for status, number in of_ann.items():
        for words in ("", "words"):
            page = (await editor.get("/quotes", by="<Ann> & co", status=status, q=words)).text
            assert f'status">{number} quote' in page, (status, words)


async def test_a_bulk_move_leads_back_to_the_list_that_it_came_from(house: House) -> None:
    quote = await house.store.quotes.create(make_quote(), Status.DRAFT, "tests")
    publisher = await house.sign_in(Role.PUBLISHER)
    sent = {"query": "status=draft&q=Kazakh", "status": "in_review"}
    preview = (await publisher.post("/bulk", quote=quote.id, **sent)).text
    done = await publisher.post("/bulk/do", **read_form(preview))
    page = (await publisher.client.get(done.headers["Location"])).text
    assert 'href="/admin/quotes?status=draft&amp;q=Kazakh">To the quotes<' in page
