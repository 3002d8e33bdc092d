"""The same content twice changes nothing; different content loses nothing."""

from __future__ import annotations

import pytest

from server.models import ExportedQuote, Quote, Status
from server.store import START, AuditSearch, Imported, Order, Outcome, Search, Store
from tests.server.quotes import XI, distinct_texts, make_quote

pytestmark = pytest.mark.anyio


async def take_in(
    store: Store, *quotes: Quote, publish: bool = True, dry_run: bool = False
) -> list[Imported]:
    return await store.quotes.import_all(
        quotes, publish=publish, may_publish=True, actor="tests", dry_run=dry_run
    )


async def test_a_new_quote_is_created_and_published(store: Store) -> None:
    (item,) = await take_in(store, make_quote())
    assert item.outcome is Outcome.CREATED
    assert item.quote.status is Status.PUBLISHED
    assert await store.quotes.find(item.quote.id) == item.quote
    assert [news.mark.quote_id for news in await store.feed.read_news(START, 99)] == [item.quote.id]


async def test_without_publish_it_is_a_draft(store: Store) -> None:
    (item,) = await take_in(store, make_quote(), publish=False)
    assert item.quote.status is Status.DRAFT


async def test_the_same_import_twice_changes_nothing(store: Store) -> None:
    (first,) = await take_in(store, make_quote())
    (again,) = await take_in(store, make_quote())
    assert again == Imported(Outcome.UNCHANGED, first.quote)
    assert await store.read_revision() == 1


async def test_the_same_quote_twice_in_one_import_is_one(store: Store) -> None:
    first, again = await take_in(store, make_quote(), make_quote())
    assert (first.outcome, again.outcome) == (Outcome.CREATED, Outcome.UNCHANGED)
    assert first.quote.id == again.quote.id


@pytest.mark.parametrize("between", [0, 99])  # in one part of the import, and in two
async def test_two_that_tell_otherwise_of_one_check_change_nothing_the_second_time(
    store: Store, between: int
) -> None:
    others = [make_quote(text, url=None, publisher=text) for text in distinct_texts(between)]
    both = [make_quote(summary="No evidence."), *others, make_quote(summary="There is none.")]
    first = await take_in(store, *both)
    assert (first[0].outcome, first[-1].outcome) == (Outcome.CREATED, Outcome.UPDATED)
    again = await take_in(store, *both)
    assert {each.outcome for each in again} == {Outcome.UNCHANGED}
    mended = make_quote(summary="No evidence, then or now.")
    (item,), (same,) = await take_in(store, mended), await take_in(store, mended)
    assert (item.outcome, same.outcome) == (Outcome.UPDATED, Outcome.UNCHANGED)


async def test_of_two_sources_that_overwrite_each_other_it_is_told(store: Store) -> None:
    one, other = make_quote(summary="No evidence."), make_quote(summary="There is none.")
    (first,), (second,) = await take_in(store, one), await take_in(store, other)
    assert (first.reason, second.outcome, second.reason) == (None, Outcome.UPDATED, None)
    await store.quotes.move(first.quote.id, Status.RETIRED, "Ann")
    await store.quotes.move(first.quote.id, Status.PUBLISHED, "Ann")
    for dry_run in (True, False):
        (back,) = await take_in(store, one, dry_run=dry_run)
        assert back.outcome is Outcome.UPDATED
        assert back.reason is not None
        assert "It is again what it was before tests changed it on 20" in back.reason
    (news,) = await take_in(store, make_quote(summary="Nothing bears it out."))
    assert (news.outcome, news.reason) == (Outcome.UPDATED, None)
    await store.quotes.replace(first.quote.id, one, "Ann")
    await store.quotes.replace(first.quote.id, other, "Ben")
    (back,) = await take_in(store, one)
    assert back.reason is not None
    assert "before Ben changed it" in back.reason  # of several such changes, the last


async def test_what_told_nothing_new_is_known_as_well_when_a_curator_has_edited_since(store: Store) -> None:
    by_hand = await store.quotes.create(make_quote(), Status.PUBLISHED, "ann")
    (item,) = await take_in(store, make_quote())
    assert (item.outcome, item.quote) == (Outcome.UNCHANGED, by_hand)
    assert await store.read_revision() == 1
    edited = await store.quotes.replace(by_hand.id, make_quote(label="Unproven"), "ann")
    (item,) = await take_in(store, make_quote())
    assert (item.outcome, item.quote) == (Outcome.UNCHANGED, edited)


