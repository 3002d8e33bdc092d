"""Quotes for tests."""

from __future__ import annotations

from typing import Any

from server.models import Quote

XI = (
    "In a verbal message to Kazakh President Kassym-Jomart Tokayev, Xi said China strongly rejects any attempt "
    "by external forces to provoke unrest and instigate ’color revolutions‘ in Kazakhstan…"
)


def make_quote(text: str = XI, **fields: Any) -> Quote:
    """Return a quote with one check; `label`, `rating`, `publisher`, `url` and `summary` are the check's."""
    check = {
        "verdict": {
            "label": fields.pop("label", "Unsubstantiated"),
            "rating": fields.pop("rating", "unsubstantiated"),
        },
        "publisher": fields.pop("publisher", "Polygraph.info"),
        "url": fields.pop("url", "https://www.polygraph.info/a/31644294.html"),
        "summary": fields.pop("summary", None),
    }
    return Quote.model_validate({"text": text, "checks": [check]} | fields)


def distinct_texts(count: int) -> list[str]:
    """Return texts of which none is like another: their words are of their own."""
    syllables = "ba de fi go hu ja ke li mo nu pa re si to vu wa xe yi zo".split()
    texts = []
    for number in range(count):
        words = [
            syllables[number % 19]
            + syllables[(number // 19 + at) % 19]
            + syllables[(at * 7 + number) % 19]
            + "rt"
            for at in range(10)
        ]
        texts.append(" ".join(words))
    return texts
