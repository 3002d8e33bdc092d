"""What the server and its reading processes say to each other: JSON, so that nothing sent back is ever run."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson

from server.ingest.content import Source
from server.ingest.reading import BrokenContent, Item, NotAFactCheck, QuoteReading, Unread
from server.models import ExportedQuote, Quote


def write_source(source: Source) -> bytes:
    return orjson.dumps(asdict(source))


def parse_source(message: bytes) -> Source:
    return Source(**orjson.loads(message))


def write_items(items: list[Item]) -> bytes:
    return orjson.dumps({"items": [_write_item(item) for item in items]})


def write_refusal(refusal: NotAFactCheck | BrokenContent) -> bytes:
    return orjson.dumps({type(refusal).__name__: refusal.reason})


def parse_answer(message: bytes) -> list[Item]:
    """Return the items of an answer, or raise the refusal that it is."""
    answer = orjson.loads(message)
    if "items" not in answer:
        ((name, reason),) = answer.items()
        raise (BrokenContent if name == BrokenContent.__name__ else NotAFactCheck)(reason)
    return [_parse_item(item) for item in answer["items"]]


def _write_item(item: Item) -> dict[str, Any]:
    if isinstance(item, Unread):
        return {"unread": asdict(item)}
    told = {name: getattr(item, name) for name in ("evidence", "missing", "place", "rating_given")}
    own = isinstance(item.quote, ExportedQuote)
    return told | {"own": own, "quote": item.quote.model_dump(mode="json")}


def _parse_item(told: dict[str, Any]) -> Item:
    if "unread" in told:
        return Unread(**told["unread"])
    model = ExportedQuote if told.pop("own") else Quote
    return QuoteReading(**told | {"quote": model.model_validate_json(orjson.dumps(told["quote"]))})
