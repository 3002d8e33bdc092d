from __future__ import annotations

import httpx
import pytest

from tests.server.quotes import make_quote
from tests.server_process import ServerProcess


@pytest.fixture(scope="module")
def quotes(server: ServerProcess) -> dict[str, str]:
    """The ids of five published quotes, and of one of each other status, by that."""
    ids = {
        f"published {number}": server.publish(make_quote(f"The published {number}").model_dump(mode="json"))
        for number in range(5)
    }
    for status in ("draft", "in_review", "retired"):
        sent = make_quote(f"The {status}").model_dump(mode="json") | {"status": status}
        ids[status] = post(server, "/v1/quotes", sent).json()["id"]
    return ids


def post(server: ServerProcess, path: str, content: object, token: str | None = None) -> httpx.Response:
    return server.client.post(path, json=content, headers=server.headers(token))


def test_a_created_quote_is_answered_whole(server: ServerProcess) -> None:
    sent = make_quote("Something was said", language="en").model_dump(mode="json")
    answer = post(server, "/v1/quotes", sent | {"status": "in_review"})
    assert answer.status_code == 201
    created = answer.json()
    assert created == sent | {"status": "in_review", "id": created["id"], "revision": created["revision"]}
    assert answer.headers["location"] == f"/v1/quotes/{created['id']}"
    assert answer.headers["etag"] == f'"{created["revision"]}"'
    read = server.client.get(answer.headers["location"], headers=server.headers())
    assert (read.json(), read.headers["etag"]) == (created, answer.headers["etag"])


def test_readers_without_a_token_see_what_is_published(server: ServerProcess, quotes: dict[str, str]) -> None:
    listed = server.client.get("/v1/quotes?limit=500").json()
    assert {quote["status"] for quote in listed["items"]} == {"published"}
    assert len(listed["items"]) == listed["total"] == 5
    assert server.client.get("/v1/quotes?status=draft").status_code == 401
    for status, quote_id in quotes.items():
        hidden = not status.startswith("published")
        assert server.client.get(f"/v1/quotes/{quote_id}").status_code == (404 if hidden else 200), status
    token = {"Authorization": f"bearer {server.token}"}  # in small letters, as some programs write it
    assert server.client.get("/v1/quotes?status=draft", headers=token).status_code == 200


def test_pages_are_walked_by_the_cursor(server: ServerProcess, quotes: dict[str, str]) -> None:
    seen, cursor = [], ""
    for _ in range(3):
        page = server.client.get(f"/v1/quotes?limit=2{cursor}").json()
        seen += [quote["id"] for quote in page["items"]]
        cursor = f"&cursor={page['next']}"
    assert page["next"] is None
    assert seen == [quotes[f"published {number}"] for number in reversed(range(5))]


@pytest.mark.usefixtures("quotes")
def test_search_by_words_and_status(server: ServerProcess) -> None:
    answer = server.client.get("/v1/quotes", params={"q": "PUBLISHED 3"}).json()
    assert [quote["text"] for quote in answer["items"]] == ["The published 3"]
    answer = server.client.get("/v1/quotes?status=draft", headers=server.headers()).json()
    assert [quote["text"] for quote in answer["items"]] == ["The draft"]


def test_what_lists_are_asked_for_and_is_sent_empty_counts_as_not_sent(
    server: ServerProcess, quotes: dict[str, str]
) -> None:
    history = f"/v1/quotes/{quotes['draft']}/history"
    for path, empty in (
        ("/v1/quotes", "q=&status=&rating=&publisher=&speaker=&limit="),
        ("/v1/quotes", "q=+&publisher=%20&speaker=%09"),
        ("/v1/export", "format=&status="),
        (history, "limit="),
    ):
        plain = server.client.get(path, headers=server.headers())
        asked = server.client.get(f"{path}?{empty}", headers=server.headers())
        assert (asked.status_code, asked.content) == (200, plain.content), path


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("cursor=x", ["cursor"]),
        ("cursor=c-5", ["cursor"]),
        ("cursor=", ["cursor"]),
        ("cursor=cffffffff", ["cursor"]),  # beyond the largest revision
        ("limit=0", ["limit"]),
        (f"q={'a' * 1_001}", ["q"]),
        ("q=&sort=", ["sort"]),
        ("limit=all&status=old&rating=bad&sort=up", ["limit", "status", "rating", "sort"]),
    ],
)
def test_faults_of_the_query_are_told_all_at_once(
    server: ServerProcess, query: str, fields: list[str]
) -> None:
    answer = server.client.get(f"/v1/quotes?{query}")
    assert answer.status_code == 422
    faults = answer.json()["errors"]
    assert sorted(fault["field"] for fault in faults) == sorted(fields)
    assert all(fault["reason"].startswith(("must ", "is ")) for fault in faults)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": "  "}, "text"),
        ({"checks": []}, "checks"),
        ({"status": "gone"}, "status"),
        ({"txt": "a"}, "txt"),
        ({"said_on": "yesterday"}, "said_on"),
        (
            {"checks": [{"verdict": {"label": "F"}, "publisher": "P", "url": "javascript:alert(1)"}]},
            "checks.0.url",
        ),
        (
            {"checks": [{"verdict": {"label": "F"}, "publisher": "P"}], "status": "published"},
            "checks.0.verdict.rating",
        ),
    ],
    ids=str,
)
def test_a_faulty_quote_is_refused(server: ServerProcess, change: dict[str, object], field: str) -> None:
    answer = post(server, "/v1/quotes", make_quote("A").model_dump(mode="json") | change)
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["errors"]] == [field]


def test_only_a_publisher_changes_what_readers_see(server: ServerProcess) -> None:
    editor = server.create_token("editor", "editor")
    sent = make_quote("Whoever publishes it").model_dump(mode="json")
    assert post(server, "/v1/quotes", sent | {"status": "published"}, editor).status_code == 403
    path = f"/v1/quotes/{post(server, '/v1/quotes', sent, editor).json()['id']}/status"
    assert post(server, path, {"status": "in_review"}, editor).status_code == 200
    assert post(server, path, {"status": "published"}, editor).status_code == 403
    assert post(server, path, {"status": "published"}).json()["status"] == "published"
    assert post(server, path, {"status": "draft"}, editor).status_code == 403
    assert post(server, path, {"status": "retired"}).json()["status"] == "retired"


def test_an_unknown_quote(server: ServerProcess) -> None:
    for answer in (
        server.client.get("/v1/quotes/q_unknown"),
        post(server, "/v1/quotes/q_unknown/status", {"status": "retired"}),
    ):
        assert answer.status_code == 404
        assert answer.json()["type"] == "urn:quotemark:problem:quote-not-found"
