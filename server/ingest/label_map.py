"""The map from labels to ratings that holds: the shipped tables, and over them what curators have edited."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from server.ingest.labels import GENERAL, find_publisher, fold_label, load_label_tables
from server.ingest.reading import QuoteReading
from server.models import Check, Rating, Verdict
from server.store import LabelEdit, Store


class LabelMap:
    """Rates labels."""

    def __init__(self, edits: Iterable[LabelEdit] = ()) -> None:
        self._edited: dict[tuple[str | None, str], Rating | None] = {}
        for edit in sorted(edits, key=lambda edit: edit.version):
            self._edited[_publisher_key(edit.publisher), fold_label(edit.label)] = edit.rating

    def rate(self, label: str, publisher: str | None) -> Rating | None:
        """Return the rating of a publisher's label, or None where it is not known.

        What is known of the publisher's labels comes before what is known of labels in general, and an edit
        before the table that is shipped. An edit to "unknown" holds like any other.
        """
        folded = fold_label(label)
        own = find_publisher(name=publisher)
        key = _publisher_key(publisher)
        if key is not None and (key, folded) in self._edited:
            return self._edited[key, folded]
        if own and folded in own.ratings:
            return own.ratings[folded]
        if (None, folded) in self._edited:
            return self._edited[None, folded]
        return load_label_tables()[GENERAL].ratings.get(folded)

    def apply(self, reading: QuoteReading) -> QuoteReading:
        """Return the reading with the ratings that hold; one that the source itself gives stays."""
        if not self._edited or reading.rating_given:
            return reading
        checks = [
            _with_rating(check, self.rate(check.verdict.label, check.publisher))
            for check in reading.quote.checks
        ]
        if checks == reading.quote.checks:
            return reading
        evidence = reading.evidence | {"rating": reading.evidence.get("label", "")}
        missing = [name for name in reading.missing if name != "rating" or checks[0].verdict.rating is None]
        quote = reading.quote.model_copy(update={"checks": checks})
        return dataclasses.replace(reading, quote=quote, evidence=evidence, missing=missing)


async def load_label_map(store: Store) -> LabelMap:
    """Return the map as of now."""
    return LabelMap(await store.labels.list_edits())


async def edit_label(
    store: Store, publisher: str | None, label: str, rating: Rating | None, actor: str
) -> int:
    """Give a publisher's label (or that of any publisher) its rating; None makes it unknown again.

    The checks that wait for it get it at once. Returns how many quotes that changed.
    """
    key, folded = _publisher_key(publisher), fold_label(label)

    def applies(check: Check) -> bool:
        return fold_label(check.verdict.label) == folded and key in (None, _publisher_key(check.publisher))

    return await store.labels.edit(publisher, label, rating, actor, applies=applies)


def _publisher_key(publisher: str | None) -> str | None:
    if publisher is None:
        return None
    table = find_publisher(name=publisher)
    return table.key if table else fold_label(publisher)


def _with_rating(check: Check, rating: Rating | None) -> Check:
    return check.model_copy(update={"verdict": Verdict(label=check.verdict.label, rating=rating)})
