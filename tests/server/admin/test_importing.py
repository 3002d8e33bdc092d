"""An article or ClaimReview that is brought in through the pages: what is read, what is not, and what to do then."""

from __future__ import annotations

import orjson
import pytest

from server.models import Role, Status
from server.store import Search
from tests.server.admin.conftest import House, read_form

pytestmark = pytest.mark.anyio

ADDRESS = "https://checks.example/a/moons"


def make_review(**fields: object) -> dict[str, object]:
    return {
        "@type": "ClaimReview",
        "claimReviewed": "“There are two moons over our harbor.”",
        "author": {"name": "Example Checks"},
        "reviewRating": {"alternateName": "False"},
    } | fields


async def test_what_of_several_reviews_cannot_be_read_is_told_beside_those_that_can(house: House) -> None:
    editor = await house.sign_in(Role.EDITOR)
    content = orjson.dumps([make_review(), {"@type": "ClaimReview"}]).decode()
    page = (await editor.post("/import", content=content)).text
    assert "There are two moons over our harbor." in page
    assert "item 2: No quote was found that the page rates." in page


async def test_fields_that_are_not_told_are_named_as_the_form_names_them(house: House) -> None:
    editor = await house.sign_in(Role.EDITOR)
    review = make_review(url=ADDRESS, datePublished="31.31.2020")
    page = (await editor.post("/import", content=orjson.dumps(review).decode())).text
    assert (
        "does not tell: language, said on, speaker, speaker&#39;s role, title, summary, published on." in page
    )
    assert "dropped, no complete and clear date: datePublished: 31.31.2020" in page
    assert "the words stand in quotation marks" in page, "why it is taken for a quote"


@pytest.mark.parametrize("sent", [{"content": ADDRESS}, {"url": ADDRESS}])
async def test_of_an_address_alone_it_is_told_that_nothing_is_fetched(
    house: House, sent: dict[str, str]
) -> None:
    editor = await house.sign_in(Role.EDITOR)
    answer = await editor.post("/import", **sent)
    assert answer.status_code == 422
    assert "Nothing is fetched from an address: open it in a browser, and paste the text" in answer.text
    assert ADDRESS in answer.text, "what was sent is kept"


async def test_an_address_that_is_none_is_not_left_out_without_a_word(house: House) -> None:
    editor = await house.sign_in(Role.EDITOR)
    content = "Claim: There are two moons over our harbor.\nVerdict: False"
    answer = await editor.post("/import", content=content, url="javascript:alert(1)")
    assert answer.status_code == 422
    assert "address is no complete one, such as https://" in answer.text
    assert content in answer.text


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16", "utf-8-sig"])
async def test_a_file_of_text_is_shown_in_its_encoding(house: House, encoding: str) -> None:
    editor = await house.sign_in(Role.EDITOR)
    article = "Claim: “Zoë’s harbour has two moons over it.”\nVerdict: False"
    for path, shown in (
        ("/import", "</span>Claim: “Zoë’s harbour has two moons over it.”<sup>"),
        ("/bench", "“Zoë’s harbour"),
        ("/pages", "“Zoë’s harbour"),
    ):
        answer = await editor.client.post(
            f"/admin{path}",
            data={"form_token": editor.form_token, "url": "https://www.snopes.com/a/moons"},
            files={"file": ("check.txt", article.encode(encoding))},
            follow_redirects=True,
        )
        assert shown in answer.text, path


TABLE = (
    "quote;speaker;date;published on;verdict;publisher\r\n"
    "There are two moons over our harbor;Ada Marlowe;12/12/2020;03/04/2021;False;Example Checks\r\n"
    "The ferry was never late;Ada Marlowe;12/12/2020;2021-04-30;{label};Example Checks\r\n"
)


async def send_table(house: House, act: str, label: str = "True", role: Role = Role.EDITOR) -> str:
    curator = await house.sign_in(role)
    answer = await curator.client.post(
        "/admin/import",
        data={"form_token": curator.form_token, "do": act},
        files={"file": ("quotes.csv", TABLE.format(label=label).encode())},
    )
    return answer.text


