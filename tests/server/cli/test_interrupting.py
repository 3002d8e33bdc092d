"""Ctrl-C ends a command, and leaves nothing behind in a database that others share."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.databases import count_connections, make_database
from tests.server_process import ServerProcess

ENDS_WITHIN_SECONDS = 10
FILL_CHANGES = """
    WITH RECURSIVE numbers(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 20000)
    INSERT INTO changes SELECT n, 'q_' || hex(randomblob(11)), 'create', 'Ann', '2026-11-25 10:00:00.000000', NULL,
        '{"text": "' || hex(zeroblob(3000)) || '"}' FROM numbers
"""


# Not each moment finds the driver waiting for what was cancelled.
@pytest.mark.parametrize("after_seconds", [0.1, 0.3, 0.4, 0.5])
def test_a_copy_that_is_interrupted_ends(after_seconds: float, tmp_path: Path) -> None:
    desk = ServerProcess(tmp_path)
    desk.run("db", "upgrade")
    with sqlite3.connect(tmp_path / "quotes.db") as file:
        file.execute(FILL_CHANGES)
    file.close()
    with make_database("postgresql", tmp_path) as target:
        copying = desk.begin("db", "copy", "--to", target)
        try:
            while not count_connections(target, "INSERT INTO changes%"):
                assert copying.poll() is None, "it ended before it was interrupted"
            with pytest.raises(subprocess.TimeoutExpired):
                copying.wait(after_seconds)
            copying.send_signal(signal.SIGINT)
            assert copying.wait(timeout=ENDS_WITHIN_SECONDS) != 0
        finally:
            copying.kill()
            copying.wait()
        assert count_connections(target) == 0
