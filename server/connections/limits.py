"""How much one process takes on at once, for all of its connections together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

# What tells of the server's state, to those who look after it.
ALWAYS_ANSWERED = frozenset({"/healthz", "/readyz", "/metrics"})


@dataclass(slots=True)
class Pool:
    """Requests of one kind: how many are under way, and how many may be."""

    most: int
    under_way: int = 0
    refused: int = 0

    def enter(self) -> bool:
        if self.under_way >= self.most:
            self.refused += 1
            return False
        self.under_way += 1
        return True

    def leave(self) -> None:
        self.under_way -= 1


@dataclass(slots=True)
class ConnectionLimits:
    """Bounds, and what stands against them; handed to each connection by the application's lifespan.

    A request is admitted once all of it is there, so that a client that sends slowly takes no one's place;
    what has been sent until then is bounded: the head of each, and all bodies together by `most_buffered_bytes`.
    """

    client_seconds: float
    max_body_bytes: int
    most_buffered_bytes: int
    matching: Pool
    others: Pool
    tell_refusal: Callable[[str], None] = field(default=lambda reason: None)
    buffered_bytes: int = 0
    stopping: bool = False

    def pool_for(self, path: str) -> Pool | None:
        """Return the pool that a request counts into; None for what is always answered."""
        if path.startswith("/v1/match"):
            return self.matching
        if path in ALWAYS_ANSWERED:
            return None
        return self.others
