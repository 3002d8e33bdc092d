"""Take in checked quotes, so that the same content twice changes nothing.

What becomes of each quote is worked out in memory, against the known quotes of the same text; only what
changes is then written, many rows a statement.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import Quote, Status, StoredQuote
from server.store.change_log import Action, log_changes, read_revision
from server.store.folded import digest_folded
from server.store.ids import new_quote_id
from server.store.merging import find_check, merge_quote
from server.store.rows import KeptQuote, load_same_texts, save_quotes

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
        known = await load_same_texts(connection, {digest_folded(quote.text) for quote in some})
        intake = Intake(known, await read_revision(connection), publish=publish)
        imported += [intake.take(quote) for quote in some]
        await save_quotes(connection, intake.changed.values())
        await log_changes(connection, intake.changes, actor)
    return imported


class Intake:
    """Works out what becomes of imported quotes, one after another: each meets what the ones before it made."""

    def __init__(self, known: Iterable[KeptQuote], revision: int, *, publish: bool) -> None:
        self._of_text: defaultdict[str, list[KeptQuote]] = defaultdict(list)
        for kept in known:
            self._of_text[digest_folded(kept.quote.text)].append(kept)
        self._revision = revision
        self._publish = publish
        self.changed: dict[str, KeptQuote] = {}
        self.changes: list[tuple[StoredQuote, Action]] = []

    def take(self, quote: Quote) -> Imported:
        digest = hashlib.sha256(quote.model_dump_json().encode()).hexdigest()
        same_texts = self._of_text[digest_folded(quote.text)]
        known = _find_same(same_texts, quote)
        if known is None:
            created, reason = self._create(quote, digest)
            same_texts.append(created)
            return Imported(Outcome.CREATED, created.quote, reason)
        outcome, reason = self._update(known, quote, digest)
        return Imported(outcome, known.quote, reason)

    def _create(self, quote: Quote, digest: str) -> tuple[KeptQuote, str | None]:
        status, reason = _choose_status(quote, Status.DRAFT, publish=self._publish, seen_before=False)
        self._revision += 1
        created = StoredQuote.model_validate(
            quote.model_dump() | {"id": new_quote_id(), "status": status, "revision": self._revision}
        )
        digests = dict.fromkeys(range(len(quote.checks)), digest)
        kept = KeptQuote(created, digests, created_revision=self._revision)
        self._note(kept, Action.CREATED)
        return kept, reason

    def _update(self, known: KeptQuote, quote: Quote, digest: str) -> tuple[Outcome, str | None]:
        # What was imported before may differ since by a curator's hand, whose word stands.
        seen_before = digest in known.digests.values()
        merged = known.quote if seen_before else merge_quote(known.quote, quote)
        status, reason = _choose_status(
            merged, known.quote.status, publish=self._publish, seen_before=seen_before
        )
        merged = merged.model_copy(update={"status": status})
        if merged == known.quote:
            return Outcome.UNCHANGED, reason
        if not seen_before:
            places = (find_check(merged.checks, check) for check in quote.checks)
            known.digests.update({at: digest for at in places if at is not None})
        self._revision += 1
        known.quote = merged.model_copy(update={"revision": self._revision})
        self._note(known, Action.UPDATED)
        return Outcome.UPDATED, reason

    def _note(self, kept: KeptQuote, action: Action) -> None:
        self.changed[kept.quote.id] = kept
        self.changes.append((kept.quote, action))


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
    quote: Quote, current: Status, *, publish: bool, seen_before: bool
) -> tuple[Status, str | None]:
    if current is Status.RETIRED:
        return current, "The quote is retired; an import does not bring it back." if publish else None
    unrated = [check.verdict.label for check in quote.checks if check.verdict.rating is None]
    if unrated:
        reason = f"No rating is known for the label “{unrated[0]}”; the quote waits for review."
        return (current if seen_before else Status.IN_REVIEW), reason
    return (Status.PUBLISHED if publish else current), None
