"""What a browser's main threads were busy with, from its own trace."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import CDPSession

from tests.browser.waiting import await_value


class TaskTimes:
    """What the page's main thread did inside the context, task by task, in milliseconds of processor time."""

    def __init__(self, cdp: CDPSession) -> None:
        self._cdp = cdp
        self._events: list[dict[str, Any]] = []
        self._ended = False
        self._cdp.on("Tracing.dataCollected", lambda event: self._events.extend(event["value"]))
        self._cdp.on("Tracing.tracingComplete", lambda _event: setattr(self, "_ended", True))

    def __enter__(self) -> TaskTimes:
        self._cdp.send("Tracing.start", {"categories": "toplevel", "transferMode": "ReportEvents"})
        return self

    def __exit__(self, *_raised: object) -> None:
        self._cdp.send("Tracing.end")
        await_value(lambda: self._ended, lambda: self._cdp.send("Runtime.evaluate", {"expression": "0"}))

    def longest(self, count: int = 10) -> list[float]:
        return sorted(self._times(), reverse=True)[:count]

    def total(self) -> float:
        return sum(self._times())

    def _times(self) -> list[float]:
        """All tasks of renderers' main threads: the page's, and those of the popup."""
        mains = {
            (event["pid"], event["tid"])
            for event in self._events
            if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
        }
        return [
            event.get("tdur", 0) / 1000
            for event in self._events
            if event["name"] == "ThreadControllerImpl::RunTask" and (event["pid"], event["tid"]) in mains
        ]
