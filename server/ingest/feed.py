"""ClaimReview by the million: a feed is read piece by piece, and never held.

What stands in the lists of a feed (`@graph`, `dataFeedElement`, the items of an array) is built one object at a
time, and dropped when it has been read. A small document is read as a whole instead: there, objects may refer
to each other by `@id`.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import ijson

from server.exporting.claim_review import OWN_PROPERTY
from server.ingest.claim_review import find_claim_reviews
from server.ingest.json_lines import read_review
from server.ingest.reading import BrokenContent, Item, NotAFactCheck, Unread

WHOLE_BYTES = 4 * 1024 * 1024
_CHUNK_BYTES = 64 * 1024
_LONGEST_WITHOUT_MARK = 8 * 1024 * 1024  # between two quotation marks: a text, a number, white space
_MOST_NODES = 20_000
_DEEPEST = 60
# What holds a feed's objects; all else belongs to one object.
_LISTS = frozenset(
    "@graph dataFeedElement itemListElement item items hasPart review reviews data claims claimReviews"
    " mainEntity results".split()
)


def read_feed(stream: BinaryIO) -> Iterator[Item]:
    """Yield a reading, or the reason why there is none, for each ClaimReview of a document of any size.

    Raises BrokenContent where it stops to be JSON, and NotAFactCheck where it holds no ClaimReview at all.
    """
    head = stream.read(WHOLE_BYTES + 1).removeprefix(codecs.BOM_UTF8)
    reviews = _read_pieces(head, stream) if len(head) > WHOLE_BYTES else _read_whole(head)
    number, last_own = 0, None
    for number, review in enumerate(reviews, 1):
        place = f"item {number}"
        if isinstance(review, _TooLarge):
            yield Unread(place, f"It holds more than {_MOST_NODES} values, or nests them too deep.")
            continue
        own = review.get(OWN_PROPERTY)
        if own and own == last_own:
            continue  # a further check of the quote before, which was read with all its checks
        last_own = own
        yield read_review(review, place)
    if not number:
        raise NotAFactCheck("The document holds no ClaimReview.")


def _read_whole(content: bytes) -> Iterator[Any]:
    try:
        document = json.loads(content, strict=False)
    except RecursionError:
        raise BrokenContent("The document nests its values too deep.") from None
    except UnicodeDecodeError:
        raise BrokenContent("The document is not in UTF-8.") from None
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")  # some messages lead over to the place, and some do not
        place = f"line {error.lineno}, column {error.colno}"
        raise BrokenContent(f"The document is not JSON: {what} at {place}.") from None
    except ValueError:
        raise BrokenContent("The document has a number that is too long.") from None
    yield from find_claim_reviews(document, most_nodes=2_000_000)


def _read_pieces(head: bytes, rest: BinaryIO) -> Iterator[Any]:
    """Yield the ClaimReview objects of a document that is too large to be held."""
    events = ijson.basic_parse(
        _Guarded(head, rest), use_float=True, multiple_values=True, buf_size=_CHUNK_BYTES
    )
    try:
        yield from _Walk(events).walk()
    except ijson.JSONError as error:
        told = str(error).partition("\n")[0].removeprefix("parse error: ").removeprefix("lexical error: ")
        raise BrokenContent(
            f"The document stops to be JSON: {told[:100].strip() or 'it ends too early'}."
        ) from None


class _TooLarge:
    """Stands for an object that is larger than any real ClaimReview."""


class _Walk:
    """Goes through the events of a JSON document. `_open` are the lists and the objects that hold them."""

    def __init__(self, events: Iterator[tuple[str, Any]]) -> None:
        self._events = events
        self._open: list[dict[str, Any] | None] = []  # None for a list
        self._keys: list[str] = []

    def walk(self) -> Iterator[Any]:
        for event, value in self._events:
            if event == "map_key":
                self._keys[-1] = value
            elif event in ("end_map", "end_array"):
                shell = self._open.pop()
                self._keys.pop()
                if shell is not None:
                    yield from find_claim_reviews(shell)
            elif event in ("start_map", "start_array") and self._holds_more():
                if len(self._open) == _DEEPEST:
                    raise BrokenContent("The document nests its lists too deep.")
                self._open.append({} if event == "start_map" else None)
                self._keys.append("")
            else:
                built = self._build(event, value)
                if isinstance(built, _TooLarge):
                    yield built
                elif self._open and (shell := self._open[-1]) is not None and len(shell) < 1_000:
                    shell[self._keys[-1]] = built

    def _holds_more(self) -> bool:
        """Tell whether what begins here is itself a place where objects stand."""
        return not self._open or self._open[-1] is None or self._keys[-1] in _LISTS

    def _build(self, event: str, value: Any) -> Any:
        """Return the value that begins with this event, whole; of one that is too large, only that."""
        if event not in ("start_map", "start_array"):
            return value
        root: Any = {} if event == "start_map" else []
        stack, keys, nodes = [root], [""], 1
        while stack:
            event, value = next(self._events)
            if event == "map_key":
                keys[-1] = value
                continue
            if event in ("end_map", "end_array"):
                stack.pop()
                keys.pop()
                continue
            starts = event in ("start_map", "start_array")
            child: Any = ({} if event == "start_map" else []) if starts else value
            if isinstance(stack[-1], dict):
                stack[-1][keys[-1]] = child
            else:
                stack[-1].append(child)
            if starts:
                stack.append(child)
                keys.append("")
            nodes += 1
            if nodes > _MOST_NODES or len(stack) > _DEEPEST:
                self._skip(len(stack))
                return _TooLarge()
        return root

    def _skip(self, depth: int) -> None:
        while depth:
            event, _ = next(self._events)
            depth += (event in ("start_map", "start_array")) - (event in ("end_map", "end_array"))


class _Guarded:
    """The bytes of a document, refused where one text in it is longer than any can be held."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest
        self._without_mark = 0
        self._last = b""

    def read(self, size: int) -> bytes:
        if not size:
            return b""  # ijson asks for nothing, to learn whether bytes come
        chunk = self._head[:size] or self._rest.read(size)
        self._head = self._head[size:]
        mark = (self._last + chunk).replace(b'\\"', b"").rfind(b'"')
        self._last = chunk[-1:]
        self._without_mark = len(chunk) - mark if mark >= 0 else self._without_mark + len(chunk)
        if self._without_mark > _LONGEST_WITHOUT_MARK:
            raise BrokenContent("The document holds a text that is larger than 8 MiB.")
        return chunk
