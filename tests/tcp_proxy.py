"""A way to a server that can be cut and mended, as networks and restarts do."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType


class TcpProxy:
    """Hands on what comes to `port` to an address. `cut` breaks all connections and takes no new ones.

    `freeze` keeps all open, takes new ones, and hands nothing on any more, as a network does that loses everything.
    What `change` makes of what came from the address is handed on in its place.
    """

    def __init__(self, host: str, port: int, change: Callable[[bytes], bytes] | None = None) -> None:
        self._to = host, port
        self._change = change
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self._handing_on = threading.Event()
        self._handing_on.set()
        self.port = 0
        self.mend()

    def __enter__(self) -> TcpProxy:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()

    def mend(self) -> None:
        listener = socket.create_server(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def freeze(self) -> None:
        self._handing_on.clear()

    def thaw(self) -> None:
        self._handing_on.set()

    def cut(self) -> None:
        self.thaw()
        if self._listener is not None:
            # Shutting down wakes the thread that waits in accept; closing alone does not.
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        with self._lock:
            cut, self._open = self._open, set()
        for connection in cut:
            _close(connection)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self._to, timeout=10)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            with self._lock:
                self._open |= {near, far}
            for source, sink, change in ((near, far, None), (far, near, self._change)):
                threading.Thread(target=self._hand_on, args=(source, sink, change), daemon=True).start()

    def _hand_on(
        self, source: socket.socket, sink: socket.socket, change: Callable[[bytes], bytes] | None
    ) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                self._handing_on.wait()
                sink.sendall(change(data) if change else data)
        for end in (source, sink):
            _close(end)
        with self._lock:
            self._open -= {source, sink}


def _close(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
