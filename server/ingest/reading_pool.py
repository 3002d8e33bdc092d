"""Processes that read imported content, apart from the one that serves: each can be killed, and is replaced."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress

from server.ingest.content import Source
from server.ingest.messages import ReaderFailed, parse_answer, write_source
from server.ingest.reading import Item, NotAFactCheck
from server.ingest.worker import LENGTH, LENGTHS, MOST_CPU_SECONDS, OUT_OF_MEMORY

MOST_SECONDS = 2.0 * MOST_CPU_SECONDS  # by the clock: the process may have to wait for a processor
MOST_WAITING = 8
READINGS_OF_A_PROCESS = 200  # then a fresh one takes its place, and what leaked is gone
MOST_ANSWER_BYTES = 256 * 1024 * 1024
TOO_LONG = "Reading the content took too much time or memory; no fact-check does."
OWN_FAULT = "Reading the content failed by a fault of Quotemark itself, which is in its log."
# How a process ends that goes beyond its bounds: by the system, for its time or for the memory of all, or by itself.
_BEYOND_BOUNDS = (-signal.SIGXCPU, -signal.SIGKILL, OUT_OF_MEMORY)
_SECONDS_TO_END = 5.0
_MAIN = "from server.ingest.worker import main; main()"
# The process gets what a Python needs to start, and nothing that the server keeps for itself.
_PASSED_ON = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR")

log = logging.getLogger(__name__)


class PoolBusy(Exception):
    """As much content waits to be read as may wait."""


class ReadingPool:
    """Reads contents in processes of its own, `processes` at a time. Close it at the end."""

    def __init__(self, processes: int = 1) -> None:
        self._free = asyncio.Semaphore(processes)
        self._waiting = 0
        self._idle: list[_Reader] = []
        self._readers: set[_Reader] = set()

    async def read(self, content: bytes, source: Source, *, most_seconds: float = MOST_SECONDS) -> list[Item]:
        """Return what `read_content` yields.

        Raises what that raises; NotAFactCheck also where reading takes more time or memory than it may, and where
        the process fails by a fault of its own, which is logged; and PoolBusy where too much waits already.
        """
        if self._waiting >= MOST_WAITING:
            raise PoolBusy
        self._waiting += 1
        try:
            async with self._free:
                reader = self._idle.pop() if self._idle else _Reader()
                self._readers.add(reader)
                try:
                    async with asyncio.timeout(most_seconds):
                        answer = await reader.ask(content, source)
                except TimeoutError:
                    await self._drop(reader)
                    raise NotAFactCheck(TOO_LONG) from None
                except (asyncio.IncompleteReadError, ConnectionError):
                    ended = await reader.await_end()
                    await self._drop(reader)
                    if ended is None or ended in _BEYOND_BOUNDS:
                        raise NotAFactCheck(TOO_LONG) from None
                    log.error("A reading process ended by itself, with %d", ended)
                    raise NotAFactCheck(OWN_FAULT) from None
                except BaseException:
                    await self._drop(reader)
                    raise
                if reader.readings < READINGS_OF_A_PROCESS:
                    self._idle.append(reader)
                else:
                    await self._drop(reader)
        finally:
            self._waiting -= 1
        try:
            return await asyncio.to_thread(parse_answer, answer)
        except ReaderFailed as fault:
            log.error("A reading process failed: %s", fault)
            raise NotAFactCheck(OWN_FAULT) from None

    async def close(self) -> None:
        for reader in list(self._readers):
            await self._drop(reader)
        self._idle.clear()

    async def _drop(self, reader: _Reader) -> None:
        self._readers.discard(reader)
        await reader.kill()


class _Reader:
    """One process, started when it is first asked."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self.readings = 0

    async def ask(self, content: bytes, source: Source) -> bytes:
        process = self._process = self._process or await _start()
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - they are pipes
        self.readings += 1
        told = write_source(source)
        process.stdin.write(LENGTHS.pack(len(told), len(content)) + told)
        process.stdin.write(content)
        await process.stdin.drain()
        (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
        if length > MOST_ANSWER_BYTES:
            raise TimeoutError
        return await process.stdout.readexactly(length)

    async def await_end(self) -> int | None:
        """Return how the process ended, which said no more; None where it goes on."""
        if self._process is None:
            return None
        with suppress(TimeoutError):
            async with asyncio.timeout(_SECONDS_TO_END):
                await self._process.wait()
        return self._process.returncode

    async def kill(self) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()


async def _start() -> Process:
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-c", _MAIN), stdin=PIPE, stdout=PIPE, env=environment
    )
