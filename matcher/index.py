"""The static part of an index: every wording's tokens, and a table from shingle keys to their places.

All of it is a handful of arrays, so that a file of it can be mapped into memory and shared by any number of
processes. Sizes for a wording of 20 words: tokens 84 bytes, postings 120, table and filter 36, ranks 5, names 30.

    tokens    27 bits of a token's hash and 5 of its surprisal; a 0 stands between wordings, and MARGIN of them before
              the first and behind the last, so that the words around any place are there to be read
    buckets   by the leading bits of a key: where its postings begin
    postings  64 bits each, from the lowest: 32 the place in `tokens`, 11 further bits of the key, 1 whether the run
              alone says enough to be looked at, 20 the tokens around the run (5 each of the two before, two after)
    bits      a filter in front of the table: most keys of a page are not in it and cost one look
    ranks     which wording a place is in, 64 bits for every 32 tokens: in the lower half, at which of them a wording
              begins; in the upper, how many begin before
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.background import Background
from matcher.folding import Tokens, fold, mix
from matcher.quoted_parts import quoted_parts
from matcher.shingles import CHARACTERS, WORDS, keys
from matcher.thresholds import BAND_BITS, HITS_A_WORD, LEAST_HITS

# Which runs get a posting. Runs of common words are a quarter of all and nine tenths of a page's chance hits,
# so a run of fewer bits than KEY_BITS gets one only where it is the best of COVERING runs in a row: any stretch
# of WORDS + COVERING - 1 unchanged words can be found by something.
KEY_BITS = 28
COVERING = 4
# A run that more wordings share costs every page time; the rarest of a wording stay however common they are.
MOST_SHARING = 64
RAREST_KEPT = 2

MARGIN = 16
SURPRISAL_BITS = 5
SURPRISAL_MASK = np.uint32((1 << SURPRISAL_BITS) - 1)

_PLACE_MASK = np.uint64((1 << 32) - 1)
_CHECK_PLACE, _CHECK_MASK = np.uint64(32), np.uint64((1 << 11) - 1)
_ENOUGH_PLACE = np.uint64(43)
_AROUND_PLACE, _AROUND_BITS = 44, 5
# Counted from where a run begins; with one word changed, the next but one agrees.
_AROUND = (-2, -1, WORDS, WORDS + 1)
_LOWEST = np.uint32(sum(1 << number * _AROUND_BITS for number in range(len(_AROUND))))
_HIGHEST = np.uint32(int(_LOWEST) << (_AROUND_BITS - 1))

_RANK_BITS = 5
_RANK_TOKENS = 1 << _RANK_BITS
_POSTINGS_A_BUCKET = 4
_FILTER_BITS_A_POSTING = 8
_CHARACTERS_A_BLOCK = 8_000_000  # of quotes folded at a time while building

Progress = Callable[[int, int], None]


class Hits(NamedTuple):
    """Where keys of a page occur: pairs of places in the page and in a part's tokens, as two arrays.

    `complete`: whether these are all.
    """

    at: NDArray[np.int64]
    places: NDArray[np.int64]
    complete: bool


class Posted(NamedTuple):
    """All postings of a part, by bucket: where each is in the part's tokens, its bucket, and its key's `check_bits`."""

    places: NDArray[np.int64]
    buckets: NDArray[np.int64]
    checks: NDArray[np.uint64]
    bucket_bits: int


@dataclass(frozen=True, slots=True)
class StaticPart:
    """The arrays of an index; see the module for what each holds.

    `starts[w]`, `lengths[w]`, `weights[w]`: wording w in `tokens`, and the sum of its surprisal. `quoting[w]`: 1 if
    it has parts that stand in quotation marks themselves, see `quoted_parts`; else 0.
    `owners[owner_starts[w]:owner_starts[w + 1]]`: the numbers of the quotes that have this wording.
    `texts`, `ids`: UTF-8, cut at `text_starts`, `id_starts`.
    """

    tokens: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    lengths: NDArray[np.uint32]
    weights: NDArray[np.uint16]
    quoting: NDArray[np.uint8]
    buckets: NDArray[np.uint32]
    postings: NDArray[np.uint64]
    bits: NDArray[np.uint8]
    ranks: NDArray[np.uint64]
    owner_starts: NDArray[np.uint32]
    owners: NDArray[np.uint32]
    text_starts: NDArray[np.uint64]
    texts: NDArray[np.uint8]
    id_starts: NDArray[np.uint64]
    ids: NDArray[np.uint8]

    def text(self, wording: int) -> str:
        start, end = self.text_starts[wording : wording + 2].tolist()
        return self.texts[start:end].tobytes().decode("utf-8", "surrogatepass")

    def quote_ids(self, wording: int) -> list[str]:
        first, last = self.owner_starts[wording : wording + 2].tolist()
        return [self._id(number) for number in self.owners[first:last].tolist()]

    def _id(self, number: int) -> str:
        start, end = self.id_starts[number : number + 2].tolist()
        return self.ids[start:end].tobytes().decode("utf-8", "surrogatepass")

    def look_up(self, page_keys: NDArray[np.uint64], page: NDArray[np.uint32]) -> Hits:
        """Return where keys of a page occur.

        A run of common words counts only where one of the words around it agrees, too: else it is most often chance.
        """
        maybe = self._in_filter(page_keys).nonzero()[0]
        if not len(maybe):
            return Hits(maybe, maybe, complete=True)
        wanted = page_keys.take(maybe)
        bucket = (wanted >> np.uint64(64 - _bits_of(len(self.buckets) - 1))).astype(np.int64)
        first = self.buckets.take(bucket).astype(np.int64)
        counts, complete = within_cost(wanted, self.buckets.take(bucket + 1) - first, len(page))
        rows, numbers = spread(first, counts)
        found = self.postings.take(numbers)
        del numbers  # on a page of one repeated word, these are large
        check = (found >> _CHECK_PLACE).astype(np.uint16) & np.uint16(_CHECK_MASK)
        same = (check == check_bits(wanted).astype(np.uint16).take(rows)).nonzero()[0]
        found, at = found.take(same), maybe.take(rows.take(same))
        telling = _agree_around(found, page, at).nonzero()[0]
        return Hits(at.take(telling), (found.take(telling) & _PLACE_MASK).astype(np.int64), complete)

    def posted(self) -> Posted:
        places = (self.postings & _PLACE_MASK).astype(np.int64)
        checks = (self.postings >> _CHECK_PLACE) & _CHECK_MASK
        counts = np.diff(self.buckets)
        return Posted(places, np.repeat(np.arange(len(counts)), counts), checks, _bits_of(len(counts)))

    def wording_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        # A search in `starts` would look at twenty places of memory for each.
        block = self.ranks.take(places >> _RANK_BITS)
        up_to_it = (np.uint64(2) << (places & (_RANK_TOKENS - 1)).astype(np.uint64)) - np.uint64(1)
        begun = np.bitwise_count(block & up_to_it).astype(np.int64)
        return (block >> np.uint64(_RANK_TOKENS)).astype(np.int64) + begun - 1

    def _in_filter(self, page_keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
        byte, bit = filter_place(page_keys, len(self.bits))
        return ((self.bits.take(byte) >> bit) & 1).astype(np.bool_) & (page_keys != 0)


def pack(hashes: NDArray[np.uint64], surprisal: NDArray[np.uint8] | None = None) -> NDArray[np.uint32]:
    """Return tokens in the form that an index compares: never 0, which stands between wordings."""
    packed = (hashes >> np.uint64(32)).astype(np.uint32) | np.uint32(1 << SURPRISAL_BITS)
    packed &= ~SURPRISAL_MASK
    if surprisal is not None:
        packed |= surprisal
    return packed


def build_static(
    entries: Iterable[tuple[str, str]], background: Background, progress: Progress | None = None
) -> StaticPart:
    """Index (quote id, text) pairs. Wordings that fold to the same tokens are kept once, for all their quotes."""
    pairs = list(entries)
    if not all(map(_is_pair, pairs)):
        raise TypeError("entries are pairs of strings, (quote id, text): of a dict, give its items()")
    texts = [text for _, text in pairs]
    words, hashes, surprisal, page_keys = _fold_all(texts, background, progress)
    lengths = np.bincount(words, minlength=len(texts))
    firsts = np.cumsum(lengths) - lengths

    wordings, representative = _group_same(hashes, words, firsts, lengths)
    kept_entries = np.flatnonzero(representative)
    kept = representative[words]
    words, hashes, surprisal, page_keys = words[kept], hashes[kept], surprisal[kept], page_keys[kept]
    number = np.cumsum(representative) - 1  # entry that is kept -> its wording
    words = number[words]
    lengths = lengths[kept_entries]

    starts = np.cumsum(lengths + 1) - (lengths + 1) + MARGIN
    tokens = np.zeros(int((lengths + 1).sum()) - 1 + 2 * MARGIN, np.uint32)
    places = starts[words] + np.arange(len(words)) - (np.cumsum(lengths) - lengths)[words]
    tokens[places] = pack(hashes, surprisal)
    page_keys[~_worth_a_posting(page_keys, surprisal, words)] = 0
    enough = _run_bits(surprisal) >= BAND_BITS
    buckets, postings, bits = _table(page_keys, words, places, tokens, enough)
    owner_starts, owners, ids = _own([quote_id for quote_id, _ in pairs], number[wordings], len(kept_entries))
    kept_texts = [texts[entry] for entry in kept_entries.tolist()]
    text_starts, text_bytes = _join(kept_texts)
    quoting = np.array([bool(quoted_parts(text)) for text in kept_texts], np.uint8)
    id_starts, id_bytes = _join(ids)
    weights = np.minimum(np.bincount(words, surprisal, len(lengths)), 65535).astype(np.uint16)
    return StaticPart(
        tokens, starts.astype(np.uint32), lengths.astype(np.uint32), weights, quoting,
        buckets, postings, bits, _rank(starts, len(tokens)),
        owner_starts, owners, text_starts, text_bytes, id_starts, id_bytes,
    )  # fmt: skip


def _is_pair(entry: object) -> bool:
    match entry:
        case (str(), str()):
            return True
    return False


def key_postings(
    tokens: Tokens, surprisal: NDArray[np.uint8]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the keys by which one wording is to be found, and the token that each begins at."""
    found = keys(tokens)
    places = np.flatnonzero(_worth_a_posting(found, surprisal, np.zeros(len(found), np.int64)))
    return found[places], places


