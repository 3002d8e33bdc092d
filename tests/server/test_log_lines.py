from __future__ import annotations

import logging
import sys
from collections.abc import Iterator

import orjson
import pytest

from server.log_lines import Format, write_log_lines

log = logging.getLogger("tests.log")


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    handlers, level = logging.root.handlers, logging.root.level
    yield
    logging.root.handlers = handlers
    logging.root.setLevel(level)


def written(capsys: pytest.CaptureFixture[str], form: Format, message: str, *arguments: object) -> str:
    write_log_lines("info", form)
    log.info(message, *arguments)
    (line,) = capsys.readouterr().err.splitlines()
    return line


def test_a_line_is_key_and_value(capsys: pytest.CaptureFixture[str]) -> None:
    line = written(capsys, "logfmt", "event=request route=%s ms=%.1f", "/v1/match", 1.25)
    assert line.startswith("time=2")
    assert line.endswith("level=info logger=tests.log event=request route=/v1/match ms=1.2")


def test_a_line_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    line = orjson.loads(
        written(capsys, "json", "event=request status=%d ms=%.1f why='%s'", 200, 1.25, "it is so")
    )
    del line["time"]
    assert line == {
        "level": "info",
        "logger": "tests.log",
        "event": "request",
        "status": 200,
        "ms": 1.2,
        "why": "it is so",
    }


@pytest.mark.parametrize("form", ["logfmt", "json"])
def test_what_others_log_stays_one_line(capsys: pytest.CaptureFixture[str], form: Format) -> None:
    line = written(capsys, form, 'Something "odd"\nlevel=error forged=\x1b[31m')
    assert "Something" in line
    assert "\x1b" not in line


def test_a_traceback_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    write_log_lines("info", "json")
    try:
        raise KeyError("name")
    except KeyError:
        log.error("event=failure id=%s", "abc", exc_info=sys.exc_info())
    line = orjson.loads(capsys.readouterr().err)
    assert line["event"] == "failure"
    assert line["traceback"].startswith("Traceback (most recent call last):\n")


def test_what_others_log_of_sql_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    write_log_lines("debug")
    logging.getLogger("sqlalchemy.engine").info("INSERT secret")
    assert capsys.readouterr().err == ""
