"""Logs: one line an event, as key=value, on standard error."""

from __future__ import annotations

import logging
import time


def write_log_lines(level: str) -> None:
    """Send all logs of the process to standard error, those of uvicorn included, from this level on."""
    formatter = logging.Formatter("time=%(asctime)s level=%(levelname)s logger=%(name)s %(message)s")
    formatter.converter = time.gmtime
    formatter.default_time_format = "%Y-%m-%dT%H:%M:%S"
    formatter.default_msec_format = "%s.%03dZ"
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.root.handlers = [handler]
    logging.root.setLevel(level.upper())
    # What others log below a warning (SQL and its values, say) is not ours to write.
    for name in ("sqlalchemy", "aiosqlite", "alembic", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