async def test_of_a_table_it_is_told_what_was_read_and_what_stays_empty(house: House) -> None:
    page = await send_table(house, "read")
    assert "Ada Marlowe" in page
    assert "said on (2)" in page, "a column “date” may be of the quote or of the check"
    assert "published on (1)." in page
    told = "Published on, for example line 2: dropped, no complete and clear date: published on: 03/04/2021"
    assert told in page


async def test_what_a_table_would_change_in_a_quote_that_is_known_is_told(house: House) -> None:
    assert ">Take in 2 as drafts<" in await send_table(house, "read")
    await send_table(house, "write")
    assert "What changes in it" not in await send_table(house, "read")
    page = await send_table(house, "read", label="Half true")
    assert ">Bring 1 up to date<" in page
    assert page.count("What changes in it") == 1
    assert "<dt>Check 1: label</dt><dd><del>True</del><ins>Half true</ins></dd>" in page
    for quote in (await house.store.quotes.search(Search())).quotes:
        await house.store.quotes.move(quote.id, Status.PUBLISHED, "tests")
    page = await send_table(house, "read", label="Half true", role=Role.PUBLISHER)
    assert "1 of them is published: readers see the change at once." in page


@pytest.mark.parametrize(
    ("role", "told"),
    [
        (Role.EDITOR, "It is published: only a publisher may change it."),
        (Role.PUBLISHER, "It stays published: readers see the change at once."),
    ],
)
async def test_what_an_article_would_change_in_a_quote_that_is_known_is_told(
    house: House, role: Role, told: str
) -> None:
    content = orjson.dumps(make_review(url=ADDRESS)).decode()
    publisher = await house.sign_in(Role.PUBLISHER)
    read = read_form((await publisher.post("/import", content=content)).text)
    chosen = {"form": "quote", "checks.0.rating": "false"}
    await publisher.post("/import/accept", **read | chosen | {"do": "publish"})
    curator = await house.sign_in(role)
    assert "Nothing is different." in (await curator.post("/import", content=content)).text
    corrected = make_review(url=ADDRESS, reviewRating={"alternateName": "Half true"})
    page = (await curator.post("/import", content=orjson.dumps(corrected).decode())).text
    assert "<dt>Check 1: label</dt><dd><del>False</del><ins>Half true</ins></dd>" in page
    assert told in page


async def test_a_wording_is_taken_out_before_a_quote_is_accepted(house: House) -> None:
    editor = await house.sign_in(Role.EDITOR)
    claim = "“The harbor has never seen two moons at once,” the mayor said"
    content = orjson.dumps(make_review(claimReviewed=claim)).decode()
    read = read_form((await editor.post("/import", content=content)).text)
    assert read["wordings.0.text"] == "The harbor has never seen two moons at once"
    before = await house.store.read_revision()
    page = (await editor.post("/import/accept", **read | {"do": "remove wordings.0"})).text
    assert await house.store.read_revision() == before, "nothing is accepted by that"
    assert "wordings.0.text" not in page
    assert read_form(page)["text"] == claim


@pytest.mark.parametrize("name", ["", "quotes.tsv", "quotes.txt"])
async def test_a_table_is_read_however_it_is_sent(house: House, name: str) -> None:
    editor = await house.sign_in(Role.EDITOR)
    cells = "Wypowiedź\tWerdykt\tWydawca\nThe ferry was never late\tFalse\tExample Checks\n"
    answer = await editor.client.post(
        "/admin/import",
        data={"form_token": editor.form_token, "content": "" if name else cells},
        files={"file": (name, cells.encode("windows-1250") if name else b"")},
    )
    assert ">Take in 1 as drafts<" in answer.text


@pytest.mark.parametrize("path", ["/import", "/bench", "/pages"])
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("page.pdf", b"%PDF-1.7\n", "This is a PDF document: save a page as HTML,"),
        ("quotes.csv", b"PK\x03\x04\x00\x00", "This is a zip archive, as office documents are:"),
        ("old.xls", b"\xd0\xcf\x11\xe0\x00\x00\x00", "This is no text:"),
    ],
)
async def test_a_file_that_is_no_text_is_told(
    house: House, path: str, name: str, content: bytes, told: str
) -> None:
    editor = await house.sign_in(Role.EDITOR)
    answer = await editor.client.post(
        f"/admin{path}", data={"form_token": editor.form_token}, files={"file": (name, content)}
    )
    assert answer.status_code == 422
    assert told in answer.text
