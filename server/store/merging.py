"""What becomes of a known quote when a check of it is imported again, or another quote is joined to it."""

from __future__ import annotations

from typing import TypeVar

from server.models import MAX_CHECKS, MAX_WORDINGS, Check, Quote, Speaker, Verdict, Wording
from server.store.errors import QuoteFull
from server.store.folded import fold_words, strip_address

SomeQuote = TypeVar("SomeQuote", bound=Quote)


def merge_quote(known: SomeQuote, imported: Quote) -> SomeQuote:
    """Return `known` with what `imported` tells; nothing that only `known` has is lost. May raise QuoteFull."""
    merged_checks = list(known.checks)
    for check in imported.checks:
        at = find_check(merged_checks, check)
        if at is None:
            merged_checks.append(check)
        else:
            merged_checks[at] = _merge_check(merged_checks[at], check)
    texts = {known.text, *(wording.text for wording in known.wordings)}
    merged = known.model_copy(
        update={
            **_told(imported, "text", "form", "language", "said_on"),
            "speaker": _merge_speaker(known.speaker, imported.speaker),
            "checks": merged_checks,
            "wordings": known.wordings + [w for w in imported.wordings if w.text not in texts],
        }
    )
    _require_room(merged)
    return merged


def join_quotes(known: SomeQuote, other: Quote) -> SomeQuote:
    """Return `known` with what only `other` has: checks, what it tells of them, and its words as further wordings.

    What both tell stays as `known` tells it. May raise QuoteFull.
    """
    texts = {fold_words(text) for text in (known.text, *(wording.text for wording in known.wordings))}
    added: list[Wording] = []
    for wording in [Wording(text=other.text, language=other.language), *other.wordings]:
        if fold_words(wording.text) not in texts:
            texts.add(fold_words(wording.text))
            added.append(wording)
    joined = known.model_copy(
        update={
            "language": known.language or other.language,
            "said_on": known.said_on or other.said_on,
            "speaker": known.speaker or other.speaker,
            "checks": _join_checks(known.checks, other.checks),
            "wordings": known.wordings + added,
        }
    )
    _require_room(joined)
    return joined


def _join_checks(known: list[Check], others: list[Check]) -> list[Check]:
    joined = list(known)
    for other in others:
        at = find_check(joined, other)
        # Another verdict at no or another address is another check, whose address must not stand beside this verdict.
        if at is None or not (
            joined[at].url == other.url
            or _are_of_one_page(joined[at], other)
            or joined[at].verdict.label == other.verdict.label
        ):
            joined.append(other)
        else:
            joined[at] = _merge_check(other, joined[at])
    return joined


def _require_room(quote: Quote) -> None:
    """Raise QuoteFull where a quote that was put together holds more than one does: it could not be read again."""
    if len(quote.checks) > MAX_CHECKS or len(quote.wordings) > MAX_WORDINGS:
        raise QuoteFull(f"a quote holds at most {MAX_CHECKS} checks and {MAX_WORDINGS} wordings")


def find_check(checks: list[Check], wanted: Check) -> int | None:
    """Return the place of the same check: of the same address, else page, or publisher where one has no address."""
    for at, check in enumerate(checks):
        if check.url is not None and check.url == wanted.url:
            return at
    for at, check in enumerate(checks):
        if _are_of_one_page(check, wanted):
            return at
    for at, check in enumerate(checks):
        if check.publisher == wanted.publisher and (check.url is None or wanted.url is None):
            return at
    return None


def _are_of_one_page(check: Check, other: Check) -> bool:
    return None not in (check.url, other.url) and strip_address(check.url) == strip_address(other.url)


def _merge_speaker(known: Speaker | None, imported: Speaker | None) -> Speaker | None:
    if known is None or imported is None:
        return imported or known
    same = known.name == imported.name
    return Speaker(name=imported.name, role=imported.role or (known.role if same else None))


def _merge_check(known: Check, imported: Check) -> Check:
    verdict = imported.verdict
    if verdict.rating is None and verdict.label == known.verdict.label:
        verdict = Verdict(label=verdict.label, rating=known.verdict.rating)  # a curator has rated this label
    told = _told(imported, "publisher", "title", "summary", "url", "published_on")
    if _are_of_one_page(known, imported):
        # Of two addresses of one page, that which follows its readers less.
        told["url"] = min(imported.url, known.url, key=lambda address: len(str(address).partition("?")[2]))
    return known.model_copy(update=told | {"verdict": verdict})


def _told(model: Quote | Check, *names: str) -> dict[str, object]:
    return {name: getattr(model, name) for name in names if getattr(model, name) is not None}
