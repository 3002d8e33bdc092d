"""A reader with a real Firefox: what a person can see and do in it, with the same face as `Reader`."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from pathlib import Path
from typing import Any

from tests.browser.firefox_page import FirefoxPage
from tests.browser.firefox_popup import FirefoxPopup
from tests.browser.folders import FIREFOX, FIREFOX_EXTENSION
from tests.browser.marionette import Marionette
from tests.browser.news_site import HOST
from tests.browser.scripts import UNTIL
from tests.browser.waiting import TIMEOUT_SECONDS

EXTENSION_ID = "quotemark@quotemark.example"  # as scripts/manifest.mjs names it
# The extension's pages stand at this name, which Firefox would else draw by lot for each profile.
ORIGIN = "moz-extension://11111111-2222-4333-8444-555555555555"

PREFERENCES: dict[str, Any] = {
    "extensions.webextensions.uuids": json.dumps({EXTENSION_ID: ORIGIN.removeprefix("moz-extension://")}),
    # No name but the news site's leads anywhere, and Firefox itself asks no one for anything.
    "network.dns.localDomains": HOST,
    "network.proxy.type": 0,
    "network.trr.mode": 5,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.region.network.url": "",
    "browser.safebrowsing.update.enabled": False,
    "browser.search.update": False,
    "services.settings.server": "data:,",
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "app.update.auto": False,
    "app.normandy.enabled": False,
    "extensions.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    # Tests move the focus about: popups stay open until they are closed.
    "ui.popup.disable_autohide": True,
    "ui.prefersReducedMotion": 1,
    # Frame scripts of the tests reach into the popup.
    "security.allow_parent_unrestricted_js_loads": True,
}
PROMPTS = "extensions.webextOptionalPermissionPrompts"


class FirefoxReader:
    """One Firefox with a fresh profile in `folder`; `close` it after use.

    `is_private`: the extension may run in private windows, too, as the reader can allow. `preferences`: beside those
    of all tests.
    """

    def __init__(
        self, folder: Path, is_private: bool = False, preferences: dict[str, Any] | None = None
    ) -> None:
        assert FIREFOX.exists(), "Firefox is missing: run `bash .ci/install-browsers`"
        assert (FIREFOX_EXTENSION / "manifest.json").exists(), (
            "The extension is not built: run `make extension`"
        )
        port = _find_free_port()
        _write_preferences(folder, PREFERENCES | {"marionette.port": port} | (preferences or {}))
        self._log = (folder / "firefox.log").open("wb")
        flags = ["--headless", "--marionette", "--remote-allow-system-access", "--no-remote"]
        self._process = subprocess.Popen(
            [FIREFOX, *flags, "--profile", folder],
            env=os.environ
            | {"HOME": str(folder), "MOZ_HEADLESS_WIDTH": "1180", "MOZ_HEADLESS_HEIGHT": "885"},
            stdout=self._log,
            stderr=self._log,
        )
        self.marionette = Marionette(port)
        addon = {"path": str(FIREFOX_EXTENSION), "temporary": True, "allowPrivateBrowsing": is_private}
        self.marionette("Addon:Install", **addon)
        # A page of the extension in a tab of its own: from there the background's interfaces are called.
        self._desk: str = self.marionette("WebDriver:GetWindowHandles")[0]
        self._go(self._desk, self.page_url("options.html"))
        self.call_background("()=>0")

    def page_url(self, name: str) -> str:
        return f"{ORIGIN}/{name}"

    def close(self) -> None:
        self.marionette("Marionette:Quit", flags=["eForceQuit"])
        self.marionette.close()
        try:
            self._process.wait(timeout=TIMEOUT_SECONDS)
        finally:
            self._process.kill()
            self._process.wait()
            self._log.close()

    def forget(self) -> None:
        """Put everything back as after installation: settings, leave for sites, pages."""
        self._set_preference(PROMPTS, True)
        for tab in self.marionette("WebDriver:GetWindowHandles"):
            if tab != self._desk:
                self.marionette.switch(tab)
                self.marionette("WebDriver:CloseWindow")
        self.call_background(
            """async () => {
                const {origins} = await browser.permissions.getAll();
                if (origins.length) await browser.permissions.remove({origins});
                await browser.storage.local.clear();
                await browser.storage.session.clear();
            }"""
        )

    def set(self, **settings: Any) -> None:
        self.call_background("settings => browser.storage.local.set(settings)", settings)

    def open(self, url: str, is_private: bool = False, is_seen: bool = True) -> FirefoxPage:
        """Open a page in a tab, or a private window, of its own: in sight, or behind the tab that is."""
        kind = "window" if is_private else "tab"
        new = self.marionette("WebDriver:NewWindow", type=kind, focus=is_seen, private=is_private)
        tab: str = new["handle"]
        self.marionette("WebDriver:SwitchToWindow", handle=tab, focus=is_seen)
        page = FirefoxPage(self, tab)
        page.goto(url)
        return page

    def allow(self, *_origins: str) -> None:
        """Answer the browser's own questions about leave for sites with yes, before they are asked."""
        self._set_preference(PROMPTS, False)

    def await_scripts(self, count: int = 1) -> None:
        """Wait until the browser runs the content script by rule, or (0) no longer does."""
        self.call_background(
            f"""async count => {{
                {UNTIL}
                await until(async () => (await browser.scripting.getRegisteredContentScripts()).length === count);
            }}""",
            count,
        )

    def press_keys(self, command: str) -> None:
        """Do what the browser does when the keys of a command of the manifest are pressed."""
        modifiers = {"next-match": "alt", "previous-match": "alt,shift"}[command]
        with self.marionette.chrome():
            self.marionette.call(
                """modifiers => Services.wm.getMostRecentWindow('navigator:browser').document
                    .querySelector(`keyset[id*='ext-keyset'] key[modifiers='${modifiers}'][key='Q']`).doCommand()""",
                modifiers,
                sandbox="system",
            )

    def open_popup(self) -> FirefoxPopup:
        return FirefoxPopup(self.marionette, EXTENSION_ID)

    def call_background(self, function: str, *arguments: Any) -> Any:
        self.marionette.switch(self._desk)
        return self.marionette.call(function, *arguments)

    def _go(self, tab: str, url: str) -> None:
        self.marionette.switch(tab)
        self.marionette("WebDriver:Navigate", url=url)

    def _set_preference(self, name: str, value: bool) -> None:
        with self.marionette.chrome():
            self.marionette.call(
                "(name, value) => Services.prefs.setBoolPref(name, value)", name, value, sandbox="system"
            )


def _write_preferences(folder: Path, preferences: dict[str, Any]) -> None:
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items()]
    (folder / "user.js").write_text("".join(lines), encoding="utf-8")


def _find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
