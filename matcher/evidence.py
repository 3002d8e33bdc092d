"""Whether what an alignment shows is enough to say: this is the quote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from matcher.gaps import score_of
from matcher.marks import closes, has_marks, is_quoted, opens
from matcher.names import share_of_names
from matcher.quoted_parts import quoted_parts
from matcher.reading import Reading
from matcher.texts import Run, Text, Wording
from matcher.thresholds import (
    CHARACTERS_COVERAGE,
    FEWEST_FRAGMENT_WORDS,
    FEWEST_UNMARKED_WORDS,
    FEWEST_WORDS,
    FRAGMENT_BITS,
    FRAGMENT_SIMILARITY,
    FRAGMENT_SLACK_BITS,
    MANY_WORDS,
    MARK_CHARACTERS,
    MOST_NAMES,
    NAMED_COVERAGE,
    NEAR_WORDS,
    PART_COVERAGE,
    QUOTED_BITS,
    SHORT_PART_COVERAGE,
    SLACK_BITS,
    SLACK_WORDS,
    SURE_SHARE_OF_PART,
    UNMARKED_COVERAGE,
    UNMARKED_SIMILARITY,
    VERBATIM_SIMILARITY,
    WHOLE_BITS,
    WHOLE_COVERAGE,
    WHOLE_SIMILARITY,
    Known,
    Slack,
    bar,
    could_reach,
)


class Lack(NamedTuple):
    """What a place lacks to be a match: `of` what, how much of it is `there`, and how much is `needed` in such a place.

    "words": that agree. "bits": of evidence, which rare words have more of. "marks": quotation marks right beside the
    words, at so many of their ends. "similarity": of the words that are aligned. "coverage": of the quote's bits.
    "statement": of the words with a meaning of their own, those that are no names. "run": words in a row, without which
    no search looks at a place; so many at least, and more where they are common.
    """

    of: Literal["bits", "marks", "words", "similarity", "coverage", "statement", "run"]
    there: float
    needed: float


def is_match(reading: Reading, wording: Wording, page: Text, wordings: int) -> bool:
    """Whether the evidence reaches the bar of an index of so many wordings."""
    return find_lack(reading, wording, page, wordings) is None


def find_lack(reading: Reading, wording: Wording, page: Text, wordings: int) -> Lack | None:
    """Return the first thing that the evidence lacks for the bar of an index of so many wordings, if any."""
    start, end = page.starts[reading.start], page.ends[reading.end - 1]
    bits = reading.score - bar(wordings)
    if reading.kind == "exact":
        return _find_lack_of_whole(reading, bits, page)
    quoted = is_quoted(page.text, start, end)
    bits += QUOTED_BITS if quoted else 0
    if lack := (
        _least("words", reading.words, FEWEST_WORDS)
        or _find_lack_of_bits(reading, bits, WHOLE_BITS)
        or _find_lack_of_characters(reading, page)
    ):
        return lack
    is_quotable = quoted or bits >= FRAGMENT_BITS  # without marks on the page, too, it must be no set phrase
    if is_quotable and reading.similarity >= WHOLE_SIMILARITY and _is_quoted_part(reading, wording):
        return None
    covered = reading.matched_bits / max(1, wording.total_bits)
    if reading.coverage < NAMED_COVERAGE:
        names = share_of_names(page.text[start:end], wording.raw)
        if names == 1 or (names > MOST_NAMES and not quoted):
            return Lack("statement", 1 - names, 1 - MOST_NAMES)
    if covered >= WHOLE_COVERAGE:
        return _least("similarity", reading.similarity, WHOLE_SIMILARITY) or (
            _find_lack_of_short_part(reading, bits, covered) if not quoted else None
        )
    return _find_lack_of_bits(reading, bits, FRAGMENT_BITS) or _find_lack_of_part(
        reading, covered, quoted=quoted
    )


def _find_lack_of_short_part(reading: Reading, bits: float, covered: float) -> Lack | None:
    """Whether a few words that no mark sets off are more than a set phrase: "running for the U.S. Senate"."""
    if reading.kind != "fragment" or reading.words >= FEWEST_UNMARKED_WORDS:
        return None
    return _find_lack_of_bits(reading, bits, FRAGMENT_BITS) or _least(
        "coverage", covered, SHORT_PART_COVERAGE
    )


def _find_lack_of_whole(reading: Reading, bits: float, page: Text) -> Lack | None:
    """Whether a whole quote says enough, or else stands in quotation marks: of a few words, the quotation must be the
    quote, and not only end in it: '… stand on Common Core?”'."""
    if bits >= WHOLE_BITS:
        return None
    start, end = page.starts[reading.start], page.ends[reading.end - 1]
    return _find_lack_of_bits(reading, bits, WHOLE_BITS - QUOTED_BITS) or _least(
        "marks", opens(page.text, start) + closes(page.text, end), 2 if reading.words < FEWEST_WORDS else 1
    )


def _find_lack_of_bits(reading: Reading, bits: float, needed: float) -> Lack | None:
    """`bits`: the reading's score, less what the index asks for, and with what marks give."""
    return Lack("bits", reading.score, reading.score + needed - bits) if bits < needed else None


