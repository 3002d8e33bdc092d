"""One row of a table, or one flat record, read into a quote."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from server.ingest.clean_text import clean_line, clean_markup
from server.ingest.dates import NO_DATE, read_date
from server.ingest.labels import find_publisher
from server.ingest.language import read_language
from server.ingest.reading import REQUIRED, Findings, NotAFactCheck
from server.ingest.speakers import add_speaker
from server.models import QuoteForm, Rating

_DATES = ("said_on", "published_on")
_FORMS = {
    "quote": QuoteForm.QUOTE, "verbatim": QuoteForm.QUOTE, "full": QuoteForm.QUOTE, "direct": QuoteForm.QUOTE,
    "paraphrase": QuoteForm.PARAPHRASE, "indirect": QuoteForm.PARAPHRASE,
}  # fmt: skip


def read_row(
    cells: Mapping[str, object],
    columns: Mapping[str, str],
    defaults: Mapping[str, str],
    *,
    day_first: bool | None = None,
) -> Findings:
    """Return what a row says: `cells` by column, `columns` by field, `defaults` by field where a cell is empty.

    `day_first` is how the table writes dates, where that is known.

    Raises NotAFactCheck for a rating that is none of ours, and where quote, verdict or publisher are not told.
    """
    found = Findings(unmarked=QuoteForm.QUOTE)
    for field, column in columns.items():
        _add_cell(found, field, cells.get(column), column, day_first=day_first)
    for field, value in defaults.items():
        if field not in found.values:
            _add_cell(found, field, value, f"given for all: {field}")
    _add_publisher(found)
    _require(found, columns)
    return found


def _add_cell(
    found: Findings, field: str, value: object, column: str, *, day_first: bool | None = None
) -> None:
    if field == "wordings":
        found.wordings += _read_wordings(value)
        return
    raw = "" if value is None or isinstance(value, (dict, list)) else str(value)
    if not raw or raw.isspace():
        return
    text = clean_markup(raw) if "<" in raw or "&" in raw else clean_line(raw)
    snippet = f"{column}: {text}"
    if field in _DATES:
        found.add_clear(field, read_date(text, day_first=day_first), snippet, NO_DATE)
    elif field == "speaker":
        add_speaker(found, text, snippet)
    elif field == "url":
        found.add_address(text, snippet)
    elif field == "language":
        found.add_clear(field, read_language(text), snippet, "no language that is known")
    elif field == "rating":
        found.add(field, _read_rating(text), snippet)
    elif field == "form":
        found.add(field, _FORMS.get(text.casefold()), snippet)
    elif field == "publisher":
        table = find_publisher(name=text) or find_publisher(address=f"https://{text}")
        found.add(field, table.publisher if table else text, snippet)
    else:
        found.add(field, text, snippet)


def _require(found: Findings, columns: Mapping[str, str]) -> None:
    for field, what in REQUIRED.items():
        if field in found.values or field in found.evidence:  # which tells why it was dropped
            continue
        if field in columns:
            raise NotAFactCheck(f"No {what} is told: “{columns[field][:40]}” is empty.")
        raise NotAFactCheck(f"No {what} is told: no column is named as one that holds it: “{what}”.")


def _add_publisher(found: Findings) -> None:
    """Name the publisher by the check's address, where the row does not."""
    address = found.text("url")
    table = find_publisher(address=address) if address else None
    found.add("publisher", table.publisher if table else None, f"address: {address}")


def _read_rating(text: str) -> Rating:
    try:
        return Rating(text.casefold().replace(" ", "_"))
    except ValueError:
        known = ", ".join(Rating)
        raise NotAFactCheck(f"The rating is none of {known} (“{text[:50]}”).") from None


def _read_wordings(value: object) -> list[str]:
    """Return the texts of a cell: a JSON array of texts or of wordings, or texts with a bar between them."""
    if isinstance(value, str) and value.lstrip()[:1] == "[":
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError:
            return []
    if isinstance(value, str):
        value = value.split("|")
    texts = (
        [item.get("text") if isinstance(item, dict) else item for item in value]
        if isinstance(value, list)
        else []
    )
    return [text for item in texts if isinstance(item, str) and (text := clean_line(item))]
