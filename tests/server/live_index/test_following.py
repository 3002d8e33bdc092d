"""The index follows the store: what is published is found, and nothing else."""

from __future__ import annotations

import asyncio
import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from server.live_index import LiveIndex, Snapshots, write_snapshot
from server.live_index.building import tell_cause
from server.models import Status, StoredQuote
from server.settings import Settings
from server.store import Mark, News, OtherHistory, Store, StoreUnavailable, copy_database
from tests.databases import make_database
from tests.server.quotes import XI, distinct_texts, make_quote

pytestmark = pytest.mark.anyio

OTHER = "They need to drown Russia in blood, and we shall not let them"


async def publish(store: Store, text: str = XI, **fields: object) -> StoredQuote:
    return await store.quotes.create(make_quote(text, **fields), Status.PUBLISHED, "tests")


def found(index: LiveIndex, text: str) -> list[str]:
    return [match.quote_id for match in index.find(text).matches]


async def test_before_it_is_built_it_finds_nothing(store: Store) -> None:
    await publish(store)
    index = LiveIndex(store)
    assert not index.ready
    assert found(index, XI) == []
    await index.catch_up()  # of no use before it is begun: what is published would be read for nothing
    assert (index.revision, index.ready) == (0, False)


async def test_it_is_built_from_what_is_published(store: Store) -> None:
    quote = await publish(store)
    await store.quotes.create(make_quote(OTHER), Status.DRAFT, "tests")
    index = LiveIndex(store)
    await index.build()
    assert index.ready
    assert (index.revision, len(index)) == (2, 1)
    assert found(index, XI) == [quote.id]
    assert found(index, OTHER) == []


async def test_it_takes_in_what_changes(store: Store) -> None:
    index = LiveIndex(store)
    await index.build()
    quote = await publish(store)
    assert (found(index, XI), await index.measure_lag()) == ([], 1)
    await index.catch_up()
    assert (found(index, XI), await index.measure_lag()) == ([quote.id], 0)
    await store.quotes.move(quote.id, Status.RETIRED, "tests")
    await index.catch_up()
    assert found(index, XI) == []
    await store.quotes.move(quote.id, Status.PUBLISHED, "tests")
    await index.catch_up()
    assert found(index, XI) == [quote.id]


async def test_what_it_was_built_from_is_dropped_when_it_is_retired(store: Store) -> None:
    quote = await publish(store)
    index = LiveIndex(store)
    await index.build()
    await store.quotes.move(quote.id, Status.RETIRED, "tests")
    await index.catch_up()
    assert found(index, XI) == []


async def test_all_of_many_changes_are_taken_in_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.live_index.following.CHANGES_AT_ONCE", 2)
    index = LiveIndex(store)
    await index.build()
    for text in distinct_texts(5):
        await publish(store, text)
    await index.catch_up()
    assert (index.revision, len(index)) == (5, 5)


async def test_a_changed_text_replaces_the_former(store: Store) -> None:
    index = LiveIndex(store)
    (first,) = await store.quotes.import_all(
        [make_quote("“Truquées” were the elections of last year")],
        publish=True,
        may_publish=True,
        actor="tests",
    )
    await index.build()
    changed = make_quote(
        "truquees were the elections of last year", language="en", wordings=[{"text": OTHER}]
    )
    await store.quotes.import_all([changed], publish=True, may_publish=True, actor="tests")
    await index.catch_up()
    assert found(index, OTHER) == [first.quote.id]
    for language in ("en", "fr"):
        await store.quotes.replace(first.quote.id, changed.model_copy(update={"language": language}), "tests")
        await index.catch_up()
        assert orjson.loads(index.find(OTHER).cards[first.quote.id])["language"] == language


async def test_a_card_tells_a_reader_what_the_contract_says(store: Store) -> None:
    quote = await publish(store)
    index = LiveIndex(store)
    await index.build()
    card = orjson.loads(index.find(XI).cards[quote.id])
    assert set(card) == {"text", "language", "said_on", "speaker", "checks"}


