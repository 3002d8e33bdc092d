"""A process that reads what strangers made: it may be killed at any time, and takes nothing down with it.

It is told by its standard input: the length of a source and of a content, then both; it answers the length of
a message, then that. It holds no secrets: no settings, no database, no network are its own.
"""

from __future__ import annotations

import os
import resource
import struct
import sys
import traceback
from contextlib import suppress
from itertools import islice
from typing import BinaryIO

from server.ingest.content import read_content
from server.ingest.messages import parse_source, write_fault, write_items, write_refusal
from server.ingest.reading import BrokenContent, NotAFactCheck

LENGTHS = struct.Struct(">II")
LENGTH = struct.Struct(">I")
MOST_ITEMS = 10_000
MOST_MEMORY_BYTES = 1024 * 1024 * 1024
MOST_CPU_SECONDS = 20
TOO_MANY = (
    f"The content holds more than {MOST_ITEMS} items: send it in parts, or import it by the command line."
)
TOO_COSTLY = "Reading the content took too much memory."
OUT_OF_MEMORY = 71  # the exit code where not even an answer could be written


def main() -> None:
    # Standard output is the answer's alone: whatever a library prints goes elsewhere.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    bound_this_process()
    requests = sys.stdin.buffer
    while len(lengths := requests.read(LENGTHS.size)) == LENGTHS.size:
        source_bytes, content_bytes = LENGTHS.unpack(lengths)
        allow_more_time()
        try:
            answer = read(requests, source_bytes, content_bytes)
            answers.write(LENGTH.pack(len(answer)) + answer)
            answers.flush()
        except MemoryError:
            sys.exit(OUT_OF_MEMORY)


def read(requests: BinaryIO, source_bytes: int, content_bytes: int) -> bytes:
    source = parse_source(requests.read(source_bytes))
    content = requests.read(content_bytes)
    try:
        items = list(islice(read_content(content, source), MOST_ITEMS + 1))
        if len(items) > MOST_ITEMS:
            raise NotAFactCheck(TOO_MANY)
        return write_items(items)
    except (NotAFactCheck, BrokenContent) as refusal:
        return write_refusal(refusal)
    except MemoryError:
        return write_refusal(NotAFactCheck(TOO_COSTLY))
    except Exception as fault:  # noqa: BLE001 - a fault of ours, told without its message: that may hold the content
        return write_fault(f"{type(fault).__name__} in {_find_place(fault)}")


def _find_place(fault: Exception) -> str:
    *_, last = traceback.extract_tb(fault.__traceback__)
    return f"{os.path.basename(last.filename)}, line {last.lineno}"  # noqa: PTH119


def bound_this_process() -> None:
    """Give way to those that serve readers, and take no more memory, files or disk than reading needs."""
    os.nice(10)
    bounds = {"RLIMIT_AS": MOST_MEMORY_BYTES, "RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0, "RLIMIT_NOFILE": 64}
    for name, most in bounds.items():
        with suppress(ValueError, OSError):  # macOS refuses a bound of the address space
            resource.setrlimit(getattr(resource, name), (most, most))


def allow_more_time() -> None:
    """Let the next content take its share of processor time; the system ends the process beyond it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + MOST_CPU_SECONDS + 1, hard))
