"""Take in checked quotes, so that the same content twice changes nothing.

What becomes of each quote is worked out in memory, against the known quotes of the same text (or, of
exported quotes, of the same id); only what changes is then written, many rows a statement.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import ExportedQuote, Quote, Status, StoredQuote
from server.store.audit import record
from server.store.change_log import Action, Done, log_changes, read_revision
from server.store.errors import QuoteFull
from server.store.ids import new_quote_id
from server.store.merging import find_check, merge_quote
from server.store.recognising import Known, count_addresses, load_candidates, own_id
from server.store.rows import KeptQuote, in_parts, save_quotes
from server.store.second_person import WAITS, has_other_content, list_authors, needs_second_person
from server.store.tables import changes

# Few enough that working them out lets other requests through in between.
QUOTES_AT_ONCE = 100
MANY = 1_000
# In the audit log: an import of several quotes, with the first and the last of its changes.
IMPORT = "quotes imported"
BEFORE_READERS = (Status.PUBLISHED, Status.RETIRED)


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
    connection: AsyncConnection,
    quotes: Sequence[Quote],
    *,
    publish: bool,
    may_publish: bool,
    actor: str,
    second_person: bool = False,
) -> list[Imported]:
    """Create the quotes, or bring what is known of them up to date.

    Without `may_publish` nothing that is, or was, before readers changes: such quotes fail with the reason.
    With `second_person` what `actor` wrote, or brings new content for, goes to review where it would be published.
    """
    imported: list[Imported] = []
    revisions: list[int] = []
    addresses, digests = count_addresses(quotes), [_digest(quote) for quote in quotes]
    for start in range(0, len(quotes), QUOTES_AT_ONCE):
        some = slice(start, start + QUOTES_AT_ONCE)
        found = await load_candidates(connection, quotes[some], digests[some])
        intake = Intake(
            Known(found, addresses),
            await read_revision(connection),
            frozenset(digests),
            publish=publish,
            may_publish=may_publish,
            own=await _list_own(connection, found, actor) if second_person else None,
        )
        taken = [
            intake.take(quote, digest) for quote, digest in zip(quotes[some], digests[some], strict=True)
        ]
        imported += await _tell_returned(connection, taken, intake.changes)
        await save_quotes(connection, intake.changed.values())
        await log_changes(connection, intake.changes, actor)
        revisions += [done.revision for done in intake.changes]
    if len(revisions) > 1:
        # Between them are no others' changes: changes are made one after the other.
        told = {"changes": [revisions[0], revisions[-1]]}
        await record(connection, actor, IMPORT, f"{len(revisions)} quotes", after=told)
    if len(quotes) >= MANY and connection.dialect.name == "postgresql":
        # Without it, searches do not use the index of words before the database comes to analyze by itself.
        await connection.execute(text("ANALYZE quotes, checks"))
    return imported


async def _tell_returned(
    connection: AsyncConnection, taken: Sequence[Imported], done: Sequence[Done]
) -> list[Imported]:
    """Return what was taken in, those with the reason that become again what they were before somebody's change.

    Of two sources that tell otherwise of one check, each import overwrites the other: who imports must see it.
    """
    after = {each.after.id: each.after for each in done if each.action is Action.UPDATED and each.after}
    told: dict[str, str] = {}
    for some in in_parts(list(after)):
        logged = select(changes.c.quote_id, changes.c.actor, changes.c.at, changes.c.before)
        of_them = changes.c.quote_id.in_(some), changes.c.before.is_not(None)
        for row in await connection.execute(logged.where(*of_them).order_by(changes.c.revision)):
            before = StoredQuote.model_validate(row.before)
            if not has_other_content(before, after[row.quote_id]):
                told[row.quote_id] = (
                    f"It is again what it was before {row.actor} changed it on {row.at:%Y-%m-%d}: this source is the "
                    "older one, or another one tells otherwise of the check."
                )
    return [
        replace(each, reason=told.get(each.quote.id))
        if each.outcome is Outcome.UPDATED and each.reason is None
        else each
        for each in taken
    ]


async def _list_own(connection: AsyncConnection, found: Sequence[KeptQuote], actor: str) -> set[str]:
    authors = await list_authors(connection, list(dict.fromkeys(kept.quote.id for kept in found)))
    return {quote_id for quote_id, names in authors.items() if actor in names}


def _digest(quote: Quote) -> str:
    return hashlib.sha256(quote.model_dump_json().encode()).hexdigest()


class Intake:
    """Works out what becomes of imported quotes, one after another: each meets what the ones before it made.

    `digests`: those of all contents of the import.
    `own`: the known quotes that who imports is an author of; None where no second person is asked for.
    """

    def __init__(
        self,
        known: Known,
        revision: int,
        digests: Collection[str],
        *,
        publish: bool,
        may_publish: bool,
        own: Collection[str] | None = None,
    ) -> None:
        self._known = known
        self._revision = revision
        self._digests = digests
        self._publish = publish
        self._may_publish = may_publish
        self._own = None if own is None else set(own)
        self.changed: dict[str, KeptQuote] = {}
        self.changes: list[Done] = []

    def take(self, quote: Quote, digest: str) -> Imported:
        known = self._known.find(quote, digest)
        if known is None:
            created, reason = self._create(quote, digest)
            self._known.add(created)
            return Imported(Outcome.CREATED, created.quote, reason)
        outcome, reason = self._update(known, quote, digest)
        return Imported(outcome, known.quote, reason)

    def _create(self, quote: Quote, digest: str) -> tuple[KeptQuote, str | None]:
        wanted = self._wanted_status(quote)
        status, reason = _choose_status(quote, Status.DRAFT, wanted, seen_before=False)
        self._revision += 1
        own = {"id": own_id(quote) or new_quote_id(), "status": status, "revision": self._revision}
        created = StoredQuote.model_validate(quote.model_dump() | own)
        created, reason = self._hold_second_person(None, created, reason)
        digests = dict.fromkeys(range(len(quote.checks)), digest)
        kept = KeptQuote(created, digests, created_revision=self._revision)
        self._note(kept, Action.CREATED, None)
        return kept, reason

    def _update(self, known: KeptQuote, quote: Quote, digest: str) -> tuple[Outcome, str | None]:
        before = known.quote
        # What was imported before may differ since by a curator's hand, whose word stands.
        seen_before = digest in known.digests.values()
        try:
            merged = before if seen_before else _merge(before, quote)
        except QuoteFull as full:
            return Outcome.FAILED, f"What is known of the quote has no room for this: {full}."
        # A status that came with the content is content: it is not asked for a second time.
        is_asked = self._publish or not (seen_before and _own_status(quote))
        wanted = self._wanted_status(quote) if is_asked else None
        status, reason = _choose_status(merged, before.status, wanted, seen_before=seen_before)
        merged = merged.model_copy(update={"status": status})
        merged, reason = self._hold_second_person(before, merged, reason)
        if merged != before and not self._may_publish and before.status in BEFORE_READERS:
            return Outcome.FAILED, f"The quote is {before.status}: only a publisher may change it."
        if not seen_before:
            self._remember(known, merged, quote, digest, is_news=merged != before)
        if merged == before:
            return Outcome.UNCHANGED, reason
        self._revision += 1
        known.quote = merged.model_copy(update={"revision": self._revision})
        self._note(known, Action.UPDATED if has_other_content(before, merged) else Action.MOVED, before)
        return Outcome.UPDATED, reason

    def _remember(self, known: KeptQuote, merged: Quote, quote: Quote, digest: str, *, is_news: bool) -> None:
        """Note what was imported for the quote's checks, so that it is known where it is imported again.

        Content that tells nothing new does not take the place of another, nor does one of two in an import that
        tell of one check: of the two, the later would be news again and again, and with it the earlier.
        """
        for check in quote.checks:
            at = find_check(merged.checks, check)
            held = None if at is None else known.digests.get(at)
            if at is not None and (held is None or (is_news and held not in self._digests)):
                known.digests[at] = digest
                self.changed[known.quote.id] = known

    def _wanted_status(self, quote: Quote) -> Status | None:
        own = _own_status(quote)
        if own in BEFORE_READERS and not self._may_publish:
            own = None
        return own or (Status.PUBLISHED if self._publish else None)

    def _hold_second_person(
        self, before: StoredQuote | None, after: StoredQuote, reason: str | None
    ) -> tuple[StoredQuote, str | None]:
        if self._own is None or after == before:
            return after, reason
        if needs_second_person(before, after, is_author=after.id in self._own):
            after, reason = after.model_copy(update={"status": Status.IN_REVIEW}), WAITS
        return after, reason

    def _note(self, kept: KeptQuote, action: Action, before: StoredQuote | None) -> None:
        self.changed[kept.quote.id] = kept
        if self._own is not None and action is not Action.MOVED:
            self._own.add(kept.quote.id)
        self.changes.append(Done(action, self._revision, before, kept.quote))


def _own_status(quote: Quote) -> Status | None:
    return quote.status if isinstance(quote, ExportedQuote) else None


def _merge(known: StoredQuote, imported: Quote) -> StoredQuote:
    if own_id(imported) is None:
        return merge_quote(known, imported)
    # The very quote, as it was exported: it stands in the place of what is known.
    return StoredQuote.model_validate(
        known.model_dump() | imported.model_dump(include=set(Quote.model_fields))
    )


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
