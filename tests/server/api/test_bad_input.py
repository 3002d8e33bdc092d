"""Whatever is sent, the answer says what was wrong, and the server goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest

from tests.server_process import ServerProcess

JSON = {"Content-Type": "application/json"}
SECRET = "zebra-crossing"  # stands for the text of a page: no answer may repeat it


@dataclass(frozen=True)
class Case:
    name: str
    body: bytes
    status: int
    kind: str
    path: str = "/v1/match"
    headers: dict[str, str] = field(default_factory=lambda: JSON)
    fields: tuple[str, ...] = ()
    token: bool = False


CASES = [
    Case("empty body", b"", 400, "not-json"),
    Case("not JSON", SECRET.encode(), 400, "not-json"),
    Case("JSON cut short", b'{"text": "' + SECRET.encode(), 400, "not-json"),
    Case("NaN", b'{"text": NaN}', 400, "not-json"),
    Case("lone high surrogate", rb'{"text": "\ud800 zebra-crossing"}', 400, "not-json"),
    Case("lone low surrogate", rb'{"text": "\udc00"}', 400, "not-json"),
    Case("bad UTF-8", b'{"text": "\xff"}', 400, "not-json"),
    Case("UTF-8 surrogate", b'{"text": "\xed\xa0\x80"}', 400, "not-json"),
    Case("too deep", b'{"text":' + b"[" * 100_000, 400, "not-json"),
    Case("an array", b"[]", 422, "invalid-fields", fields=("(body)",)),
    Case("a number", b"5", 422, "invalid-fields", fields=("(body)",)),
    Case("null", b"null", 422, "invalid-fields", fields=("(body)",)),
    Case("no text", b"{}", 422, "invalid-fields", fields=("text",)),
    Case(
        "wrong types",
        json.dumps({"text": [SECRET], "offsets": 8, "url": {}, "language": SECRET}).encode(),
        422,
        "invalid-fields",
        fields=("offsets", "url", "language", "text"),
    ),
    Case(
        "unknown unit",
        json.dumps({"text": SECRET, "offsets": "utf8"}).encode(),
        422,
        "invalid-fields",
        fields=("offsets",),
    ),
    Case(
        "unknown field",
        json.dumps({"text": "a", "txt": SECRET}).encode(),
        422,
        "invalid-fields",
        fields=("txt",),
    ),
    Case(
        "text as a field's name",
        json.dumps({"text": "a", f"the {SECRET} of a page": 1}).encode(),
        422,
        "invalid-fields",
        fields=("(unreadable name)",),
    ),
    Case(
        "one character too many",
        json.dumps({"text": "a" * 1_000_001}).encode(),
        413,
        "text-too-long",
        fields=("text",),
    ),
    Case("50 MB", b" " * 50_000_000, 413, "body-too-large"),
    Case("no media type", b"{}", 415, "unknown-media-type", headers={}),
    Case(
        "form",
        b"text=a",
        415,
        "unknown-media-type",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    ),
    Case("odd media type", b"{}", 415, "unknown-media-type", headers={"Content-Type": "/;;="}),
    Case("half a media type", b"{}", 415, "unknown-media-type", headers={"Content-Type": "json"}),
    Case(
        "two media types", b"{}", 415, "unknown-media-type", headers={"Content-Type": "text/html, text/plain"}
    ),
    Case("gzip", b"\x1f\x8b", 415, "encoded-body", headers=JSON | {"Content-Encoding": "gzip"}),
    Case(
        "unknown charset", b"a", 415, "unknown-charset", headers={"Content-Type": "text/plain; charset=zlib"}
    ),
    Case(
        "charset of an unknown number",
        b"a",
        415,
        "unknown-charset",
        headers={"Content-Type": "text/plain; charset=windows-1299"},
    ),
    Case("text not in its charset", b"\xff", 400, "undecodable-text", headers={"Content-Type": "text/plain"}),
    Case(
        "far more faults than anyone reads",
        json.dumps({"text": SECRET} | {f"f{number}": 1 for number in range(200_000)}).encode(),
        422,
        "invalid-fields",
    ),
    Case(
        "unknown unit in the query",
        b"a",
        422,
        "invalid-fields",
        path="/v1/match?offsets=bytes&offset=1",
        headers={"Content-Type": "text/plain"},
        fields=("offsets", "offset"),
    ),
    Case(
        "a parameter twice",
        b"a",
        422,
        "invalid-fields",
        path="/v1/match?offsets=utf16&offsets=codepoint",
        headers={"Content-Type": "text/plain"},
        fields=("offsets",),
    ),
    Case(
        "HTML that is no fact-check",
        f"<html><body><p>{SECRET} news of the day.</p></body></html>".encode(),
        422,
        "not-a-fact-check",
        path="/v1/imports",
        headers={"Content-Type": "text/html"},
        token=True,
    ),
    Case(
        "text that is no fact-check",
        f"{SECRET}\n\nnews of the day.".encode(),
        422,
        "not-a-fact-check",
        path="/v1/imports",
        headers={"Content-Type": "text/plain"},
        token=True,
    ),
    Case(
        "nothing at all to import",
        b"",
        422,
        "not-a-fact-check",
        path="/v1/imports",
        headers={"Content-Type": "text/html"},
        token=True,
    ),
    Case(
        "a picture to import",
        b"\x89PNG",
        415,
        "unknown-media-type",
        path="/v1/imports",
        headers={"Content-Type": "image/png"},
        token=True,
    ),
    Case(
        "a quote without words",
        json.dumps({"text": "🙂 … !", "checks": [{"publisher": "a", "verdict": {"label": "a"}}]}).encode(),
        422,
        "invalid-fields",
        path="/v1/quotes",
        fields=("text",),
        token=True,
    ),
    Case("import without a token", b"a", 401, "token-needed", path="/v1/imports"),
    Case(
        "import with a wrong token",
        b"a",
        401,
        "unknown-token",
        path="/v1/imports",
        headers=JSON | {"Authorization": f"Bearer {SECRET}"},
    ),
    Case(
        "import with another scheme",
        b"a",
        401,
        "unknown-token",
        path="/v1/imports",
        headers=JSON | {"Authorization": f"Basic {SECRET}"},
    ),
    Case("unknown path", b"", 404, "not-found", path=f"/v1/{SECRET}"),
    Case("slash at the end", b"{}", 404, "not-found", path="/v1/match/"),
    Case("unknown method", b"", 405, "method-not-allowed", path="/healthz"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_input_is_answered_with_a_problem(server: ServerProcess, case: Case) -> None:
    headers = case.headers | (server.headers() if case.token else {})
    answer = server.client.post(case.path, content=case.body, headers=headers)
    assert_problem(answer, case.status, case.kind, case.fields)
    assert_goes_on(server)


def test_a_50_mb_body_in_chunks_is_refused(server: ServerProcess) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(50):
            yield b" " * 1_000_000

    answer = server.client.post("/v1/match", content=chunks(), headers=JSON)
    assert_problem(answer, 413, "body-too-large")
    assert_goes_on(server)


def test_a_body_cut_short_leaves_the_server_well(server: ServerProcess) -> None:
    def breaks_off() -> Iterator[bytes]:
        yield b'{"text": "'
        raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        server.client.post("/v1/match", content=breaks_off(), headers=JSON)
    assert_goes_on(server)


def test_neither_text_nor_addresses_nor_origins_are_logged(server: ServerProcess) -> None:
    server.client.post(
        f"/v1/match?url=https://news.example/{SECRET}",
        content=SECRET.encode(),
        headers={
            "Content-Type": "text/plain",
            "Origin": f"moz-extension://{SECRET}",
            "Referer": f"https://{SECRET}",
        },
    )
    server.client.post("/v1/match", json={"text": SECRET, "url": f"https://news.example/{SECRET}"})
    log = server.log.read_text()
    assert "route=/v1/match status=200" in log
    assert SECRET not in log
    assert "127.0.0.1:" not in log.replace(server.url, "")


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b'{"text": "a",\n "url": NaN}', "at line 2, column 9"),
        ("{'text': 'ä'}".encode(), "at line 1, column 2"),
        (b'{"text": "\xe4"}', "not UTF-8 at byte 11"),
    ],
)
def test_where_a_body_is_no_json_is_told(server: ServerProcess, body: bytes, place: str) -> None:
    assert place in server.client.post("/v1/match", content=body, headers=JSON).json()["detail"]


@pytest.mark.parametrize(
    ("path", "sent", "told"),
    [
        ("/v1/match", {"text": "a", "language": "english!"}, "must be a language's tag, such as en or pt-BR"),
        ("/v1/reports", {"quote": "1", "kind": "exact"}, "must be a quote's id: q_ and 22 characters"),
    ],
)
def test_a_form_is_told_in_words(server: ServerProcess, path: str, sent: dict[str, str], told: str) -> None:
    assert [fault["reason"] for fault in server.client.post(path, json=sent).json()["errors"]] == [told]


def test_a_method_that_is_not_known_is_told_those_that_are(server: ServerProcess) -> None:
    answer = server.client.get("/v1/match")
    assert answer.headers["allow"] == "POST"
    assert answer.json()["detail"] == "This path does not know this method; it knows POST."


def assert_problem(answer: httpx.Response, status: int, kind: str, fields: tuple[str, ...] = ()) -> None:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == f"urn:quotemark:problem:{kind}"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert sorted(fault["field"] for fault in problem.get("errors", [])) == sorted(fields)
    assert SECRET not in answer.text


def assert_goes_on(server: ServerProcess) -> None:
    assert server.match("All is well.")["matches"] == []
