"""The answer to a match request: what was found in a text, in the form of the contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

import matcher
from server.live_index import Found
from server.offsets import Unit, convert_spans
from server.speaker import Page
from server.store import strip_address


def write_answer(
    found: Found, text: str, unit: Unit, *, url: str | None = None, with_text: bool = False
) -> bytes:
    """Return the answer to a match request, as JSON.

    `url` is the page's own address, by which a check is told from a page that repeats its quote.
    """
    spans = convert_spans(text, [match.spans for match in found.matches], unit)
    page = Page(text)
    facts = found.facts
    named = {quote_id: one.speaker is not None and page.names(one.speaker) for quote_id, one in facts.items()}
    here = None if url is None else strip_address(url)
    own = {quote_id: _is_among(one.check_addresses, here) for quote_id, one in facts.items()}
    answer: dict[str, Any] = {
        "revision": found.revision,
        "offsets": unit,
        "matches": [
            _write_match(match, match_spans)
            | {"speaker_named": named[match.quote_id], "self": own[match.quote_id]}
            for match, match_spans in zip(found.matches, spans, strict=True)
        ],
        "quotes": {quote_id: orjson.Fragment(card) for quote_id, card in found.cards.items()},
    }
    if not found.complete:
        answer["complete"] = False
    if with_text:
        answer["text"] = text
    return orjson.dumps(answer)


def _write_match(match: matcher.Match, spans: list[list[int]]) -> dict[str, Any]:
    return {
        "quote": match.quote_id,
        "kind": match.kind,
        "spans": spans,
        "similarity": match.similarity,
        "coverage": match.coverage,
        "changes": [
            {"checked": change.checked, "page": change.page, "guard": change.guard}
            for change in match.changes
        ],
    }


def _is_among(addresses: Iterable[str], here: str | None) -> bool:
    return here is not None and any(strip_address(address) == here for address in addresses)
