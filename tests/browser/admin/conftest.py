"""The curation pages' browser tests: a real server with quotes of every status, users of every role, a Chromium."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from server.models import Check, MatchKind, Quote, Report, Role, Status, Verdict
from server.passwords import hash_password
from server.samples import sample_page_path, sample_quotes
from server.store import Counted, Store
from server.visible_text import read_visible_text
from tests.browser.folders import CHROMIUM
from tests.browser.waiting import TIMEOUT_SECONDS
from tests.databases import make_database, run_apart
from tests.server_process import ServerProcess

PASSWORD = "a password for tests"

Open = Callable[..., Page]

expect.set_options(timeout=TIMEOUT_SECONDS * 1000)


@pytest.fixture(scope="session")
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServerProcess]:
    """A server with sample quotes, and a database of the kind that the tests ask for."""
    folder = tmp_path_factory.mktemp(f"curation-{request.param}")
    with make_database(request.param, folder) as database:
        run_apart(_furnish(database))
        with ServerProcess(folder, database=database) as server:
            yield server


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
    yield started
    started.close()


@pytest.fixture
def sign_in(chromium: Browser, house: ServerProcess) -> Iterator[Open]:
    """Open a browser of one's own, signed in with a role; scripts that fail, fail the test."""
    contexts = []

    def open_page(role: Role | str = Role.PUBLISHER, **options: object) -> Page:
        context = chromium.new_context(base_url=house.url, reduced_motion="reduce", **options)  # type: ignore[arg-type]
        context.set_default_timeout(TIMEOUT_SECONDS * 1000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.on("console", lambda line: failures.append(line.text) if _is_fault(line.text) else None)
        page.goto("/admin/sign-in")
        page.get_by_label("Name").fill(f"the {role}")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="Dashboard").wait_for()
        return page

    failures: list[str] = []
    yield open_page
    for context in contexts:
        context.close()
    assert failures == []


def _is_fault(line: str) -> bool:
    # That an act was refused is what some tests are about; that a policy was broken never is.
    return "Content Security Policy" in line or "htmx" in line.lower()


async def _furnish(database: str) -> None:
    store = await Store.open(database)
    try:
        hashed = await hash_password(PASSWORD)
        for role in Role:
            await store.users.add(f"the {role}", hashed, role, "tests")
        samples = sample_quotes()
        taken = await store.quotes.import_all(samples[:20], publish=True, may_publish=True, actor="tests")
        drafts = await store.quotes.import_all(samples[20:], publish=False, may_publish=True, actor="tests")
        for each in drafts[:3]:
            await store.quotes.move(each.quote.id, Status.IN_REVIEW, "tests")
        await store.quotes.create(_unrated(), Status.IN_REVIEW, "tests")
        await store.quotes.move(taken[0].quote.id, Status.RETIRED, "tests")
        note = "He says this of another country here."
        report = Report(
            quote=taken[1].quote.id, kind=MatchKind.ALTERED, words="some words of a page", note=note
        )
        await store.reports.add(report)
        await store.corpus.add(
            "The sample news page", read_visible_text(sample_page_path().read_bytes()), "tests"
        )
        today = dt.datetime.now(dt.UTC).date()
        ratings = ["false", "misleading", "true", "unsubstantiated", "mixed"]
        await store.match_counts.add(
            {
                Counted(today - dt.timedelta(days=at % 28), each.quote.id, ratings[at % 5]): (at * 7) % 23 + 1
                for at, each in enumerate([*taken, *taken])
            }
        )
    finally:
        await store.close()


def _unrated() -> Quote:
    check = Check(verdict=Verdict(label="Four Whoppers"), publisher="The Daily Check")
    return Quote(text="Nobody has ever rated these words before, and nobody will", checks=[check])