async def test_it_follows_and_survives_a_store_that_fails(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = LiveIndex(store)
    read_news, failed, caught_up = store.feed.read_news, asyncio.Event(), asyncio.Event()
    monkeypatch.setattr("server.live_index.following.FIRST_RETRY_SECONDS", 0.001)
    monkeypatch.setattr("server.live_index.following.LONGEST_RETRY_SECONDS", 0.002)
    failures = 0

    async def fail_often(after: Mark, limit: int) -> list[News]:
        nonlocal failures
        failures += 1
        if failures < 20:
            failed.set()
            raise OSError
        if after.revision == 1:
            caught_up.set()
        return await read_news(after, limit)

    monkeypatch.setattr(store.feed, "read_news", fail_often)
    task = asyncio.create_task(index.follow(poll_seconds=0.01))
    await asyncio.wait_for(failed.wait(), 10)
    quote = await publish(store)
    await asyncio.wait_for(caught_up.wait(), 10)
    assert found(index, XI) == [quote.id]
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_it_ends_when_told_to_in_the_moment_of_a_hint(store: Store) -> None:
    index = LiveIndex(store)
    task = asyncio.create_task(index.follow(poll_seconds=60))
    while not index.in_step_at:  # noqa: ASYNC110 - nothing else tells that it waits
        await asyncio.sleep(0.01)
    index._hear()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        async with asyncio.timeout(10):
            await task


async def test_another_history_is_never_answered_from(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_it_is_built: list[tuple[bool, list[str]]] = []

    async def note(after: int) -> bool:
        before_it_is_built.append((index.ready, found(index, XI)))
        return False

    quote = await publish(store)
    index = LiveIndex(store)
    await index.build()
    other = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'restored.db'}")
    restored = await publish(other, OTHER)
    index._store = other  # as if the database had been restored from elsewhere under the same address
    first = index.stamp
    await index.catch_up()  # fails for nobody who changes something meanwhile
    monkeypatch.setattr(index, "_open_newest", note)
    task = asyncio.create_task(index.follow(poll_seconds=0.01))
    while found(index, OTHER) != [restored.id]:
        assert found(index, XI) in ([quote.id], [])
        await asyncio.sleep(0)
    assert found(index, XI) == []
    assert before_it_is_built == [(False, [])]
    assert index.revision == first[1]
    assert index.stamp != first
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await other.close()


async def test_a_backup_that_changed_the_same_quote_otherwise_is_another_history(
    store: Store, tmp_path: Path
) -> None:
    quote = await publish(store)
    backup = f"sqlite+aiosqlite:///{tmp_path / 'backup.db'}"
    await copy_database(store._database.address, backup)
    await store.quotes.move(quote.id, Status.RETIRED, "tests")
    index = LiveIndex(store)
    await index.build()
    assert found(index, XI) == []
    restored = await Store.open(backup)
    await restored.quotes.replace(quote.id, make_quote(OTHER), "tests")
    index._store = restored
    assert await restored.read_revision() == index.revision
    with pytest.raises(OtherHistory):
        await restored.feed.read_news(index._generation.mark, 1)
    await restored.close()


async def test_no_index_is_built_of_a_backup_of_which_only_a_part_is_restored() -> None:
    with make_database("postgresql", Path()) as address:
        store = await Store.open(address)
        quote = await publish(store)
        index = LiveIndex(store)
        # As pg_restore leaves it half way: it fills the tables in the order of their names, and makes the keys last.
        key = "fk_wordings_quote_id"
        async with store._database.write() as connection:
            await connection.exec_driver_sql(f"ALTER TABLE wordings DROP CONSTRAINT {key}")
        with pytest.raises(StoreUnavailable, match="is being restored"):
            await index.build()
        assert not index.ready
        async with store._database.write() as connection:
            await connection.exec_driver_sql(
                f"ALTER TABLE wordings ADD CONSTRAINT {key} FOREIGN KEY (quote_id) REFERENCES quotes (id)"
            )
        async with (
            store._database.write() as connection
        ):  # another schema comes first, where new tables would be
            await connection.exec_driver_sql("CREATE SCHEMA AUTHORIZATION CURRENT_USER")
        await index.build()
        assert found(index, XI) == [quote.id]
        async with store._database.write() as connection:
            await connection.exec_driver_sql("DROP TABLE checks")
        with pytest.raises(StoreUnavailable, match="a table is not there"):
            await store.quotes.find(quote.id)
        await store.close()


async def test_an_index_is_not_left_for_a_snapshot_that_is_no_newer(database: str, tmp_path: Path) -> None:
    settings = Settings(database=database, snapshot_folder=str(tmp_path / "snapshots"), snapshot_changes=2)
    store = await Store.open(database)
    index = LiveIndex(store, settings)
    await index._follow_once()
    while index._building:
        await index._building
    assert index._snapshots
    assert len(index._snapshots.names()) == 1  # of what was built in memory
    for text in distinct_texts(2):
        await publish(store, text)
    built = index._generation
    await index._follow_once()
    assert index._generation is built  # else both changes would be taken in again, for nothing
    assert index._building
    await index._building
    await index._follow_once()
    assert index._generation.snapshot == index._snapshots.names()[0]
    assert (index.changes, index.revision) == (0, 2)
    await store.close()


async def test_searches_in_threads_see_each_change_whole(store: Store) -> None:
    index = LiveIndex(store)
    quote = await publish(store)
    await index.build()
    stop = False

    def search() -> list[list[str]]:
        seen = []
        while not stop:
            answer = index.find(XI)
            assert {match.quote_id for match in answer.matches} == set(answer.cards)
            seen.append(list(answer.cards))
        return seen

    searches = [asyncio.create_task(asyncio.to_thread(search)) for _ in range(2)]
    for status in [Status.RETIRED, Status.PUBLISHED] * 15:
        await store.quotes.move(quote.id, status, "tests")
        await index.catch_up()
    stop = True
    for seen in await asyncio.gather(*searches):
        assert all(ids in ([], [quote.id]) for ids in seen)


@pytest.mark.parametrize(("later", "is_built"), [(4, False), (5, True)])
async def test_a_snapshot_is_left_where_building_anew_is_sooner_than_all_changes_since(
    database: str, tmp_path: Path, later: int, is_built: bool
) -> None:
    settings = Settings(database=database, snapshot_folder=str(tmp_path / "snapshots"), snapshot_changes=4)
    store = await Store.open(database)
    await publish(store)
    folder = settings.snapshots_of_database()
    assert folder
    old = await write_snapshot(store.feed, Snapshots(folder))
    for text in distinct_texts(later):
        await publish(store, text)
    index = LiveIndex(store, settings)
    await index.open()
    assert (index.revision, len(index)) == (later + 1, later + 1)
    assert (index._generation.snapshot, index.changes) == ((None, 0) if is_built else (old, later))
    await store.close()


async def test_a_damaged_snapshot_is_written_anew_under_its_name_and_served(
    database: str, tmp_path: Path
) -> None:
    settings = Settings(database=database, snapshot_folder=str(tmp_path / "snapshots"), snapshot_changes=1)
    store = await Store.open(database)
    for text in distinct_texts(2):  # more than are indexed without one
        await publish(store, text)
    folder = settings.snapshots_of_database()
    assert folder
    name = await write_snapshot(store.feed, Snapshots(folder))
    (folder / name / "cards").write_bytes(b"")
    index = LiveIndex(store, settings)
    async with asyncio.timeout(30):
        await index._follow_once()
    assert (index.ready, len(index), index._generation.snapshot) == (True, 2, name)
    await store.close()


async def test_a_copy_of_an_sqlite_file_comes_back_while_it_is_followed(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'quotes.db'}")
    index = LiveIndex(store)
    quote = await publish(store)
    # As the .backup and .restore of SQLite's command line do.
    with (
        closing(sqlite3.connect(tmp_path / "quotes.db")) as file,
        closing(sqlite3.connect(":memory:")) as copy,
    ):
        file.backup(copy)
        later = await publish(store, OTHER)
        following = asyncio.create_task(index.follow(poll_seconds=0.01))
        async with asyncio.timeout(10):
            while found(index, OTHER) != [later.id]:  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.01)
            copy.backup(file)
            while not index.ready or found(index, OTHER):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert found(index, XI) == [quote.id]
    again = await publish(store, OTHER)
    await index.catch_up()
    assert found(index, OTHER) == [again.id]
    following.cancel()
    with pytest.raises(asyncio.CancelledError):
        await following
    await store.close()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "OSError reason='No space left on device'",
        ),
        (StoreUnavailable("the database is away"), "StoreUnavailable reason='the database is away'"),
        (ValueError("words of a quote"), "ValueError"),
    ],
)
def test_a_log_tells_what_is_wrong_with_the_disk_and_the_database_and_no_texts(
    error: Exception, told: str
) -> None:
    assert tell_cause(error) == told
