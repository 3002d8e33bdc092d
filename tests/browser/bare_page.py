"""A page of a real browser in which the content script's parts are called one by one, without an extension."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.folders import TESTS

_ESBUILD = TESTS.parent / "extension" / "node_modules" / ".bin" / "esbuild"


class BarePage:
    """`call(name, …)` calls a function of `tests/extension/in-page.ts` in a world of the test's own."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.cdp = page.context.new_cdp_session(page)
        self._world = 0

    def show(self, html: str) -> None:
        self.page.set_content(html, wait_until="load")
        self.enter()

    def enter(self) -> None:
        """Begin anew on the page that is shown now."""
        frame = self.cdp.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = self.cdp.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "reading"})
        self._world = world["executionContextId"]
        self.evaluate(_bundle() + "; 0")

    def call(self, name: str, *arguments: Any) -> Any:
        return self.evaluate(f"reading.{name}({', '.join(map(json.dumps, arguments))})")

    def evaluate(self, expression: str) -> Any:
        answer = self.cdp.send(
            "Runtime.evaluate",
            {"contextId": self._world, "expression": expression, "returnByValue": True, "awaitPromise": True},
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def lines(self) -> list[str]:
        """The page's text as it was read, line by line, without white space at their ends."""
        lines = [" ".join(line.split(" ")).strip() for line in str(self.call("read")).split("\n")]
        return [line for line in lines if line]


@cache
def _bundle() -> str:
    entry = Path(TESTS) / "extension" / "in-page.ts"
    command = [
        str(_ESBUILD),
        str(entry),
        "--bundle",
        "--format=iife",
        "--charset=utf8",
        "--log-level=warning",
    ]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
