"""What the curation pages rest on: the audit log, the second person, bulk moves, blocked passages, counts."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from server.models import ExportedQuote, MatchKind, Quote, Report, ReportState, Role, Status
from server.store import (
    WAITS,
    Action,
    AuditSearch,
    Counted,
    Database,
    Imported,
    LastAdmin,
    NameTaken,
    Outcome,
    ReportNotFound,
    ReportsFull,
    SecondPersonNeeded,
    Store,
)
from server.store.folded import digest_folded
from tests.server.quotes import make_quote

pytestmark = pytest.mark.anyio


async def test_the_audit_log_holds_who_did_what_from_both_logs_the_last_first(store: Store) -> None:
    await store.users.add("Ann", "hash", Role.ADMIN, "Bo")
    quote = await store.quotes.create(make_quote(), Status.DRAFT, "Ann")
    await store.tokens.create("a robot", Role.VIEWER, "Ann")
    await store.quotes.move(quote.id, Status.PUBLISHED, "Bo")
    entries = (await store.audit.search(AuditSearch())).entries
    assert [(entry.actor, entry.action) for entry in entries] == [
        ("Bo", "moved"),
        ("Ann", "token created"),
        ("Ann", "created"),
        ("Bo", "user added"),
    ]
    assert [entry.action for entry in (await store.audit.search(AuditSearch(actor="Ann"))).entries] == [
        "token created",
        "created",
    ]
    assert (await store.audit.search(AuditSearch(subject=quote.id, action="moved"))).entries[
        0
    ].after is not None
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    assert (await store.audit.search(AuditSearch(since=tomorrow))).entries == []
    days = AuditSearch(since=tomorrow - dt.timedelta(days=2), until=tomorrow - dt.timedelta(days=1))
    assert (await store.audit.search(days)).entries == entries  # the last day, too


async def test_the_audit_log_is_read_to_its_end_in_parts_each_entry_once(store: Store) -> None:
    for at in range(13):
        await store.audit.record("Ann", "signed in", str(at))
        await store.quotes.create(make_quote(f"Quote number {at} of many words"), Status.DRAFT, "Ann")
    seen, search = [], AuditSearch(limit=5)
    while True:
        page = await store.audit.search(search)
        seen += [(entry.log, entry.place) for entry in page.entries]
        if page.next_changes is None and page.next_house is None:
            break
        search = AuditSearch(limit=5, before_changes=page.next_changes, before_house=page.next_house)
    assert len(seen) == len(set(seen)) == 26
    assert [entry async for some in store.audit.iterate(AuditSearch()) for entry in some] != []


async def test_a_line_that_is_changed_behind_the_servers_back_shows(store: Store, database: str) -> None:
    for at in range(4):
        await store.audit.record("Ann", "signed in", str(at))
    assert await store.audit.find_break() is None
    opened = Database(database)
    async with opened.write() as connection:
        if opened.is_sqlite:
            await connection.execute(text("DROP TRIGGER audit_log_never_updates"))
        else:
            await connection.execute(text("DROP TRIGGER audit_log_only_grows ON audit_log"))
        await connection.execute(text("UPDATE audit_log SET actor = 'someone else' WHERE id = 3"))
    await opened.close()
    assert await store.audit.find_break() == 3


async def test_a_name_beyond_ascii_is_one_whatever_its_case(store: Store) -> None:
    await store.users.add("Élise", "hash", Role.ADMIN, "Élise")
    for name in ("Élise", "élise", "ÉLISE"):
        with pytest.raises(NameTaken):
            await store.users.add(name, "hash", Role.VIEWER, "x")
        found = await store.users.find_password(name)
        assert found is not None
        assert found[0].name == "Élise"
    await store.users.set_password("élise", "another", "x")
    assert [entry.action for entry in (await store.audit.search(AuditSearch(actor="Élise"))).entries] == [
        "user added"
    ]
    await store.users.add("Bo", "hash", Role.ADMIN, "x")
    await store.users.change("ÉLISE", Role.ADMIN, disabled=True, actor="x")
    assert await store.users.find_password("Élise") is None


async def test_no_two_users_have_a_name_and_one_admin_stays(store: Store) -> None:
    await store.users.add("Ann", "hash", Role.ADMIN, "x")
    with pytest.raises(NameTaken):
        await store.users.add("ANN", "hash", Role.VIEWER, "x")
    with pytest.raises(LastAdmin):
        await store.users.change("Ann", Role.EDITOR, disabled=False, actor="Ann")
    with pytest.raises(LastAdmin):
        await store.users.change("Ann", Role.ADMIN, disabled=True, actor="Ann")
    assert [user.role for user in await store.users.list_all()] == [Role.ADMIN]


async def open_strict(database: str) -> Store:
    return await Store.open(database, second_person=True)


async def test_who_wrote_a_quote_does_not_publish_it_by_any_way(database: str) -> None:
    store = await open_strict(database)
    try:
        with pytest.raises(SecondPersonNeeded):
            await store.quotes.create(make_quote(), Status.PUBLISHED, "Ann")
        quote = await store.quotes.create(make_quote(), Status.IN_REVIEW, "Ann")
        with pytest.raises(SecondPersonNeeded):
            await store.quotes.move(quote.id, Status.PUBLISHED, "Ann")
        with pytest.raises(SecondPersonNeeded):
            await store.quotes.replace(
                quote.id, make_quote("Other words than these"), "Bo", status=Status.PUBLISHED
            )
        moved = await store.quotes.move_all({quote.id: quote.revision}, Status.PUBLISHED, "Ann")
        assert moved.moved == 0
        assert (await store.quotes.move(quote.id, Status.PUBLISHED, "Bo")).status is Status.PUBLISHED
    finally:
        await store.close()


async def test_what_was_published_without_a_second_person_has_not_been_looked_at(database: str) -> None:
    former = await Store.open(database)
    quote = await former.quotes.create(make_quote(), Status.PUBLISHED, "Ann")
    await former.close()
    store = await open_strict(database)
    try:
        await store.quotes.move(quote.id, Status.DRAFT, "Ann")
        with pytest.raises(SecondPersonNeeded):
            await store.quotes.move(quote.id, Status.PUBLISHED, "Ann")
    finally:
        await store.close()


async def test_who_edits_a_quote_becomes_an_author_until_it_is_published_again(database: str) -> None:
    store = await open_strict(database)
    try:
        quote = await store.quotes.create(make_quote(), Status.IN_REVIEW, "Ann")
        await store.quotes.move(quote.id, Status.PUBLISHED, "Bo")
        edited = await store.quotes.replace(quote.id, make_quote("Edited words, ten of them"), "Bo")
        assert edited.status is Status.IN_REVIEW, "readers see an edit only when a second person has seen it"
        with pytest.raises(SecondPersonNeeded):
            await store.quotes.move(quote.id, Status.PUBLISHED, "Bo")
        await store.quotes.move(quote.id, Status.PUBLISHED, "Ann")
    finally:
        await store.close()


SNOPES = {"publisher": "Snopes", "url": "https://www.snopes.com/1"}


@pytest.fixture
async def strict(database: str) -> AsyncIterator[Store]:
    opened = await Store.open(database, second_person=True)
    yield opened
    await opened.close()


async def take_in(store: Store, quote: Quote, actor: str, *, publish: bool = True) -> Imported:
    [taken] = await store.quotes.import_all([quote], publish=publish, may_publish=True, actor=actor)
    return taken


async def test_what_is_imported_to_be_published_waits_for_a_second_person(strict: Store) -> None:
    taken = await take_in(strict, make_quote(), "Ann")
    assert (taken.outcome, taken.quote.status, taken.reason) == (Outcome.CREATED, Status.IN_REVIEW, WAITS)
    again = await take_in(strict, make_quote(), "Ann")
    assert again == Imported(Outcome.UNCHANGED, taken.quote, WAITS)
    approved = await take_in(strict, make_quote(), "Bo")
    assert (approved.outcome, approved.quote.status, approved.reason) == ("updated", Status.PUBLISHED, None)
    assert (await strict.quotes.read_history(taken.quote.id)).entries[0].action is Action.MOVED


async def test_two_of_one_quote_in_an_import_do_not_approve_each_other(strict: Store) -> None:
    twice = [make_quote(), make_quote(**SNOPES), make_quote()]
    taken = await strict.quotes.import_all(twice, publish=True, may_publish=True, actor="Ann")
    assert {each.quote.status for each in taken} == {Status.IN_REVIEW}


async def test_an_import_that_changes_what_readers_see_takes_it_to_review(strict: Store) -> None:
    quote = await strict.quotes.create(make_quote(), Status.IN_REVIEW, "Ann")
    await strict.quotes.move(quote.id, Status.PUBLISHED, "Bo")
    same = await take_in(strict, make_quote(), "Ann")
    assert (same.outcome, same.quote.status, same.reason) == (Outcome.UNCHANGED, Status.PUBLISHED, None)
    for publish in (False, True):
        changed = await take_in(strict, make_quote(summary="Changed."), "Cy", publish=publish)
        assert (changed.quote.id, changed.quote.status) == (quote.id, Status.IN_REVIEW)
        assert changed.reason == WAITS
    with pytest.raises(SecondPersonNeeded):
        await strict.quotes.move(quote.id, Status.PUBLISHED, "Cy")


async def test_a_draft_is_not_published_by_an_import_with_other_content(strict: Store) -> None:
    quote = await strict.quotes.create(make_quote(), Status.DRAFT, "Ann")
    taken = await take_in(strict, make_quote(language="en"), "Bo")
    assert (taken.quote.id, taken.quote.status, taken.reason) == (quote.id, Status.IN_REVIEW, WAITS)


async def test_the_status_of_an_export_is_not_taken_for_a_second_person(strict: Store) -> None:
    own = {"id": "q_" + "a" * 22, "status": "published"}
    exported = ExportedQuote.model_validate(make_quote().model_dump() | own)
    taken = await take_in(strict, exported, "Ann", publish=False)
    assert (taken.quote.id, taken.quote.status, taken.reason) == (own["id"], Status.IN_REVIEW, WAITS)


async def test_who_merges_two_quotes_becomes_an_author(strict: Store) -> None:
    kept = await strict.quotes.create(make_quote(), Status.IN_REVIEW, "Ann")
    await strict.quotes.move(kept.id, Status.PUBLISHED, "Bo")
    other = await strict.quotes.create(make_quote("Other words of its own", **SNOPES), Status.DRAFT, "Cy")
    merged = await strict.quotes.merge(kept.id, other.id, "Cy")
    assert merged.status is Status.IN_REVIEW, (
        "readers see what was added only when a second person has seen it"
    )
    with pytest.raises(SecondPersonNeeded):
        await strict.quotes.move(kept.id, Status.PUBLISHED, "Cy")
    assert (await strict.quotes.move(kept.id, Status.PUBLISHED, "Bo")).status is Status.PUBLISHED


async def test_bulk_moves_skip_what_changed_meanwhile_and_are_taken_back(store: Store) -> None:
    quotes = [
        await store.quotes.create(
            make_quote(f"Number {at} of some quotes to be moved"), Status.PUBLISHED, "Ann"
        )
        for at in range(3)
    ]
    unrated = await store.quotes.create(make_quote("No rating", rating=None), Status.DRAFT, "Ann")
    plan = await store.quotes.plan_bulk([unrated.id, *(q.id for q in quotes)], Status.PUBLISHED, "Ann")
    assert plan.moving == []
    assert [reason for _, reason in plan.staying] == [
        "has a label without a rating",
        *["is there already"] * 3,
    ]
    seen = {quote.id: quote.revision for quote in quotes}
    await store.quotes.replace(quotes[0].id, make_quote("Edited in between, as it happens"), "Bo")
    moved = await store.quotes.move_all(seen, Status.RETIRED, "Ann")
    assert moved.moved == 2
    statuses = [(await store.quotes.find(quote.id)).status for quote in quotes]
    assert statuses == [Status.PUBLISHED, Status.RETIRED, Status.RETIRED]
    entry = await store.audit.find(moved.number)
    assert entry is not None
    await store.quotes.replace(quotes[1].id, make_quote("Edited after the move, as it happens"), "Bo")
    assert (await store.quotes.undo_move(entry, "Ann")).moved == 1
    statuses = [(await store.quotes.find(quote.id)).status for quote in quotes]
    assert statuses == [Status.PUBLISHED, Status.RETIRED, Status.PUBLISHED]


@pytest.mark.parametrize("wanted", [Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED])
async def test_a_bulk_move_of_what_was_retired_is_taken_back(store: Store, wanted: Status) -> None:
    quote = await store.quotes.create(make_quote(), Status.PUBLISHED, "Ann")
    retired = await store.quotes.move(quote.id, Status.RETIRED, "Ann")
    moved = await store.quotes.move_all({quote.id: retired.revision}, wanted, "Ann")
    entry = await store.audit.find(moved.number)
    assert entry is not None
    assert (await store.quotes.undo_move(entry, "Ann")).moved == 1
    assert (await store.quotes.find(quote.id)).status is Status.RETIRED


async def test_a_blocked_passage_is_a_change_that_every_index_hears_of(store: Store) -> None:
    quote = await store.quotes.create(make_quote(), Status.PUBLISHED, "Ann")
    created = await store.feed.read_mark()
    digest = digest_folded("some words of a page")
    await store.quotes.block(quote.id, digest, "Ann")
    assert await store.quotes.read_blocked() == {quote.id: frozenset({digest})}
    assert [news.mark.quote_id for news in await store.feed.read_news(created, 99)] == [quote.id]
    await store.quotes.block(quote.id, digest, "Ann")
    await store.quotes.block(quote.id, digest, "Ann", blocked=False)
    assert await store.quotes.read_blocked() == {}
    assert await store.read_revision() == quote.revision + 2


async def test_a_report_is_decided_once_and_can_be_opened_again(store: Store) -> None:
    quote = await store.quotes.create(make_quote(), Status.PUBLISHED, "Ann")
    await store.reports.add(Report(quote=quote.id, kind=MatchKind.EXACT, words="words", note=None))
    [report], _ = await store.reports.list_by_state(ReportState.OPEN)
    with pytest.raises(ReportNotFound):
        await store.reports.reopen(report.id, "Ann")
    await store.reports.decide([report.id], ReportState.DISMISSED, "Kept.", "Ann")
    with pytest.raises(ReportNotFound):
        await store.reports.find([report.id])
    with pytest.raises(ReportNotFound):
        await store.reports.decide([report.id], ReportState.UPHELD, "Retired.", "Bo")
    await store.reports.reopen(report.id, "Bo")
    assert await store.reports.find([report.id]) == [report]
    acts = (await store.audit.search(AuditSearch(subject=f"report {report.id}"))).entries
    assert [(act.actor, act.action) for act in acts] == [
        ("Bo", "report opened again"),
        ("Ann", "report decided"),
    ]


async def test_who_decides_a_report_too_late_has_done_nothing_either(store: Store) -> None:
    quote = await store.quotes.create(make_quote(), Status.PUBLISHED, "Ann")
    await store.reports.add(Report(quote=quote.id, kind=MatchKind.EXACT, words="words", note=None))
    [report], _ = await store.reports.list_by_state(ReportState.OPEN)
    assert report.passage_digest
    block, retire = (quote.id, report.passage_digest), quote.id
    decided = await asyncio.gather(
        store.reports.decide([report.id], ReportState.DISMISSED, "Kept.", "Ann"),
        store.reports.decide([report.id], ReportState.UPHELD, "Blocked.", "Bo", block=block),
        store.reports.decide([report.id], ReportState.UPHELD, "Retired.", "Cy", retire=retire),
        return_exceptions=True,
    )
    assert sum(isinstance(each, ReportNotFound) for each in decided) == 2
    [kept], _ = await store.reports.list_by_state(
        ReportState.DISMISSED if decided[0] is None else ReportState.UPHELD
    )
    done = {
        "Kept.": (Status.PUBLISHED, {}),
        "Blocked.": (Status.PUBLISHED, {quote.id: frozenset({report.passage_digest})}),
        "Retired.": (Status.RETIRED, {}),
    }
    found = await store.quotes.find(quote.id)
    assert (found.status, await store.quotes.read_blocked()) == done[kept.decision or ""]


async def test_a_flood_of_reports_crowds_out_itself(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.store.reports.MOST_OPEN", 5)
    flooded, other, third, fourth = [
        (await store.quotes.create(make_quote(f"Words number {number}"), Status.PUBLISHED, "Ann")).id
        for number in range(4)
    ]

    async def report(quote_id: str, words: str) -> None:
        await store.reports.add(Report(quote=quote_id, kind=MatchKind.EXACT, words=words, note=None))

    async def waiting() -> list[str]:
        shown, _ = await store.reports.list_by_state(ReportState.OPEN)
        return [each.quote_id for each in shown]

    await report(flooded, "a reader's")
    [first], _ = await store.reports.list_by_state(ReportState.OPEN)
    for number in range(4):
        await report(flooded, f"made up {number}")
    with pytest.raises(ReportsFull):
        await report(flooded, "made up as well")
    await report(other, "another reader's")
    await report(other, "a second reader's")
    assert await waiting() == [flooded] * 3 + [other] * 2
    assert await store.reports.find([first.id]) == [first]
    with pytest.raises(ReportsFull):  # no other has so many that this one would be the lesser
        await report(other, "a third reader's")
    await report(third, "a fourth reader's")
    assert await waiting() == [flooded] * 2 + [other] * 2 + [third]
    await report(fourth, "a fifth reader's")  # of two that have as many, the latest gives way
    assert await waiting() == [flooded] * 2 + [other, third, fourth]


async def test_matches_are_counted_by_day_quote_and_rating_and_old_counts_go(store: Store) -> None:
    today = dt.datetime.now(dt.UTC).date()
    long_ago = today - dt.timedelta(days=1_000)
    await store.match_counts.add({Counted(today, "q_a", "false"): 2, Counted(today, "q_b", "true"): 1})
    await store.match_counts.add({Counted(today, "q_a", "false"): 3, Counted(long_ago, "q_a", "false"): 9})
    assert await store.match_counts.sum_by_day(long_ago) == {(today, "false"): 5, (today, "true"): 1}
    most = await store.match_counts.list_most_matched(long_ago, 10)
    assert [(each.quote_id, each.count) for each in most] == [("q_a", 5), ("q_b", 1)]


async def test_the_overview_counts_what_waits(store: Store) -> None:
    quote = await store.quotes.create(make_quote(), Status.PUBLISHED, "Ann")
    await store.quotes.create(
        make_quote("Words of no rating", rating=None, label="Hm"), Status.IN_REVIEW, "Ann"
    )
    await store.reports.add(Report(quote=quote.id, kind=MatchKind.EXACT, words="w", note=None))
    retired = make_quote("Words that nobody rates any more", rating=None, label="Old")
    await store.quotes.create(retired, Status.RETIRED, "Ann")
    overview = await store.overviews.count()
    assert overview.by_status[Status.PUBLISHED] == overview.by_status[Status.IN_REVIEW] == 1
    assert (overview.open_reports, overview.unrated_checks) == (1, 1)
    assert [each.label for each in await store.overviews.list_unknown_labels()] == ["Hm"]
