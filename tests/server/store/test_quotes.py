from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import insert, select

from server.models import Rating, Status, StoredQuote
from server.store import START, Database, Order, QuoteNotFound, Search, StaleEdit, Store
from server.store.tables import checks, wordings
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio


async def create(store: Store, text: str, status: Status = Status.PUBLISHED, **fields: object) -> StoredQuote:
    return await store.quotes.create(make_quote(text, **fields), status, "tests")


async def test_what_is_created_is_found_whole(store: Store) -> None:
    created = await create(
        store,
        "NUL \x00, astral 😀 and combining é are text",
        language="en",
        said_on="2022-01-07",
        speaker={"name": "Xi Jinping", "role": "President"},
        wordings=[{"text": "another", "kind": "translation", "language": "zh-Hans"}],
    )
    assert await store.quotes.find(created.id) == created
    assert len(created.id) == len("q_") + 22


async def test_a_quote_of_more_checks_than_one_may_hold_now_is_read_moved_and_brought_back(
    store: Store, database: str
) -> None:
    quote = await create(store, "Of many checks", wordings=[{"text": "Of a great many checks"}])
    opened = Database(database)
    async with opened.write() as connection:
        for table in (checks, wordings):
            row = dict((await connection.execute(select(table))).mappings().one())
            for at in range(1, 61):
                await connection.execute(insert(table).values(row | {"position": at}))
    await opened.close()
    assert len((await store.quotes.find(quote.id)).checks) == 61
    [found] = (await store.quotes.search(Search())).quotes
    assert len(found.wordings) == 61
    retired = await store.quotes.move(quote.id, Status.RETIRED, "tests")
    assert len(retired.checks) == 61
    [last, *_] = (await store.quotes.read_history(quote.id)).entries
    assert last.quote == retired
    await store.quotes.replace(quote.id, make_quote("Of one check"), "tests")
    restored = await store.quotes.restore(quote.id, retired.revision, "tests")
    assert (restored.checks, restored.text) == (retired.checks, retired.text)


async def test_an_unknown_quote_is_not_found(store: Store) -> None:
    with pytest.raises(QuoteNotFound):
        await store.quotes.find("q_unknown")
    with pytest.raises(QuoteNotFound):
        await store.quotes.move("q_unknown", Status.RETIRED, "tests")


async def test_a_move_is_logged_once(store: Store) -> None:
    quote = await create(store, "A", Status.DRAFT)
    moved = await store.quotes.move(quote.id, Status.PUBLISHED, "tests")
    again = await store.quotes.move(quote.id, Status.PUBLISHED, "tests")
    assert moved == again == await store.quotes.find(quote.id)
    assert moved.status is Status.PUBLISHED
    assert [news.mark.revision for news in await store.feed.read_news(START, 999)] == [1, 2]


async def test_a_stale_move_is_refused(store: Store) -> None:
    quote = await create(store, "A")
    await store.quotes.move(quote.id, Status.DRAFT, "tests")
    with pytest.raises(StaleEdit):
        await store.quotes.move(quote.id, Status.RETIRED, "tests", if_revision=quote.revision)


async def test_a_deleted_quote_that_was_brought_back_meanwhile_is_not_brought_back_over_that(
    store: Store,
) -> None:
    quote = await create(store, "As it was")
    await store.quotes.delete(quote.id, "tests")
    back = await store.quotes.restore(quote.id, quote.revision, "tests", if_revision=0)
    assert (back.text, back.status) == ("As it was", Status.DRAFT)
    published = await store.quotes.move(quote.id, Status.PUBLISHED, "tests")
    with pytest.raises(StaleEdit):
        await store.quotes.restore(quote.id, quote.revision, "tests", if_revision=0)
    assert await store.quotes.find(quote.id) == published


async def test_what_readers_last_saw_of_a_quote_is_known(store: Store) -> None:
    seen, never_seen = await create(store, "As it was published"), await create(store, "New", Status.DRAFT)
    await store.quotes.replace(seen.id, make_quote("Edited since"), "tests", status=Status.IN_REVIEW)
    assert await store.quotes.find_last_published([seen.id, never_seen.id]) == {seen.id: seen}


async def test_of_many_editors_at_once_one_wins(store: Store) -> None:
    quote = await create(store, "A")
    outcomes = await asyncio.gather(
        *(
            store.quotes.move(quote.id, Status.RETIRED, "tests", if_revision=quote.revision)
            for _ in range(50)
        ),
        return_exceptions=True,
    )
    assert sorted(type(outcome) is StaleEdit for outcome in outcomes) == [False, *[True] * 49]


async def test_of_two_processes_that_edit_at_once_exactly_one_wins(store: Store, database: str) -> None:
    """Five hundred races on each database."""
    other = await Store.open(database)
    quote = await create(store, "A", Status.DRAFT)
    for number in range(500):
        outcomes = await asyncio.gather(
            *(
                editor.quotes.replace(
                    quote.id,
                    make_quote(f"{name} {number}"),
                    name,
                    if_revision=quote.revision,
                )
                for editor, name in ((store, "Ann"), (other, "Bo"))
            ),
            return_exceptions=True,
        )
        (won,) = [outcome for outcome in outcomes if isinstance(outcome, StoredQuote)]
        (lost,) = [outcome for outcome in outcomes if isinstance(outcome, StaleEdit)]
        assert lost.current == won == await store.quotes.find(quote.id)
        quote = won
    assert [news.mark.revision for news in await store.feed.read_news(START, 999)] == list(range(1, 502))
    await other.close()


