"""The columns of a table that is imported: which field each is read as, and what a curator says it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.datastructures import FormData

from server.admin.fields import read_text
from server.admin.reading_content import TEXT_TYPE, ColumnMapping, Unreadable, guess_media_type
from server.ingest import CSV_TYPE, NDJSON_TYPE, NotAFactCheck
from server.ingest.columns import Column, describe_columns, may_be_table
from server.ingest.decoding import SAMPLE_BYTES, decode_undeclared, name_other_form
from server.ingest.json_lines import read_first_records
from server.ingest.tabular import read_first_rows

# As the form of a quote calls them.
FIELDS: Final = {
    "text": "Quote",
    "speaker": "Speaker",
    "role": "Speaker’s role",
    "said_on": "Said on",
    "language": "Language",
    "form": "Whose words",
    "label": "Label, in its own words",
    "rating": "Rating, in our words",
    "publisher": "Publisher",
    "published_on": "Published on",
    "summary": "Summary",
    "title": "Title",
    "url": "Address of the check",
    "wordings": "Wordings",
}
# What a table often says of all its rows by its name alone.
FIELDS_OF_ALL: Final = ("publisher", "speaker", "language")
MOST_COLUMNS = 100
_ROWS_LOOKED_AT = 20
_LONGEST_EXAMPLE = 80


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns as the page shows them. `file_name` tells, where the content is sent again, that it is a table.

    `chosen`: whether what they are read as is what the form says, and not what their names do. `header`: whether
    the first row of a table names them; None of records.
    """

    columns: list[Column]
    chosen: bool
    file_name: str
    header: bool | None

    @property
    def has_unread(self) -> bool:
        return any(column.field is None for column in self.columns)


def list_columns(form: FormData, content: bytes, file_name: str) -> Columns | None:
    """Return the columns of content that is a table, or looks like one, and what each is; None of what is none."""
    sample = decode_undeclared(content[:SAMPLE_BYTES])
    if name_other_form(content, sample):
        return None
    media_type = guess_media_type(content, file_name)
    is_chosen = _is_chosen(form)
    header = None
    try:
        if media_type == CSV_TYPE or (media_type == TEXT_TYPE and may_be_table(sample)):
            names, rows, header = read_first_rows(
                content, _ROWS_LOOKED_AT, has_header=_has_header(form) if is_chosen else None
            )
            described = describe_columns(names, rows)
            file_name = file_name if media_type == CSV_TYPE and file_name else "pasted.csv"
        elif media_type == NDJSON_TYPE:
            described = describe_columns(*read_first_records(content, _ROWS_LOOKED_AT))
        else:
            return None
    except NotAFactCheck:
        return None
    shown = [column for column in described if column.name and column.name == _as_text(column.name)]
    columns = [
        Column(
            column.at,
            column.name,
            _read_choice(form, column.at) if is_chosen else column.field,
            _as_text(_shorten(column.example)),
        )
        for column in shown[:MOST_COLUMNS]
    ]
    return Columns(columns, is_chosen, file_name, header) if columns else None


def read_mapping(form: FormData, content: bytes, file_name: str) -> ColumnMapping:
    """Return what the form says of the columns; raise Unreadable where that can't be."""
    defaults = read_defaults(form)
    if not _is_chosen(form):
        return ColumnMapping({}, defaults)
    known = list_columns(form, content, file_name)
    column_of: dict[str, str] = {}
    for column in known.columns if known else []:
        if column.field is None:
            continue
        if column.field in column_of:
            raise Unreadable(
                f"Two columns are chosen as “{FIELDS[column.field]}”: “{column_of[column.field][:40]}” and "
                f"“{column.name[:40]}”. Leave one of them out."
            )
        column_of[column.field] = column.name
    if "text" not in column_of:
        raise Unreadable("No column is chosen as “Quote”: choose the one that holds the words.")
    return ColumnMapping({name: column_of.get(name, "") for name in FIELDS}, defaults, _has_header(form))


def read_defaults(form: FormData) -> dict[str, str]:
    """Return, by field, what it is of all rows where their own is empty."""
    return {name: value for name in FIELDS_OF_ALL if (value := read_text(form, f"all.{name}"))}


def _is_chosen(form: FormData) -> bool:
    return any(name.startswith("column.") for name in form)


def _has_header(form: FormData) -> bool:
    return not read_text(form, "no_header")


def _read_choice(form: FormData, at: int) -> str | None:
    chosen = read_text(form, f"column.{at}")
    return chosen if chosen in FIELDS else None


def _shorten(example: str) -> str:
    return example if len(example) <= _LONGEST_EXAMPLE else example[: _LONGEST_EXAMPLE - 1] + "…"


def _as_text(raw: str) -> str:
    """Bytes that are no text in the table's encoding can't be shown."""
    return raw.encode("utf-8", "replace").decode()