async def test_what_tells_nothing_new_does_not_make_one_forget_what_did(store: Store) -> None:
    told = make_quote(summary="No evidence.")
    (item,) = await take_in(store, told)
    await take_in(store, make_quote())  # the same check, from where less is told of it
    edited = await store.quotes.replace(item.quote.id, make_quote(summary="None at all."), "ann")
    (item,) = await take_in(store, told)
    assert (item.outcome, item.quote) == (Outcome.UNCHANGED, edited)


async def test_a_quote_created_and_changed_in_one_import_keeps_both_changes(store: Store) -> None:
    first, again = await take_in(store, make_quote(), make_quote(summary="No evidence.", language="en"))
    assert (first.outcome, again.outcome) == (Outcome.CREATED, Outcome.UPDATED)
    assert await store.quotes.find(first.quote.id) == again.quote
    assert [news.mark.revision for news in await store.feed.read_news(START, 999)] == [1, 2]


async def test_typography_does_not_make_another_quote(store: Store) -> None:
    (first,) = await take_in(store, make_quote("“Élections truquées”"))
    (again,) = await take_in(store, make_quote("elections truquees"))
    assert (again.outcome, again.quote.id) == (Outcome.UPDATED, first.quote.id)
    assert again.quote.text == "elections truquees"


SNOPES = {"publisher": "Snopes", "url": "https://www.snopes.com/1"}


async def test_checks_of_several_publishers_stand_side_by_side(store: Store) -> None:
    (first,) = await take_in(store, make_quote(speaker={"name": "Xi Jinping"}))
    (other,) = await take_in(store, make_quote(**SNOPES))
    assert (other.outcome, other.quote.id) == (Outcome.UPDATED, first.quote.id)
    assert [check.publisher for check in other.quote.checks] == ["Polygraph.info", "Snopes"]


async def test_the_same_words_of_another_speaker_are_another_quote(store: Store) -> None:
    await take_in(store, make_quote(speaker={"name": "Xi Jinping"}))
    (other,) = await take_in(store, make_quote(speaker={"name": "Somebody Else"}, **SNOPES))
    assert other.outcome is Outcome.CREATED


async def test_a_second_check_with_an_unknown_label_takes_no_published_quote_away(store: Store) -> None:
    (first,) = await take_in(store, make_quote())
    (other,) = await take_in(store, make_quote(label="Hmm", rating=None, **SNOPES))
    assert (other.outcome, other.quote.status) == (Outcome.CREATED, Status.IN_REVIEW)
    assert (await store.quotes.find(first.quote.id)).status is Status.PUBLISHED
    await store.quotes.move(first.quote.id, Status.DRAFT, "ann")
    (beside,) = await take_in(store, make_quote(label="Hm", rating=None, publisher="Z", url=None))
    assert (beside.outcome, beside.quote.id) == (Outcome.UPDATED, first.quote.id)


async def test_an_article_that_words_its_quote_a_little_differently_is_an_update(store: Store) -> None:
    (first,) = await take_in(store, make_quote(XI))
    (again,) = await take_in(store, make_quote(XI.replace("verbal", "spoken")))
    assert (again.outcome, again.quote.id) == (Outcome.UPDATED, first.quote.id)
    assert "spoken" in again.quote.text


@pytest.mark.parametrize(
    "text", [XI.replace("any attempt", "1 attempt"), "Something else altogether was said."]
)
async def test_another_number_or_other_words_at_the_same_address_are_another_quote(
    store: Store, text: str
) -> None:
    await take_in(store, make_quote(XI))
    (other,) = await take_in(store, make_quote(text))
    assert other.outcome is Outcome.CREATED


async def test_an_article_with_several_quotes_keeps_them_apart(store: Store) -> None:
    several = [make_quote(XI), make_quote(XI.replace("verbal", "spoken"))]
    assert [item.outcome for item in await take_in(store, *several)] == [Outcome.CREATED] * 2
    assert [item.outcome for item in await take_in(store, *several)] == [Outcome.UNCHANGED] * 2
    # Of which of the two this is a mended form, nobody can tell.
    (third,) = await take_in(store, make_quote(XI.replace("verbal", "short")))
    assert third.outcome is Outcome.CREATED


async def test_a_quote_that_a_curator_worded_anew_is_known_again(store: Store) -> None:
    (first,) = await take_in(store, make_quote())
    await store.quotes.replace(first.quote.id, make_quote("Quite other words that a curator chose"), "tests")
    (again,) = await take_in(store, make_quote())
    assert (again.outcome, again.quote.id) == (Outcome.UNCHANGED, first.quote.id)
    assert again.quote.text == "Quite other words that a curator chose"


