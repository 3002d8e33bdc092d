"""CSV: a check a row. The rows of one quote follow each other and repeat what is the quote's, but for its
wordings, which stand in the first alone: they may be long. They share its id.

A cell that a spreadsheet would run as a formula has a quote mark before it, which `undo_defuse` takes away.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable

import orjson

from server.models import Check, StoredQuote

COLUMNS = (
    "id",
    "status",
    "text",
    "form",
    "language",
    "said_on",
    "speaker_name",
    "speaker_role",
    "label",
    "rating",
    "publisher",
    "title",
    "summary",
    "url",
    "published_on",
    "wordings",  # a JSON array of {text, language, kind}, or empty
)

# Spreadsheets for the Far East take the full-width signs, too. The quote marks before are undone one by one.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_DEFUSED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


def write_heading() -> bytes:
    # Without the mark, spreadsheets take a file for one of their country's old encoding.
    return codecs.BOM_UTF8 + _write([COLUMNS])


def write_rows(quote: StoredQuote) -> bytes:
    return _write(_row(quote, check, first=at == 0) for at, check in enumerate(quote.checks))


def defuse(cell: str) -> str:
    """Return the cell as a spreadsheet shows it and does not run it.

    >>> defuse("=1+1"), defuse("'=1"), defuse("'Twas said")
    ("'=1+1", "''=1", "'Twas said")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def undo_defuse(cell: str) -> str:
    """Return what `defuse` was given.

    >>> undo_defuse("'=1+1"), undo_defuse("''=1"), undo_defuse("'Twas said")
    ('=1+1', "'=1", "'Twas said")
    """
    return cell[1:] if _DEFUSED.match(cell) else cell


def _row(quote: StoredQuote, check: Check, *, first: bool) -> list[str]:
    wordings = [wording.model_dump(mode="json") for wording in quote.wordings]
    cells = {
        "id": quote.id,
        "status": quote.status,
        "text": quote.text,
        "form": quote.form,
        "language": quote.language,
        "said_on": quote.said_on,
        "speaker_name": quote.speaker.name if quote.speaker else None,
        "speaker_role": quote.speaker.role if quote.speaker else None,
        "label": check.verdict.label,
        "rating": check.verdict.rating,
        "publisher": check.publisher,
        "title": check.title,
        "summary": check.summary,
        "url": check.url,
        "published_on": check.published_on,
        "wordings": orjson.dumps(wordings).decode() if wordings and first else None,
    }
    return ["" if cells[name] is None else defuse(str(cells[name])) for name in COLUMNS]


def _write(rows: Iterable[Iterable[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()
