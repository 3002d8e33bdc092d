"""How much evidence makes a match. Bits are log2 of how unlikely it is that ordinary text has these words.

Each number's evidence is in DESIGN.md.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# What a candidate must show on its diagonal, and in all, before it is aligned.
BAND_BITS = 26
BEST_BAND_BITS = 32  # of the best diagonal, less what changed words cost
BEST_BAND_SHARE = 0.45  # or so much of a short quote
BAND_WORDS = 5  # in the best stretches of the diagonals
# What the words seen so far may fall short of the bar, because typos and short runs are looked for later.
SLACK_BITS = 8
FRAGMENT_SLACK_BITS = 3
SLACK_WORDS = 2
SURE_SHARE_OF_PART = 0.5  # of a quoted part that has a few words changed, so much at least agrees in runs

# The bar, to which log2 of the number of wordings is added: among more quotes chance finds more.
SMALLEST_INDEX = 1 << 14
WHOLE_BITS = 22
FRAGMENT_BITS = 34
QUOTED_BITS = 8  # words in quotation marks are a quotation of something: the bar is so much lower

FEWEST_WORDS = 6  # of a match that is not the whole quote, word for word
FEWEST_FRAGMENT_WORDS = 7
MANY_WORDS = FEWEST_FRAGMENT_WORDS - 1  # with a typo in the next one, a part
MARK_CHARACTERS = 5  # between a word and a quotation mark that may belong to it
NEAR_WORDS = 3  # beyond the ends of a run, in which a part of the quote could go on
CHARACTERS_COVERAGE = 0.75  # below it, characters of scripts without spaces count as the words that they make
PART_COVERAGE = 0.9  # of a part of the wording that stands in quotation marks itself
WHOLE_COVERAGE = 0.55  # of the quote's bits
WHOLE_SIMILARITY = 0.72
FRAGMENT_SIMILARITY = 0.78

# A part that no quotation mark sets off must be more like the quote: checked claims share names and set phrases with
# all that is written of their subject.
FEWEST_UNMARKED_WORDS = 8
UNMARKED_SIMILARITY = 0.85
NAMED_COVERAGE = 0.8  # of the quote's words: less of it must be more than names
MOST_NAMES = 0.75  # of the words with a meaning of their own; in quotation marks, any of them may be no name
NEARLY_WHOLE = 0.8  # of a wording's words: of a quote's wordings, the one that a place has
UNMARKED_COVERAGE = 0.3  # of the quote's bits
SHORT_PART_COVERAGE = 0.62  # by bits, of a part of so few words that no mark sets off

# What changes cost, in bits.
GAP_BITS = 4.0
CUT_BITS = 8.0  # for an ellipsis or an interruption: a piece of fewer bits is not worth one
PARAGRAPH_BITS = 16.0  # more than for the gap, where what the page adds runs over the end of a paragraph
CHANGED_WORD_BITS = 2.0
SHIFT_BITS = 1.5  # times log2 of by how many words the page moves against the quote

NEAR_WORD_SHARE = 0.75  # what a word with a typo counts of a word

# A quote whose edges lack so few words is still reproduced whole.
EDGE_WORDS = 1
EDGE_SHARE = 0.12

# At an edge, inside the quotation marks, other words may stand for so much of a quote.
EDGE_REPLACED = 0.3

MOST_SHARED = 0.25  # of the words of two matches that are both reported
EQUAL_BITS = 8  # two matches that differ by less explain a place equally well
VERBATIM_SIMILARITY = 0.94  # of a quoted part that is reported even inside a better match

LEAST_GAP_BITS = 5  # between two diagonals

# What may be aligned in a page: pages of news need 2 to 20 alignments; of 7,800 pages, and documents about nothing but
# checked quotes, three needed more than 107, and none more than it may.
LEAST_ALIGNMENTS = 200
WORDS_AN_ALIGNMENT = 64

# What a page may cost before that: postings of its runs, and words compared on diagonals.
LEAST_HITS, HITS_A_WORD = 1 << 16, 4
LEAST_COMPARED, COMPARED_A_WORD = 1 << 18, 8

LONGEST_INTERRUPTION = 40  # words between two parts of a quote, where quotation marks close and open again
LONGEST_INSERTION = 80  # characters that nothing sets apart from the quote


@lru_cache(maxsize=64)
def bar(wordings: int) -> float:
    """Return the bits that an index of so many wordings adds to every bar; a small one is treated as a larger.

    "At the end of the day" has 31 bits: whoever checked it, no page that says it quotes anybody.
    """
    return math.log2(max(wordings, SMALLEST_INDEX))


def most_alignments(words: int) -> int:
    """Return how many alignments a page of so many words may cost."""
    return LEAST_ALIGNMENTS + words // WORDS_AN_ALIGNMENT


class Slack(NamedTuple):
    """By how much what is found may fall short of the bar, because the rest is looked for later.

    `part_words`: words that a part of the quote may gain yet.
    """

    bits: int
    fragment_bits: int
    words: int
    part_words: int | NDArray[np.int64]


class Known(NamedTuple):
    """What is known of a candidate, or of many: numbers, or arrays of equal length.

    `bits`, `words`: that agree; `length`, `total_bits`: of the wording; `quoting`: whether it quotes a part itself.
    """

    bits: float | NDArray[np.int64]
    words: int | NDArray[np.int64]
    length: int | NDArray[np.int64]
    total_bits: int | NDArray[np.int64]
    quoting: bool | NDArray[np.bool_]


def could_reach(known: Known, slack: Slack, wordings: int, *, quoted: bool) -> bool | NDArray[np.bool_]:
    """Whether so much could reach the bar of an index of so many wordings, or for what is `quoted`, its lower one."""
    above = known.bits - bar(wordings) + (QUOTED_BITS if quoted else 0)
    is_part = (known.words + slack.part_words >= FEWEST_FRAGMENT_WORDS) & (
        above >= FRAGMENT_BITS - slack.fragment_bits
    )
    words = known.words + slack.words
    is_whole = (above >= WHOLE_BITS - slack.bits) & ((words >= FEWEST_WORDS) | (words >= known.length))
    is_covered = known.bits + slack.bits >= WHOLE_COVERAGE * known.total_bits
    is_quoted_part = (above >= WHOLE_BITS) & (known.words + slack.part_words >= FEWEST_WORDS) & known.quoting
    return is_part | (is_whole & (is_covered | is_quoted_part))
