"""What differs between two texts, word by word, for a person to see."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from rapidfuzz.distance import LCSseq

# From this many pieces on, those that stand everywhere (spaces, commas) are not compared: it would take too long.
_LONG = 400
# Beyond this many pairs of pieces the differences may be less handsome, but their time has a bound: difflib's grows
# with the cube of texts that are made for that, and all requests would wait.
_MOST_PAIRS = 2_000_000
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
    for tag, old_from, old_to, new_from, new_to in _align(olds, news):
        if tag == "equal":
            pieces.append(Piece("both", "".join(olds[old_from:old_to])))
            continue
        if old_to > old_from:
            pieces.append(Piece("before", "".join(olds[old_from:old_to])))
        if new_to > new_from:
            pieces.append(Piece("after", "".join(news[new_from:new_to])))
    return pieces


def _align(olds: list[str], news: list[str]) -> Iterable[tuple[str, int, int, int, int]]:
    """Return the steps that make the one of the other, as difflib's opcodes."""
    if len(olds) * len(news) > _MOST_PAIRS:
        steps = LCSseq.opcodes(olds, news)
        return [(step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end) for step in steps]
    return difflib.SequenceMatcher(None, olds, news, autojunk=len(news) > _LONG).get_opcodes()
