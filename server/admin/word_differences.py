"""What differs between two texts, word by word, for a person to see."""

from __future__ import annotations

import difflib
import re
from typing import Literal, NamedTuple

# From this many pieces on, those that stand everywhere (spaces, commas) are not compared: it would take too long.
_LONG = 400
_PIECES = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)


class Piece(NamedTuple):
    where: Literal["both", "before", "after"]
    text: str


def compare_words(before: str, after: str) -> list[Piece]:
    """Return the pieces of both texts in order: those in both, those only before, those only after.

    >>> [tuple(piece) for piece in compare_words("strongly rejects it", "firmly rejects it")]
    [('before', 'strongly'), ('after', 'firmly'), ('both', ' rejects it')]
    """
    if before == after:
        return [Piece("both", before)] if before else []
    olds, news = _PIECES.findall(before), _PIECES.findall(after)
    pieces: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, olds, news, autojunk=len(news) > _LONG)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("both", "".join(olds[old_from:old_to])))
            continue
        if old_to > old_from:
            pieces.append(Piece("before", "".join(olds[old_from:old_to])))
        if new_to > new_from:
            pieces.append(Piece("after", "".join(news[new_from:new_to])))
    return pieces
