"""ClaimReview objects that a page carries: as JSON-LD in a script, or as microdata in its elements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import Tag

from server.ingest.claim_review import find_claim_reviews
from server.ingest.html_tree import find_outermost, text_of
from server.ingest.review_values import Node

_MOST_SCRIPTS = 50
_MOST_REVIEWS = 20
_MOST_PROPERTIES = 200
_DEEPEST_ITEM = 4  # review, claim, author, and one to spare
_WRAPPERS = ("<!--", "-->", "//<![CDATA[", "//]]>", "<![CDATA[", "]]>")
# Microdata elements whose value is an attribute, not their text.
_VALUE_ATTRIBUTES = ("content", "datetime", "href", "src")


def find_reviews_in_page(soup: BeautifulSoup) -> list[Node]:
    """Return the ClaimReview objects of a page: those in JSON-LD; microdata only where there is none."""
    return list(islice(_read_json_ld(soup), _MOST_REVIEWS)) or _read_microdata(soup)


def _read_json_ld(soup: BeautifulSoup) -> Iterator[Node]:
    for script in soup.find_all("script", type="application/ld+json", limit=_MOST_SCRIPTS):
        yield from find_claim_reviews(parse_json_ld(script.get_text()))


def parse_json_ld(content: str) -> object:
    """Return the JSON of a script, or None. Wrappers of old pages and raw line breaks are forgiven."""
    content = content.strip().strip(";")
    for wrapper in _WRAPPERS:
        content = content.removeprefix(wrapper).removesuffix(wrapper).strip()
    try:
        return json.loads(content, strict=False)
    except (ValueError, RecursionError):
        return None


def _read_microdata(soup: BeautifulSoup) -> list[Node]:
    elements = find_outermost(soup, '[itemtype*="ClaimReview"]', _MOST_REVIEWS)
    return [_read_item(element, 1) for element in elements]


def _read_item(element: Tag, depth: int) -> Node:
    """Return a microdata item as the JSON-LD object that would say the same."""
    item: dict[str, object] = {"@type": str(element.get("itemtype", ""))}
    if depth == _DEEPEST_ITEM:
        return item
    for child in element.find_all(itemprop=True, limit=_MOST_PROPERTIES):
        if child.find_parent(itemscope=True) is not element:
            continue  # a property of an item inside of this one
        is_item = child.has_attr("itemscope")
        value = _read_item(child, depth + 1) if is_item else _read_value(child)
        for name in str(child["itemprop"]).split():
            item.setdefault(name, value)
    return item


def _read_value(element: Tag) -> str:
    value = next((element[name] for name in _VALUE_ATTRIBUTES if element.has_attr(name)), None)
    return str(value) if value is not None else text_of(element)
