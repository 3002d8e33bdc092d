"""Publishers and their verdict labels: the tables of `labels/`, one file a publisher.

A table is data: a version, the names and hosts by which the publisher is known, and a rating for each of its
labels. `general.json` holds labels that mean the same wherever they are used. A label that no table knows has
no rating: it waits for a curator, because a guessed verdict would be worse than none.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

import orjson

from server.models import QuoteForm, Rating

GENERAL = "general"


@dataclass(frozen=True)
class LabelTable:
    """A publisher's labels, folded, with their ratings."""

    key: str
    version: int
    publisher: str
    names: frozenset[str]
    hosts: tuple[str, ...]
    ratings: dict[str, Rating]
    unmarked: QuoteForm | None  # what a claim is that this publisher sets in no quotation marks


@cache
def load_label_tables() -> dict[str, LabelTable]:
    """Return the packaged tables by file name without its ending. Raises ValueError for a faulty table."""
    folder = files("server.ingest").joinpath("labels")
    tables = {}
    for entry in sorted(folder.iterdir(), key=lambda file: file.name):
        if entry.name.endswith(".json"):
            key = entry.name.removesuffix(".json")
            tables[key] = _read_table(key, entry.read_bytes())
    return tables


def _read_table(key: str, content: bytes) -> LabelTable:
    data = orjson.loads(content)
    ratings: dict[str, Rating] = {}
    for rating, labels in data["labels"].items():
        for label in labels:
            folded = fold_label(label)
            if ratings.setdefault(folded, Rating(rating)) != rating:
                raise ValueError(f"labels/{key}.json gives two ratings to “{label}”")
    return LabelTable(
        key=key,
        version=data["version"],
        publisher=data["publisher"],
        names=frozenset(fold_label(name) for name in [data["publisher"], *data["names"]]),
        hosts=tuple(data["hosts"]),
        ratings=ratings,
        unmarked=QuoteForm(data["unmarked"]) if "unmarked" in data else None,
    )


@lru_cache(maxsize=4_096)
def fold_label(label: str) -> str:
    """Return `label` without case, punctuation and spare spaces: “Pants on Fire!” is “pants on fire”.

    Diacritics stay, and so does the order of words.
    """
    text = unicodedata.normalize("NFKC", label).casefold()
    return " ".join("".join(char if char.isalnum() or _is_mark(char) else " " for char in text).split())


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Mc")


def rate_label(label: str, publisher: str | None) -> Rating | None:
    """Return the rating of a publisher's label, or None where it is not known."""
    folded = fold_label(label)
    tables = load_label_tables()
    own = find_publisher(name=publisher)
    if own and folded in own.ratings:
        return own.ratings[folded]
    return tables[GENERAL].ratings.get(folded)


def is_known_label(label: str, publisher: str | None) -> bool:
    """Tell whether `label` is one that the publisher is known to use."""
    return rate_label(label, publisher) is not None


def find_publisher(*, name: str | None = None, address: str | None = None) -> LabelTable | None:
    """Return the table of the publisher with this name, or at this web address; None if none is known."""
    table = _tables_by_name().get(fold_label(name)) if name else None
    if table or not address:
        return table
    labels = host_of(address).split(".")
    by_host = _tables_by_host()
    return next(
        (by_host[host] for at in range(len(labels)) if (host := ".".join(labels[at:])) in by_host), None
    )


@cache
def _tables_by_name() -> dict[str, LabelTable]:
    return {name: table for table in load_label_tables().values() for name in table.names}


@cache
def _tables_by_host() -> dict[str, LabelTable]:
    return {host: table for table in load_label_tables().values() for host in table.hosts}


def host_of(address: str) -> str:
    """Return the host of a web address in lower case, or an empty text where it has none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
