"""NDJSON: a record a line. Quotes in our own form, ClaimReview, or flat records with any names for their fields."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from typing import BinaryIO

import orjson

from server.exporting.claim_review import OWN_PROPERTY
from server.ingest.claim_review import find_claim_reviews, read_claim_review
from server.ingest.columns import assign_columns
from server.ingest.own_form import is_own_form, read_own_form
from server.ingest.reading import Item, NotAFactCheck, Unread, make_quote_reading
from server.ingest.rows import read_row

# The largest quote that our own form allows has 800,000 characters, of which JSON may make six bytes each.
_LONGEST_LINE = 6 * 1024 * 1024
_MOST_OF_A_LINE = 10_000


def read_json_lines(
    stream: BinaryIO, columns: Mapping[str, str], defaults: Mapping[str, str]
) -> Iterator[Item]:
    """Yield a reading, or the reason why there is none, for each record.

    Raises NotAFactCheck at the end where a chosen key was in none of the records that have names of their own.
    """
    reader = RecordReader(columns, defaults)
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        place = f"line {number}"
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield Unread(place, "The line is longer than 6 MiB.")
            continue
        content = line.removeprefix(codecs.BOM_UTF8).strip() if number == 1 else line.strip()
        if not content:
            continue
        try:
            record = orjson.loads(content)
        except orjson.JSONDecodeError as error:
            yield Unread(place, f"The line is not JSON: {error.msg}.")
            continue
        for at, each in enumerate(record[:_MOST_OF_A_LINE] if isinstance(record, list) else [record], 1):
            yield from reader.read(each, f"{place}, item {at}" if isinstance(record, list) else place)
    reader.require_chosen()


def read_first_records(content: bytes, most: int) -> tuple[list[str], list[dict[str, object]]]:
    """Return the keys of a content's first records, and these; not of quotes and ClaimReview, whose keys are known."""
    records: list[dict[str, object]] = []
    for line in content[:_LONGEST_LINE].splitlines()[:most]:
        try:
            told = orjson.loads(line.removeprefix(codecs.BOM_UTF8))
        except orjson.JSONDecodeError:
            continue
        some = told[:most] if isinstance(told, list) else [told]
        records += [_flatten(record) for record in some if _is_flat(record)]
    return list(dict.fromkeys(name for record in records for name in record)), records


def _is_flat(record: object) -> bool:
    """Tell whether a record has names of its own."""
    return isinstance(record, dict) and not is_own_form(record) and not any(find_claim_reviews(record))


class RecordReader:
    """Reads records, whose names are looked up once for all that have the same."""

    def __init__(self, columns: Mapping[str, str], defaults: Mapping[str, str]) -> None:
        self._columns = columns
        self._defaults = defaults
        self._assigned: dict[tuple[str, ...], dict[str, str]] = {}
        self._never_met = {name for name in columns.values() if name}

    def read(self, record: object, place: str) -> Iterator[Item]:
        if not isinstance(record, Mapping):
            yield Unread(place, "It is no JSON object.")
            return
        try:
            if is_own_form(record):
                yield read_own_form(record, place)
            elif reviews := list(find_claim_reviews(record)):
                for review in reviews:
                    yield read_review(review, place)
            else:
                flat = _flatten(record)
                yield make_quote_reading(read_row(flat, self._assign(flat), self._defaults), place)
        except NotAFactCheck as refusal:
            yield Unread(place, refusal.reason)

    def require_chosen(self) -> None:
        """Raise NotAFactCheck for a chosen key that none of the records had: one may leave it out, but not all."""
        for field, name in self._columns.items():
            if self._assigned and name in self._never_met:
                raise NotAFactCheck(f"No record has the key to take as {field} (“{name}”).")

    def _assign(self, record: Mapping[str, object]) -> dict[str, str]:
        names = tuple(record)
        if names not in self._assigned:
            self._never_met.difference_update(names)
            if len(self._assigned) > 1_000:
                self._assigned.clear()
            chosen = {field: name for field, name in self._columns.items() if not name or name in record}
            self._assigned[names] = assign_columns(names, chosen)
        return self._assigned[names]


def read_review(review: Mapping[str, object], place: str) -> Item:
    """Return what a ClaimReview says; of our own exports, the quote that it was written from."""
    own = review.get(OWN_PROPERTY)
    try:
        if isinstance(own, Mapping):
            return read_own_form(own, place)
        return make_quote_reading(read_claim_review(review), place)
    except NotAFactCheck as refusal:
        return Unread(place, refusal.reason)


def _flatten(record: Mapping[str, object]) -> dict[str, object]:
    """Return the record with what its objects hold beside it: `{"speaker": {"name": …}}` as `speaker name`."""
    flat: dict[str, object] = {}
    for name, value in list(record.items())[:500]:
        if isinstance(value, Mapping):
            flat |= {f"{name} {inner}": told for inner, told in list(value.items())[:50]}
        else:
            flat[name] = value
    return flat
