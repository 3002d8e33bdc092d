"""Reading in processes that can be killed: what a hostile content does to them, it does to nobody else."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Coroutine
from pathlib import Path

import pytest

from server.ingest import (
    BrokenContent,
    Item,
    NotAFactCheck,
    PoolBusy,
    QuoteReading,
    ReadingPool,
    Source,
    Unread,
    reading_pool,
)
from server.ingest.content import read_content
from tests.server.ingest.fixture_files import FIXTURES, fixture

pytestmark = pytest.mark.anyio

CSV = b"quote,verdict,publisher\nTwo moons,False,Snopes\n,False,Snopes\n"
TABLE = Source("text/csv")


@pytest.fixture
async def pool() -> ReadingPool:
    return ReadingPool()


async def test_what_a_process_reads_is_what_is_read_here(pool: ReadingPool) -> None:
    try:
        assert await pool.read(CSV, TABLE) == list(read_content(CSV, TABLE))
        for file in sorted(FIXTURES.glob("*.html")):
            page, source = fixture(file.name), Source("text/html", url="https://example.org/1")
            assert await _outcome(pool.read(page, source)) == await _outcome(_read_here(page, source))
    finally:
        await pool.close()


async def test_modules_in_the_folder_where_the_server_was_started_are_not_run(
    pool: ReadingPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "server.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    try:
        assert await pool.read(CSV, TABLE) == list(read_content(CSV, TABLE))
    finally:
        await pool.close()


async def _read_here(content: bytes, source: Source) -> list[Item]:
    return list(read_content(content, source))


async def _outcome(reading: Coroutine[None, None, list[Item]]) -> list[Item] | str:
    try:
        return await reading
    except NotAFactCheck as refusal:
        return refusal.reason


async def test_refusals_come_back_as_what_they_are(pool: ReadingPool) -> None:
    try:
        with pytest.raises(BrokenContent):
            await pool.read(b"{", Source("application/ld+json"))
        with pytest.raises(NotAFactCheck, match="empty"):
            await pool.read(b"", Source("text/html"))
        with pytest.raises(NotAFactCheck, match="more than 10000 items"):
            await pool.read(CSV + b"x,False,Snopes\n" * 10_000, TABLE)
    finally:
        await pool.close()


async def test_a_process_that_takes_too_long_is_killed_and_replaced(pool: ReadingPool) -> None:
    try:
        with pytest.raises(NotAFactCheck, match="too much time"):
            await pool.read(b"<p>" + b"<i>" * 1_000_000, Source("text/html"), most_seconds=0.01)
        first, second = await pool.read(CSV, TABLE)
        assert isinstance(first, QuoteReading)
        assert isinstance(second, Unread)
    finally:
        await pool.close()


async def test_a_process_that_dies_takes_one_reading_with_it(pool: ReadingPool) -> None:
    try:
        await pool.read(CSV, TABLE)
        (reader,) = pool._idle
        assert reader._process is not None
        os.kill(reader._process.pid, signal.SIGKILL)
        with pytest.raises(NotAFactCheck):
            await pool.read(CSV, TABLE)
        assert len(await pool.read(CSV, TABLE)) == 2
    finally:
        await pool.close()


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (signal.SIGXCPU, "too much time"),
        (signal.SIGKILL, "too much time"),
        (signal.SIGSEGV, "a fault of Quotemark"),
    ],
)
async def test_how_a_process_died_is_told(
    end: signal.Signals, reason: str, pool: ReadingPool, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        await pool.read(CSV, TABLE)
        (reader,) = pool._idle
        assert reader._process is not None
        os.kill(reader._process.pid, end)
        with pytest.raises(NotAFactCheck, match=reason):
            await pool.read(CSV, TABLE)
        assert [str(-end) in record.message for record in caplog.records] == [True] * (end is signal.SIGSEGV)
    finally:
        await pool.close()


async def test_a_fault_of_our_own_is_told_as_one_and_logged_without_the_content(
    pool: ReadingPool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = "import server.ingest.worker as w; w.read_content = lambda *_: {}['Two moons']; w.main()"
    monkeypatch.setattr(reading_pool, "_MAIN", broken)
    try:
        for _ in range(2):
            with pytest.raises(NotAFactCheck, match="a fault of Quotemark"):
                await pool.read(CSV, TABLE)
    finally:
        await pool.close()
    told = [record.message for record in caplog.records]
    assert len(told) == 2
    assert "KeyError in " in told[0]
    assert "moons" not in " ".join(told)


async def test_more_than_may_wait_is_refused_at_once(pool: ReadingPool) -> None:
    try:
        many = [pool.read(CSV, TABLE) for _ in range(reading_pool.MOST_WAITING + 4)]
        answers = await asyncio.gather(*many, return_exceptions=True)
        assert sum(isinstance(answer, PoolBusy) for answer in answers) == 4
    finally:
        await pool.close()


async def test_a_reading_process_knows_nothing_of_the_servers_secrets(
    pool: ReadingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTEMARK_DATABASE", "postgresql+asyncpg://quotemark:secret@db/quotes")
    try:
        await pool.read(CSV, TABLE)
        (reader,) = pool._idle
        assert reader._process is not None
        with open(f"/proc/{reader._process.pid}/environ", "rb") as environment:  # noqa: PTH123, ASYNC230
            assert b"QUOTEMARK" not in environment.read()
    finally:
        await pool.close()
