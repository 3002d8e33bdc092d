"""A page as a reader sees it: with what the extension paints and shows on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from playwright.sync_api import CDPSession, Page

from tests.browser.folders import OUTPUT
from tests.browser.popup import Popup
from tests.browser.scripts import (
    AWAIT_BADGE,
    AWAIT_PAINTED,
    AWAIT_REPORT,
    AWAIT_TOOLTIP,
    OWN_ROOT,
    PLACE_OF_PAINTED,
    READ_PAINTED,
)
from tests.browser.waiting import await_value

if TYPE_CHECKING:
    from tests.browser.reader import Reader


class ReadPage:
    def __init__(self, reader: Reader, page: Page) -> None:
        self.reader = reader
        self.page = page
        self._worlds: list[dict[str, Any]] = []
        self.cdp: CDPSession = reader.context.new_cdp_session(page)
        self.cdp.on("Runtime.executionContextCreated", lambda event: self._worlds.append(event["context"]))
        self.cdp.on("Runtime.executionContextsCleared", lambda _event: self._worlds.clear())
        self.cdp.send("Runtime.enable")

    def goto(self, url: str) -> None:
        self.page.goto(url)

    def evaluate(self, function: str, argument: Any = None) -> Any:
        """Call a JavaScript function as the page's own code."""
        return self.page.evaluate(function, argument)

    def await_change(self, function: str, before: Any) -> Any:
        """Wait until the function no longer gives this, and return what it gives then."""
        return await_value(lambda: (now := self.evaluate(function)) != before and now)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def move_pointer(self, x: float, y: float) -> None:
        self.page.mouse.move(x, y, steps=4)

    def press_button(self) -> Popup:
        self.page.bring_to_front()
        return self.reader.press_button(self.page.url)

    def scan(self, before: str = "not_scanned") -> str:
        """Scan by hand through the popup, and return the state that it ends in."""
        popup = self.press_button()
        popup.await_state(before)
        popup.click("#act")
        state = popup.await_end()
        popup.close()
        return state

    def state(self) -> str:
        return str(self.in_own_world("quotemark.report.state"))

    def await_state(self, state: str) -> None:
        self.in_own_world(f"({AWAIT_REPORT})('{state}')")

    def await_badge(self, text: str) -> None:
        self.reader.background.evaluate(AWAIT_BADGE, text)

    def painted(self) -> list[str]:
        """The texts of the painted ranges, in the order of the page; spans of one match stand apart."""
        return list(self.page.evaluate(READ_PAINTED))

    def await_painted(self, count: int) -> list[str]:
        self.page.evaluate(AWAIT_PAINTED, count)
        return self.painted()

    def point_at(self, text: str) -> None:
        """Move the pointer onto the painted range that begins with `text`."""
        x, y = self.place_of(text)
        self.page.mouse.move(2, 2)
        self.page.mouse.move(x, y, steps=3)

    def place_of(self, text: str) -> tuple[float, float]:
        x, y = self.page.evaluate(PLACE_OF_PAINTED, text)
        return float(x), float(y)

    def tooltip(self, name: str = "") -> dict[str, Any]:
        """Wait until the tooltip is open (and has this in its name), and return its parts as a reader sees them."""
        return dict(self.in_own_world(f"({AWAIT_TOOLTIP})(true, {json.dumps(name)})"))

    def await_no_tooltip(self) -> None:
        self.in_own_world(f"({AWAIT_TOOLTIP})(false)")

    def in_tooltip(self, expression: str) -> Any:
        """Evaluate with `root`, the tooltip's closed shadow root."""
        return self.in_own_world(f"(() => {{ {OWN_ROOT} return (root => {expression})(ownRoot()); }})()")

    def place_in_tooltip(self, selector: str) -> tuple[float, float]:
        """The middle of an element in the shadow root of what the extension shows."""
        place = "(box => [box.x + box.width / 2, box.y + box.height / 2])"
        x, y = self.in_tooltip(f"{place}(root.querySelector({selector!r}).getBoundingClientRect())")
        return float(x), float(y)

    def await_in_tooltip(self, condition: str) -> None:
        await_value(lambda: self.in_tooltip(condition))

    def in_own_world(self, expression: str) -> Any:
        """Evaluate in the world of the extension's content script, which pages can't see."""
        world = await_value(self._own_world, lambda: self.cdp.send("Runtime.evaluate", {"expression": "0"}))
        answer = self.cdp.send(
            "Runtime.evaluate",
            {"contextId": world["id"], "expression": expression, "returnByValue": True, "awaitPromise": True},
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def screenshot(self, name: str) -> None:
        OUTPUT.mkdir(exist_ok=True)
        self.page.screenshot(path=OUTPUT / f"{name}.png")

    def _own_world(self) -> dict[str, Any] | None:
        origin = f"chrome-extension://{self.reader.extension_id}"
        frame = self.cdp.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        worlds = [world for world in self._worlds if world["auxData"].get("frameId") == frame]
        return next((world for world in worlds if world["origin"] == origin), None)