def _run_keys(tokens: Tokens, wording: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return the keys of runs that do not cross from one wording into the next."""
    found = keys(tokens)
    if len(found):
        ends = np.arange(len(found)) + np.where(_all_unspaced(tokens), CHARACTERS, WORDS) - 1
        ends = np.minimum(ends, len(found) - 1)
        found[wording[ends] != wording] = 0
    return found


def _all_unspaced(tokens: Tokens) -> NDArray[np.bool_]:
    single = tokens.unspaced
    following = np.append(single, [False, False])
    return single & following[1:-1] & following[2:]


def _fold_all(
    texts: Sequence[str], background: Background, progress: Progress | None
) -> tuple[NDArray[np.int64], NDArray[np.uint64], NDArray[np.uint8], NDArray[np.uint64]]:
    """Fold the texts, many at a time; return for every token its text's number, hash, surprisal and run's key."""
    numbers, hashes, bits, found = [], [], [], []
    first = 0
    while first < len(texts):
        last, length = first, 0
        while last < len(texts) and length < _CHARACTERS_A_BLOCK:
            length += len(texts[last]) + 1
            last += 1
        block = texts[first:last]
        tokens = fold("\n".join(block))
        limits = np.cumsum([len(text) + 1 for text in block])
        wording = np.searchsorted(limits, tokens.starts, side="right")
        numbers.append(wording + first)
        hashes.append(tokens.hashes)
        bits.append(background.surprisal(tokens, first_of_equals(wording).nonzero()[0]))
        found.append(_run_keys(tokens, wording))
        first = last
        if progress:
            progress(first, len(texts))
    if not texts:
        return np.empty(0, np.int64), np.empty(0, np.uint64), np.empty(0, np.uint8), np.empty(0, np.uint64)
    return np.concatenate(numbers), np.concatenate(hashes), np.concatenate(bits), np.concatenate(found)


def _group_same(
    hashes: NDArray[np.uint64],
    words: NDArray[np.int64],
    firsts: NDArray[np.int64],
    lengths: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return for each text the first text that has the same tokens, and which texts are such firsts."""
    place = (np.arange(len(words)) - firsts[words]).astype(np.uint64)
    sums = np.concatenate(
        [np.zeros(1, np.uint64), np.cumsum(mix(hashes + place * np.uint64(0x9E3779B97F4A7C15)))]
    )
    whole = mix(sums[firsts + lengths] - sums[firsts] + lengths.astype(np.uint64))
    _, first, inverse = np.unique(whole, return_index=True, return_inverse=True)
    representative = np.zeros(len(lengths), np.bool_)
    representative[first] = True
    return first[inverse], representative


def _table(
    found: NDArray[np.uint64],
    words: NDArray[np.int64],
    places: NDArray[np.int64],
    tokens: NDArray[np.uint32],
    enough: NDArray[np.bool_],
) -> tuple[NDArray[np.uint32], NDArray[np.uint64], NDArray[np.uint8]]:
    present = np.flatnonzero(found)
    order = present[np.argsort(found[present])]
    order = order[_rare_enough(found[order], words[order])]
    found, places = found[order], places[order]

    leading = bucket_bits(len(found))
    bucket = found >> np.uint64(64 - leading)
    buckets = np.searchsorted(bucket, np.arange((1 << leading) + 1, dtype=np.uint64)).astype(np.uint32)
    bits = np.zeros(_power_of_two(len(found) * _FILTER_BITS_A_POSTING / 8), np.uint8)
    byte, bit = filter_place(found, len(bits))
    np.bitwise_or.at(bits, byte, np.uint8(1) << bit)
    postings = places.astype(np.uint64) | check_bits(found) << _CHECK_PLACE
    postings |= enough[order].astype(np.uint64) << _ENOUGH_PLACE
    for number, step in enumerate(_AROUND):
        postings |= _around(tokens, places + step) << np.uint64(_AROUND_PLACE + number * _AROUND_BITS)
    return buckets, postings, bits


def _rank(starts: NDArray[np.int64], tokens: int) -> NDArray[np.uint64]:
    blocks = starts >> _RANK_BITS
    begun = np.bincount(blocks, minlength=(tokens >> _RANK_BITS) + 1)
    ranks = (np.cumsum(begun) - begun).astype(np.uint64) << np.uint64(_RANK_TOKENS)
    np.bitwise_or.at(ranks, blocks, np.uint64(1) << (starts & (_RANK_TOKENS - 1)).astype(np.uint64))
    return ranks


def _worth_a_posting(
    found: NDArray[np.uint64], surprisal: NDArray[np.uint8], words: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which runs say much, or are the best of their neighbourhood."""
    count = len(found)
    bits = _run_bits(surprisal)
    bits[found == 0] = -1
    worth: NDArray[np.bool_] = bits >= KEY_BITS
    best, best_at = bits.copy(), np.arange(count)
    for ahead in range(1, min(COVERING, count)):
        better = (bits[ahead:] > best[:-ahead]) & (words[ahead:] == words[:-ahead])
        best[:-ahead][better] = bits[ahead:][better]
        best_at[:-ahead][better] = np.flatnonzero(better) + ahead
    worth[best_at] = True
    return worth & (found != 0)


def _run_bits(surprisal: NDArray[np.uint8]) -> NDArray[np.int16]:
    """What the WORDS tokens from each one on surprise, together."""
    padded = np.concatenate([surprisal.astype(np.int16), np.zeros(WORDS, np.int16)])
    return padded[:-3] + padded[1:-2] + padded[2:-1]


def _rare_enough(found: NDArray[np.uint64], words: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which postings (sorted by key) stay: those of rare keys, and each wording's rarest ones in any case."""
    _, inverse, counts = np.unique(found, return_inverse=True, return_counts=True)
    sharing = counts[inverse]
    kept: NDArray[np.bool_] = sharing <= MOST_SHARING
    if kept.all():
        return kept
    kept_of = np.bincount(words[kept], minlength=int(words.max()) + 1)
    poor = np.flatnonzero(kept_of[words] < RAREST_KEPT)
    poor = poor[np.lexsort((sharing[poor], words[poor]))]
    rank = np.arange(len(poor)) - np.searchsorted(words[poor], words[poor])
    kept[poor[rank < RAREST_KEPT]] = True
    return kept


def _own(
    quote_ids: Sequence[str], wording_of: NDArray[np.int64], wordings: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], list[str]]:
    """Return which quotes each wording belongs to, and the quotes' ids by number."""
    number_of: dict[str, int] = {}
    numbers = np.array([number_of.setdefault(quote_id, len(number_of)) for quote_id in quote_ids], np.int64)
    if not len(numbers):
        return np.zeros(1, np.uint32), np.empty(0, np.uint32), []
    owned = np.unique(wording_of * len(number_of) + numbers)
    counts = np.bincount(owned // len(number_of), minlength=wordings)
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]).astype(np.uint32)
    return starts, (owned % len(number_of)).astype(np.uint32), list(number_of)


