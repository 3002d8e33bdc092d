"""The window of the extension's button."""

from __future__ import annotations

import base64
import json
from typing import Any

from playwright.sync_api import CDPSession

from tests.browser.folders import OUTPUT
from tests.browser.popup_reading import PopupReading
from tests.browser.waiting import await_value


class Popup(PopupReading):
    """The real popup of the extension's button. Playwright does not know it: it is driven by its own session."""

    def __init__(self, cdp: CDPSession, target: str) -> None:
        self._cdp = cdp
        self._target = target
        self._answers: dict[int, dict[str, Any]] = {}
        self._count = 0
        cdp.on("Target.receivedMessageFromTarget", self._hear)
        attached = cdp.send("Target.attachToTarget", {"targetId": target, "flatten": False})
        self._session = attached["sessionId"]
        await_value(
            lambda: self.evaluate("document.readyState === 'complete' && document.body.dataset.state"),
            lambda: None,
        )

    def evaluate(self, expression: str) -> Any:
        answer = self.send(
            "Runtime.evaluate",
            expression=expression,
            returnByValue=True,
            awaitPromise=True,
            userGesture=True,
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        self._count += 1
        number = self._count
        message = json.dumps({"id": number, "method": method, "params": params})
        self._cdp.send("Target.sendMessageToTarget", {"sessionId": self._session, "message": message})
        answer = await_value(
            lambda: self._answers.pop(number, None), lambda: self._cdp.send("Target.getTargets")
        )
        assert "error" not in answer, answer["error"]
        return dict(answer["result"])

    def click(self, selector: str) -> None:
        self.evaluate(f"document.querySelector({json.dumps(selector)}).click()")

    def screenshot(self, name: str) -> None:
        OUTPUT.mkdir(exist_ok=True)
        picture = self.send("Page.captureScreenshot", format="png")["data"]
        (OUTPUT / f"{name}.png").write_bytes(base64.b64decode(picture))

    def close(self) -> None:
        self._cdp.remove_listener("Target.receivedMessageFromTarget", self._hear)
        self._cdp.send("Target.closeTarget", {"targetId": self._target})
        await_value(self._is_gone)

    def _is_gone(self) -> bool:
        targets = self._cdp.send("Target.getTargets")["targetInfos"]
        return all(target["targetId"] != self._target for target in targets)

    def _hear(self, event: dict[str, Any]) -> None:
        if event["sessionId"] != self._session:
            return
        message = json.loads(event["message"])
        if "id" in message:
            self._answers[message["id"]] = message