def _find_lack_of_characters(reading: Reading, page: Text) -> Lack | None:
    """Whether a part has many tokens and few words: 突发公共卫生事件 is eight characters and four words."""
    if reading.coverage >= CHARACTERS_COVERAGE:
        return None
    words = sum(page.count_words(*piece) for piece in reading.pieces)
    return _least("words", words, FEWEST_WORDS)


def _find_lack_of_part(reading: Reading, covered: float, *, quoted: bool) -> Lack | None:
    """Whether a part of the quote is long enough, and like enough, to be one."""
    fewest, similarity = FEWEST_FRAGMENT_WORDS, FRAGMENT_SIMILARITY
    if not quoted:
        fewest, similarity = FEWEST_UNMARKED_WORDS, UNMARKED_SIMILARITY
    return (
        _least("words", reading.words, fewest)
        or _least("similarity", reading.similarity, similarity)
        or (None if quoted else _least("coverage", covered, UNMARKED_COVERAGE))
    )


def _least(
    of: Literal["marks", "words", "similarity", "coverage"], there: float, needed: float
) -> Lack | None:
    return Lack(of, there, needed) if there < needed else None


def bits_of_all(runs: list[Run], wording: Wording) -> int:
    """The bits of the quote's words that are in any of the runs."""
    if len(runs) == 1:
        return wording.bits_of(runs[0])
    words = {place for run in runs for place in range(run.quote, run.quote_end)}
    return sum(map(wording.bits.__getitem__, words))


