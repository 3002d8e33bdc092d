"""A page as a reader sees it: with what the extension paints and shows on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from playwright.sync_api import CDPSession, Page

from tests.browser.folders import OUTPUT
from tests.browser.popup import Popup
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
        self.in_own_world(f"({_AWAIT_REPORT})('{state}')")

    def await_badge(self, text: str) -> None:
        self.reader.background.evaluate(_AWAIT_BADGE, text)

    def painted(self) -> list[str]:
        """The texts of the painted ranges, in the order of the page; spans of one match stand apart."""
        return list(self.page.evaluate(_READ_PAINTED))

    def await_painted(self, count: int) -> list[str]:
        self.page.wait_for_function(f"({_READ_PAINTED})().length === {count}")
        return self.painted()

    def point_at(self, text: str) -> None:
        """Move the pointer onto the painted range that begins with `text`."""
        x, y = self.place_of(text)
        self.page.mouse.move(2, 2)
        self.page.mouse.move(x, y, steps=3)

    def place_of(self, text: str) -> tuple[float, float]:
        x, y = self.page.evaluate(_PLACE_OF_PAINTED, text)
        return float(x), float(y)

    def tooltip(self, name: str = "") -> dict[str, Any]:
        """Wait until the tooltip is open (and has this in its name), and return its parts as a reader sees them."""
        return dict(self.in_own_world(f"({_AWAIT_TOOLTIP})(true, {json.dumps(name)})"))

    def await_no_tooltip(self) -> None:
        self.in_own_world(f"({_AWAIT_TOOLTIP})(false)")

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


# The names end in look, surface and whether the words are the checked ones; other layers are left aside.
_READ_PAINTED = """() => {
    const ranges = [...CSS.highlights].filter(([name]) => /-[0-9][ld][vn]$/.test(name)).flatMap(([, h]) => [...h]);
    ranges.sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b));
    return ranges.map(range => range.toString()).filter(text => text);
}"""

_PLACE_OF_PAINTED = """text => {
    const ranges = [...CSS.highlights.values()].flatMap(highlight => [...highlight]);
    const range = ranges.find(range => range.toString().startsWith(text));
    range.startContainer.parentElement.scrollIntoView({block: 'center', behavior: 'instant'});
    const box = [...range.getClientRects()].find(box => box.width > 0);
    return [box.x + box.width / 2, box.y + box.height / 2];
}"""

# `until` gives the first value of `get` that is one, and gives up after a time that nothing takes.
_UNTIL = """const until = async get => {
    for (const end = performance.now() + 30_000; performance.now() < end;) {
        const value = await get();
        if (value) return value;
        await new Promise(done => setTimeout(done, 20));
    }
    throw new Error('what was waited for did not come');
};"""

_AWAIT_REPORT = f"""async state => {{
    {_UNTIL}
    await until(() => quotemark.report.state === state);
}}"""

_AWAIT_BADGE = f"""async text => {{
    {_UNTIL}
    const [tab] = await chrome.tabs.query({{active: true, lastFocusedWindow: true}});
    await until(async () => await chrome.action.getBadgeText({{tabId: tab.id}}) === text);
}}"""

_AWAIT_TOOLTIP = (
    """async (wanted, name = '') => {
    """
    + _UNTIL
    + """
    const open = () => {
        const root = chrome.dom.openOrClosedShadowRoot(document.documentElement.lastElementChild);
        return root?.querySelector('[role=dialog]:popover-open') ?? null;
    };
    if (!wanted) return until(() => open() === null);
    const card = await until(() => {
        const card = open();
        return card?.style.left && card.getAttribute('aria-label').includes(name) && card;
    });
    const part = name => card.querySelector(name)?.innerText ?? null;
    const parts = name => [...card.querySelectorAll(name)].map(element => element.innerText);
    const box = card.getBoundingClientRect();
    return {
        name: card.getAttribute('aria-label'), text: card.innerText, classes: card.className,
        label: part('.label'), ratedBy: part('.rated-by'), summary: part('.summary'), kind: part('.kind'),
        attribution: part('.attribution'), doubt: part('.doubt'), caution: part('.caution'),
        warnings: parts('.warning'), added: parts('ins'), dropped: parts('del'), others: parts('.others li'),
        link: card.querySelector('.full')?.href ?? null, reports: card.querySelector('.wrong') !== null,
        hasFocus: card.matches(':focus-within'), box: [box.left, box.top, box.right, box.bottom],
        html: card.outerHTML,
    };
}"""
)
