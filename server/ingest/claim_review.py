"""ClaimReview (schema.org): the fact-check that a page or a feed tells in a machine's words.

The same reader serves JSON-LD and microdata in a page, and objects that come as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urljoin

from server.ingest.dates import NO_DATE, read_date
from server.ingest.labels import find_publisher
from server.ingest.language import read_language
from server.ingest.reading import Findings
from server.ingest.review_rating import add_label
from server.ingest.review_values import Node, first_node, first_text, name_of, nodes_of, type_names
from server.ingest.speakers import add_speaker

_MOST_NODES = 20_000
_REFERRING = ("author", "publisher", "itemReviewed", "reviewRating", "firstAppearance", "appearance")


def find_claim_reviews(document: object, most_nodes: int = _MOST_NODES) -> Iterator[Node]:
    """Yield the ClaimReview objects of a JSON-LD document, wrapped as they may be: list, `@graph`, DataFeed.

    What an object refers to by `@id` stands in its place. The walk has a budget and no recursion, so that no
    document can hold it up.
    """
    found: list[Node] = []
    named: dict[str, Node] = {}
    waiting, seen = [document], 0
    while waiting and seen < most_nodes:
        node, seen = waiting.pop(), seen + 1
        if isinstance(node, Mapping):
            if isinstance(name := node.get("@id"), str) and len(node) > 1:
                named[name] = node
            if _is_claim_review(node):
                found.append(node)
            elif isinstance(node.get("claimReview"), list):
                found.extend(_from_search_api(node))
            else:
                waiting.extend(reversed(list(node.values())))
        elif isinstance(node, list):
            waiting.extend(reversed(node))
    for node in found:
        yield _resolve(node, named) if named else node


def read_claim_review(review: Node, page: str | None = None) -> Findings:
    """Return what a ClaimReview object says, field by field. `page` is the address of the page that it is in."""
    found = Findings()
    claim = first_node(review.get("itemReviewed"))
    for key, node in (("claimReviewed", review), ("text", claim), ("name", claim)):
        found.add("text", text := first_text(node.get(key)), f"{key}: {text}")
    add_label(found, review)
    appearances = [*nodes_of(claim.get("firstAppearance")), *nodes_of(claim.get("appearance"))]
    _add_speaker(found, claim, appearances)
    _add_publisher(found, review)
    for key in ("headline", "name"):
        found.add("title", title := first_text(review.get(key)), f"{key}: {title}")
    found.add("description", text := first_text(review.get("description")), text)
    language = first_text(review.get("inLanguage"))
    found.add("language", read_language(language), f"inLanguage: {language}")
    for key in ("url", "mainEntityOfPage", "@id"):
        address = _join(page, first_text(review.get(key)))
        if key != "@id" or address.startswith("http"):
            found.add_address(address, f"{key}: {address}")
    _add_dates(found, review, claim, appearances)
    return found


def _is_claim_review(node: Node) -> bool:
    """Tell a ClaimReview by its type, or, where that is forgotten, by what only one has."""
    return "ClaimReview" in type_names(node.get("@type")) or (
        "claimReviewed" in node and "reviewRating" in node
    )


def _add_speaker(found: Findings, claim: Node, appearances: Sequence[Node]) -> None:
    for origin, node in (
        ("itemReviewed", claim),
        *(("itemReviewed.appearance", node) for node in appearances),
    ):
        author = node.get("author") or node.get("creator")
        name = name_of(author)
        add_speaker(found, name, f"{origin}.author: {name}")
        if found.text("speaker"):
            role = first_text(first_node(author).get("jobTitle")) or first_text(
                first_node(author).get("description")
            )
            found.add("role", role, f"{origin}.author: {role}")
            return


def _add_publisher(found: Findings, review: Node) -> None:
    for key in ("author", "publisher", "sourceOrganization"):
        name = name_of(review.get(key))
        address = first_text(first_node(review.get(key)).get("url"))
        table = find_publisher(name=name) or find_publisher(address=address)
        is_person = "Person" in type_names(first_node(review.get(key)).get("@type"))
        if table or not is_person or key == "publisher":
            found.add("publisher", table.publisher if table else name, f"{key}: {name or address}")
    address = first_text(review.get("url"))
    table = find_publisher(address=address) if address else None
    found.add("publisher", table.publisher if table else None, f"url: {address}")
    name = name_of(review.get("author"))
    found.add("publisher", name, f"author: {name}")


def _add_dates(found: Findings, review: Node, claim: Node, appearances: Sequence[Node]) -> None:
    for key in ("datePublished", "dateCreated", "dateModified"):
        if published := first_text(review.get(key)):
            found.add_clear("published_on", read_date(published), f"{key}: {published}", NO_DATE)
    published_on = found.date("published_on")
    for node in (claim, *appearances):
        for key in ("datePublished", "dateCreated", "startDate"):
            said = first_text(node.get(key))
            said_on = read_date(said)
            if said_on and published_on and said_on >= published_on:
                # Several systems repeat the article's own date here; it tells nothing about the words.
                found.reject("said_on", "it is not before the article's own date", said)
            elif said:
                found.add_clear("said_on", said_on, f"itemReviewed.{key}: {said}", NO_DATE)


def _join(page: str | None, address: str) -> str:
    """Return the address, completed by the page's where it is a relative one."""
    if not page or not address or re.match(r"[A-Za-z][\w+.-]*:", address):
        return address
    try:
        return urljoin(page, address)
    except ValueError:
        return address


def _resolve(node: Node, named: Mapping[str, Node], depth: int = 3) -> Node:
    """Return the object with what it refers to by `@id` in its place."""
    resolved = dict(node)
    for key in _REFERRING if depth else ():
        value = resolved.get(key)
        items = value if isinstance(value, list) else [value]
        resolved_items = [
            _resolve(named.get(str(item.get("@id")), item), named, depth - 1)
            if isinstance(item, Mapping)
            else item
            for item in items[:50]
        ]
        if value is not None:
            resolved[key] = resolved_items if isinstance(value, list) else resolved_items[0]
    return resolved


def _from_search_api(claim: Node) -> Iterator[Node]:
    """Yield ClaimReview objects for a claim in the shape of Google's Fact Check Tools API."""
    for review in nodes_of(claim.get("claimReview"))[:50]:
        publisher = first_node(review.get("publisher"))
        yield {
            "@type": "ClaimReview",
            "claimReviewed": claim.get("text"),
            "itemReviewed": {
                "author": {"name": claim.get("claimant")},
                "datePublished": claim.get("claimDate"),
            },
            "author": {"name": publisher.get("name"), "url": f"https://{publisher.get('site')}"},
            "url": review.get("url"),
            "headline": review.get("title"),
            "datePublished": review.get("reviewDate"),
            "inLanguage": review.get("languageCode"),
            "reviewRating": {"alternateName": review.get("textualRating")},
        }
