"""Cards: what a reader is told of each quote, as JSON, in one block of bytes that can be mapped from a file.

8 bytes   magic and version
8 bytes   n, the number of cards
24 n      the quotes' ids, sorted
8 (n+1)   where each card begins in what follows, and where the last one ends
…         the cards
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import orjson

from server.models import StoredQuote
from server.paraphrases import told_form

_MAGIC = b"QMCARDS1"
_ID_BYTES = 24
_HEAD_BYTES = 16

_TOLD = {"text", "language", "said_on", "speaker", "checks"}


def write_card(quote: StoredQuote) -> bytes:
    """Return, as JSON, what a reader is told of a quote."""
    return quote.model_dump_json(include=_TOLD | told_form(quote)).encode()


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What the server itself reads of a card."""

    speaker: str | None
    rating: str | None  # of the first check, which readers are shown
    check_addresses: tuple[str, ...]


def read_facts(card: bytes) -> CardFacts:
    told = orjson.loads(card)
    speaker, checks = told["speaker"], told["checks"]
    return CardFacts(
        speaker["name"] if speaker else None,
        checks[0]["verdict"]["rating"],
        tuple(check["url"] for check in checks if check["url"]),
    )


def write_cards(cards: Mapping[str, bytes], path: Path) -> None:
    ids = sorted(cards)
    starts = np.zeros(len(ids) + 1, np.uint64)
    np.cumsum([len(cards[quote_id]) for quote_id in ids], out=starts[1:])
    with path.open("wb") as file:
        file.write(_MAGIC)
        file.write(len(ids).to_bytes(8, "little"))
        file.write(np.array([quote_id.encode() for quote_id in ids], f"S{_ID_BYTES}").tobytes())
        file.write(starts.astype("<u8").tobytes())
        for quote_id in ids:
            file.write(cards[quote_id])


class Cards:
    """Cards by quote id, over the bytes that `write_cards` wrote. Raises ValueError where they are others."""

    def __init__(self, data: memoryview) -> None:
        if bytes(data[:8]) != _MAGIC:
            raise ValueError("these are no cards, or of another version")
        count = int.from_bytes(data[8:_HEAD_BYTES], "little")
        starts_at = _HEAD_BYTES + _ID_BYTES * count
        self._ids = np.frombuffer(data, f"S{_ID_BYTES}", count, _HEAD_BYTES)
        self._starts = np.frombuffer(data, "<u8", count + 1, starts_at)
        self._cards = data[starts_at + 8 * (count + 1) :]

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, quote_id: object) -> bool:
        return isinstance(quote_id, str) and self._place(quote_id) is not None

    def get(self, quote_id: str) -> bytes | None:
        place = self._place(quote_id)
        if place is None:
            return None
        start, end = self._starts[place : place + 2].tolist()
        return bytes(self._cards[start:end])

    def _place(self, quote_id: str) -> int | None:
        wanted = np.bytes_(quote_id.encode())
        place = int(self._ids.searchsorted(wanted))
        return place if place < len(self._ids) and self._ids[place] == wanted else None
