"""What a reader sees of HTML: which elements are not shown, and which begin and end a line.

One rule for what the matcher and an import read of a page: a quote that is taken in must be there to be found.
"""

from __future__ import annotations

import re

from bs4 import Tag


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNSEEN = _words(
    "script style template noscript head title iframe object svg math canvas audio video "
    "textarea select input button datalist"
)
BLOCKS = _words(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table "
    "tbody td tfoot th thead tr ul"
)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_hidden(tag: Tag) -> bool:
    """Tell whether a reader sees nothing of the element, by its name or by what it says of itself."""
    if tag.name in _UNSEEN or tag.has_attr("hidden"):
        return True
    style = tag.get("style")
    return isinstance(style, str) and _HIDING_STYLE.search(style) is not None
