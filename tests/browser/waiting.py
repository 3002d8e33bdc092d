"""Waiting for what a browser is about to do."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

# Much more than anything takes: machines that run tests are busy.
TIMEOUT_SECONDS = 30.0

T = TypeVar("T")


def await_value(get: Callable[[], T | None], pump: Callable[[], object]) -> T:
    """Return the first value of `get` that is one; `pump` lets the browser's events come in between."""
    end = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < end:
        if value := get():
            return value
        pump()
    raise AssertionError("what was waited for did not come")
