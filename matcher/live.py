"""An index that changes: a static part, and over it a small part for what came later.

Adding a quote costs the folding of its text, dropping one a note; neither touches the static part. The small part's
dead wordings are cleared out of its table now and then. When the changes have grown, build a new static part and lay a
fresh LiveIndex over it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy
from functools import cached_property
from itertools import chain, islice
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.background import shipped_background
from matcher.candidates import Part
from matcher.find import Match, QuoteIndex, Search, search_in
from matcher.folding import fold
from matcher.index import (
    MARGIN,
    Hits,
    Posted,
    bucket_bits,
    check_bits,
    filter_place,
    key_postings,
    pack,
    within_cost,
)
from matcher.passage_filter import FilterParts, write_header, write_section
from matcher.quoted_parts import quoted_parts

_FILTER_BYTES = 1 << 17
_NEVER = 1 << 62
_NO_WORDS = np.zeros(MARGIN, np.uint32)
# Dead wordings are cleared away when they are more than so many, and more than one for so many living ones. Until then
# they cost a search for their words 0.4 ms; to clear them away costs less than 0.1 ms, spread over all puts.
_DEAD_AT_LEAST = 32
_LIVING_FOR_ONE_DEAD = 16

Number = TypeVar("Number", bound=np.integer)


class Moment(NamedTuple):
    """A change of a LiveIndex, and the small part as it was then."""

    change: int
    later: _LaterPart


class LiveIndex:
    """A QuoteIndex with changes laid over it.

    One thread may `put` and `drop` while others `find`: each find sees a change wholly or not at all.
    Changes are numbered; what a change adds is born with its number, and what it takes away dies with it.

    >>> live = LiveIndex(QuoteIndex.build([]))
    >>> live.put("q1", ["They need to drown Russia in blood"])
    >>> live.find("“They need to drown Russia in blood,” he said.")[0].quote_id
    'q1'
    >>> live.drop("q1")
    >>> live.find("“They need to drown Russia in blood,” he said.")
    []
    """

    def __init__(self, base: QuoteIndex) -> None:
        self._base = base
        self._later = _LaterPart()
        self._hidden: dict[str, int] = {}  # quotes of the static part, and the change that took each away
        self._wordings: dict[str, list[int]] = {}  # the later part's wordings, by quote
        self._moment = Moment(0, self._later)

    def put(self, quote_id: str, texts: Sequence[str]) -> None:
        """Add a quote with its wordings, or replace all the wordings that it had."""
        if isinstance(texts, str) or not all(isinstance(text, str) for text in texts):
            raise TypeError("a quote's wordings are a list of texts, also where there is one")
        change = self._begin_change()
        added = [self._later.add(quote_id, text, change) for text in texts]
        self._take_away(quote_id, change)
        self._wordings[quote_id] = added
        self._moment = Moment(change, self._later)

    def drop(self, quote_id: str) -> None:
        """Take a quote out. One that is not there is no error."""
        change = self._begin_change()
        self._take_away(quote_id, change)
        self._moment = Moment(change, self._later)

    @property
    def moment(self) -> Moment:
        """What a search is as of: the last change, by its number."""
        return self._moment

    def find(self, text: str, without: Collection[str] = ()) -> list[Match]:
        """As QuoteIndex.find, with all changes up to now."""
        return self.search(text, without).matches

    def search(
        self,
        text: str,
        without: Collection[str] = (),
        as_of: Moment | None = None,
        besides: QuoteIndex | None = None,
    ) -> Search:
        """As QuoteIndex.search, as of a moment, else of the last one.

        And as if the quotes `without` were not there, and those of the index `besides` were.
        """
        now, later = as_of or self._moment
        added = besides.part if besides else None

        def owners(part: Part, wording: int) -> list[str]:
            if part is added:
                return part.quote_ids(wording)
            if part is later and not later.is_alive(wording, now):
                return []
            ids = [q for q in part.quote_ids(wording) if q not in without]
            return ids if part is later else [q for q in ids if self._hidden.get(q, _NEVER) > now]

        parts: list[Part] = [self._base.part, later] if later.starts.size else [self._base.part]
        if added is not None:
            parts.append(added)
        return search_in(parts, text, owners)

    def passage_filter(self) -> FilterParts:
        """Return a filter of all changes up to now: what it lets pass is worth a search. See `PassageFilter`.

        Its base stays as long as this LiveIndex does. What was taken out may still pass.
        """
        header, base = self._filter_base
        later = self._moment.later
        return FilterParts(header, base, write_section(later, len(self)) if later.starts.size else b"")

    @cached_property
    def _filter_base(self) -> tuple[bytes, bytes]:
        base = write_section(self._base.part, len(self._base))
        return write_header(base), base

    def __len__(self) -> int:
        """The number of wordings; one that was dropped from the static part counts until that is built anew."""
        return len(self._base) + sum(map(len, list(self._wordings.values())))

    def _begin_change(self) -> int:
        """Return the change's number. Searches that began before it keep the small part that they began with."""
        if self._later.is_worth_clearing():
            self._later = self._later.without_dead()
        return self._moment.change + 1

    def _take_away(self, quote_id: str, change: int) -> None:
        self._hidden.setdefault(quote_id, change)
        for wording in self._wordings.pop(quote_id, []):
            self._later.die(wording, change)


