"""Whether what an alignment shows is enough to say: this is the quote."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.gaps import score_of
from matcher.marks import has_marks, has_quoted_part, is_name, is_quoted, quoted_parts
from matcher.reading import Reading
from matcher.texts import Run, Text, Wording
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

_MARK = 5  # characters between a word and the quotation mark that belongs to it


def is_match(reading: Reading, wording: Wording, page: Text, wordings: int) -> bool:
    """Whether the evidence reaches the bar of an index of so many wordings."""
    start, end = page.starts[reading.start], page.ends[reading.end - 1]
    quoted = is_quoted(page.text, start, end)
    bits = reading.score - bar(wordings) + (QUOTED_BITS if quoted else 0)
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
        and (quoted or not is_name(page.text[start:end]))
    )


@dataclass(frozen=True)
class Promise:
    """Whether what is known of a candidate so far could still become a match: most don't, and cost time."""

    wording: Wording
    page: Text
    wordings: int

    def anywhere(self, bits: float, words: int, first: int, last: int) -> bool:
        """So many bits and words that agree, somewhere between two page tokens."""
        if self._could_reach(bits, words, quoted=False, slack=True):
            return True
        stretch = self.page.text[max(0, self.page.starts[first] - _MARK) : self.page.ends[last - 1] + _MARK]
        return self._could_reach(bits, words, quoted=True, slack=True) and has_marks(stretch)

    def of_chain(self, runs: list[Run]) -> bool:
        """Runs that agree on the diagonals; typos and short runs may still be found, also beyond their ends."""
        bits, words = score_of(runs, self.wording, self.page), sum(run.length for run in runs)
        if self._could_reach(bits, words, quoted=False, slack=True):
            return True
        if not self._could_reach(bits, words, quoted=True, slack=True):
            return False
        page, first, last = self.page, runs[0].page, runs[-1].page_end
        before = page.starts[max(0, first - SLACK_WORDS)] - _MARK
        after = page.ends[min(len(page.words), last + SLACK_WORDS) - 1] + _MARK
        return has_marks(
            page.text[max(0, before) : page.starts[first]] + page.text[page.ends[last - 1] : after]
        )

    def of_alignment(self, runs: list[Run]) -> bool:
        """All runs that there are."""
        bits, words = score_of(runs, self.wording, self.page), sum(run.length for run in runs)
        start, end = self.page.starts[runs[0].page], self.page.ends[runs[-1].page_end - 1]
        return self._could_reach(bits, words, quoted=is_quoted(self.page.text, start, end), slack=False)

    def _could_reach(self, bits: float, words: int, *, quoted: bool, slack: bool) -> bool:
        above = bits - bar(self.wordings) + (QUOTED_BITS if quoted else 0)
        words += SLACK_WORDS if slack else 0
        slack_bits = SLACK_BITS if slack else 0
        if words >= FEWEST_FRAGMENT_WORDS and above >= FRAGMENT_BITS - (FRAGMENT_SLACK_BITS if slack else 0):
            return True
        if above < WHOLE_BITS - slack_bits or words < min(FEWEST_WORDS, len(self.wording)):
            return False
        if bits + slack_bits >= WHOLE_COVERAGE * self.wording.total_bits:
            return True
        return above >= WHOLE_BITS and words >= FEWEST_WORDS and has_quoted_part(self.wording.raw)


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
