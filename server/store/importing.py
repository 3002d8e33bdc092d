"""Take in checked quotes, so that the same content twice changes nothing.

What becomes of each quote is worked out in memory, against the known quotes of the same text (or, of
exported quotes, of the same id); only what changes is then written, many rows a statement.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import ExportedQuote, Quote, Status, StoredQuote
from server.store.change_log import Action, Done, log_changes, read_revision
from server.store.folded import digest_folded
from server.store.ids import new_quote_id
from server.store.merging import find_check, merge_quote
from server.store.rows import KeptQuote, load_kept, load_same_texts, save_quotes

# Few enough that working them out lets other requests through in between.
QUOTES_AT_ONCE = 100


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Imported:
    outcome: Outcome
    quote: StoredQuote
    reason: str | None = None  # why the outcome is not what was asked for


async def import_quotes(
    connection: AsyncConnection, quotes: Sequence[Quote], *, publish: bool, actor: str
) -> list[Imported]:
    """Create the quotes, or bring what is known of them up to date."""
    imported: list[Imported] = []
    for start in range(0, len(quotes), QUOTES_AT_ONCE):
        some = quotes[start : start + QUOTES_AT_ONCE]
        by_text = await load_same_texts(connection, {digest_folded(q.text) for q in some if not _own_id(q)})
        by_id = await load_kept(connection, [quote_id for q in some if (quote_id := _own_id(q))])
        intake = Intake([*by_text, *by_id], await read_revision(connection), publish=publish)
        imported += [intake.take(quote) for quote in some]
        await save_quotes(connection, intake.changed.values())
        await log_changes(connection, intake.changes, actor)
    return imported


class Intake:
    """Works out what becomes of imported quotes, one after another: each meets what the ones before it made."""

    def __init__(self, known: Iterable[KeptQuote], revision: int, *, publish: bool) -> None:
        self._of_text: defaultdict[str, list[KeptQuote]] = defaultdict(list)
        self._of_id: dict[str, KeptQuote] = {}
        for kept in known:
            self._remember(kept)
        self._revision = revision
        self._publish = publish
        self.changed: dict[str, KeptQuote] = {}
        self.changes: list[Done] = []

    def take(self, quote: Quote) -> Imported:
        digest = hashlib.sha256(quote.model_dump_json().encode()).hexdigest()
        known = self._find_known(quote)
        if known is None:
            created, reason = self._create(quote, digest)
            self._remember(created)
            return Imported(Outcome.CREATED, created.quote, reason)
        outcome, reason = self._update(known, quote, digest)
        return Imported(outcome, known.quote, reason)

    def _find_known(self, quote: Quote) -> KeptQuote | None:
        quote_id = _own_id(quote)
        if quote_id is not None:
            return self._of_id.get(quote_id)
        return _find_same(self._of_text[digest_folded(quote.text)], quote)

    def _remember(self, kept: KeptQuote) -> None:
        # A quote may be found in both ways, and must be one object.
        kept = self._of_id.setdefault(kept.quote.id, kept)
        same_texts = self._of_text[digest_folded(kept.quote.text)]
        if not any(each is kept for each in same_texts):
            same_texts.append(kept)

    def _create(self, quote: Quote, digest: str) -> tuple[KeptQuote, str | None]:
        wanted = self._wanted_status(quote)
        status, reason = _choose_status(quote, Status.DRAFT, wanted, seen_before=False)
        self._revision += 1
        own = {"id": _own_id(quote) or new_quote_id(), "status": status, "revision": self._revision}
        created = StoredQuote.model_validate(quote.model_dump() | own)
        digests = dict.fromkeys(range(len(quote.checks)), digest)
        kept = KeptQuote(created, digests, created_revision=self._revision)
        self._note(kept, Action.CREATED, None)
        return kept, reason

    def _update(self, known: KeptQuote, quote: Quote, digest: str) -> tuple[Outcome, str | None]:
        before = known.quote
        # What was imported before may differ since by a curator's hand, whose word stands.
        seen_before = digest in known.digests.values()
        merged = before if seen_before else _merge(before, quote)
        # A status that came with the content is content: it is not asked for a second time.
        wanted = None if seen_before and _own_status(quote) else self._wanted_status(quote)
        status, reason = _choose_status(merged, before.status, wanted, seen_before=seen_before)
        merged = merged.model_copy(update={"status": status})
        if merged == before:
            return Outcome.UNCHANGED, reason
        if not seen_before:
            places = (find_check(merged.checks, check) for check in quote.checks)
            known.digests.update({at: digest for at in places if at is not None})
        self._revision += 1
        known.quote = merged.model_copy(update={"revision": self._revision})
        self._note(known, Action.UPDATED, before)
        return Outcome.UPDATED, reason

    def _wanted_status(self, quote: Quote) -> Status | None:
        return _own_status(quote) or (Status.PUBLISHED if self._publish else None)

    def _note(self, kept: KeptQuote, action: Action, before: StoredQuote | None) -> None:
        self.changed[kept.quote.id] = kept
        self.changes.append(Done(action, self._revision, before, kept.quote))


def _own_id(quote: Quote) -> str | None:
    return quote.id if isinstance(quote, ExportedQuote) else None


def _own_status(quote: Quote) -> Status | None:
    return quote.status if isinstance(quote, ExportedQuote) else None


def _merge(known: StoredQuote, imported: Quote) -> StoredQuote:
    if _own_id(imported) is None:
        return merge_quote(known, imported)
    # The very quote, as it was exported: it stands in the place of what is known.
    return StoredQuote.model_validate(
        known.model_dump() | imported.model_dump(include=set(Quote.model_fields))
    )


def _find_same(same_texts: list[KeptQuote], quote: Quote) -> KeptQuote | None:
    """Of the quotes with the same text, find that with a check of the same address, or else publisher."""
    addresses = {check.url for check in quote.checks if check.url}
    publishers = {check.publisher for check in quote.checks}
    for kept in same_texts:
        if any(check.url in addresses for check in kept.quote.checks):
            return kept
    for kept in same_texts:
        if any(check.publisher in publishers for check in kept.quote.checks):
            return kept
    return None


def _choose_status(
    quote: Quote, current: Status, wanted: Status | None, *, seen_before: bool
) -> tuple[Status, str | None]:
    if current is Status.RETIRED:
        brought_back = wanted not in (None, Status.RETIRED)
        return current, "The quote is retired; an import does not bring it back." if brought_back else None
    unrated = [check.verdict.label for check in quote.checks if check.verdict.rating is None]
    if unrated and wanted in (None, Status.PUBLISHED):
        reason = f"No rating is known for the label “{unrated[0]}”; the quote waits for review."
        return (current if seen_before else Status.IN_REVIEW), reason
    return wanted or current, None
