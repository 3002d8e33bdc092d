"""ClaimReview (schema.org): the fact-check that a page tells in a machine's words.

The same reader serves JSON-LD and microdata in a page, and objects that come as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from server.ingest.clean_text import clean_markup
from server.ingest.dates import read_date
from server.ingest.labels import find_publisher
from server.ingest.language import read_language
from server.ingest.quotation_marks import strip_outer_marks
from server.ingest.reading import Findings
from server.ingest.speakers import add_speaker

Node = Mapping[str, object]

_MOST_NODES = 20_000


def find_claim_reviews(document: object) -> Iterator[Node]:
    """Yield the ClaimReview objects of a JSON-LD document, wrapped as they may be: list, `@graph`, DataFeed.

    The walk has a budget and no recursion, so that no document can hold it up.
    """
    waiting, seen = [document], 0
    while waiting and seen < _MOST_NODES:
        node, seen = waiting.pop(), seen + 1
        if isinstance(node, Mapping):
            if "ClaimReview" in _type_names(node.get("@type")):
                yield node
            else:
                waiting.extend(reversed(list(node.values())))
        elif isinstance(node, list):
            waiting.extend(reversed(node))


def read_claim_review(review: Node) -> Findings:
    """Return what a ClaimReview object says, field by field; nothing is concluded from numbers."""
    found = Findings()
    claim = _first_node(review.get("itemReviewed"))
    rating = _first_node(review.get("reviewRating"))
    text = _first_text(review.get("claimReviewed"))
    found.add("text", strip_outer_marks(text), f"claimReviewed: {text}")
    for key in ("alternateName", "name"):
        label = _first_text(rating.get(key))
        found.add("label", label, f"reviewRating.{key}: {label}")
    _add_speaker(found, claim)
    _add_publisher(found, review)
    for key in ("headline", "name"):
        found.add("title", title := _first_text(review.get(key)), f"{key}: {title}")
    found.add("description", text := _first_text(review.get("description")), text)
    language = _first_text(review.get("inLanguage"))
    found.add("language", read_language(language), f"inLanguage: {language}")
    for key in ("url", "mainEntityOfPage"):
        found.add_address(address := _first_text(review.get(key)), f"{key}: {address}")
    _add_dates(found, review, claim)
    return found


def _add_speaker(found: Findings, claim: Node) -> None:
    author = claim.get("author")
    name = _name_of(author)
    add_speaker(found, name, f"itemReviewed.author: {name}")
    if found.text("speaker"):
        node = _first_node(author)
        role = _first_text(node.get("jobTitle")) or _first_text(node.get("description"))
        found.add("role", role, f"itemReviewed.author: {role}")


def _add_publisher(found: Findings, review: Node) -> None:
    for key in ("author", "publisher"):
        name = _name_of(review.get(key))
        address = _first_text(_first_node(review.get(key)).get("url"))
        table = find_publisher(name=name) or find_publisher(address=address)
        found.add("publisher", table.publisher if table else name, f"{key}: {name or address}")


def _add_dates(found: Findings, review: Node, claim: Node) -> None:
    published = _first_text(review.get("datePublished"))
    found.add("published_on", read_date(published), f"datePublished: {published}")
    said = _first_text(claim.get("datePublished")) or _first_text(claim.get("dateCreated"))
    said_on, published_on = read_date(said), found.date("published_on")
    if said_on and published_on and said_on >= published_on:
        # Several systems repeat the article's own date here; it tells nothing about the words.
        found.reject("said_on", "it is not before the article's own date", said)
    else:
        found.add("said_on", said_on, f"itemReviewed.datePublished: {said}")


def _type_names(value: object) -> list[str]:
    """Return the type names in `@type`: one text or a list of them, without the prefix that some have."""
    values = value if isinstance(value, list) else [value]
    return [re.split(r"[/#:]", item)[-1] for item in values if isinstance(item, str)]


def _first_text(value: object) -> str:
    """Return the first text in a value: a text, a list, or an object with @value, name, url or @id."""
    for _ in range(5):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, Mapping):
            value = next((value[key] for key in ("@value", "name", "url", "@id") if value.get(key)), None)
        else:
            break
    return clean_markup(value) if isinstance(value, str) else ""


def _first_node(value: object) -> Node:
    items: Sequence[object] = value if isinstance(value, list) else [value]
    return next((item for item in items if isinstance(item, Mapping)), {})


def _name_of(value: object) -> str:
    """Return the name of a person or organisation given as an object, a text, or a list of either."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        return _first_text(value.get("name"))
    return _first_text(value)
