"""The examples of docs/api.md: read them, run them, and (as a program) write their answers anew.

python -m tests.api_examples
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from server.samples import sample_quotes
from tests.server_process import ServerProcess

DOCUMENT = Path(__file__).parents[1] / "docs" / "api.md"
DOCUMENTED_URL = "http://127.0.0.1:8000"
_EXAMPLE = re.compile(
    r"^```(sh|python|js)\n(.*?)^```\n\n```(json|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
_PROGRAMS = {
    "sh": ["bash", "-c"],
    "python": [sys.executable, "-c"],
    "js": ["node", "--input-type=module", "--eval"],
}
# What the examples call; the variables that it reads are a Reader's names.
_FUNCTION = re.compile(r"^etag\(\) \{.*\}$", re.MULTILINE)
# What is another in every run.
_VOLATILE = {"id", "quote", "revision", "at", "request_id", "next", "nextPageToken"}


@dataclass(frozen=True)
class Example:
    language: str
    code: str
    answer_type: str
    answer: str

    def __str__(self) -> str:
        return self.code.partition("\n")[0][:70]


@dataclass
class Reader:
    """Someone who tries the examples, one after the other, against a server with the sample quotes."""

    server: ServerProcess
    names: dict[str, str] = field(default_factory=dict)

    def prepare(self) -> None:
        ids = [self.server.publish(quote.model_dump(mode="json")) for quote in sample_quotes()]
        self.names |= {
            "TOKEN": self.server.token,
            "PUBLISHED": ids[0],
            "QUOTES": f"{self.server.url}/v1/quotes",
        }
        self.server.await_caught_up()

    def run(self, example: Example) -> str:
        code = example.code.replace(DOCUMENTED_URL, self.server.url)
        if example.language == "sh":
            code = "\n".join([*_FUNCTION.findall(DOCUMENT.read_text(encoding="utf-8")), code])
        done = subprocess.run(
            [*_PROGRAMS[example.language], code],
            env=os.environ | self.names,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        self._note_quote(done.stdout)
        return done.stdout

    def _note_quote(self, answered: str) -> None:
        try:
            quote = json.loads(answered)
        except ValueError:
            return
        if isinstance(quote, dict) and "revision" in quote and quote.get("status") in {"draft", "published"}:
            self.names["ID"] = quote["id"]
            self.names.setdefault("FIRST", str(quote["revision"]))


def read_examples(document: str) -> list[Example]:
    return [Example(*found.groups()) for found in _EXAMPLE.finditer(document)]


def without_volatile(value: Any) -> Any:
    """Return an answer with what is another in every run replaced by the name of its type."""
    if isinstance(value, list):
        return [without_volatile(item) for item in value]
    if isinstance(value, dict):
        return {
            ("(id)" if key.startswith("q_") else key): type(item).__name__
            if key in _VOLATILE and not isinstance(item, (dict, list))
            else without_volatile(item)
            for key, item in value.items()
        }
    return value


def write_answers(document: str, reader: Reader) -> str:
    """Return the document with the answers that the server gives now."""

    def answer(found: re.Match[str]) -> str:
        example = Example(*found.groups())
        told = reader.run(example)
        if example.answer_type == "json":
            told = "\n".join(_lay_out(json.loads(told))) + "\n"
        return f"```{example.language}\n{example.code}```\n\n```{example.answer_type}\n{told.rstrip()}\n```"

    return _EXAMPLE.sub(answer, document)


def _lay_out(value: Any, indent: int = 0, width: int = 118) -> Iterator[str]:
    """Yield lines of JSON: what fits into one stands in one."""
    plain = json.dumps(value, ensure_ascii=False)
    if len(plain) + indent <= width or not isinstance(value, dict | list) or not value:
        yield plain
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield opening
    items = list(value.items()) if isinstance(value, dict) else [(None, item) for item in value]
    for at, (key, item) in enumerate(items):
        lines = list(_lay_out(item, indent + 2, width))
        lines[0] = f"{json.dumps(key)}: {lines[0]}" if key is not None else lines[0]
        lines[-1] += "," * (at + 1 < len(items))
        yield from (f"  {line}" for line in lines)
    yield closing


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, ServerProcess(Path(folder)) as process:
        reader = Reader(process)
        reader.prepare()
        DOCUMENT.write_text(write_answers(DOCUMENT.read_text(encoding="utf-8"), reader), encoding="utf-8")
