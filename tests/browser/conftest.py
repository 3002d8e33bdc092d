"""The browser tests' cast: a server with published quotes, a wire to it, a news site, and a reader."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright, sync_playwright

from tests.browser.bare_page import BarePage
from tests.browser.faces import AnyReader
from tests.browser.firefox import FirefoxReader
from tests.browser.folders import CHROMIUM
from tests.browser.news_site import NewsSite
from tests.browser.quotes import QUOTES
from tests.browser.reader import Reader
from tests.browser.wire import Wire
from tests.server_process import ServerProcess

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser's tests after all others.

    Playwright's synchronous face keeps an event loop running in the main thread until it is stopped, and no
    other test could run a loop of its own beside it.
    """
    items.sort(key=lambda item: item.path.is_relative_to(_HERE))


@pytest.fixture(scope="session")
def quote_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A real server that has the quotes of `quotes.py` published."""
    with ServerProcess(tmp_path_factory.mktemp("server")) as server:
        for quote in QUOTES:
            server.publish(quote)
        yield server


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def site() -> Iterator[NewsSite]:
    with NewsSite() as served:
        yield served


@pytest.fixture
def wire(quote_server: ServerProcess) -> Iterator[Wire]:
    with Wire(quote_server.port) as opened:
        yield opened


@pytest.fixture
def no_filter(wire: Wire) -> None:
    """The server has no filter: what is asked about is all that was read."""
    wire.offers_filter = False


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Reader]:
    """One browser for all tests that leave no lasting trace in it."""
    profile = Path(tempfile.mkdtemp(prefix="quotemark-profile-"))
    reader = Reader(playwright, profile)
    yield reader
    reader.close()
    shutil.rmtree(profile, ignore_errors=True)


@pytest.fixture
def reader(browser: Reader, wire: Wire) -> Reader:
    """A reader who has just installed the extension, with the server that the wire leads to."""
    browser.forget()
    browser.set(server=wire.url)
    return browser


@pytest.fixture
def lone(playwright: Playwright, wire: Wire) -> Iterator[Reader]:
    """A reader in a browser of their own, which keeps pages that were left, as browsers do outside of tests."""
    profile = Path(tempfile.mkdtemp(prefix="quotemark-profile-"))
    reader = Reader(playwright, profile, ignore_default_args=["--disable-back-forward-cache"])
    reader.set(server=wire.url)
    yield reader
    reader.close()
    shutil.rmtree(profile, ignore_errors=True)


@pytest.fixture(scope="session")
def firefox() -> Iterator[FirefoxReader]:
    """One Firefox for all tests in it."""
    profile = Path(tempfile.mkdtemp(prefix="quotemark-firefox-"))
    reader = FirefoxReader(profile)
    yield reader
    reader.close()
    shutil.rmtree(profile, ignore_errors=True)


@pytest.fixture(params=["browser", "firefox"], ids=["chromium", "firefox"])
def any_reader(request: pytest.FixtureRequest, wire: Wire) -> AnyReader:
    """Like `reader`, in one browser after the other."""
    reader: AnyReader = request.getfixturevalue(request.param)
    reader.forget()
    reader.set(server=wire.url)
    return reader


@pytest.fixture(scope="session")
def bare_context(playwright: Playwright) -> Iterator[BrowserContext]:
    """A browser without the extension, and without a way to any other machine."""
    flags = ["--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM, headless=True, chromium_sandbox=False, args=flags
    )
    yield browser.new_context()
    browser.close()


@pytest.fixture
def bare(bare_context: BrowserContext) -> Iterator[BarePage]:
    page = bare_context.new_page()
    yield BarePage(page)
    page.close()
