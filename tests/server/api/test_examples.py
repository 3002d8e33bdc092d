"""What docs/api.md shows is what happens: each of its examples is run, and answers as it says there."""

from __future__ import annotations

import json
import re

import pytest

from server.api.openapi import build_document
from tests.api_examples import DOCUMENT, Reader, read_examples, without_volatile
from tests.server_process import ServerProcess

TEXT = DOCUMENT.read_text(encoding="utf-8")
EXAMPLES = read_examples(TEXT)


@pytest.fixture(scope="module")
def reader(server: ServerProcess) -> Reader:
    reader = Reader(server)
    reader.prepare()
    return reader


def test_all_examples_answer_as_documented(reader: Reader) -> None:
    for example in EXAMPLES:
        told = reader.run(example)
        if example.answer_type == "json":
            assert without_volatile(json.loads(told)) == without_volatile(json.loads(example.answer)), example
        else:
            assert told.rstrip("\n") == example.answer.rstrip("\n"), example


def test_no_block_of_code_goes_untried() -> None:
    assert len(re.findall(r"^```(?:sh|python|js)$", TEXT, re.MULTILINE)) == len(EXAMPLES)


def test_every_route_has_an_example() -> None:
    called = "\n".join(example.code for example in EXAMPLES)
    for path, methods in build_document()["paths"].items():
        place = re.escape(path).replace(r"\{quote_id\}", r"\$ID")
        for method in methods:
            option = rf"-X {method.upper()}[^\n]*" if method in {"put", "delete"} else ""
            assert re.search(rf"{option}127\.0\.0\.1:8000{place}[\s\"'?]", called), f"{method} {path}"