async def test_revisions_have_no_gaps_however_many_write(store: Store) -> None:
    await asyncio.gather(*(create(store, f"quote {number}") for number in range(40)))
    assert [news.mark.revision for news in await store.feed.read_news(START, 999)] == list(range(1, 41))


@pytest.mark.parametrize(
    ("search", "found"),
    [
        (Search(), ["c", "b", "a"]),
        (Search(words="MANDELA"), ["b"]),
        (Search(words="elections Polygraph"), ["a"]),
        (Search(words="50%"), ["c"]),
        (Search(words="5_0"), []),
        (Search(words="😀 “?”"), []),
        (Search(words="!!!"), []),
        (Search(words="?", status=Status.DRAFT), []),
        (Search(words=" "), ["c", "b", "a"]),
        (Search(status=Status.DRAFT), ["c"]),
        (Search(rating=Rating.FALSE), ["b"]),
        (Search(publisher="Snopes"), ["b"]),
        (Search(speaker="Nelson Mandela"), ["b"]),
        (Search(publisher="Snopes", rating=Rating.TRUE), []),
    ],
    ids=str,
)
async def test_search(store: Store, search: Search, found: list[str]) -> None:
    ids = {
        (await create(store, "Les élections", url="https://a.example/")).id: "a",
        (
            await create(
                store,
                "Never",
                publisher="Snopes",
                rating="false",
                speaker={"name": "Nelson Mandela"},
            )
        ).id: "b",
        (await create(store, "grew by 50 %", Status.DRAFT)).id: "c",
    }
    page = await store.quotes.search(search)
    assert [ids[quote.id] for quote in page.quotes] == found
    assert (page.total, page.next_before) == (len(found), None)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Lech Wałęsa", "lech walesa"),
        ("Søren Ødegård", "soren odegard"),
        ("Novak Đoković", "novak dokovic"),
        ("Großmann", "grossmann"),
        ("Æthelred Þór", "aethelred thor"),
        ("Recep Tayyip Yıldız", "recep tayyip yildiz"),
        ("على", "علي"),
    ],
)
async def test_letters_are_found_that_are_typed_plain_and_the_other_way_round(
    store: Store, written: str, typed: str
) -> None:
    for name, asked in ((written, typed), (typed, written)):
        quote = await create(store, "They said so", speaker={"name": name})
        for search in (Search(words=asked), Search(words=asked.upper())):
            assert [found.id for found in (await store.quotes.search(search)).quotes] == [quote.id]
        assert (await store.quotes.search(Search(speaker=name.upper()))).total == 1
        await store.quotes.delete(quote.id, "tests")


async def test_a_speaker_is_named_by_plain_letters(store: Store) -> None:
    quote = await create(store, "They said so", speaker={"name": "Lech Wałęsa"})
    for name in ("Lech Walesa", "LECH WAŁĘSA"):
        assert [found.id for found in (await store.quotes.search(Search(speaker=name))).quotes] == [quote.id]
    assert await store.speakers.find_alike("lech wal") == ["Lech Wałęsa"]


@pytest.mark.parametrize("language", ["en' | '", "en:*", "' & !'", 'en"*', "'", "\\'", "a" * 3_000, "İı", ""])
async def test_a_language_that_is_none_finds_nothing(store: Store, language: str) -> None:
    await create(store, "They lie", language="en")
    for search in (Search(language=language), Search(language=language, words="they")):
        assert (await store.quotes.search(search)).total == 0


async def test_a_language_finds_what_is_narrower(store: Store) -> None:
    await create(store, "They lie", language="en-US")
    for language, total in (("en", 1), ("EN-us", 1), ("en-GB", 0), ("e", 0)):
        assert (await store.quotes.search(Search(language=language))).total == total


async def test_what_was_said_on_no_known_day_stands_last(store: Store) -> None:
    days = ("2020-01-01", None, "2022-01-01", "2021-01-01", None)
    said = {day: await create(store, f"said on {day}", said_on=day) for day in days}
    page = await store.quotes.search(Search(order=Order.SAID, limit=4))
    assert [quote.id for quote in page.quotes] == [
        said[day].id for day in ("2022-01-01", "2021-01-01", "2020-01-01", None)
    ]


async def test_pages_follow_each_other_without_a_gap(store: Store) -> None:
    created = [await create(store, f"quote {number}") for number in range(5)]
    seen: list[str] = []
    before: int | None = None
    while True:
        page = await store.quotes.search(Search(limit=2, before=before))
        assert page.total == 5
        seen += [quote.id for quote in page.quotes]
        # A change of a quote does not move it in the list.
        await store.quotes.move(created[0].id, Status.DRAFT, "tests")
        before = page.next_before
        if before is None:
            break
    assert seen == [quote.id for quote in reversed(created)]
    # Nor does it lose its place when it is deleted and brought back.
    await store.quotes.delete(created[1].id, "tests")
    await store.quotes.restore(created[1].id, created[1].revision, "tests")
    assert [quote.id for quote in (await store.quotes.search(Search())).quotes] == seen
