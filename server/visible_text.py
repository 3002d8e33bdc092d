"""The text that a reader of an HTML page sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNSEEN = _words(
    "script style template noscript head title iframe object svg math canvas audio video "
    "textarea select input button datalist"
)
_BLOCKS = _words(
    "address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table "
    "tbody td tfoot th thead tr ul"
)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_LINE_END = re.compile(r" *\n[ \n]*")


def read_visible_text(html: str | bytes, encoding: str | None = None) -> str:
    """Return the visible text of a page, a line break at each end of a block.

    Scripts, form fields and hidden elements are left out. The time is linear in the page's length, and
    nesting of any depth is read. `encoding` is what the page was sent with; it is found out where None.
    """
    # lxml, because Python's own parser and html5lib take minutes for some pages of a few hundred kB.
    soup = BeautifulSoup(html, "lxml", from_encoding=encoding if isinstance(html, bytes) else None)
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
            if _is_hidden(node):
                continue
            if node.name in _BLOCKS:
                yield "\n"
                stack.append(None)
            stack.extend(reversed(node.contents))
        # Comments, declarations and the like are preformatted strings in Beautiful Soup's eyes.
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            yield _SPACES.sub(" ", node)


def _is_hidden(tag: Tag) -> bool:
    if tag.name in _UNSEEN or tag.has_attr("hidden"):
        return True
    style = tag.get("style")
    return isinstance(style, str) and _HIDING_STYLE.search(style) is not None
