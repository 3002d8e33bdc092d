"""Columns that are not known by their names: they are asked for, and read as a curator says."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest

from server.admin.import_columns import FIELDS
from server.ingest.columns import ROW_FIELDS
from server.models import Role, Status
from server.store import Search
from tests.server.admin.conftest import House, read_form
from tests.server.quotes import make_quote

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

UNKNOWN = (
    "Wer{d}Worte{d}Datum{d}Wertung{d}rating\r\n"
    "Ada Marlowe{d}There are two moons over our harbor{d}2020-12-12{d}False{d}mixed\r\n"
    "Ben Okafor{d}The ferry was never late{d}2020-12-13{d}True{d}true\r\n"
)
CHOSEN = {f"column.{at}": field for at, field in enumerate(["speaker", "text", "said_on", "label", ""])}


@pytest.mark.parametrize(
    ("name", "delimiter"), [("quotes.csv", ";"), ("", ";"), ("", "\t"), ("quotes.txt", ",")]
)
async def test_what_columns_hold_that_are_not_known_by_their_names_is_asked_and_followed(
    house: House, name: str, delimiter: str
) -> None:
    editor = await house.sign_in(Role.EDITOR)
    table = UNKNOWN.format(d=delimiter)
    data = {"form_token": editor.form_token, "do": "read"}
    sent = {"files": {"file": (name, table.encode())}} if name else {}
    answer = await editor.client.post("/admin/import", data=data | {"content": table}, **sent)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert set(FIELDS) == set(ROW_FIELDS), "all that a row may hold can be chosen"
    asked = html.unescape(answer.text)
    names = ["Wer", "Worte", "Datum", "Wertung", "rating"]
    assert re.findall(r'<label for="column-\d" dir="auto">(.*?)</label>', asked) == names
    assert "There are two moons over our harbor</span>" in asked
    assert re.findall(r'<option value="(\w+)" selected>', asked) == ["label"], (
        "a column “rating” alone is the checker’s own word"
    )
    form = {field: value for field, value in read_form(asked).items() if field in ("carried", "file_name")}

    told = html.unescape(
        (await editor.post("/import", **form | CHOSEN, do="read", **{"all.publisher": "The Check"})).text
    )
    assert "<b>2</b><span>created</span>" in told
    assert "said on" not in told.partition("What is left empty")[2].partition("</section>")[0]
    taken = [
        field
        for field in read_form(told).items()
        if field[0].startswith(("column.", "all.", "carried", "file"))
    ]
    assert not (await house.store.quotes.search(Search())).total
    await editor.post("/import", **dict(taken), do="write")
    [one, other] = (await house.store.quotes.search(Search())).quotes
    assert (other.text, other.said_on) == ("There are two moons over our harbor", dt.date(2020, 12, 12))
    assert other.checks[0].verdict.label == "False", "what is not read is not read by its name either"
    assert {quote.checks[0].publisher for quote in (one, other)} == {"The Check"}
    assert one.speaker is not None
    assert one.speaker.name == "Ben Okafor"


@pytest.mark.parametrize(
    ("chosen", "fault"),
    [
        (CHOSEN | {"column.0": "text"}, "Two columns are chosen as “Quote”: “Wer” and “Worte”."),
        (CHOSEN | {"column.1": ""}, "No column is chosen as “Quote”"),
        (CHOSEN | {"column.1": "nonsense"}, "No column is chosen as “Quote”"),
    ],
)
async def test_a_choice_of_columns_that_can_not_be_is_told_and_not_lost(
    house: House, chosen: dict[str, str], fault: str
) -> None:
    editor = await house.sign_in(Role.EDITOR)
    form = chosen | {"content": UNKNOWN.format(d=";"), "all.speaker": "Ada"}
    answer = await editor.post("/import", do="write", **form)
    told = html.unescape(answer.text)
    assert answer.status_code == 422
    assert fault in told
    assert '<option value="said_on" selected>' in told
    assert 'name="all.speaker" value="Ada"' in told
    assert not (await house.store.quotes.search(Search())).total


async def test_the_keys_of_records_are_asked_for_as_well(house: House) -> None:
    editor = await house.sign_in(Role.EDITOR)
    records = '{"was": "There are two moons over our harbor", "who": {"name": "Ada"}, "verdict": "False"}\n'
    asked = (await editor.post("/import", do="read", content=records)).text
    assert re.findall(r'<label for="column-\d" dir="auto">(.*?)</label>', asked) == [
        "was",
        "who name",
        "verdict",
    ]
    chosen = {"column.0": "text", "column.1": "speaker", "column.2": "label", "all.publisher": "The Check"}
    told = (await editor.post("/import", do="read", content=records, **chosen)).text
    assert "Take in 1 as drafts" in told


async def test_of_an_article_and_of_our_own_export_no_columns_are_asked(house: House) -> None:
    await house.store.quotes.create(make_quote(), Status.DRAFT, "tests")
    editor = await house.sign_in(Role.EDITOR)
    exported = (await editor.get("/quotes/export", format="csv")).text
    for content in (
        exported,
        "News of the day.\nNothing, else, is said.\nBut this, or that, is.",
        "%PDF-1.7",
    ):
        told = (await editor.post("/import", do="read", content=content)).text
        assert "column.0" not in told


BARE = (
    "Ada Marlowe;There are two moons over our harbor;;False;https://checks.example/1;12/12/2020\r\n"
    "Ben Okafor;The ferry, as ever, was never late;;True;https://checks.example/2;13/12/2020\r\n"
)


@pytest.mark.parametrize("name", ["quotes.csv", ""])
async def test_a_first_row_that_names_no_columns_is_told_and_is_not_lost(house: House, name: str) -> None:
    editor = await house.sign_in(Role.EDITOR)
    data = {"form_token": editor.form_token, "do": "read"}
    sent = {"files": {"file": (name, BARE.encode())}} if name else {}
    answer = await editor.client.post("/admin/import", data=data | {"content": BARE}, **sent)  # type: ignore[arg-type]
    asked = html.unescape(answer.text)
    assert "seems to be a quote" in asked or not name
    assert re.search(r'name="no_header" value="1" checked', asked)
    labels = re.findall(r'<label for="column-\d" dir="auto">(.*?)</label>', asked)
    assert labels == [f"Column {number}" for number in range(1, 7)]
    assert "There are two moons over our harbor</span>" in asked
    chosen = {
        f"column.{at}": field for at, field in enumerate(["speaker", "text", "", "label", "url", "said_on"])
    }
    form = {field: value for field, value in read_form(asked).items() if field in ("carried", "file_name")}
    form |= chosen | {"all.publisher": "The Check"}

    # What the page took the row for can be said otherwise, and back: the columns stay what they were.
    told = html.unescape((await editor.post("/import", **form, do="read")).text)
    assert "<b>1</b><span>created</span>" in told
    assert re.findall(r'<option value="(\w+)" selected>', told) == [
        field for field in chosen.values() if field
    ]
    told = html.unescape((await editor.post("/import", **form, no_header="1", do="read")).text)
    assert "<b>2</b><span>created</span>" in told
    taken = {
        field: value
        for field, value in read_form(told).items()
        if field.startswith(("column.", "all.", "carried", "file", "no_header"))
    }
    await editor.post("/import", **taken, do="write")
    [one, other] = (await house.store.quotes.search(Search())).quotes
    assert (other.text, other.said_on) == ("There are two moons over our harbor", dt.date(2020, 12, 12))
    assert one.text == "The ferry, as ever, was never late"
