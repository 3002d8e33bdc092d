"""CSV: no cell of an export is a formula, and each can be read back."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.exporting.table import COLUMNS, defuse, undo_defuse, write_heading, write_rows
from server.models import StoredQuote
from tests.server.quotes import make_quote

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠a"]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_has_a_quote_mark_before_it(cell: str) -> None:
    assert defuse(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "text", "'Twas said", "“-1”", "1=1", " =1"])
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert defuse(cell) == cell == undo_defuse(cell)


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n＝a \"“,")) | st.text())
def test_what_is_defused_can_be_undone(cell: str) -> None:
    assert undo_defuse(defuse(cell)) == cell
    assert defuse(cell)[:1] not in set("=+-@\t\r\n＝＋－＠") - {""}


def test_rows_are_read_back_as_they_were() -> None:
    quote = make_quote(
        '=1 "two",\r\nthree', speaker={"name": "-Ann"}, said_on="2022-01-07", wordings=[{"text": "+w"}]
    )
    stored = StoredQuote.model_validate(
        quote.model_dump() | {"id": "q_" + "a" * 22, "status": "draft", "revision": 1}
    )
    written = write_heading() + write_rows(stored)
    assert written.startswith(codecs.BOM_UTF8)
    (row,) = csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    assert tuple(row) == COLUMNS
    cells = {name: undo_defuse(cell) for name, cell in row.items()}
    assert (cells["text"], cells["speaker_name"], cells["said_on"]) == (quote.text, "-Ann", "2022-01-07")
    assert cells["wordings"] == '[{"text":"+w","language":null,"kind":"variant"}]'
    assert (cells["language"], cells["rating"]) == ("", "unsubstantiated")
