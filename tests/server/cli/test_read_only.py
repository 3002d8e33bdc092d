"""A database that may only be read is read, and whoever would write is told why that can't be."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.models import Status
from server.store import Store
from tests.databases import run_apart
from tests.server.quotes import XI, make_quote

# Root may write everywhere, unless it gives that up.
_PLAIN_USER = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a database of one published quote, and a page that quotes it beside."""
    made = tmp_path / "a folder"
    made.mkdir()
    run_apart(publish_one(made))
    (tmp_path / "page.txt").write_text(f"“{XI}” he said.")
    return made


@pytest.fixture
def read_only(folder: Path) -> Iterator[Path]:
    (folder / "quotes.db").chmod(0o444)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)


async def publish_one(folder: Path) -> None:
    store = await Store.open(f"sqlite+aiosqlite:///{folder / 'quotes.db'}")
    await store.quotes.create(make_quote(), Status.PUBLISHED, "tests")
    await store.close()


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    address = f"sqlite+aiosqlite:///{folder / 'quotes.db'}"
    return subprocess.run(
        [*_PLAIN_USER, Path(sys.executable).with_name("quotemark"), *command, "--database", address],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_what_only_reads_needs_no_right_to_write(read_only: Path) -> None:
    exported = run(read_only, "export")
    assert (exported.returncode, exported.stderr) == (0, "")
    assert XI in exported.stdout
    matched = run(read_only, "match", "--json", str(read_only.parent / "page.txt"))
    assert (matched.returncode, matched.stderr) == (0, "")
    assert '"kind":"exact"' in matched.stdout
    assert [path.name for path in read_only.iterdir()] == ["quotes.db"]


@pytest.mark.parametrize(
    "command", [["serve", "--port", "0"], ["token", "create", "me", "--role", "viewer"]], ids=" ".join
)
def test_what_writes_says_what_it_needs(read_only: Path, command: list[str]) -> None:
    refused = run(read_only, *command)
    assert refused.returncode == 1
    told = f"the database {read_only / 'quotes.db'} can't be written: the file or its folder can only be read"
    assert told in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_snapshot_that_has_no_place_says_which_setting_gives_it_one(read_only: Path) -> None:
    refused = run(read_only, "snapshot")
    assert refused.returncode == 1
    assert (
        f"no snapshot can be written to {read_only / 'quotes.db.index'}: Permission denied" in refused.stderr
    )
    assert "QUOTEMARK_SNAPSHOT_FOLDER" in refused.stderr


@pytest.mark.parametrize("command", ["export", "serve"])
def test_a_file_that_may_not_be_read_is_told(folder: Path, command: str) -> None:
    (folder / "quotes.db").chmod(0)
    refused = run(folder, command)
    assert refused.returncode == 1
    told = f"the database {folder / 'quotes.db'} can't be reached: this user may not read the file"
    assert refused.stderr.strip().endswith(told)
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("command", ["export", "serve"])
def test_a_file_that_may_not_be_made_is_told_in_a_line(read_only: Path, command: str) -> None:
    (read_only.parent / "empty").mkdir(mode=0o555)
    refused = run(read_only.parent / "empty", command)
    told = f"the database {read_only.parent / 'empty' / 'quotes.db'} can't be reached: there is no such file"
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert refused.stderr.startswith(told)


def test_a_read_only_file_of_another_version_is_told(folder: Path) -> None:
    with sqlite3.connect(folder / "quotes.db") as older:
        older.execute("UPDATE alembic_version SET version_num = '0003'")
    older.close()
    folder.chmod(0o555)
    refused = run(folder, "export")
    folder.chmod(0o755)
    assert refused.returncode == 1
    assert "of an earlier version; run `quotemark db upgrade`" in refused.stderr
