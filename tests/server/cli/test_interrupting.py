"""Ctrl-C ends a command, and leaves nothing behind in a database that others share."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
from pathlib import Path

import pytest

from server.cli.importing import QUOTES_AT_ONCE
from tests.databases import count_connections, make_database
from tests.server_process import ServerProcess

ENDS_WITHIN_SECONDS = 10
FILL_CHANGES = """
    WITH RECURSIVE numbers(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 20000)
    INSERT INTO changes (revision, quote_id, action, actor, at, before, after)
    SELECT n, 'q_' || hex(randomblob(11)), 'create', 'Ann', '2026-11-25 10:00:00.000000', NULL,
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


def test_an_import_that_is_interrupted_tells_what_is_kept_and_goes_on_when_repeated(tmp_path: Path) -> None:
    desk, rows, told = ServerProcess(tmp_path), 6 * QUOTES_AT_ONCE, tmp_path / "told"
    desk.run("db", "upgrade")
    table = tmp_path / "moons.csv"
    lines = [f"Statement number {n * 104729} on the moons,False,Snopes" for n in range(rows)]
    table.write_text("\n".join(["quote,verdict,publisher", *lines]))
    with told.open("wb") as out:
        importing = desk.begin("import", str(table), stdout=out)
    try:
        # When the second part is in the database, the first has been counted.
        while _count_quotes(tmp_path) <= QUOTES_AT_ONCE:
            with pytest.raises(subprocess.TimeoutExpired):
                importing.wait(0.02)
        importing.send_signal(signal.SIGINT)
        assert importing.wait(timeout=ENDS_WITHIN_SECONDS) != 0
    finally:
        importing.kill()
        importing.wait()
    kept = _count_quotes(tmp_path)
    found = re.search(r"moons\.csv: stopped; what its first (\d+) items changed is kept", told.read_text())
    assert found
    assert QUOTES_AT_ONCE <= int(found[1]) <= kept < rows
    again = desk.run("import", str(table))
    assert f"{rows - kept} created, 0 updated, {kept} unchanged, 0 failed" in again


def _count_quotes(folder: Path) -> int:
    with sqlite3.connect(folder / "quotes.db") as file:
        (count,) = file.execute("SELECT count(*) FROM quotes").fetchone()
    file.close()
    return int(count)