def _join(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    starts = np.zeros(len(encoded) + 1, np.uint64)
    np.cumsum([len(text) for text in encoded], out=starts[1:])
    return starts, np.frombuffer(b"".join(encoded), np.uint8)


def within_cost(
    found: NDArray[np.uint64], counts: NDArray[np.int64], words: int
) -> tuple[NDArray[np.int64], bool]:
    """Return how many postings of each key are looked at on a page of so many words, and whether these are all.

    Where they are too many, it is none for the later occurrences of keys that come often and have many.
    """
    most = LEAST_HITS + HITS_A_WORD * words
    if counts.sum() <= most:
        return counts, True
    order = np.argsort(found, kind="stable")
    ranked = found.take(order)
    nth = np.empty(len(order), np.int64)
    nth[order] = np.arange(1, len(order) + 1) - ranked.searchsorted(ranked)
    return np.where(cheapest_within(most, counts, nth * counts), counts, 0), False


def cheapest_within(most: int, costs: NDArray[np.int64], rank: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which, those of the lowest rank first, come to no more than `most` together."""
    order = np.argsort(rank, kind="stable")
    within = np.zeros(len(costs), np.bool_)
    within[order] = np.cumsum(costs.take(order)) <= most
    return within


def spread(
    firsts: NDArray[np.int64], counts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return, for ranges (first, count), the range's number and the member for each of their members."""
    rows = np.repeat(np.arange(len(counts)), counts)
    offsets = np.cumsum(counts) - counts
    return rows, np.arange(len(rows)) + (firsts - offsets).take(rows)


def first_of_equals(ordered: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which of these numbers, in order, differ from the one before."""
    differs = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=differs[1:])
    return differs


def sizes_of_groups(firsts: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Return how many there are from each of these firsts to the next, of `count` in all."""
    return np.append(firsts[1:], count) - firsts


def _power_of_two(least: float) -> int:
    return 1 << max(4, int(np.ceil(np.log2(max(least, 1)))))


def _bits_of(size: int) -> int:
    return size.bit_length() - 1


def check_bits(found: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The bits of a key that are compared in its bucket."""
    return (found >> np.uint64(8)) & _CHECK_MASK


def bucket_bits(postings: int) -> int:
    """Return how many leading bits of a key number its bucket, in a table of so many postings."""
    return _bits_of(_power_of_two(postings / _POSTINGS_A_BUCKET))


def _around(tokens: NDArray[np.uint32], places: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The last bits of the identity of each of these tokens."""
    return ((tokens.take(places, mode="clip") >> SURPRISAL_BITS) & ((1 << _AROUND_BITS) - 1)).astype(
        np.uint64
    )


def _agree_around(
    postings: NDArray[np.uint64], page: NDArray[np.uint32], at: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which hits are of a run that says enough alone, or have a word around them that agrees."""
    differing = (postings >> np.uint64(_AROUND_PLACE)).astype(np.uint32) ^ _around_all(page).take(at)
    # Whether one of the groups of bits is 0, by the borrow that it takes from its highest bit.
    agree = (differing - _LOWEST) & ~differing & _HIGHEST
    telling: NDArray[np.bool_] = (agree | ((postings >> _ENOUGH_PLACE) & np.uint64(1)).astype(np.uint32)) != 0
    return telling


def _around_all(page: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """What `_around` gives for the tokens around each token of a page, as a posting has it."""
    last_bits = (page >> SURPRISAL_BITS) & np.uint32((1 << _AROUND_BITS) - 1)
    padded = last_bits.take(np.arange(_AROUND[0], len(page) + _AROUND[-1]), mode="clip")
    out = np.zeros(len(page), np.uint32)
    for number, step in enumerate(_AROUND):
        start = step - _AROUND[0]
        out |= padded[start : start + len(page)] << np.uint32(number * _AROUND_BITS)
    return out


def filter_place(found: NDArray[np.uint64], size: int) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """The byte is taken from the leading bits, like the bucket; the bit from the last ones, unlike it."""
    byte = (found >> np.uint64(64 - _bits_of(size))).astype(np.int64)
    return byte, ((found >> np.uint64(1)) & np.uint64(7)).astype(np.uint8)