async def test_who_may_not_publish_changes_nothing_that_is_or_was_published(store: Store) -> None:
    (first,) = await take_in(store, make_quote())
    (again,) = await store.quotes.import_all(
        [make_quote(summary="Another summary.")], publish=False, actor="tests", may_publish=False
    )
    assert (again.outcome, again.quote) == (Outcome.FAILED, first.quote)
    assert again.reason == "The quote is published: only a publisher may change it."
    await store.quotes.move(first.quote.id, Status.RETIRED, "tests")
    (again,) = await store.quotes.import_all(
        [make_quote(summary="Another summary.")], publish=False, actor="tests", may_publish=False
    )
    assert again.reason == "The quote is retired: only a publisher may change it."
    for letter, status in (("a", Status.PUBLISHED), ("b", Status.RETIRED)):
        exported = ExportedQuote.model_validate(
            make_quote(f"A new one {letter}").model_dump() | {"id": "q_" + letter * 22, "status": status}
        )
        (new,) = await store.quotes.import_all([exported], publish=False, actor="tests", may_publish=False)
        assert (new.outcome, new.quote.status, new.quote.id) == (Outcome.CREATED, Status.DRAFT, exported.id)


async def test_a_second_check_of_the_publisher_is_added(store: Store) -> None:
    await take_in(store, make_quote())
    (item,) = await take_in(
        store, make_quote(label="False", rating="false", url="https://www.polygraph.info/a/2")
    )
    assert item.outcome is Outcome.UPDATED
    assert [check.verdict.label for check in item.quote.checks] == ["Unsubstantiated", "False"]


async def test_of_two_addresses_of_one_page_the_last_is_kept(store: Store) -> None:
    await take_in(store, make_quote(url="http://polygraph.info/a/2"))
    (item,) = await take_in(store, make_quote(url="https://www.polygraph.info/a/2"))
    assert [str(check.url) for check in item.quote.checks] == ["https://www.polygraph.info/a/2"]


async def test_an_update_keeps_what_the_import_does_not_tell(store: Store) -> None:
    speaker = {"name": "Xi Jinping", "role": "President"}
    await take_in(store, make_quote(speaker=speaker, summary="No evidence."))
    wordings = [{"text": "China rejects all of it, firmly"}]
    (item,) = await take_in(
        store, make_quote(speaker={"name": "Xi Jinping"}, said_on="2022-01-07", wordings=wordings)
    )
    quote = item.quote
    assert quote.speaker is not None
    assert (quote.speaker.role, quote.checks[0].summary, str(quote.said_on)) == (
        "President",
        "No evidence.",
        "2022-01-07",
    )
    assert [wording.text for wording in quote.wordings] == ["China rejects all of it, firmly"]
    assert await store.quotes.find(quote.id) == quote
    (item,) = await take_in(store, make_quote(speaker={"name": "Kassym-Jomart Tokayev"}))
    assert item.quote.speaker is not None
    assert item.quote.speaker.role is None  # what was told is another's


async def test_what_was_imported_before_does_not_undo_a_curators_change(store: Store) -> None:
    (item,) = await take_in(store, make_quote())
    await take_in(store, make_quote(language="en"))
    (again,) = await take_in(store, make_quote())
    assert again.outcome is Outcome.UNCHANGED
    assert again.quote.language == "en"
    assert again.quote.id == item.quote.id


async def test_a_label_without_a_rating_waits_for_review(store: Store) -> None:
    (item,) = await take_in(store, make_quote(label="Hmm", rating=None))
    assert item.quote.status is Status.IN_REVIEW
    assert item.reason is not None
    assert "“Hmm”" in item.reason
    sent_back = await store.quotes.move(item.quote.id, Status.DRAFT, "ann")
    (again,) = await take_in(store, make_quote(label="Hmm", rating=None))
    assert again == Imported(Outcome.UNCHANGED, sent_back, item.reason)


async def test_a_label_that_a_curator_has_rated_stays_rated(store: Store) -> None:
    await take_in(store, make_quote(label="Hmm", rating="mixed"))
    (item,) = await take_in(store, make_quote(label="Hmm", rating=None, language="en"))
    assert item.quote.checks[0].verdict.rating == "mixed"
    assert item.quote.status is Status.PUBLISHED
    (item,) = await take_in(store, make_quote(label="Hmmm", rating=None))  # which nobody has rated
    assert item.quote.checks[0].verdict.rating is None
    assert item.quote.status is Status.IN_REVIEW


