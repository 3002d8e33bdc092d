"""A page as a reader sees it: with what the extension paints and shows on it."""

from __future__ import annotations

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

    def scan(self) -> str:
        """Scan by hand through the popup, and return the state that it ends in."""
        popup = self.press_button()
        popup.await_state("not_scanned")
        popup.click("#act")
        state = popup.await_end()
        popup.close()
        return state

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

    def tooltip(self) -> dict[str, Any]:
        """Wait until the tooltip is open, and return its parts as a reader sees them."""
        return dict(self.in_own_world(f"({_AWAIT_TOOLTIP})(true)"))

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
        return next((world for world in self._worlds if world["origin"] == origin), None)


# The names end in look, surface and whether the words are the checked ones; other layers are left aside.
_READ_PAINTED = """() => {
    const ranges = [...CSS.highlights].filter(([name]) => /-[0-9][ld][vn]$/.test(name)).flatMap(([, h]) => [...h]);
    ranges.sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b));
    return ranges.map(range => range.toString());
}"""

_PLACE_OF_PAINTED = """text => {
    const ranges = [...CSS.highlights.values()].flatMap(highlight => [...highlight]);
    const range = ranges.find(range => range.toString().startsWith(text));
    range.startContainer.parentElement.scrollIntoView({block: 'center', behavior: 'instant'});
    const box = [...range.getClientRects()].find(box => box.width > 0);
    return [box.x + box.width / 2, box.y + box.height / 2];
}"""

_AWAIT_TOOLTIP = """async wanted => {
    const part = (card, name) => card.querySelector(name)?.innerText ?? null;
    const parts = (card, name) => [...card.querySelectorAll(name)].map(element => element.innerText);
    for (;;) {
        const host = document.documentElement.lastElementChild;
        const card = chrome.dom.openOrClosedShadowRoot(host)?.querySelector('[role=dialog]:popover-open');
        if (!wanted && !card) return {};
        if (wanted && card?.style.left) {
            const box = card.getBoundingClientRect();
            return {
                name: card.getAttribute('aria-label'), text: card.innerText, classes: card.className,
                label: part(card, '.label'), ratedBy: part(card, '.rated-by'), summary: part(card, '.summary'),
                kind: part(card, '.kind'), attribution: part(card, '.attribution'), caution: part(card, 'footer'),
                warnings: parts(card, '.warning'), added: parts(card, 'ins'), dropped: parts(card, 'del'),
                others: parts(card, '.others li'), doubt: part(card, '.doubt'),
                link: card.querySelector('.full')?.href ?? null,
                reports: card.querySelector('.wrong') !== null, hasFocus: card.matches(':focus-within'),
                box: [box.left, box.top, box.right, box.bottom], html: card.outerHTML,
            };
        }
        await new Promise(resolve => requestAnimationFrame(resolve));
    }
}"""
