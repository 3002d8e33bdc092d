"""Whether what an alignment shows is enough to say: this is the quote."""

from __future__ import annotations

from matcher.marks import has_quoted_part, is_quoted, quoted_parts
from matcher.reading import Reading
from matcher.texts import Text, Wording
from matcher.thresholds import (
    FEWEST_FRAGMENT_WORDS,
    FEWEST_WORDS,
    FRAGMENT_BITS,
    FRAGMENT_SIMILARITY,
    FRAGMENT_SLACK_BITS,
    PART_COVERAGE,
    QUOTED_BITS,
    SLACK_BITS,
    SLACK_WORDS,
    VERBATIM_SIMILARITY,
    WHOLE_BITS,
    WHOLE_COVERAGE,
    WHOLE_SIMILARITY,
    bar,
)


def is_match(reading: Reading, wording: Wording, page: Text, wordings: int) -> bool:
    """Whether the evidence reaches the bar of an index of so many wordings."""
    start, end = page.starts[reading.start], page.ends[reading.end - 1]
    bits = reading.score - bar(wordings) + (QUOTED_BITS if is_quoted(page.text, start, end) else 0)
    if reading.kind == "exact":
        return bits >= WHOLE_BITS
    if reading.words < FEWEST_WORDS or bits < WHOLE_BITS:
        return False
    if reading.similarity >= WHOLE_SIMILARITY and (
        reading.matched_bits >= WHOLE_COVERAGE * wording.total_bits or _is_quoted_part(reading, wording)
    ):
        return True
    return (
        reading.words >= FEWEST_FRAGMENT_WORDS
        and reading.similarity >= FRAGMENT_SIMILARITY
        and bits >= FRAGMENT_BITS
    )


def may_match(
    bits: float, words: int, wording: Wording, wordings: int, *, quoted: bool, complete: bool = False
) -> bool:
    """Whether so many bits and words of a wording that agree could become a match.

    `quoted`: quotation marks stand near. Unless `complete`, typos and short runs may still be found: a whole
    quote may gain much by them, a fragment hardly.
    """
    above = bits - bar(wordings) + (QUOTED_BITS if quoted else 0)
    words += 0 if complete else SLACK_WORDS
    slack = 0 if complete else SLACK_BITS
    if above >= FRAGMENT_BITS - (0 if complete else FRAGMENT_SLACK_BITS) and words >= FEWEST_FRAGMENT_WORDS:
        return True
    if above < WHOLE_BITS - slack or words < min(FEWEST_WORDS, len(wording)):
        return False
    if bits + slack >= WHOLE_COVERAGE * wording.total_bits:
        return True
    return above >= WHOLE_BITS and words >= FEWEST_WORDS and has_quoted_part(wording.raw)


def is_verbatim(reading: Reading, wording: Wording) -> bool:
    """Whether the page has, word for word, the whole quote or a whole part that the wording itself quotes."""
    return reading.kind == "exact" or (
        reading.similarity >= VERBATIM_SIMILARITY
        and reading.words >= FEWEST_WORDS
        and has_quoted_part(wording.raw)
        and _is_quoted_part(reading, wording)
    )


def _is_quoted_part(reading: Reading, wording: Wording) -> bool:
    """Whether the page has a part that the wording itself quotes: 'Says that she "did nothing …".'."""
    text = wording.text
    first, last = text.starts[reading.quote_first], text.ends[reading.quote_last - 1]
    return any(
        len(text.text[start:end].split()) >= FEWEST_WORDS
        and min(last, end) - max(first, start) >= PART_COVERAGE * max(end - start, last - first)
        for start, end in quoted_parts(text.text)
    )
