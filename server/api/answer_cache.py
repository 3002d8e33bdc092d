"""Answers to texts that were asked for before, as of the present revision."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from dataclasses import dataclass

from server.live_index import Found, Stamp

# What an entry takes beside its answer: key, bytes object, links.
_ENTRY_BYTES = 400


@dataclass(frozen=True, slots=True)
class Known:
    """An answer, and what it told, to be counted again."""

    answer: bytes
    found: Found | None = None

    def measure(self) -> int:
        cards = self.found.cards.values() if self.found else ()
        return len(self.answer) + sum(map(len, cards)) + _ENTRY_BYTES


class AnswerCache:
    """Keeps the answers asked for last, in a bounded number of bytes, until the index changes.

    An answer is known by a keyed digest of the request alone; no text is kept. The key is this process's
    own, so that a digest tells nothing to whoever does not have it.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        # SHA-256, for which processors have instructions. No digest leaves this process, so that the key may
        # simply stand before what is digested.
        self._keyed = hashlib.sha256(secrets.token_bytes(64))
        self._answers: OrderedDict[bytes, Known] = OrderedDict()
        self._bytes = 0
        self._stamp: Stamp = (0, -1)

    def digest(self, *parts: bytes) -> bytes:
        """Return what a request is known by; its parts are told apart by their lengths."""
        digest = self._keyed.copy()
        for part in parts:
            digest.update(len(part).to_bytes(8, "little"))
            digest.update(part)
        return digest.digest()

    def get(self, digest: bytes, stamp: Stamp) -> Known | None:
        if stamp != self._stamp:
            self._answers.clear()
            self._bytes = 0
            self._stamp = stamp
        known = self._answers.get(digest)
        if known is not None:
            self._answers.move_to_end(digest)
        return known

    def put(self, digest: bytes, stamp: Stamp, known: Known) -> None:
        size = known.measure()
        # An answer that took long may be of a revision that is gone.
        if stamp != self._stamp or digest in self._answers or size > self._most_bytes // 8:
            return
        self._answers[digest] = known
        self._bytes += size
        while self._bytes > self._most_bytes:
            _, dropped = self._answers.popitem(last=False)
            self._bytes -= dropped.measure()
