"""What an alignment speaks of: a page and a wording as tokens, and runs of words that both have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.folding import fold_word, is_unspaced, offsets
from matcher.index import SURPRISAL_BITS, SURPRISAL_MASK

_WORDS_A_CHARACTER = 0.4


class Run(NamedTuple):
    """Equal words: from which of the quote and of the page, and how many; `near` if equal but for a typo."""

    quote: int
    page: int
    length: int
    near: bool = False

    @property
    def quote_end(self) -> int:
        return self.quote + self.length

    @property
    def page_end(self) -> int:
        return self.page + self.length

    @property
    def ranges(self) -> tuple[int, int, int, int]:
        return self.quote, self.quote_end, self.page, self.page_end


class Difference(NamedTuple):
    """Ranges of words, of the quote and of the page, that stand for each other and are not the same."""

    quote: int
    quote_end: int
    page: int
    page_end: int
    credited: float = 0.0  # quote words in it that count as matched already, because they are one typo apart

    @property
    def ranges(self) -> tuple[int, int, int, int]:
        return self.quote, self.quote_end, self.page, self.page_end


@dataclass(frozen=True)
class Text:
    """A text, where its tokens start and end, and their identities (27 bits of a hash, as an index packs them)."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    words: Sequence[int]

    def slice(self, first: int, last: int) -> str:
        """The text from token `first` up to, not including, token `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]] if last > first else ""

    def between(self, token: int, following: int) -> str:
        return self.text[self.ends[token] : self.starts[following]]

    def count_words(self, first: int, last: int) -> float:
        """How many words tokens [first, last) are; a character of a script without spaces is a part of one."""
        unspaced = sum(is_unspaced(self.text[self.starts[token]]) for token in range(first, last))
        return last - first - unspaced * (1 - _WORDS_A_CHARACTER)

    def folded(self, token: int) -> str:
        return fold_word(self.text[self.starts[token] : self.ends[token]])


@dataclass(frozen=True)
class Wording:
    """A wording of the index. All but its size is made where it is asked for: most candidates end before that.

    `packed`: its words as the index has them, identities and surprisal. `has_quoted_part`: see `quoted_parts`.
    """

    packed: NDArray[np.uint32]
    total_bits: int
    has_quoted_part: bool
    read_text: Callable[[], str]

    def __len__(self) -> int:
        return len(self.packed)

    @cached_property
    def raw(self) -> str:
        return self.read_text()

    @cached_property
    def words(self) -> list[int]:
        return (self.packed >> SURPRISAL_BITS).tolist()

    @cached_property
    def bits(self) -> list[int]:
        return (self.packed & SURPRISAL_MASK).tolist()

    @cached_property
    def text(self) -> Text:
        places = offsets(self.raw)
        return Text(self.raw, [start for start, _ in places], [end for _, end in places], self.words)

    @cached_property
    def sums(self) -> list[int]:
        """`sums[i]`: the bits of the words before i."""
        return [0, *accumulate(self.bits)]

    def bits_of(self, run: Run) -> int:
        return self.sums[run.quote_end] - self.sums[run.quote]
