"""How surprising a word is in ordinary text, in bits: the weight of a word as evidence for a quote.

"of the" says next to nothing, "instigate color" nearly everything. The counts behind it come from ordinary
text, not from the quotes of an index, which are anything but ordinary: `python -m matcher.background FILE…`
makes them anew from text files, a sentence a line. The file that is shipped holds hashes and bits only.

A word is judged by the one before it (a bigram model that falls back to single words), each script by
itself, so that a language with little text does not look rare as a whole.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.folding import FOLDING_VERSION, Tokens, fold
from matcher.shingles import pair_keys

UNKNOWN_WORD_BITS = 18
UNKNOWN_CHARACTER_BITS = 11
MOST_BITS = 24
_BACK_OFF_BITS = (
    1  # what a pair that was never seen adds to its second word, and no word before to a first one
)
_FIRST = np.zeros(1, np.int64)
_SHIPPED = Path(__file__).with_name("background.npz")


@dataclass(frozen=True)
class Background:
    """Bits of words and of pairs, as sorted 32-bit hashes with their bits."""

    words: NDArray[np.uint32]
    word_bits: NDArray[np.uint8]
    pairs: NDArray[np.uint32]
    pair_bits: NDArray[np.uint8]

    def surprisal(self, tokens: Tokens, firsts: NDArray[np.int64] = _FIRST) -> NDArray[np.uint8]:
        """Return the bits of each token, given the token before it: shape (len(tokens),), 0 to MOST_BITS.

        `firsts`: the tokens that a text begins with, which follow none.
        """
        unknown = np.where(tokens.unspaced, UNKNOWN_CHARACTER_BITS, UNKNOWN_WORD_BITS).astype(np.uint8)
        bits = _look_up(self.words, self.word_bits, tokens.hashes, unknown)
        alone = np.minimum(bits + _BACK_OFF_BITS, MOST_BITS).astype(np.uint8)
        bits = alone.copy()
        if len(bits) > 1:
            bits[1:] = _look_up(self.pairs, self.pair_bits, pair_keys(tokens.hashes), alone[1:])
            bits[firsts] = alone[firsts]
        return bits


@cache
def shipped_background() -> Background:
    with np.load(_SHIPPED) as arrays:
        if int(arrays["folding_version"]) != FOLDING_VERSION:
            raise RuntimeError(
                "matcher/background.npz is of another folding: run python -m matcher.background"
            )
        return Background(
            np.cumsum(arrays["words"], dtype=np.uint32),
            arrays["word_bits"],
            np.cumsum(arrays["pairs"], dtype=np.uint32),
            arrays["pair_bits"],
        )


def _look_up(
    known: NDArray[np.uint32], bits: NDArray[np.uint8], hashes: NDArray[np.uint64], default: NDArray[np.uint8]
) -> NDArray[np.uint8]:
    wanted = (hashes >> np.uint64(32)).astype(np.uint32)
    place = np.searchsorted(known, wanted)
    place[place == len(known)] = 0
    return np.where(known[place] == wanted, bits[place], default)


# ---- making it ------------------------------------------------------------------------------------


def build_background(
    lines: Iterable[str], most_words: int, most_pairs: int
) -> dict[str, NDArray[np.generic]]:
    """Count the words and pairs of `lines`, and return the arrays of the file: the commonest, with their bits."""
    hashes, scripts, firsts = [], [], []
    for block in _blocks(lines):
        tokens = fold(block)
        hashes.append(tokens.hashes)
        scripts.append(_scripts(block, tokens))
        firsts.append(_follows_line_end(block, tokens))
    words, script, first = np.concatenate(hashes), np.concatenate(scripts), np.concatenate(firsts)

    known, inverse, counts = np.unique(words, return_inverse=True, return_counts=True)
    script_of = np.zeros(len(known), np.uint8)
    script_of[inverse] = script
    totals = np.bincount(script, minlength=256)
    word_bits = np.log2(totals[script_of] / counts)

    inside = ~first[1:]
    pairs, places, pair_counts = np.unique(pair_keys(words)[inside], return_index=True, return_counts=True)
    leaders = inverse[np.flatnonzero(inside)[places]]
    pair_bits = np.log2(counts[leaders] / pair_counts)
    chosen_words = _commonest(known, word_bits, counts, most_words, fewest=3)
    chosen_pairs = _commonest(pairs, pair_bits, pair_counts, most_pairs, fewest=4)
    return {
        "folding_version": np.array(FOLDING_VERSION),
        "words": chosen_words[0],
        "word_bits": chosen_words[1],
        "pairs": chosen_pairs[0],
        "pair_bits": chosen_pairs[1],
    }


def _commonest(
    keys: NDArray[np.uint64], bits: NDArray[np.float64], counts: NDArray[np.int64], most: int, *, fewest: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Return the commonest keys, as differences of sorted 32-bit hashes (which compress), and their bits."""
    chosen = np.argsort(-counts, kind="stable")[:most]
    chosen = chosen[counts[chosen] >= fewest]
    hashes, firsts = np.unique((keys[chosen] >> np.uint64(32)).astype(np.uint32), return_index=True)
    rounded = np.clip(np.rint(bits[chosen][firsts]), 0, MOST_BITS).astype(np.uint8)
    return np.diff(hashes, prepend=np.uint32(0)), rounded


def _blocks(lines: Iterable[str], size: int = 4_000_000) -> Iterable[str]:
    block: list[str] = []
    length = 0
    for line in lines:
        block.append(line.strip())
        length += len(line)
        if length > size:
            yield "\n".join(block)
            block, length = [], 0
    yield "\n".join(block)


def _follows_line_end(block: str, tokens: Tokens) -> NDArray[np.bool_]:
    line_ends = np.flatnonzero(np.frombuffer(block.encode("utf-32-le", "surrogatepass"), np.uint32) == 0x0A)
    lines = np.searchsorted(line_ends, tokens.starts)
    return np.diff(lines, prepend=-1) != 0


def _scripts(block: str, tokens: Tokens) -> NDArray[np.uint8]:
    """A number for the script of each token, from the block of code points that its first letter is in."""
    code_points = np.frombuffer(block.encode("utf-32-le", "surrogatepass"), np.uint32)[tokens.starts]
    limits = np.array(
        [0x0250, 0x0370, 0x0400, 0x0530, 0x0590, 0x0600, 0x0700, *range(0x0900, 0x1100, 0x80), 0x1100, 0x1200,
         0x1380, 0x1E00, 0x2000, 0x2E80, 0xAC00, 0xD7B0]
    )  # fmt: skip
    script = np.searchsorted(limits, code_points, side="right").astype(np.uint8)
    script[(code_points >= 0x1E00) & (code_points < 0x1F00)] = 0  # Latin with diacritics
    return script


def main() -> None:
    parser = argparse.ArgumentParser(description="Make matcher/background.npz from text, a sentence a line.")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=150_000)
    parser.add_argument("--pairs", type=int, default=500_000)
    parser.add_argument("--output", type=Path, default=_SHIPPED)
    arguments = parser.parse_args()

    def lines() -> Iterable[str]:
        for path in arguments.files:
            with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
                for line in file:
                    yield line.decode("utf-8")

    np.savez_compressed(arguments.output, **build_background(lines(), arguments.words, arguments.pairs))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
