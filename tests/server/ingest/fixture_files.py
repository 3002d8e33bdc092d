"""Pages for the tests: our own in the publishers' forms, and real ones where the shared folder is at hand."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures"
SHARED = Path(__file__).parents[4] / "shared"


def fixture(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def shared_file(path: str) -> bytes:
    """Return a file of the shared folder beside the repository; skips the test where there is none."""
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"{path} is not at hand")
    return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
