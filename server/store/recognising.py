"""Which known quote an import means: found by what was imported before, by text, or by the check's address."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import ExportedQuote, Quote, Status
from server.store.folded import digest_address, digest_folded, fold_words
from server.store.rows import KeptQuote, load_kept, load_of_checks, load_same_texts
from server.store.tables import checks

# An article whose quote was mended keeps most of its letters (and all of its numbers).
_LEAST_LIKENESS = 85.0
_NUMBER = re.compile(r"\d+")


async def load_candidates(
    connection: AsyncConnection, quotes: Sequence[Quote], digests: Iterable[str]
) -> list[KeptQuote]:
    """Return the known quotes that one of `quotes` may mean; `digests` are those of their contents."""
    without_id = [quote for quote in quotes if own_id(quote) is None]
    by_id = await load_kept(connection, [quote_id for quote in quotes if (quote_id := own_id(quote))])
    by_text = await load_same_texts(connection, {digest_folded(quote.text) for quote in without_id})
    by_digest = await load_of_checks(connection, checks.c.import_digest, set(digests))
    addresses = {address for quote in without_id for address in _addresses(quote)}
    by_address = await load_of_checks(connection, checks.c.url_digest, addresses)
    return [*by_id, *by_text, *by_digest, *by_address]


def count_addresses(quotes: Iterable[Quote]) -> Counter[str]:
    """Return how many of the quotes each address leads to, as digests."""
    return Counter(address for quote in quotes for address in _addresses(quote))


class Known:
    """The known quotes of one import, by all that they can be recognised by.

    `imported_addresses` are those of the whole import (see `count_addresses`), not of a part of it.
    """

    def __init__(self, kept: Iterable[KeptQuote], imported_addresses: Counter[str]) -> None:
        self._of_id: dict[str, KeptQuote] = {}
        self._of_text: defaultdict[str, list[KeptQuote]] = defaultdict(list)
        self._of_digest: dict[str, KeptQuote] = {}
        self._of_address: defaultdict[str, list[KeptQuote]] = defaultdict(list)
        self._imported_addresses = imported_addresses
        for each in kept:
            self.add(each)

    def add(self, kept: KeptQuote) -> None:
        if kept.quote.id in self._of_id:
            return  # found in another way before: it must stay one object
        self._of_id[kept.quote.id] = kept
        self._of_text[digest_folded(kept.quote.text)].append(kept)
        self._of_digest.update(dict.fromkeys(kept.digests.values(), kept))
        for address in _addresses(kept.quote):
            self._of_address[address].append(kept)

    def find(self, quote: Quote, digest: str) -> KeptQuote | None:
        """Return the quote that is meant. An exported one is meant by its id, and by nothing else."""
        quote_id = own_id(quote)
        if quote_id is not None:
            return self._of_id.get(quote_id)
        same_texts = self._of_text[digest_folded(quote.text)]
        return (
            _find_of_check(same_texts, quote)
            or self._of_digest.get(digest)
            or next((kept for kept in same_texts if _can_stand_beside(kept, quote)), None)
            or self._find_mended(quote)
        )

    def _find_mended(self, quote: Quote) -> KeptQuote | None:
        """Return the quote of an article that now words it a little differently.

        Only where the address leads to one quote here and there: an article may list several that are much alike.
        """
        for address in _addresses(quote):
            of_address = self._of_address.get(address, [])
            if len(of_address) == 1 and self._imported_addresses[address] == 1:
                return of_address[0] if _is_mended(of_address[0].quote, quote) else None
        return None


def own_id(quote: Quote) -> str | None:
    return quote.id if isinstance(quote, ExportedQuote) else None


def _addresses(quote: Quote) -> set[str]:
    return {digest_address(check.url) for check in quote.checks if check.url}


def _find_of_check(same_texts: list[KeptQuote], quote: Quote) -> KeptQuote | None:
    """Of the quotes with the same text, find that with a check of the same address, or else publisher."""
    addresses = _addresses(quote)
    publishers = {check.publisher for check in quote.checks}
    for kept in same_texts:
        if addresses & _addresses(kept.quote):
            return kept
    for kept in same_texts:
        if any(check.publisher in publishers for check in kept.quote.checks):
            return kept
    return None


def _can_stand_beside(kept: KeptQuote, quote: Quote) -> bool:
    """Tell whether the check of `quote` belongs beside those of `kept`: the same words of the same speaker.

    A label without a rating would take a published quote away from readers: it waits in a quote of its own.
    """
    here, there = kept.quote.speaker, quote.speaker
    same_speaker = not here or not there or fold_words(here.name) == fold_words(there.name)
    unrated = any(check.verdict.rating is None for check in quote.checks)
    return same_speaker and not (unrated and kept.quote.status is Status.PUBLISHED)


def _is_mended(known: Quote, imported: Quote) -> bool:
    here, there = fold_words(known.text), fold_words(imported.text)
    return _NUMBER.findall(here) == _NUMBER.findall(there) and fuzz.ratio(here, there) >= _LEAST_LIKENESS
