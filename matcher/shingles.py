"""Shingles: a key for every run of a few tokens. Two texts that share words share keys."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.folding import Tokens, mix

WORDS = 3  # words in a shingle: two in seven words may be changed and one run of three is still whole
CHARACTERS = 5  # the same for scripts without spaces, where a word has about two characters
_MULTIPLIERS = [
    np.uint64(m)
    for m in (
        0xD6E8FEB86659FD93,
        0xC2B2AE3D27D4EB4F,
        0xA0761D6478BD642F,
        0xE7037ED1A0B428DB,
        0x8EBC6AF09C88C6E3,
    )
]


def keys(tokens: Tokens) -> NDArray[np.uint64]:
    """Return a key for the run that starts at each token: shape (len(tokens),), 0 where no run fits.

    A run whose first tokens are all characters of a script without spaces has CHARACTERS tokens, any other WORDS.
    """
    hashes, count = tokens.hashes, len(tokens)
    out = np.zeros(count, np.uint64)
    if count < WORDS:
        return out
    short = _combine(hashes, WORDS)
    out[: len(short)] = short
    if tokens.unspaced.any():
        single = tokens.unspaced
        characters = single[:-2] & single[1:-1] & single[2:]
        long = np.zeros(len(short), np.uint64)
        if count >= CHARACTERS:
            runs = _combine(hashes, CHARACTERS)
            long[: len(runs)] = runs
        out[: len(short)][characters] = long[characters]
    return out


def _combine(hashes: NDArray[np.uint64], length: int) -> NDArray[np.uint64]:
    runs = len(hashes) - length + 1
    total = hashes[:runs] * _MULTIPLIERS[0]
    for place in range(1, length):
        total += hashes[place : place + runs] * _MULTIPLIERS[place]
    return mix(total) | np.uint64(1)  # never 0, which says that there is no run


def pair_keys(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return a key for each token with the one after it: shape (len(hashes) - 1,)."""
    return _combine(hashes, 2) if len(hashes) > 1 else np.empty(0, np.uint64)