@dataclass(frozen=True)
class Promise:
    """Whether what is known of a candidate so far could still become a match: most don't, and cost time."""

    wording: Wording
    page: Text
    wordings: int

    def of_chain(self, runs: list[Run]) -> bool:
        """Runs that agree on the diagonals; typos and short runs may still be found, also beyond their ends."""
        words = sum(run.length for run in runs)
        more = SLACK_WORDS if len(runs) > 1 else min(SLACK_WORDS, self._near(runs[0]) + (words >= MANY_WORDS))
        slack = Slack(SLACK_BITS, FRAGMENT_SLACK_BITS, SLACK_WORDS, more)
        known = self._known(runs)
        if could_reach(known, slack, self.wordings, quoted=False):
            return True
        return bool(could_reach(known, slack, self.wordings, quoted=True)) and self._has_marks_near(runs)

    def _near(self, run: Run) -> int:
        """How many words of the quote stand near both ends of a run on the page, where a part could go on.

        Farther away they could not make a short run a match: too many words in between would differ.
        """
        words, page = self.wording.words, self.page.words
        before = {*words[max(0, run.quote - NEAR_WORDS) : run.quote]}
        after = {*words[run.quote_end : run.quote_end + NEAR_WORDS]}
        return len(before.intersection(page[max(0, run.page - NEAR_WORDS) : run.page])) + len(
            after.intersection(page[run.page_end : run.page_end + NEAR_WORDS])
        )

    def of_alignment(self, runs: list[Run]) -> bool:
        """All runs that there are."""
        wording = self.wording
        quoted = is_quoted(
            self.page.text, self.page.starts[runs[0].page], self.page.ends[runs[-1].page_end - 1]
        )
        known = self._known(runs)
        if not could_reach(known, Slack(0, 0, 0, 0), self.wordings, quoted=quoted):
            return False
        # What `is_match` asks of a part that no marks set off is known before it is read, which takes time.
        matched = sum(map(wording.bits_of, runs))
        covered = matched / max(1, wording.total_bits)
        if quoted or covered >= WHOLE_COVERAGE or self._has_marks_near(runs):
            return True
        is_long = known.words >= FEWEST_UNMARKED_WORDS and covered >= UNMARKED_COVERAGE
        return matched - bar(self.wordings) >= FRAGMENT_BITS and (is_long or wording.has_quoted_part)

    def _has_marks_near(self, runs: list[Run]) -> bool:
        return has_marks_near(self.page, runs[0].page, runs[-1].page_end)

    def _known(self, runs: list[Run]) -> Known:
        wording = self.wording
        bits, words = score_of(runs, wording, self.page), sum(run.length for run in runs)
        return Known(bits, words, len(wording), wording.total_bits, wording.has_quoted_part)


def has_marks_near(page: Text, first: int, last: int) -> bool:
    """Whether a quotation mark stands where one may belong to any of these words, as far as the page has them."""
    first, last = max(0, first - SLACK_WORDS), min(len(page.starts), last + SLACK_WORDS)
    start, end = page.starts[first] - MARK_CHARACTERS, page.ends[last - 1] + MARK_CHARACTERS
    return has_marks(page.text[max(0, start) : end])


def has_much_of_quoted_part(runs: list[Run], wording: Wording) -> bool:
    """Whether the runs have so much of a part that the wording itself quotes that the page may have all of it."""
    if not wording.has_quoted_part:
        return False
    text = wording.raw
    words = sum(run.length for run in runs)
    parts = [
        (start, end)
        for start, end in quoted_parts(text)
        if words >= SURE_SHARE_OF_PART * len(text[start:end].split())
    ]
    if not parts:
        return False
    starts, ends = wording.text.starts, wording.text.ends
    stretches = [(starts[run.quote], ends[run.quote_end - 1]) for run in runs]
    return any(
        sum(max(0, min(last, end) - max(first, start)) for first, last in stretches)
        >= SURE_SHARE_OF_PART * (end - start)
        for start, end in parts
    )


def is_verbatim(reading: Reading, wording: Wording) -> bool:
    """Whether the page has, word for word, the whole quote or a whole part that the wording itself quotes."""
    if reading.kind == "exact":
        return True
    is_like = reading.similarity >= VERBATIM_SIMILARITY and reading.words >= FEWEST_WORDS
    if not (is_like and wording.has_quoted_part) or any(change.guard for change in reading.changes):
        return False
    return any(shared >= PART_COVERAGE * part for shared, part, _ in _in_quoted_parts(reading, wording))


def _is_quoted_part(reading: Reading, wording: Wording) -> bool:
    """Whether the page has a part that the wording itself quotes, and little else: 'Says that she "did nothing …".'"""
    return any(
        shared >= PART_COVERAGE * max(part, whole)
        for shared, part, whole in _in_quoted_parts(reading, wording)
    )


def _in_quoted_parts(reading: Reading, wording: Wording) -> Iterator[tuple[int, int, int]]:
    """Yield, for each part that the wording quotes, how many of its characters the page has, of how many, and how many
    it has of the wording."""
    text = wording.text
    first, last = text.starts[reading.quote_first], text.ends[reading.quote_last - 1]
    for start, end in quoted_parts(text.text):
        yield min(last, end) - max(first, start), end - start, last - first
