"""The form of a quote: from a quote, from what a person sent, and back into a quote, each fault beside its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from starlette.datastructures import FormData

from server.admin.fields import read_text
from server.models import MAX_CHECKS, MAX_WORDINGS, Quote, QuoteForm

_CHECK_FIELDS = ("label", "rating", "publisher", "title", "summary", "url", "published_on")
_WORDING_FIELDS = ("text", "language", "kind")
_HEAD_FIELDS = ("text", "form", "language", "said_on", "speaker.name", "speaker.role")


@dataclass
class EditedQuote:
    """`values` are texts by the names of the fields, such as "speaker.name" or "checks.0.label".

    "reason", why it is moved, is kept beside the quote and is none of its fields.
    `sent`: they came from a person's form, and are nowhere else yet. `cursor`: the field that has it.
    """

    values: dict[str, str]
    checks: int = 1
    wordings: int = 0
    faults: dict[str, str] = field(default_factory=dict)
    sent: bool = False
    cursor: str = ""

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @classmethod
    def of(cls, quote: Quote) -> EditedQuote:
        return cls(list_values(quote), len(quote.checks), len(quote.wordings))

    @classmethod
    def read(cls, form: FormData) -> EditedQuote:
        checks = _count(form, "checks")
        wordings = _count(form, "wordings")
        names = [*_names(checks, wordings), "reason"]
        values = {name: read_text(form, name) for name in names}
        return cls(values, max(checks, 1), wordings, sent=True)

    def change_rows(self, act: str) -> bool:
        """Add or remove a row where the button that was pressed says so; tell whether it did."""
        act, _, what = act.partition(" ")
        if act == "add":
            self.add(what)
        elif act == "remove":
            self.remove(what)
        return act in ("add", "remove")

    def add(self, rows: str) -> None:
        """Add an empty row to "checks" or "wordings"."""
        if rows == "checks":
            self.checks += self.checks < MAX_CHECKS
            self.cursor = f"checks.{self.checks - 1}.publisher"
        elif rows == "wordings":
            self.wordings += self.wordings < MAX_WORDINGS
            self.cursor = f"wordings.{self.wordings - 1}.text"

    def remove(self, row: str) -> None:
        """Take a row out, such as "checks.1"; the last check stays."""
        rows, _, place = row.partition(".")
        count = {"checks": self.checks, "wordings": self.wordings}.get(rows, 0)
        if not place.isdecimal() or int(place) >= count or (rows, count) == ("checks", 1):
            return
        fields = _CHECK_FIELDS if rows == "checks" else _WORDING_FIELDS
        for at in range(int(place), count):
            for name in fields:
                self.values[f"{rows}.{at}.{name}"] = self.values.get(f"{rows}.{at + 1}.{name}", "")
        # The cursor goes to the row that is there now, or else to the last.
        next_to_it = min(int(place), count - 2)
        if rows == "checks":
            self.checks -= 1
            self.cursor = f"checks.{next_to_it}.publisher"
        else:
            self.wordings -= 1
            self.cursor = f"wordings.{next_to_it}.text"

    def quote(self) -> Quote | None:
        """Return the quote that the form describes; None where `faults` now tells what keeps it from being one."""
        self.faults = {}
        try:
            return Quote.model_validate(self._shape())
        except ValidationError as invalid:
            for error in invalid.errors(include_url=False, include_input=False):
                self.faults.setdefault(_name_field(error["loc"]), _tell(error))
            return None

    def _shape(self) -> dict[str, Any]:
        speaker = {"name": self["speaker.name"], "role": self["speaker.role"] or None}
        return {
            "text": self["text"],
            "form": self["form"] or QuoteForm.QUOTE,
            "language": self["language"] or None,
            "said_on": self["said_on"] or None,
            "speaker": speaker if any(speaker.values()) else None,
            "checks": [self._shape_check(f"checks.{at}.") for at in range(self.checks)],
            "wordings": [
                {
                    "text": self[f"wordings.{at}.text"],
                    "language": self[f"wordings.{at}.language"] or None,
                    "kind": self[f"wordings.{at}.kind"] or "variant",
                }
                for at in range(self.wordings)
            ],
        }

    def _shape_check(self, prefix: str) -> dict[str, Any]:
        optional = {name: self[prefix + name] or None for name in ("title", "summary", "url", "published_on")}
        verdict = {"label": self[prefix + "label"], "rating": self[prefix + "rating"] or None}
        return {"verdict": verdict, "publisher": self[prefix + "publisher"], **optional}


def join_edits(mine: EditedQuote, base: Quote, theirs: Quote) -> EditedQuote:
    """Return a form that holds what two people made of `base`: mine where I changed a field, else theirs.

    Rows may have moved. Where their number differs, all are theirs if I left them alone, else mine.
    """
    base_values, their_values = list_values(base), list_values(theirs)
    both = EditedQuote(dict(mine.values), mine.checks, mine.wordings)
    joined = [*_HEAD_FIELDS]
    if mine.checks == len(theirs.checks) or not _differs(mine, EditedQuote.of(base), "checks"):
        both.checks = len(theirs.checks)
        joined += _name_rows("checks", _CHECK_FIELDS, both.checks)
    if mine.wordings == len(theirs.wordings) or not _differs(mine, EditedQuote.of(base), "wordings"):
        both.wordings = len(theirs.wordings)
        joined += _name_rows("wordings", _WORDING_FIELDS, both.wordings)
    for name in joined:
        if mine[name] == base_values.get(name, ""):
            both.values[name] = their_values[name]
    return both


def _differs(mine: EditedQuote, base: EditedQuote, rows: str) -> bool:
    """Tell whether a form's checks, or its wordings, are others than those of `base`, in number or in words."""
    names = {name for name in (*mine.values, *base.values) if name.startswith(f"{rows}.")}
    return any(mine[name] != base[name] for name in names)


