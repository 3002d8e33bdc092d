"""Waiting for what a browser is about to do."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

# Much more than anything takes: machines that run tests are busy.
TIMEOUT_SECONDS = 30.0
_TICK_SECONDS = 0.01

T = TypeVar("T")


def _pause() -> None:
    """Leave the time to the threads of this process, which have work to do, too."""
    time.sleep(_TICK_SECONDS)


def await_value(
    get: Callable[[], T | None],
    pump: Callable[[], object] = _pause,
    tell: Callable[[], object] = lambda: "nothing is known",
) -> T:
    """Return the first value of `get` that is one; `pump` lets the browser's events come in between.

    Where none comes, `tell` says how things stand.
    """
    end = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < end:
        if value := get():
            return value
        pump()
    raise AssertionError(f"what was waited for did not come: {tell()}")
