"""A generation: an index and cards as they were at one change, and over them what has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

import matcher
from server.live_index.cards import CardFacts, read_facts, write_card
from server.models import StoredQuote
from server.paraphrases import as_told, without_parts_of_wholes
from server.store import START, Mark, News


class _Moment(NamedTuple):
    """A change of the store, and the index as it was when it had brought it."""

    mark: Mark
    searched: matcher.Moment


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
        # What the index's changes made of a quote's card, in order; None: not published any more.
        self._later: dict[str, list[tuple[int, bytes | None]]] = {}
        self._moment = _Moment(mark, self._index.moment)
        self.snapshot = snapshot  # the name of the one that it stands on
        self.built_at = mark.revision  # what its part that does not change is of

    def __len__(self) -> int:
        """Return the number of wordings."""
        return len(self._index)

    @property
    def mark(self) -> Mark:
        """The last change of the store that was taken in."""
        return self._moment.mark

    @property
    def changes(self) -> int:
        """How many changes were taken in since the part that does not change was built.

        Each leaves something behind, also where it is another one of the same quote.
        """
        return self._index.moment.change

    def take_in(self, news: News) -> None:
        quote, quote_id = news.quote, news.mark.quote_id
        change = self._index.moment.change + 1
        if quote is not None:
            self._later.setdefault(quote_id, []).append((change, write_card(quote)))
            self._index.put(quote_id, texts_of(quote))
        elif quote_id in self._later or quote_id in self._cards:
            self._later.setdefault(quote_id, []).append((change, None))
            self._index.drop(quote_id)
        # Searches see the change from here on: all of it, and its revision.
        self._moment = _Moment(news.mark, self._index.moment)

    def passage_filter(self) -> matcher.FilterParts:
        """Return a filter of what is published: see `matcher.PassageFilter`."""
        return self._index.passage_filter()

    def find(self, text: str, besides: StoredQuote | None = None) -> Found:
        """Find the published quotes in `text`, all as of one change; any string is accepted.

        `besides`: a quote that is taken for published, as it is here.
        """
        mark, moment = self._moment
        cards: dict[str, bytes] = {}
        if besides is None:
            searched = self._index.search(text, as_of=moment)
        else:
            alone = matcher.QuoteIndex.build((besides.id, words) for words in texts_of(besides))
            searched = self._index.search(text, {besides.id}, moment, alone)
            cards[besides.id] = write_card(besides)
        for match in searched.matches:
            if (
                match.quote_id not in cards
                and (card := self._card(match.quote_id, moment.change)) is not None
            ):
                cards[match.quote_id] = card
        matches = without_parts_of_wholes(
            told
            for match in searched.matches
            if (card := cards.get(match.quote_id)) is not None and (told := as_told(match, card, text))
        )
        shown = {match.quote_id: cards[match.quote_id] for match in matches}
        return Found(mark.revision, matches, shown, searched.complete)

    def _card(self, quote_id: str, as_of: int) -> bytes | None:
        for change, card in reversed(self._later.get(quote_id, ())):
            if change <= as_of:
                return card
        return self._cards.get(quote_id)


@dataclass(frozen=True, slots=True)
class WithQuote:
    """What is published, and besides a quote that is taken for published, as it is here."""

    generation: Generation
    quote: StoredQuote

    def find(self, text: str) -> Found:
        return self.generation.find(text, self.quote)


def publish_alone(quote: StoredQuote) -> Generation:
    """Return what readers would be answered by if this quote were published, and no other one."""
    generation = Generation()
    generation.take_in(News(Mark(quote.revision, quote.id), quote))
    return generation


def texts_of(quote: StoredQuote) -> list[str]:
    """Return all texts that a quote is found under."""
    return list(dict.fromkeys([quote.text, *(wording.text for wording in quote.wordings)]))
