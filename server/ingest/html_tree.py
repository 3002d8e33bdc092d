"""HTML to a tree, with bounds: a page of strangers may nest without end, and must cost only so much.

Beautiful Soup over lxml, never over `html.parser` or html5lib: both go quadratic on small hostile pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import NavigableString, PreformattedString, Tag

from server.html_elements import BLOCKS, is_hidden
from server.ingest.clean_text import clean_line
from server.ingest.reading import NotAFactCheck

MAX_DEPTH = 400
MAX_ELEMENTS = 60_000


class _BoundedTreeBuilder(LXMLTreeBuilder):
    """Stops building as soon as a page has more elements, or nests deeper, than any real one.

    It is given UTF-8 and says so: no encoding is looked for a second time, and nothing is asked about XML.
    """

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._elements = 0

    def prepare_markup(
        self, markup: str | bytes, *_guesses: object, **_more: object
    ) -> Iterator[tuple[str | bytes, str, None, bool]]:
        yield markup, "utf-8", None, False

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes], nsmap: object = None) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise NotAFactCheck("The page has more elements, or nests them deeper, than a real page does.")
        super().start(tag, attrib)

    def end(self, tag: str | bytes) -> None:
        self._depth -= 1
        super().end(tag)

    def _root_tag_encountered(self, name: str) -> None:
        """Beautiful Soup would warn here about XML that is read as HTML; a page is read as what it says it is."""


def parse_html(markup: str) -> BeautifulSoup:
    """Return the tree of a page. Raises NotAFactCheck for one that is no page or beyond the bounds."""
    if "<" not in markup:
        raise NotAFactCheck("The content is no HTML: it has not one tag.")
    return BeautifulSoup(markup.encode("utf-8", "replace"), builder=_BoundedTreeBuilder())


def find_path(root: Tag, path: tuple[str, ...]) -> Tag | None:
    """Return the element that a path of selectors leads to; see `publisher_forms.Path`."""
    found: Tag | None = root
    for selector in path:
        found = found.select_one(selector) if found else None
    return found


def find_outermost(root: Tag, selector: str, most: int) -> list[Tag]:
    """Return the first `most` elements that match, those inside of another one left out.

    What is found never overlaps, so that reading all of it costs no more than reading the page once.
    """
    found: list[Tag] = []
    inside: set[int] = set()
    for element in root.select(selector):
        if id(element) not in inside:
            found.append(element)
            inside.update(map(id, element.descendants))
        if len(found) == most:
            break
    return found


def text_of(element: Tag | None) -> str:
    """Return the visible text of an element on one line; of a picture, the text that stands for it."""
    if element and element.name == "img":
        return clean_line(str(element.get("alt", "")))
    return " ".join(read_blocks(element)) if element else ""


def read_blocks(root: Tag) -> list[str]:
    """Return the visible text of a tree, a line for each block, in the page's order."""
    block_of = {id(root): id(root)}
    lines: list[list[str]] = []
    current: int | None = None
    for node in root.descendants:
        block = block_of.get(id(node.parent))
        if block is None:
            continue  # below an unseen element: it has no block, and so nothing below it has one
        if isinstance(node, Tag):
            if node.name == "nav" or is_hidden(node):  # what leads to other pages is no part of a fact-check
                continue
            is_block = node.name in BLOCKS
            block_of[id(node)] = id(node) if is_block else block
            current = None if is_block else current
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            if current != block:
                current = block
                lines.append([])
            lines[-1].append(str(node))
    return [line for line in (clean_line("".join(parts)) for parts in lines) if line]