class _LaterPart:
    """Wordings that came after the static part was built: the same arrays, growing, and a dict for a table."""

    def __init__(self) -> None:
        self._tokens = _Growing(np.uint32, [0] * MARGIN)
        self._starts = _Growing(np.uint32)
        self._lengths = _Growing(np.uint32)
        self._weights = _Growing(np.uint16)
        self._quoting = _Growing(np.uint8)
        self._postings: dict[int, list[int]] = {}
        self._filter = np.zeros(_FILTER_BYTES, np.uint8)
        self._texts: list[str] = []
        self._quote_ids: list[str] = []
        self._lives: list[tuple[int, int]] = []
        self._keys: dict[int, NDArray[np.uint64]] = {}  # of each wording that has postings
        self._dead: list[int] = []
        self._cleared = 0  # dead ones that have no postings any more

    def add(self, quote_id: str, text: str, born: int) -> int:
        tokens = fold(text)
        surprisal = shipped_background().surprisal(tokens)
        start, number = len(self._tokens.values), len(self._texts)
        self._texts.append(text)
        self._quote_ids.append(quote_id)
        self._lives.append((born, _NEVER))
        self._tokens.append(np.append(pack(tokens.hashes, surprisal), _NO_WORDS))
        self._lengths.append([len(tokens)])
        self._weights.append([min(int(surprisal.sum()), 65535)])
        self._quoting.append([bool(quoted_parts(text))])
        self._starts.append([start])
        found, places = key_postings(tokens, surprisal)
        for key, place in zip(found.tolist(), places.tolist(), strict=True):
            self._postings.setdefault(key, []).append(start + place)
        self._mark(found)
        self._keys[number] = np.unique(found)
        return number

    def die(self, wording: int, change: int) -> None:
        self._lives[wording] = (self._lives[wording][0], change)
        self._dead.append(wording)

    def is_worth_clearing(self) -> bool:
        living = len(self._texts) - len(self._dead) - self._cleared
        return len(self._dead) > max(_DEAD_AT_LEAST, living // _LIVING_FOR_ONE_DEAD)

    def without_dead(self) -> _LaterPart:
        """Return this part without what leads a search to dead wordings; their texts stay, and cost it nothing.

        Who searches this one still finds what lived then: what both have in common only grows.
        """
        part = copy(self)
        part._postings = dict(self._postings)
        part._filter = np.zeros_like(self._filter)
        part._dead = []
        part._cleared = self._cleared + len(self._dead)
        for wording in self._dead:
            first, last = int(self.starts[wording]), int(self.starts[wording] + self.lengths[wording])
            for key in self._keys.pop(wording).tolist():
                if others := [place for place in part._postings[key] if not first <= place < last]:
                    part._postings[key] = others
                else:
                    del part._postings[key]
        part._mark(np.fromiter(part._postings, np.uint64, len(part._postings)))
        return part

    def _mark(self, keys: NDArray[np.uint64]) -> None:
        byte, bit = filter_place(keys, _FILTER_BYTES)
        np.bitwise_or.at(self._filter, byte, np.uint8(1) << bit)

    def is_alive(self, wording: int, now: int) -> bool:
        born, died = self._lives[wording]
        return born <= now < died

    @property
    def tokens(self) -> NDArray[np.uint32]:
        return self._tokens.values

    @property
    def starts(self) -> NDArray[np.uint32]:
        return self._starts.values

    @property
    def lengths(self) -> NDArray[np.uint32]:
        return self._lengths.values

    @property
    def weights(self) -> NDArray[np.uint16]:
        return self._weights.values

    @property
    def quoting(self) -> NDArray[np.uint8]:
        return self._quoting.values

    def text(self, wording: int) -> str:
        return self._texts[wording]

    def quote_ids(self, wording: int) -> list[str]:
        return [self._quote_ids[wording]]

    def look_up(self, page_keys: NDArray[np.uint64], page: NDArray[np.uint32]) -> Hits:
        byte, bit = filter_place(page_keys, _FILTER_BYTES)
        maybe = np.flatnonzero((self._filter[byte] >> bit) & 1)
        wanted = page_keys[maybe]
        postings = [self._postings.get(key, ()) for key in wanted.tolist()]
        # Another thread may add to them meanwhile: `counts` of them are read.
        counts, complete = within_cost(wanted, np.array(list(map(len, postings)), np.int64), len(page))
        pairs = zip(postings, counts.tolist(), strict=True)
        places = np.fromiter(chain.from_iterable(islice(of, count) for of, count in pairs), np.int64)
        return Hits(np.repeat(maybe, counts), places, complete)

    def posted(self) -> Posted:
        # A list of all at once: another thread may add to the table meanwhile.
        postings = [(key, place) for key, places in list(self._postings.items()) for place in places]
        postings.sort()
        found = np.array([key for key, _ in postings], np.uint64)
        leading = bucket_bits(len(found))
        buckets = (found >> np.uint64(64 - leading)).astype(np.int64)
        places = np.array([place for _, place in postings], np.int64)
        return Posted(places, buckets, check_bits(found), leading)

    def wording_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.searchsorted(self.starts, places.astype(np.uint32), side="right") - 1


class _Growing(Generic[Number]):
    """An array that grows at its end. Readers keep what they saw: what is there is never moved or changed."""

    def __init__(self, dtype: type[Number], first: Sequence[int] = ()) -> None:
        self._array: NDArray[Number] = np.zeros(64, dtype)
        self._array[: len(first)] = first
        self._count = len(first)

    @property
    def values(self) -> NDArray[Number]:
        return self._array[: self._count]

    def append(self, values: Sequence[int] | NDArray[Number]) -> None:
        count = self._count + len(values)
        if count > len(self._array):
            grown: NDArray[Number] = np.zeros(2 * count, self._array.dtype)
            grown[: self._count] = self._array[: self._count]
            self._array = grown
        self._array[self._count : count] = values
        self._count = count
