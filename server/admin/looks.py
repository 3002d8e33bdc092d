"""The few looks in which readers see ratings: the same as the extension's (`extension/src/shared/ratings.ts`)."""

from __future__ import annotations

from server.models import Rating

_LOOKS = {
    Rating.TRUE: "holds",
    Rating.MOSTLY_TRUE: "holds",
    Rating.MIXED: "mixed",
    Rating.OUTDATED: "mixed",
    Rating.MOSTLY_FALSE: "fails",
    Rating.FALSE: "fails",
    Rating.MISLEADING: "distorts",
    Rating.MISATTRIBUTED: "distorts",
    Rating.ALTERED: "distorts",
    Rating.UNSUBSTANTIATED: "unproven",
    Rating.SATIRE: "satire",
    Rating.UNRATED: "unrated",
}


def look_of(rating: Rating | str | None) -> str:
    return _LOOKS[Rating(rating)] if rating else "unrated"
