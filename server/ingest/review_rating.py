"""The verdict of a ClaimReview: its label in words; numbers only where there are none, and only on a clear scale."""

from __future__ import annotations

import math

from server.ingest.reading import Findings
from server.ingest.review_values import Node, first_node, first_text
from server.models import Rating

_SCALE = (Rating.FALSE, Rating.MOSTLY_FALSE, Rating.MIXED, Rating.MOSTLY_TRUE, Rating.TRUE)


def add_label(found: Findings, review: Node) -> None:
    """Keep the label of the review; where it has only numbers, those, and the rating that they stand for."""
    rating = first_node(review.get("reviewRating"))
    for key in ("alternateName", "name"):
        label = first_text(rating.get(key))
        if _read_number(label) is None:  # some systems repeat the number here
            found.add("label", label, f"reviewRating.{key}: {label}")
    plain = review.get("reviewRating")
    if isinstance(plain, str) and _read_number(plain) is None:
        found.add("label", first_text(plain), f"reviewRating: {first_text(plain)}")
    if not found.text("label"):
        _add_numbers(found, rating)


def _add_numbers(found: Findings, rating: Node) -> None:
    told = {key: first_text(rating.get(key)) for key in ("ratingValue", "bestRating", "worstRating")}
    snippet = ", ".join(f"{key}: {value or 'not told'}" for key, value in told.items())
    value, best, worst = (_read_number(text) for text in told.values())
    if value is None:
        return
    if best is None or worst is None or not best > worst:
        found.reject("label", "numbers without a scale from worst to best tell nothing", snippet)
    elif not worst <= value <= best:
        found.reject("label", "the number is outside of its scale", snippet)
    else:
        found.add("label", f"{value:g} ({worst:g} to {best:g})", snippet)
        place = (value - worst) / (best - worst) * (len(_SCALE) - 1)
        found.add("rating", _SCALE[round(place)].value, snippet)


def _read_number(text: str) -> float | None:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
