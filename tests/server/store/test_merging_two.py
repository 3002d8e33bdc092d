"""Two quotes become one: nothing of either is lost, and both histories tell of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.models import MAX_WORDINGS, Check, Quote, Rating, Status, Verdict, Wording
from server.similar_quotes import SimilarQuotes
from server.store import Action, LabelUnrated, Outcome, QuoteFull, QuoteNotFound, Store, copy_database
from tests.server.quotes import XI, make_quote

pytestmark = pytest.mark.anyio

SNOPES = {"publisher": "Snopes", "url": "https://www.snopes.com/1"}
NEAR = XI.replace("strongly rejects", "firmly rejects")


async def make(store: Store, quote: Quote, status: Status = Status.DRAFT) -> str:
    return (await store.quotes.create(quote, status, "tests")).id


async def test_checks_and_words_of_both_are_kept(store: Store) -> None:
    kept = await make(store, make_quote(wordings=[{"text": "All of it is rejected"}]), Status.PUBLISHED)
    other = await make(
        store, make_quote(NEAR, **SNOPES, said_on="2022-01-07", wordings=[{"text": "all of it is rejected!"}])
    )
    merged = await store.quotes.merge(kept, other, "ann")
    assert (merged.id, merged.text, merged.status) == (kept, XI, Status.PUBLISHED)
    assert [check.publisher for check in merged.checks] == ["Polygraph.info", "Snopes"]
    assert [wording.text for wording in merged.wordings] == ["All of it is rejected", NEAR]
    assert str(merged.said_on) == "2022-01-07"
    assert await store.quotes.find(kept) == merged
    with pytest.raises(QuoteNotFound):
        await store.quotes.find(other)
    assert (await store.quotes.read_history(kept)).entries[0].action is Action.MERGED
    gone = (await store.quotes.read_history(other)).entries[0]
    assert (gone.action, gone.actor, gone.quote) == (Action.MERGED, "ann", None)


async def test_what_is_blocked_of_either_is_blocked_of_the_one(store: Store) -> None:
    kept, other = await make(store, make_quote()), await make(store, make_quote(NEAR, **SNOPES))
    for quote_id, digest in ((kept, "a" * 64), (other, "a" * 64), (other, "b" * 64)):
        await store.quotes.block(quote_id, digest, "ann")
    await store.quotes.merge(kept, other, "ann")
    assert (await store.quotes.read_blocked())[kept] == frozenset({"a" * 64, "b" * 64})


async def test_what_only_one_tells_of_a_check_is_kept_stored_or_imported(store: Store) -> None:
    bare = make_quote(publisher="Z", url=None)
    told = make_quote(publisher="Z", url="https://z.example/1", summary="Why it is so.")
    first, second = await make(store, bare), await make(store, bare)
    merged = await store.quotes.merge(first, await make(store, told), "ann")
    joined = await store.quotes.join(second, told, "ann")
    assert merged.checks == joined.checks == told.checks
    assert merged.wordings == joined.wordings == []
    unlike = make_quote(XI.upper(), publisher="Z", label="Other", url="https://z.example/2")
    third = await store.quotes.join(await make(store, bare), unlike, "ann")
    assert [(check.url, check.verdict) for check in third.checks] == [
        (check.url, check.verdict) for check in [*bare.checks, *unlike.checks]
    ]
    assert third.wordings == []  # the same words in capitals


async def test_one_check_is_one_whatever_follows_who_comes_by_its_address(store: Store) -> None:
    plain = make_quote(publisher="Z", url="https://z.example/1?id=3")
    tracked = make_quote(
        publisher="Z", url="https://www.z.example/1?utm_source=x&id=3&fbclid=y", summary="So it is."
    )
    other = make_quote(publisher="Z", url="https://z.example/1?id=4")
    first, second = await make(store, plain), await make(store, plain)
    merged = await store.quotes.merge(first, await make(store, tracked), "ann")
    joined = await store.quotes.join(second, tracked, "ann")
    for one in (merged, joined):
        [check] = one.checks
        assert (check.url, check.summary) == (plain.checks[0].url, "So it is.")
    assert len((await store.quotes.join(second, other, "ann")).checks) == 2
    for imported, outcome in ((tracked, "unchanged"), (plain, "unchanged")):
        [taken] = await store.quotes.import_all([imported], publish=False, may_publish=True, actor="ann")
        assert (taken.outcome, taken.quote.id) == (outcome, first)
        assert taken.quote.checks == merged.checks


async def test_an_export_of_two_checks_that_were_made_of_one_page_is_the_same_again(store: Store) -> None:
    plain = make_quote(publisher="Z", url="https://z.example/1")
    tracked = make_quote(publisher="Z", url="https://z.example/1?utm_source=x", summary="So it is.")
    both = plain.model_copy(update={"checks": [*plain.checks, *tracked.checks]})
    kept = await make(store, both)
    again = plain.model_copy(update={"checks": [*tracked.checks, *plain.checks]})
    [taken] = await store.quotes.import_all([again], publish=False, may_publish=True, actor="ann")
    assert (taken.outcome, taken.quote.id) == (Outcome.UNCHANGED, kept)
    assert taken.quote.checks == both.checks


async def test_what_was_merged_can_be_undone(store: Store) -> None:
    kept, other = await make(store, make_quote()), await make(store, make_quote(NEAR, **SNOPES))
    before = await store.quotes.find(kept)
    await store.quotes.merge(kept, other, "ann")
    assert (await store.quotes.restore(kept, before.revision, "ann")).checks == before.checks
    assert (await store.quotes.restore(other, 2, "ann")).text == NEAR


async def test_an_import_of_what_was_merged_finds_the_one(store: Store) -> None:
    (first,) = await store.quotes.import_all([make_quote()], publish=True, may_publish=True, actor="tests")
    (second,) = await store.quotes.import_all(
        [make_quote(NEAR, **SNOPES)], publish=True, may_publish=True, actor="tests"
    )
    await store.quotes.merge(first.quote.id, second.quote.id, "ann")
    again = await store.quotes.import_all(
        [make_quote(NEAR, **SNOPES), make_quote()], publish=True, may_publish=True, actor="tests"
    )
    assert [(item.outcome, item.quote.id) for item in again] == [("unchanged", first.quote.id)] * 2


async def test_no_quote_is_made_that_holds_more_than_can_be_read_again(store: Store) -> None:
    def make_checks(first: int, number: int) -> list[Check]:
        checked = Verdict(label="False", rating=Rating.FALSE)
        numbers = range(first, first + number)
        return [
            Check(verdict=checked, publisher=f"Checker {at}", url=f"https://{at}.example/") for at in numbers
        ]

    kept = await make(store, make_quote().model_copy(update={"checks": make_checks(0, 30)}))
    other = await make(store, make_quote(NEAR).model_copy(update={"checks": make_checks(30, 21)}))
    before = await store.quotes.find_several([kept, other])
    with pytest.raises(QuoteFull):
        await store.quotes.merge(kept, other, "ann")
    more = make_quote().model_copy(update={"checks": make_checks(30, 21)})
    [taken] = await store.quotes.import_all([more], publish=False, may_publish=True, actor="ann")
    assert taken.outcome is Outcome.FAILED
    assert "at most 50 checks" in (taken.reason or "")
    assert await store.quotes.find_several([kept, other]) == before
    wordings = [Wording(text=f"They say it in way {number}") for number in range(MAX_WORDINGS)]
    full = await make(store, make_quote().model_copy(update={"wordings": wordings}))
    with pytest.raises(QuoteFull):
        await store.quotes.merge(full, other, "ann")


async def test_a_published_quote_takes_no_check_without_a_rating(store: Store) -> None:
    kept = await make(store, make_quote(), Status.PUBLISHED)
    other = await make(store, make_quote(NEAR, label="Hmm", rating=None, **SNOPES))
    with pytest.raises(LabelUnrated):
        await store.quotes.merge(kept, other, "ann")
    assert (await store.quotes.find(other)).text == NEAR


async def test_likely_duplicates_are_found_as_quotes_come_and_go(store: Store) -> None:
    similar = SimilarQuotes(store)
    first = await make(store, make_quote())
    unlike = await make(
        store, make_quote("The harbor of the town freezes over every July, say those who live there")
    )
    assert await similar.find_similar(await store.quotes.find(first)) == []
    near = await make(store, make_quote(NEAR, **SNOPES))
    (found,) = await similar.find_similar(await store.quotes.find(first))
    assert found.quote_id == near
    assert found.similarity > 0.9
    assert [each.quote_id for each in await similar.find_similar(make_quote(XI))] == [first, near]
    part = await make(store, make_quote("China strongly rejects any attempt by external forces", **SNOPES))
    assert part not in {each.quote_id for each in await similar.find_similar(make_quote(XI))}
    await store.quotes.move(near, Status.PUBLISHED, "tests")
    await store.quotes.move(near, Status.RETIRED, "tests")
    assert await similar.find_similar(await store.quotes.find(first)) == []
    await store.quotes.move(near, Status.DRAFT, "tests")
    assert await similar.find_similar(await store.quotes.find(first)) == [found]
    await store.quotes.delete(near, "tests")
    assert await similar.find_similar(await store.quotes.find(first)) == []
    assert unlike != part


async def test_likely_duplicates_are_those_of_a_backup_that_was_restored(
    store: Store, tmp_path: Path
) -> None:
    similar = SimilarQuotes(store)
    kept = await make(store, make_quote())
    backup = f"sqlite+aiosqlite:///{tmp_path / 'backup.db'}"
    await copy_database(store._database.address, backup)
    lost = await make(store, make_quote(NEAR, **SNOPES))
    assert [each.quote_id for each in await similar.find_similar(make_quote(XI))] == [kept, lost]
    restored = await Store.open(backup)
    similar._store = restored  # as if its content were now that of the store's database
    assert [each.quote_id for each in await similar.find_similar(make_quote(XI))] == [kept]
    made = await make(restored, make_quote(NEAR, **SNOPES))
    assert [each.quote_id for each in await similar.find_similar(make_quote(XI))] == [kept, made]
    await restored.close()