def list_values(quote: Quote) -> dict[str, str]:
    """Return a quote's fields as a form names them, all as texts."""
    told = quote.model_dump(mode="json", include=set(Quote.model_fields))
    speaker = told["speaker"] or {}
    values: dict[str, Any] = {name: told[name] for name in ("text", "form", "language", "said_on")}
    values |= {f"speaker.{name}": speaker.get(name) for name in ("name", "role")}
    for at, check in enumerate(told["checks"]):
        flat = {**check, **check["verdict"]}
        values |= {f"checks.{at}.{name}": flat[name] for name in _CHECK_FIELDS}
    for at, wording in enumerate(told["wordings"]):
        values |= {f"wordings.{at}.{name}": wording[name] for name in _WORDING_FIELDS}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def is_field(name: str) -> bool:
    """Tell whether a form of a quote can have a field of this name, for a person to fill in."""
    rows, _, rest = name.partition(".")
    place, _, field_of_row = rest.partition(".")
    fields = {"checks": _CHECK_FIELDS, "wordings": _WORDING_FIELDS}.get(rows, ())
    return name in (*_HEAD_FIELDS, "reason") or (place.isdecimal() and field_of_row in fields)


def name_in_words(field_name: str) -> str:
    """Return a field's name as its label says it, such as "Check 2: summary"."""
    rows, _, rest = field_name.partition(".")
    place, _, name = rest.partition(".")
    if rows in ("checks", "wordings") and place.isdecimal():
        kind = "Check" if rows == "checks" else "Wording"
        return f"{kind} {int(place) + 1}: {_LABELS[name]}"
    return _LABELS[field_name].capitalize()


def label_of(field_name: str) -> str:
    """Return what a field's label says, such as "summary", whichever check or wording it is of."""
    return _LABELS.get(field_name) or _LABELS[field_name.rpartition(".")[2]]


_LABELS = {
    "text": "text",
    "form": "whose words",
    "language": "language",
    "said_on": "said on",
    "speaker.name": "speaker",
    "speaker.role": "speaker's role",
    "label": "label",
    "rating": "rating",
    "publisher": "publisher",
    "title": "title",
    "summary": "summary",
    "url": "address",
    "published_on": "published on",
    "kind": "kind",
    "reason": "reason",
}


def _names(checks: int, wordings: int) -> list[str]:
    return [
        *_HEAD_FIELDS,
        *_name_rows("checks", _CHECK_FIELDS, checks),
        *_name_rows("wordings", _WORDING_FIELDS, wordings),
    ]


def _name_rows(rows: str, fields: Sequence[str], count: int) -> list[str]:
    return [f"{rows}.{at}.{name}" for at in range(count) for name in fields]


def _count(form: Mapping[str, Any], rows: str) -> int:
    """Return how many rows were sent: they are numbered from 0 without gaps."""
    first = "label" if rows == "checks" else "text"
    return next(at for at in count() if f"{rows}.{at}.{first}" not in form)


def _name_field(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location if part != "verdict")


def _tell(error: ErrorDetails) -> str:
    most = error.get("ctx", {}).get("max_length")
    if most is not None:
        return f"At most {most:,}{'' if error['type'] == 'too_long' else ' characters'}."
    return next((told for kind, told in _FAULTS.items() if error["type"].startswith(kind)), error["msg"])


_FAULTS = {
    "string_too_short": "Fill this in.",
    "missing": "Fill this in.",
    "no_words": "Words: marks and pictures alone are never matched.",
    "url_": "A complete web address, such as https://example.org/check.",
    "string_pattern_mismatch": "A language's short name, such as en or pt-BR.",
    "enum": "Choose one from the list.",
    "date": "A day that exists, as YYYY-MM-DD.",
    "value_error": "A day that exists, as YYYY-MM-DD.",
}
