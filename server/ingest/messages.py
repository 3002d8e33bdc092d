"""What the server and its reading processes say to each other: JSON, so that nothing sent back is ever run."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Any

import orjson

from server.ingest.content import Source
from server.ingest.reading import BrokenContent, Item, NotAFactCheck, QuoteReading, Unread
from server.models import ExportedQuote, Quote

# The server parses long answers in a thread beside those that match. A thread that never waits gives the interpreter
# away only every 5 ms (`sys.getswitchinterval`), and each step of a match would wait as long: so this one waits.
_ITEMS_AT_ONCE = 10  # about half a millisecond's work
_PAUSE_SECONDS = 0.0005


class ReaderFailed(Exception):
    """The reading process met a fault of its own; the message tells what and where, without the content."""


def write_source(source: Source) -> bytes:
    return orjson.dumps(asdict(source))


def parse_source(message: bytes) -> Source:
    return Source(**orjson.loads(message))


def write_items(items: list[Item]) -> bytes:
    return orjson.dumps({"items": [_write_item(item) for item in items]})


def write_refusal(refusal: NotAFactCheck | BrokenContent) -> bytes:
    return orjson.dumps({type(refusal).__name__: refusal.reason})


def write_fault(fault: str) -> bytes:
    return orjson.dumps({ReaderFailed.__name__: fault})


def parse_answer(message: bytes) -> list[Item]:
    """Return the items of an answer, or raise the refusal, or the fault, that it is.

    For a thread of its own: it gives way.
    """
    answer = orjson.loads(message)
    if ReaderFailed.__name__ in answer:
        raise ReaderFailed(answer[ReaderFailed.__name__])
    if "items" not in answer:
        ((name, reason),) = answer.items()
        raise (BrokenContent if name == BrokenContent.__name__ else NotAFactCheck)(reason)
    items: list[Item] = []
    for item in answer["items"]:
        items.append(_parse_item(item))
        if len(items) % _ITEMS_AT_ONCE == 0:
            time.sleep(_PAUSE_SECONDS)
    return items


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
