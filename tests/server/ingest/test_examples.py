"""The examples in the docstrings run."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["clean_text", "dates", "language", "quotation_marks"])
def test_the_examples_of_a_module_run(name: str) -> None:
    result = doctest.testmod(import_module(f"server.ingest.{name}"))
    assert result.attempted > 0
    assert result.failed == 0
