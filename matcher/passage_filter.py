"""Which passages of a text may hold a quote, told without the quotes: a filter that fits into a browser.

A client that has it keeps to itself what can't hold a quote. Every posting of an index is in it with four bytes: a
few bits of its key, of where it stands in which wording, and how much it says; no words. It lets through all but a
few of the matches that the index would find, and little else; see `matcher/DESIGN.md` for how much of each.

    header    16 bytes: "QMPF", as 16-bit numbers the version of this form and that of the folding, and 8 bytes that
              name the base
    section   32-bit numbers of the bits that number a bucket, and of entries; then for each bucket, by the leading
              bits of a key, the number of its entries in 8 bits; then the entries, 32 bits each, from the lowest:
                5  points, of which a stretch needs ENOUGH
                16 lane: a number of the wording, plus the place in it: on one diagonal lane minus place is the same
                11 further bits of the key

All numbers are little-endian. The first section is the base, which stays the same for thousands of changes; a second
one has what came later, if anything did. A client that has the base needs only the rest: a header and that section.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from matcher.candidates import Part, least_bits
from matcher.folding import FOLDING_VERSION, Tokens, fold, mix
from matcher.index import SURPRISAL_MASK, check_bits, first_of_equals
from matcher.shingles import WORDS, keys

FORM = 1
_MAGIC = b"QMPF"
_HEADER = struct.Struct("<4sHH8s")
_SECTION = struct.Struct("<II")
_BASE_NAME_BYTES = 8

_LANE_PLACE, _CHECK_PLACE = 5, 21
_MOST_POINTS = (1 << _LANE_PLACE) - 1
_LANES = 1 << (_CHECK_PLACE - _LANE_PLACE)
_MOST_IN_BUCKET = 255
_MOST_BUCKET_BITS = 28

# What a quote needs to be looked at by the matcher is so many points, whatever its length.
_NEEDED = 24
# Changed words hide the runs that they stand in, so less is enough; among quotation marks still less.
ENOUGH = 19
ENOUGH_MARKED = 14
# One run alone is most often a name or a set phrase.
LONE_POINTS = 6

LONGEST_STEP = 60  # words between two runs of a quote
MOST_SHIFT = 40  # words that a page may have more than the quote, or fewer, between two runs
SHIFT_POINTS = 2
MOST_LOOKED_BACK = 256  # hits; a page of one repeated phrase has thousands in reach
# No page has more hits, and no document full of quotes (of 4,803); what does passes from there on, whatever it holds.
MOST_HITS_A_WORD = 1
SPARE_HITS = 4096
MARK_WORDS = 8  # around a stretch, where its quotation marks are looked for
CONTEXT_WORDS = 25  # on both sides: the quote may begin and end there, and what interrupts it

# An apostrophe inside a word is no mark.
MARKS = re.compile(r"[\"“”„«»‟〝〞＂「」『』]|''|[‘’'](?!\w)|(?<!\w)[‘’']")


class BadFilter(ValueError):
    """The bytes are no filter, or one of another version; the message says which."""


@dataclass(frozen=True, slots=True)
class _Section:
    firsts: NDArray[np.int64]
    entries: NDArray[np.uint32]

    def look_up(self, page_keys: NDArray[np.uint64]) -> Iterator[tuple[int, int, int]]:
        """Yield the hits by place in the page: (place, lane, points)."""
        bits = (len(self.firsts) - 1).bit_length() - 1
        buckets = (page_keys >> np.uint64(64 - bits)).astype(np.int64)
        firsts, ends = self.firsts.take(buckets), self.firsts.take(buckets + 1)
        checks = check_bits(page_keys)
        for place in np.flatnonzero((page_keys != 0) & (ends > firsts)).tolist():
            entries = self.entries[firsts[place] : ends[place]]
            for entry in entries[entries >> _CHECK_PLACE == checks[place]].tolist():
                yield place, (entry >> _LANE_PLACE) % _LANES, entry & _MOST_POINTS


class PassageFilter:
    """Tells which passages of a text may hold a quote, as a client does that has only the bytes of a filter.

    >>> from matcher import QuoteIndex
    >>> index = QuoteIndex.build([("q1", "They need to drown Russia in blood")])
    >>> kept = PassageFilter(index.passage_filter().whole)
    >>> kept.passages("“They need to drown Russia in blood,” he said."), kept.passages("Fog is expected until noon.")
    ([(0, 46)], [])
    """

    def __init__(self, whole: bytes, later: bytes | None = None) -> None:
        """Read a filter, and what came later if that was fetched by itself.

        Raises BadFilter, saying why, where the bytes are no filter, of another version, or of another base.
        """
        self.base, self._sections = _read(whole)
        if later is not None:
            base, sections = _read(later, 1)
            if base != self.base:
                raise BadFilter(f"what came later is of the base {base}, not of {self.base}")
            self._sections = [*self._sections[:1], *sections]

    def passages(self, text: str) -> list[tuple[int, int]]:
        """Return the passages of `text` that may hold a quote, with some context, as spans in code points, in order."""
        tokens = fold(text)
        out: list[tuple[int, int]] = []
        for first, last in self._stretches(text, tokens):
            # Up to the words beside it, so that the quotation marks between are in it.
            before, after = first - CONTEXT_WORDS - 1, last + CONTEXT_WORDS
            start = int(tokens.ends[before]) if before >= 0 else 0
            end = int(tokens.starts[after]) if after < len(tokens) else len(text)
            while out and start <= out[-1][1]:
                joined = out.pop()
                start, end = min(start, joined[0]), max(end, joined[1])
            out.append((start, end))
        return out

    def _stretches(self, text: str, tokens: Tokens) -> Iterator[tuple[int, int]]:
        """Yield (first token, token after the last) of stretches that have enough points, by their last run."""
        page_keys = keys(tokens)
        most = MOST_HITS_A_WORD * len(tokens) + SPARE_HITS
        # All of one place are needed to know which of them are the first.
        enough = most + _MOST_IN_BUCKET + 1
        hits = sorted(hit for section in self._sections for hit in islice(section.look_up(page_keys), enough))
        ends: list[_Chain] = []  # the best chain that ends with each hit
        begin = 0
        for place, lane, points in hits[:most]:
            diagonal = (lane - place) % _LANES
            while begin < len(ends) and (
                ends[begin].place < place - LONGEST_STEP or len(ends) - begin > MOST_LOOKED_BACK
            ):
                begin += 1
            best = _Chain(place, diagonal, place, points, points - LONE_POINTS)
            for end in ends[begin:]:
                shift = (diagonal - end.diagonal + MOST_SHIFT) % _LANES - MOST_SHIFT
                if end.place == place or shift > MOST_SHIFT:
                    continue
                total = end.total + points - (SHIFT_POINTS if shift else 0)
                if total > best.total:
                    best = _Chain(place, diagonal, end.first, total, total)
            ends.append(best)
            last = min(place + WORDS, len(tokens))
            if best.points >= ENOUGH or (
                best.points >= ENOUGH_MARKED and _has_marks(text, tokens, best.first, last)
            ):
                yield best.first, last
        if len(hits) > most:
            yield hits[most][0], len(tokens)


@dataclass(frozen=True, slots=True)
class _Chain:
    place: int
    diagonal: int
    first: int
    total: int
    points: int  # that count: fewer than all for a run alone


@dataclass(frozen=True, slots=True)
class FilterParts:
    """A filter as an index writes it, in parts that need no copies: the base is shared by all filters that have it."""

    header: bytes
    base: bytes
    later: bytes

    @property
    def base_name(self) -> str:
        """What the base is known by: 16 hexadecimal digits."""
        return self.header[-_BASE_NAME_BYTES:].hex()

    @property
    def whole(self) -> bytes:
        """What `PassageFilter` reads."""
        return b"".join([self.header, self.base, self.later])

    @property
    def rest(self) -> bytes:
        """What a client needs that has the base."""
        return self.header + self.later


def write_header(base: bytes) -> bytes:
    """Return the header of the filters that have this base."""
    name = hashlib.blake2b(base, digest_size=_BASE_NAME_BYTES).digest()
    return _HEADER.pack(_MAGIC, FORM, FOLDING_VERSION, name)


def write_section(part: Part, wordings: int) -> bytes:
    """Return the section of a part's postings, for an index of so many wordings.

    A bucket that overflows, because hundreds of wordings share a run, loses what it has too much.
    """
    posted = part.posted()
    firsts = np.searchsorted(posted.buckets, posted.buckets)
    kept = np.arange(len(posted.buckets)) - firsts < _MOST_IN_BUCKET
    wording = part.wording_at(posted.places)
    entries = _lanes(part, posted.places, wording) << np.uint32(_LANE_PLACE)
    entries |= posted.checks.astype(np.uint32) << np.uint32(_CHECK_PLACE)
    entries |= _points(part, posted.places, wording, wordings)
    counts = np.bincount(posted.buckets[kept], minlength=1 << posted.bucket_bits).astype(np.uint8)
    head = _SECTION.pack(posted.bucket_bits, int(kept.sum()))
    return b"".join([head, counts.tobytes(), entries[kept].astype("<u4").tobytes()])


def _read(data: bytes, most_sections: int = 2) -> tuple[str, list[_Section]]:
    if len(data) < _HEADER.size or data[:4] != _MAGIC:
        raise BadFilter("this is no filter of quotes")
    _, form, folding, base = _HEADER.unpack_from(data)
    if (form, folding) != (FORM, FOLDING_VERSION):
        read = f"{FORM} and {FOLDING_VERSION}"
        raise BadFilter(f"the filter is of form {form} and folding {folding}; these can be read: {read}")
    sections = list(islice(_read_sections(data), most_sections + 1))
    if len(sections) > most_sections:
        raise BadFilter("the filter has more sections than a base and what came later")
    return base.hex(), sections


def _read_sections(data: bytes) -> Iterator[_Section]:
    at = _HEADER.size
    while at < len(data):
        if len(data) - at < _SECTION.size:
            raise BadFilter("the filter is cut short")
        bits, count = _SECTION.unpack_from(data, at)
        at += _SECTION.size
        if not 4 <= bits <= _MOST_BUCKET_BITS or len(data) - at < (1 << bits) + 4 * count:
            raise BadFilter("the filter is cut short")
        counts = np.frombuffer(data, np.uint8, 1 << bits, at)
        firsts = np.zeros(len(counts) + 1, np.int64)
        np.cumsum(counts, out=firsts[1:])
        if firsts[-1] != count:
            raise BadFilter("the filter's buckets hold not as many entries as it has")
        yield _Section(firsts, np.frombuffer(data, "<u4", count, at + (1 << bits)))
        at += (1 << bits) + 4 * count


def _lanes(part: Part, places: NDArray[np.int64], wording: NDArray[np.int64]) -> NDArray[np.uint32]:
    place = (places - part.starts.take(wording)).astype(np.uint64)
    return ((mix(wording.astype(np.uint64)) + place) % np.uint64(_LANES)).astype(np.uint32)


def _points(
    part: Part, places: NDArray[np.int64], wording: NDArray[np.int64], wordings: int
) -> NDArray[np.uint32]:
    """What each posting says of its wording, in shares of what the matcher needs to look at it.

    Between what its run says beyond the run before it, and all words up to the next run: a page that has this run may
    have changed these words, or not.
    """
    order = np.argsort(places)
    places, wording = places.take(order), wording.take(order)
    ends = part.starts.take(wording).astype(np.int64) + part.lengths.take(wording)
    is_first = first_of_equals(wording)
    is_last = np.append(is_first[1:], [True])[: len(places)]
    sums = np.concatenate([[0], np.cumsum(part.tokens & SURPRISAL_MASK, dtype=np.int64)])
    starts = np.where(is_first, part.starts.take(wording), places)
    following = np.where(is_last, ends, np.append(places[1:], [0])[: len(places)])
    run_ends = np.minimum(places + WORDS, ends)
    before = np.where(is_first, 0, np.append([0], run_ends[:-1])[: len(places)])
    news = sums[run_ends] - sums[np.clip(before, places, run_ends)]
    bits = (news + sums[following] - sums[starts]) / 2
    weight = part.weights.take(wording)
    points = np.empty(len(places), np.uint32)
    points[order] = np.clip(np.rint(bits / least_bits(weight, wordings) * _NEEDED), 1, _MOST_POINTS)
    return points


def _has_marks(text: str, tokens: Tokens, first: int, last: int) -> bool:
    start = int(tokens.starts[max(0, first - MARK_WORDS)])
    end = int(tokens.ends[min(len(tokens), last + MARK_WORDS) - 1])
    return MARKS.search(text[start:end]) is not None
