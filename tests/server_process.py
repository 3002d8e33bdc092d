"""A real server in a process of its own, with a database of its own."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import IO, Any

import httpx

from server.models import Role
from server.store import Store
from tests.databases import run_apart

WITHIN_SECONDS = 60
STOPPED_WITHIN_SECONDS = 15
_TICK_SECONDS = 0.02


class ServerProcess:
    """`quotemark serve` on a free port of 127.0.0.1.

    `url` is its address, `token` allows everything; without a `database` it has an SQLite file of its own. A context manager: it is ready inside, and gone after.
    """

    def __init__(self, folder: Path, database: str | None = None, **settings: object) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.database = database or f"sqlite+aiosqlite:///{folder / 'quotes.db'}"
        self.port = find_free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self._environment = os.environ | {
            f"QUOTEMARK_{name.upper()}": str(value) for name, value in settings.items()
        }
        self._environment["QUOTEMARK_DATABASE"] = self.database
        self._environment["QUOTEMARK_SNAPSHOT_FOLDER"] = str(folder / "snapshots")
        self._process: subprocess.Popen[bytes] | None = None
        self.token = ""
        self.client = httpx.Client(base_url=self.url, timeout=30)

    def __enter__(self) -> ServerProcess:
        self.token = self.create_token("tests", "admin")
        self.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self.client.close()
        self.stop()

    def start(self, *command: str) -> None:
        """Start `quotemark serve`, or another command that serves on the same port."""
        command = command or ("serve", "--port", str(self.port))
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*_QUOTEMARK, *command],
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        self.await_that(lambda: self.client.get("/readyz").status_code == httpx.codes.OK, "become ready")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def tell_to_stop(self) -> None:
        """Send SIGTERM, and do not wait."""
        assert self._process is not None
        self._process.terminate()

    def stop(self) -> int:
        """Ask the server to stop, and return its exit code when it has."""
        if self._process is None:
            return 0
        process, self._process = self._process, None
        process.terminate()
        try:
            return process.wait(timeout=STOPPED_WITHIN_SECONDS)
        finally:
            process.kill()
            process.wait()

    def kill(self) -> None:
        """End the server at once, as a crash would."""
        assert self._process is not None
        process, self._process = self._process, None
        process.kill()
        process.wait()

    def run(self, *arguments: str, stdin: str = "") -> str:
        """Run another command on the server's database, and return what it prints."""
        done = self.attempt(*arguments, stdin=stdin)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def attempt(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run another command on the server's database, and return how it went."""
        return subprocess.run(
            [*_QUOTEMARK, *arguments],
            env=self._environment,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    def attempt_in_shell(
        self, command: str, stdin: bytes = b"", encoding: str = "utf-8"
    ) -> subprocess.CompletedProcess[str]:
        """Run another command as a shell does, which can redirect its streams; `encoding` is the terminal's."""
        done = subprocess.run(  # noqa: S602 - a shell is what is asked for
            f"{shlex.join(_QUOTEMARK)} {command}",
            shell=True,
            env=self._environment | {"PYTHONIOENCODING": encoding},
            input=stdin,
            capture_output=True,
            check=False,
        )
        told, faults = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        return subprocess.CompletedProcess(done.args, done.returncode, told, faults)

    def begin(self, *arguments: str, stdout: int | IO[bytes] = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Begin another command on the server's database, as in the foreground, and return its process."""
        return subprocess.Popen(
            [*_QUOTEMARK, *arguments],
            env=self._environment,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
            # A shell's background jobs, and what they start, ignore Ctrl-C.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )

    def create_token(self, name: str, role: str) -> str:
        return run_apart(_create_token(self.database, name, Role(role)))

    def publish(self, quote: Mapping[str, Any]) -> str:
        """Create a published quote of this form (see `Quote` in server/models.py), and return its id."""
        answer = self.client.post("/v1/quotes", json={**quote, "status": "published"}, headers=self.headers())
        answer.raise_for_status()
        return str(answer.json()["id"])

    def match(self, text: str, **fields: str) -> dict[str, Any]:
        answer = self.client.post("/v1/match", json={"text": text} | fields)
        answer.raise_for_status()
        return dict(answer.json())

    def await_caught_up(self) -> None:
        """Return when the server matches all that its database holds."""
        self.await_that(lambda: self.client.get("/readyz").json()["lag"] == 0, "catch up")

    def await_logged(self, words: str, times: int = 1) -> None:
        """Return when the server has logged some words so many times."""
        self.await_that(lambda: self.log.read_text("utf-8").count(words) >= times, f"log {words!r}")

    def headers(self, token: str | None = None) -> dict[str, str]:
        return {"Authorization": f"Bearer {token or self.token}"}

    def await_that(self, happened: Callable[[], bool], what: str) -> None:
        """Return when it has happened; fail where the server ends before, or it takes too long."""
        assert self._process is not None
        for _ in range(int(WITHIN_SECONDS / _TICK_SECONDS)):
            try:
                if happened():
                    return
            except httpx.TransportError:
                pass
            try:
                # Waiting for its end is the tick: a server that dies is noticed at once.
                self._process.wait(timeout=_TICK_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            break
        raise AssertionError(f"the server did not {what}:\n{self.log.read_text()}")


_QUOTEMARK = [sys.executable, "-c", "from server.cli import main; main()"]


async def _create_token(database: str, name: str, role: Role) -> str:
    store = await Store.open(database)
    try:
        return await store.tokens.create(name, role, "tests")
    finally:
        await store.close()


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
