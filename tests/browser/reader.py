"""A reader: a real Chromium with the unpacked extension, and what a person can see and do in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import BrowserContext, Page, Playwright, Worker

from tests.browser.folders import CHROMIUM, EXTENSION
from tests.browser.news_site import HOST
from tests.browser.popup import Popup
from tests.browser.read_page import ReadPage
from tests.browser.waiting import TIMEOUT_SECONDS, await_value

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-extension-debugging",
    f"--disable-extensions-except={EXTENSION}",
    f"--load-extension={EXTENSION}",
    # No name but the news site's leads anywhere.
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1, MAP *.{HOST} 127.0.0.1, EXCLUDE 127.0.0.1, MAP * ~NOTFOUND",
]

T = TypeVar("T")


class Reader:
    """One browser with a fresh profile; `close` it after use."""

    def __init__(self, playwright: Playwright, profile: Path, **options: Any) -> None:
        assert CHROMIUM.exists(), "Chromium is missing: run `bash .ci/install-browsers`"
        assert (EXTENSION / "manifest.json").exists(), "The extension is not built: run `make extension`"
        self.context: BrowserContext = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=CHROMIUM,
            headless=True,
            chromium_sandbox=False,
            args=FLAGS,
            **{"viewport": {"width": 1180, "height": 800}, "reduced_motion": "reduce"} | options,
        )
        self.context.set_default_timeout(TIMEOUT_SECONDS * 1000)
        assert self.context.browser is not None
        self._cdp = self.context.browser.new_browser_cdp_session()
        self.extension_id = self.background.url.split("/")[2]
        # The welcome page opens after installation: wait for it, so that it can't come between later.
        self._await(
            lambda: [page for page in self.context.pages if page.url == self.page_url("welcome.html")]
        )

    @property
    def background(self) -> Worker:
        """The service worker; it is waited for where it has not started yet."""
        workers = self.context.service_workers
        return workers[0] if workers else self.context.wait_for_event("serviceworker")

    def page_url(self, name: str) -> str:
        return f"chrome-extension://{self.extension_id}/{name}"

    def close(self) -> None:
        self.context.close()

    def forget(self) -> None:
        """Put everything back as after installation: settings, leave for sites, pages."""
        for page in self.context.pages[1:]:
            page.close()
        self.background.evaluate(
            """async () => {
                const {origins} = await chrome.permissions.getAll();
                if (origins.length) await chrome.permissions.remove({origins});
                await chrome.storage.local.clear();
                await chrome.storage.session.clear();
            }"""
        )

    def set(self, **settings: Any) -> None:
        self.background.evaluate("settings => chrome.storage.local.set(settings)", settings)

    def open(self, url: str) -> ReadPage:
        page = self.context.new_page()
        read = ReadPage(self, page)
        page.goto(url)
        page.bring_to_front()
        return read

    def open_options(self) -> Page:
        page = self.context.new_page()
        page.goto(self.page_url("options.html"))
        page.locator("main:not([aria-busy])").wait_for()
        return page

    def await_scripts(self, count: int = 1) -> None:
        """Wait until the browser runs the content script by rule, or (0) no longer does."""
        scripts = "chrome.scripting.getRegisteredContentScripts().then(scripts => scripts.length)"
        self._await(lambda: self.background.evaluate(scripts) == count)

    def scan_all_sites(self) -> Page:
        """Choose in the options, which are returned, that all sites are scanned."""
        self.allow("*://*/*")
        options = self.open_options()
        options.get_by_label("Always on all sites").check()
        self.await_scripts()
        return options

    def press_button(self, url: str) -> Popup:
        """Click the extension's button in the tab that shows `url`, as a person does: this gives leave for the tab."""
        targets = self._cdp.send("Target.getTargets", {"filter": [{"type": "tab", "exclude": False}]})[
            "targetInfos"
        ]
        tab = next(target for target in targets if target["url"] == url)
        self._cdp.send("Extensions.triggerAction", {"id": self.extension_id, "targetId": tab["targetId"]})
        target = self._await(self._popup_target)
        return Popup(self._cdp, target["targetId"])

    def reload_extension(self) -> None:
        """Have the browser start the extension anew, as an update does."""
        self._start_anew("chrome.developerPrivate.reload(id, {failQuietly: true})")

    def allow_private_windows(self) -> None:
        """Let the extension into private windows; it starts anew for that."""
        self._start_anew(
            "chrome.developerPrivate.updateExtensionConfiguration({extensionId: id, incognitoAccess: true})"
        )

    def _start_anew(self, act: str) -> None:
        """Do what makes the browser start the extension anew, and wait until it has."""
        before = self.background
        settings = self.context.new_page()
        settings.goto("chrome://extensions/")
        settings.evaluate(
            f"""async id => {{
                // Else the browser takes an extension of a folder for one that is not wanted.
                await chrome.developerPrivate.updateProfileConfiguration({{inDeveloperMode: true}});
                await {act};
            }}""",
            self.extension_id,
        )
        # Chromium falls over its own feet where the button is pressed before.
        started = self._await(
            lambda: [worker for worker in self.context.service_workers if worker is not before]
        )
        started[0].evaluate("chrome.action.getBadgeText({})")
        settings.close()

    def press_keys(self, command: str) -> None:
        """Do what the browser does when the keys of a command of the manifest are pressed."""
        self.background.evaluate(
            """async command => {
                const [tab] = await chrome.tabs.query({active: true, lastFocusedWindow: true});
                chrome.commands.onCommand.dispatch(command, tab);
            }""",
            command,
        )

    def allow(self, *origins: str) -> None:
        """Answer the browser's own question about leave for these origins with yes, before it is asked."""
        settings = self.context.new_page()
        settings.goto("chrome://extensions/")
        for origin in origins:
            settings.evaluate(
                "([id, origin]) => chrome.developerPrivate.addHostPermission(id, origin)",
                [self.extension_id, origin],
            )
        settings.close()

    def _popup_target(self) -> dict[str, Any] | None:
        targets = self._cdp.send("Target.getTargets")["targetInfos"]
        return next((target for target in targets if target["url"] == self.page_url("popup.html")), None)

    def _await(self, get: Callable[[], T | None]) -> T:
        return await_value(get, lambda: self._cdp.send("Target.getTargets"))