async def test_a_retired_quote_stays_retired(store: Store) -> None:
    (item,) = await take_in(store, make_quote())
    await store.quotes.move(item.quote.id, Status.RETIRED, "tests")
    (again,) = await take_in(store, make_quote())
    assert (again.outcome, again.quote.status) == (Outcome.UNCHANGED, Status.RETIRED)
    assert again.reason is not None


async def test_the_status_that_came_with_a_quote_does_not_undo_a_curators(store: Store) -> None:
    exported = ExportedQuote.model_validate(
        make_quote().model_dump() | {"id": "q_" + "a" * 22, "status": "published"}
    )
    (item,) = await take_in(store, exported, publish=False)
    taken_back = await store.quotes.move(item.quote.id, Status.DRAFT, "ann")
    (again,) = await take_in(store, exported, publish=False)
    assert again == Imported(Outcome.UNCHANGED, taken_back)


async def test_publishing_a_known_draft_updates_it(store: Store) -> None:
    await take_in(store, make_quote(), publish=False)
    (item,) = await take_in(store, make_quote())
    assert (item.outcome, item.quote.status) == (Outcome.UPDATED, Status.PUBLISHED)


async def test_a_dry_run_leaves_no_trace(store: Store) -> None:
    (item,) = await take_in(store, make_quote(), dry_run=True)
    assert item.outcome is Outcome.CREATED
    assert await store.read_revision() == 0
    assert (await store.quotes.search(Search())).total == 0


async def test_an_import_is_all_or_nothing(store: Store) -> None:
    broken = make_quote("Another one").model_copy(update={"checks": None})
    with pytest.raises(TypeError):
        await take_in(store, make_quote(), broken)
    assert (await store.quotes.search(Search())).total == 0


async def test_many_quotes_are_imported_and_known_again(store: Store) -> None:
    many = [make_quote(f"{XI} number {number}") for number in range(750)]
    created = await take_in(store, *many)
    assert {item.outcome for item in created} == {Outcome.CREATED}
    assert [item.quote.revision for item in created] == list(range(1, 751))
    known = await take_in(store, *many)
    assert [item.quote for item in known] == [item.quote for item in created]
    assert {item.outcome for item in known} == {Outcome.UNCHANGED}


async def test_what_one_import_brought_is_found_whatever_comes_after(store: Store) -> None:
    texts = [f"Number {at} of the words that somebody said" for at in range(250)]
    [known] = await take_in(store, make_quote(texts[0]))
    await take_in(store, make_quote("Words before", publisher="Snopes"))
    again = make_quote(texts[0], summary="It is not so", publisher="Polygraph.info")
    taken = await take_in(store, again, *(make_quote(text, url=None) for text in texts[1:]))
    await take_in(store, make_quote("Words after"))
    await store.quotes.replace(known.quote.id, make_quote("Edited since"), "Bo")
    await store.quotes.delete(taken[1].quote.id, "Bo")

    [entry] = (await store.audit.search(AuditSearch(action="quotes imported"))).entries
    assert (entry.actor, entry.subject) == ("tests", "250 quotes")
    assert entry.after is not None
    first, last = entry.after["changes"]
    brought = Search(changed_in=(first, last), limit=300)
    ids = {each.quote.id for each in taken} - {taken[1].quote.id}
    assert set(await store.quotes.find_ids(brought)) == ids
    for narrowed, expected in (
        (Search(changed_in=(first, last), words="edited"), {known.quote.id}),
        (Search(changed_in=(first, last), words="number 249", order=Order.CHANGED), {taken[249].quote.id}),
        (Search(changed_in=(first, last), words="after"), set()),
        (Search(changed_in=(first, last), status=Status.DRAFT), set()),
        (Search(changed_in=(last, first)), set()),
    ):
        page = await store.quotes.search(narrowed)
        assert ({quote.id for quote in page.quotes}, page.total) == (expected, len(expected))


async def test_an_import_that_brings_nothing_new_is_not_in_the_audit_log(store: Store) -> None:
    quotes = [make_quote(f"Number {at} of the words") for at in range(2)]
    await take_in(store, *quotes, dry_run=True)
    await take_in(store, quotes[0])
    assert (await store.audit.search(AuditSearch(action="quotes imported"))).entries == []
    third = make_quote("Number 2 of the words")
    await take_in(store, *quotes, third)
    await take_in(store, *quotes, third)
    entries = (await store.audit.search(AuditSearch(action="quotes imported"))).entries
    assert [entry.subject for entry in entries] == ["2 quotes"]
