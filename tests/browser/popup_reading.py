"""What a test reads in the popup, the same in every browser."""

from __future__ import annotations

import json
import time
from typing import Any

from tests.browser.waiting import TIMEOUT_SECONDS


class PopupReading:
    """Waits for, and reads, what stands in the popup's document; how an expression gets there is the browser's."""

    def evaluate(self, expression: str) -> Any:
        raise NotImplementedError

    def await_state(self, *states: str) -> str:
        self.await_that(f"{json.dumps(states)}.includes(document.body.dataset.state)")
        return str(self.evaluate("document.body.dataset.state"))

    def await_end(self) -> str:
        """Wait until a scan has ended, and return how."""
        state = self.await_state("none", "found", "failed", "password_field", "unreadable")
        if state == "failed":
            print(self.text())  # what is told of a test that did not expect it
        return state

    def await_text(self, selector: str, text: str) -> None:
        self.await_that(f"document.querySelector({json.dumps(selector)}).innerText === {json.dumps(text)}")

    def await_that(self, condition: str) -> None:
        end = time.monotonic() + TIMEOUT_SECONDS
        while not self.evaluate(f"Boolean({condition})"):
            assert time.monotonic() < end, f"waited for {condition}, but the popup says: {self.text()}"

    def text(self, selector: str = "body") -> str:
        return str(self.evaluate(f"document.querySelector({json.dumps(selector)}).innerText"))

    def is_visible(self, selector: str) -> bool:
        return bool(self.evaluate(f"document.querySelector({json.dumps(selector)}).checkVisibility()"))
