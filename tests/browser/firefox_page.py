"""A page in Firefox as a reader sees it, with the same face as `ReadPage`."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from tests.browser.firefox_popup import FirefoxPopup
from tests.browser.folders import OUTPUT
from tests.browser.scripts import (
    AWAIT_BADGE,
    AWAIT_PAINTED,
    AWAIT_TOOLTIP,
    OWN_ROOT,
    PLACE_OF_PAINTED,
    READ_PAINTED,
)
from tests.browser.waiting import await_value

if TYPE_CHECKING:
    from tests.browser.firefox import FirefoxReader

# The names that WebDriver gives to keys that are no characters.
KEYS = {"Escape": "\ue00c", "Tab": "\ue004", "Enter": "\ue007", "Shift": "\ue008"}


class FirefoxPage:
    def __init__(self, reader: FirefoxReader, tab: str) -> None:
        self.reader = reader
        self.tab = tab

    def goto(self, url: str) -> None:
        self._send("WebDriver:Navigate", url=url)

    def go_back(self) -> None:
        self._send("WebDriver:Back")

    def bring_to_front(self) -> None:
        self._send("WebDriver:SwitchToWindow", handle=self.tab, focus=True)

    def evaluate(self, function: str, argument: Any = None) -> Any:
        """Call a JavaScript function as the page's own code."""
        return self._call(function, argument)

    def press(self, key: str) -> None:
        value = KEYS.get(key, key)
        actions = [{"type": "keyDown", "value": value}, {"type": "keyUp", "value": value}]
        self._act({"type": "key", "id": "keyboard", "actions": actions})

    def move_pointer(self, x: float, y: float) -> None:
        self._move((x, y))

    def press_button(self) -> FirefoxPopup:
        self.bring_to_front()
        return self.reader.open_popup()

    def scan(self, before: str = "not_scanned") -> str:
        """Scan by hand through the popup, and return the state that it ends in."""
        popup = self.press_button()
        popup.await_state(before)
        popup.click("#act")
        state = popup.await_end()
        popup.close()
        return state

    def await_badge(self, text: str) -> None:
        self.reader.call_background(AWAIT_BADGE, text)

    def painted(self) -> list[str]:
        return list(self._call(READ_PAINTED))

    def await_painted(self, count: int) -> list[str]:
        self._call(AWAIT_PAINTED, count)
        return self.painted()

    def point_at(self, text: str) -> None:
        """Move the pointer onto the painted range that begins with `text`."""
        x, y = self._call(PLACE_OF_PAINTED, text)
        self._move((2, 2), (x - 3, y), (x, y))

    def tooltip(self, name: str = "") -> dict[str, Any]:
        return dict(self._call(AWAIT_TOOLTIP, True, name, sandbox="system"))

    def await_no_tooltip(self) -> None:
        self._call(AWAIT_TOOLTIP, False, sandbox="system")

    def in_tooltip(self, expression: str) -> Any:
        """Evaluate with `root`, the closed shadow root of what the extension shows on the page."""
        return self._call(
            f"() => {{ {OWN_ROOT} return (root => {expression})(ownRoot()); }}",
            sandbox="system",
        )

    def await_in_tooltip(self, condition: str) -> None:
        await_value(lambda: self.in_tooltip(condition))

    def screenshot(self, name: str) -> None:
        OUTPUT.mkdir(exist_ok=True)
        picture = self._send("WebDriver:TakeScreenshot", full=False)
        (OUTPUT / f"{name}.png").write_bytes(base64.b64decode(picture))

    def _move(self, *places: tuple[float, float]) -> None:
        moves = [{"type": "pointerMove", "x": round(x), "y": round(y), "duration": 20} for x, y in places]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": moves}
        self._act(mouse)

    def _act(self, actions: dict[str, Any]) -> None:
        self._send("WebDriver:PerformActions", actions=[actions])

    def _send(self, command: str, **parameters: Any) -> Any:
        self.reader.marionette.switch(self.tab)
        return self.reader.marionette(command, **parameters)

    def _call(self, function: str, *arguments: Any, sandbox: str | None = None) -> Any:
        self.reader.marionette.switch(self.tab)
        return self.reader.marionette.call(function, *arguments, sandbox=sandbox)
