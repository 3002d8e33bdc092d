"""What docs/api.md shows is what happens: each of its examples is run, and answers as it says there."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from server.api.openapi import build_document
from tests.api_examples import DOCUMENT, DOCUMENTED_URL, Reader, read_examples, without_volatile
from tests.server.quotes import make_quote
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


def test_what_the_examples_stand_on_is_set_as_documented(reader: Reader) -> None:
    draft = make_quote("A draft that is read by nobody").model_dump(mode="json")
    created = reader.server.client.post("/v1/quotes", json=draft, headers=reader.server.headers()).json()
    steps = "".join(re.findall(r"^```\n((?:(?:[A-Z]+=|etag\(\)).*\n)+)```$", TEXT, re.MULTILINE))
    quotemark = f"{sys.executable} -c 'from server.cli import main; main()'"
    steps = steps.replace(".venv/bin/quotemark", quotemark).replace(DOCUMENTED_URL, reader.server.url)
    steps = steps.replace("sqlite+aiosqlite:///demo.db", reader.server.database)
    told = subprocess.run(
        ["bash", "-c", f'{steps}\necho "$TOKEN" "$PUBLISHED" "$ID" "$(etag)" "$FIRST"'],
        capture_output=True,
        text=True,
        check=True,
    )
    token, published, quote_id, etag, first = told.stdout.split()
    revision = created["revision"]
    assert (quote_id, etag, first) == (created["id"], f'"{revision}"', str(revision))
    assert reader.server.client.get(f"/v1/quotes/{published}").json()["status"] == "published"
    drafts = reader.server.client.get("/v1/quotes?status=draft", headers=reader.server.headers(token))
    assert drafts.status_code == 200


def test_no_block_of_code_goes_untried() -> None:
    assert len(re.findall(r"^```(?:sh|python|js)$", TEXT, re.MULTILINE)) == len(EXAMPLES)


def test_every_route_has_an_example() -> None:
    called = "\n".join(example.code for example in EXAMPLES)
    for path, methods in build_document()["paths"].items():
        place = re.escape(path).replace(r"\{quote_id\}", r"\$ID")
        for method in methods:
            option = rf"-X {method.upper()}[^\n]*" if method in {"put", "delete"} else ""
            assert re.search(rf"{option}127\.0\.0\.1:8000{place}[\s\"'?]", called), f"{method} {path}"
