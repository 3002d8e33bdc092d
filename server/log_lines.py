"""Logs: one line an event on standard error, as key=value or as JSON."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

import orjson

Format = Literal["logfmt", "json"]

_PAIR = re.compile(r"""(\w+)=('[^']*'|"[^"]*"|\S*)""")
_BARE = re.compile(r"[^\s\"'=]+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def write_log_lines(level: str, form: Format = "logfmt") -> None:
    """Send all logs of the process to standard error, those of uvicorn included, from this level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Json() if form == "json" else _Logfmt())
    logging.root.handlers = [handler]
    # What no line tells (process, thread, place in the code) is not looked up for each: it takes longer than the line.
    logging.logProcesses = logging.logThreads = logging.logMultiprocessing = False
    logging._srcfile = None
    logging.root.setLevel(level.upper())
    # What others log below a warning (SQL and its values, say) is not ours to write.
    for name in ("sqlalchemy", "aiosqlite", "alembic", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)


@lru_cache(maxsize=1)
def _write_second(second: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))


class _Line(logging.Formatter):
    def _moment(self, record: logging.LogRecord) -> str:
        return f"{_write_second(int(record.created))}.{int(record.msecs):03d}Z"

    def _told(self, record: logging.LogRecord) -> str:
        """Return the message in our form: `event=… key=value …`."""
        message = record.getMessage()
        if not message.startswith("event="):
            message = f"event=message message={_quote(message)}"
        if record.exc_info:
            message += f" traceback={_quote(self.formatException(record.exc_info))}"
        return message


class _Logfmt(_Line):
    def format(self, record: logging.LogRecord) -> str:
        head = f"time={self._moment(record)} level={record.levelname.lower()} logger={record.name}"
        return f"{head} {self._told(record)}"


class _Json(_Line):
    def format(self, record: logging.LogRecord) -> str:
        head = {"time": self._moment(record), "level": record.levelname.lower(), "logger": record.name}
        return orjson.dumps(head | dict(_pairs(self._told(record)))).decode()


def _pairs(told: str) -> Iterator[tuple[str, object]]:
    for key, value in _PAIR.findall(told):
        if _NUMBER.fullmatch(value):
            yield key, float(value) if "." in value else int(value)
        else:
            yield key, value.strip("\"'").replace("\\n", "\n")


def _quote(value: str) -> str:
    """Return a value as one word of a line: nothing in it can end the line or the value."""
    if _BARE.fullmatch(value):
        return value
    plain = value.replace('"', "'").replace("\n", "\\n")
    return f'"{"".join(letter if letter.isprintable() else "?" for letter in plain)}"'
