"""The text that a reader of an HTML page sees."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag, UnusualUsageWarning
from bs4.element import NavigableString, PageElement, PreformattedString

from server.html_elements import BLOCKS, is_hidden
from server.ingest.decoding import decode_page

# Ten times the tags of a big news page; Beautiful Soup reads them in a second or two.
MOST_TAGS = 60_000
_SPACES = re.compile(r"[ \t\r\n\f]+")
_LINE_END = re.compile(r"(?<! ) *\n[ \n]*")  # begins at no space inside a run: linear


class PageTooComplex(ValueError):
    """Reading the page would take too long."""


def is_html(content: str | bytes) -> bool:
    """Tell by how content begins: names of files can't be relied on, and what is pasted has none."""
    text = decode_page(content) if isinstance(content, bytes) else content
    return text.removeprefix("\ufeff").lstrip()[:1] == "<"


def read_visible_text(html: str | bytes, encoding: str | None = None) -> str:
    """Return the visible text of a page, a line break at each end of a block.

    Scripts, form fields and hidden elements are left out. `encoding` is what the page was sent with, which may be
    wrong, as may what the page says of itself. Raises PageTooComplex for a page of more tags than MOST_TAGS.
    """
    if isinstance(html, bytes):
        html = decode_page(html, encoding)
    if html.count("<") > MOST_TAGS:
        raise PageTooComplex(f"the page has more than {MOST_TAGS} tags")
    with warnings.catch_warnings():
        # That a page is XML, or looks like a file's name, is no reason not to read it. (Threads that meet
        # here may leave the warning switched off, which does no harm.)
        warnings.simplefilter("ignore", UnusualUsageWarning)
        # lxml, because Python's own parser and html5lib take minutes for some pages of a few hundred kB.
        soup = BeautifulSoup(html, "lxml")
    text = _LINE_END.sub("\n", "".join(_pieces(soup)))
    return re.sub(" {2,}", " ", text).strip(" \n")


def _pieces(soup: BeautifulSoup) -> Iterator[str]:
    # An own stack instead of recursion: a page may nest its elements deeper than Python its calls.
    stack: list[PageElement | None] = list(reversed(soup.contents))
    while stack:
        node = stack.pop()
        if node is None:
            yield "\n"
        elif isinstance(node, Tag):
            if is_hidden(node):
                continue
            if node.name in BLOCKS:
                yield "\n"
                stack.append(None)
            stack.extend(reversed(node.contents))
        # Comments, declarations and the like are preformatted strings in Beautiful Soup's eyes.
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            yield _SPACES.sub(" ", node)
