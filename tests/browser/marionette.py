"""Firefox's own remote protocol: WebDriver's commands and some more, as JSON over a socket."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.browser.waiting import TIMEOUT_SECONDS


class Marionette:
    """A connection to a Firefox that was started with `--marionette`, with one session in it.

    It speaks to one tab at a time (`switch`), or, inside `chrome()`, to the browser's own window.
    """

    def __init__(self, port: int) -> None:
        self._socket = _connect(port)
        self._received = b""
        self._count = 0
        self._tab = ""
        self._receive()  # the server's greeting
        self("WebDriver:NewSession", capabilities={"alwaysMatch": {}})

    def __call__(self, command: str, **parameters: Any) -> Any:
        self._count += 1
        message = json.dumps([0, self._count, command, parameters]).encode()
        self._socket.sendall(str(len(message)).encode() + b":" + message)
        _type, _number, error, result = self._receive()
        assert error is None, f"{command}: {error['error']}: {error['message']}"
        return result["value"] if isinstance(result, dict) and set(result) == {"value"} else result

    def switch(self, tab: str) -> None:
        if tab != self._tab:
            self("WebDriver:SwitchToWindow", handle=tab, focus=False)
            self._tab = tab

    @contextmanager
    def chrome(self) -> Iterator[None]:
        """Scripts run in the browser's own window, with all its rights."""
        self("Marionette:SetContext", value="chrome")
        try:
            yield
        finally:
            self("Marionette:SetContext", value="content")

    def call(self, function: str, *arguments: Any, sandbox: str | None = None) -> Any:
        """Call a JavaScript function, and return what it or its promise gives.

        Without a sandbox it runs as the page's own code; `sandbox="system"` runs it with the browser's rights.
        """
        script = (
            "const [done, ...rest] = [arguments[arguments.length - 1], ...[...arguments].slice(0, -1)];"
            f"Promise.resolve().then(() => ({function})(...rest))"
            ".then(value => done([value ?? null, null]), fault => done([null, String(fault)]));"
        )
        value, fault = self(
            "WebDriver:ExecuteAsyncScript",
            script=script,
            args=list(arguments),
            sandbox=sandbox,
            scriptTimeout=int(TIMEOUT_SECONDS * 1000),
        )
        assert fault is None, fault
        return value

    def close(self) -> None:
        self._socket.close()

    def _receive(self) -> Any:
        while b":" not in self._received:
            self._received += self._read_some()
        length, _, rest = self._received.partition(b":")
        while len(rest) < int(length):
            rest += self._read_some()
        self._received = rest[int(length) :]
        return json.loads(rest[: int(length)])

    def _read_some(self) -> bytes:
        some = self._socket.recv(1 << 16)
        assert some, "Firefox has gone"
        return some


def _connect(port: int) -> socket.socket:
    end = time.monotonic() + 2 * TIMEOUT_SECONDS
    while time.monotonic() < end:
        try:
            connected = socket.create_connection(("127.0.0.1", port))
        except OSError:
            time.sleep(0.05)
        else:
            connected.settimeout(4 * TIMEOUT_SECONDS)
            return connected
    raise AssertionError("Firefox did not start")
