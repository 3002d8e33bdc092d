"""What was asked before is answered as at first, and nothing else is taken for it."""

from __future__ import annotations

import httpx
import orjson
import pytest

from tests.server.quotes import XI, make_quote
from tests.server_process import ServerProcess

BODY = orjson.dumps({"text": f"Xi said: “{XI}”"})
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def known(server: ServerProcess) -> httpx.Response:
    """The first answer to the text."""
    server.publish(make_quote(XI).model_dump(mode="json"))
    return ask(server)


def ask(
    server: ServerProcess, headers: dict[str, str] | list[tuple[str, str]] = JSON, query: str = ""
) -> httpx.Response:
    return server.client.post(f"/v1/match{query}", content=BODY, headers=headers)


def test_it_is_answered_as_at_first(server: ServerProcess, known: httpx.Response) -> None:
    again = ask(server)
    assert len(again.json()["matches"]) == 1
    assert (again.status_code, again.content) == (200, known.content)
    own = ("x-request-id", "date")
    assert {name: value for name, value in again.headers.items() if name not in own} == {
        name: value for name, value in known.headers.items() if name not in own
    }
    assert again.headers["x-request-id"] != known.headers["x-request-id"]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({**JSON, "Content-Encoding": "gzip"}, 415),
        ({**JSON, "Content-Encoding": "identity"}, 200),
        ({"Content-Type": "application/xml"}, 415),
        ({}, 415),
        ([("Content-Type", "application/xml"), ("Content-Type", "application/json")], 415),
    ],
)
def test_the_same_bytes_with_other_headers_are_looked_at(
    server: ServerProcess, headers: dict[str, str] | list[tuple[str, str]], status: int
) -> None:
    assert ask(server, headers).status_code == status


def test_the_same_bytes_as_plain_text_or_with_other_options_have_their_own_answer(
    server: ServerProcess, known: httpx.Response
) -> None:
    (span,) = known.json()["matches"][0]["spans"]
    for _ in range(2):
        (as_text,) = ask(server, {"Content-Type": "text/plain"}).json()["matches"][0]["spans"]
        assert as_text[0] == BODY.decode().index(XI)
        assert as_text != span
        assert ask(server, query="?offsets=utf16").json()["offsets"] == "utf16"


def test_a_body_that_comes_in_parts_is_matched_as_well(server: ServerProcess, known: httpx.Response) -> None:
    parts = iter([BODY[:20], BODY[20:]])
    in_parts = server.client.post("/v1/match", content=parts, headers=JSON)
    assert (in_parts.status_code, in_parts.content) == (200, known.content)


def test_a_change_of_the_index_ends_what_is_known(server: ServerProcess, known: httpx.Response) -> None:
    server.publish(
        make_quote("Nobody has ever counted all of the bells of this town").model_dump(mode="json")
    )
    assert ask(server).json()["revision"] == known.json()["revision"] + 1
