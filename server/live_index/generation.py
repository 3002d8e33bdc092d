"""A generation: an index and cards as they were at one change, and over them what has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import matcher
from server.live_index.cards import CardFacts, read_facts, write_card
from server.models import StoredQuote
from server.paraphrases import is_near_enough
from server.store import START, Mark, News

# A search in a thread that met a change is made again, at most so often.
_MOST_TRIES = 4


class SomeCards(Protocol):
    def get(self, quote_id: str, /) -> bytes | None: ...
    def __contains__(self, quote_id: object, /) -> bool: ...


@dataclass(frozen=True)
class Found:
    """What a text matches, as of a revision of the store.

    `cards` holds, by quote id and as JSON, what a reader is told of each quote matched. Not `complete`: a
    budget cut the search short.
    """

    revision: int
    matches: list[matcher.Match]
    cards: dict[str, bytes]
    complete: bool = True

    @cached_property
    def facts(self) -> dict[str, CardFacts]:
        """What the cards say, read once for the answer and for all that counts it."""
        return {quote_id: read_facts(card) for quote_id, card in self.cards.items()}


class Generation:
    """Searched by any thread while one takes changes in; replaced as a whole by a newer one."""

    def __init__(
        self,
        index: matcher.QuoteIndex | None = None,
        cards: SomeCards | None = None,
        mark: Mark = START,
        snapshot: str | None = None,
    ) -> None:
        self._index = matcher.LiveIndex(index or matcher.QuoteIndex.build([]))
        self._cards: SomeCards | Mapping[str, bytes] = {} if cards is None else cards
        self._later: dict[str, bytes | None] = {}  # None: not published any more
        self._changing = 0  # odd while a change is taken in
        self.mark = mark
        self.snapshot = snapshot  # the name of the one that it stands on

    def __len__(self) -> int:
        """Return the number of wordings."""
        return len(self._index)

    @property
    def changes(self) -> int:
        """How many quotes have changed since the part that does not change was built."""
        return len(self._later)

    def take_in(self, news: News) -> None:
        quote, quote_id = news.quote, news.mark.quote_id
        self._changing += 1
        if quote is not None:
            self._later[quote_id] = write_card(quote)
            self._index.put(quote_id, texts_of(quote))
        elif quote_id in self._later or quote_id in self._cards:
            self._index.drop(quote_id)
            self._later[quote_id] = None
        self.mark = news.mark
        self._changing += 1

    def passage_filter(self) -> matcher.FilterParts:
        """Return a filter of what is published: see `matcher.PassageFilter`."""
        return self._index.passage_filter()

    def find(self, text: str) -> Found:
        """Find the published quotes in `text`; any string is accepted."""
        for _ in range(_MOST_TRIES):
            before = self._changing
            found = self._find(text)
            if before == self._changing and before % 2 == 0:
                break
        return found

    def _find(self, text: str) -> Found:
        revision = self.mark.revision
        searched = self._index.search(text)
        cards: dict[str, bytes] = {}
        for match in searched.matches:
            if match.quote_id not in cards and (card := self._card(match.quote_id)) is not None:
                cards[match.quote_id] = card
        # A quote that is dropped while the search goes on has no card any more.
        matches = [
            match
            for match in searched.matches
            if (card := cards.get(match.quote_id)) is not None and is_near_enough(match, card)
        ]
        told = {match.quote_id: cards[match.quote_id] for match in matches}
        return Found(revision, matches, told, searched.complete)

    def _card(self, quote_id: str) -> bytes | None:
        if quote_id in self._later:
            return self._later[quote_id]
        return self._cards.get(quote_id)


def texts_of(quote: StoredQuote) -> list[str]:
    """Return all texts that a quote is found under."""
    return list(dict.fromkeys([quote.text, *(wording.text for wording in quote.wordings)]))
