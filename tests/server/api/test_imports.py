"""A fact-check article goes in, as HTML or as copied text; its quote is matched at once."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.server_process import ServerProcess

ARTICLE = (Path(__file__).parents[1] / "ingest" / "fixtures" / "polygraph-copied.txt").read_text(
    encoding="utf-8"
)
CHECK = """<!doctype html><html lang="en"><head><title>A check</title><script type="application/ld+json">{
"@context": "https://schema.org", "@type": "ClaimReview", "url": "https://checks.example/%(n)s",
"claimReviewed": "\\u201cThe sea level has not risen by one inch since 1750\\u201d",
"itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Ann Example"}},
"author": {"@type": "Organization", "name": "Checks Example"},
"reviewRating": {"@type": "Rating", "alternateName": "%(label)s"}
}</script></head><body><p>Text.</p></body></html>"""


def send(
    server: ServerProcess,
    content: str,
    media_type: str = "text/html",
    query: str = "",
    token: str | None = None,
) -> httpx.Response:
    return server.client.post(
        f"/v1/imports{query}",
        content=content.encode(),
        headers=server.headers(token) | {"Content-Type": media_type},
    )


def test_a_copied_article_is_imported_once_and_matched_at_once(server: ServerProcess) -> None:
    answer = send(server, ARTICLE, "text/plain", "?publish=true").json()
    (item,) = answer["items"]
    assert (item["outcome"], item["status"], item["reason"]) == ("created", "published", None)
    assert item["evidence"]["speaker"]
    assert {name: answer[name] for name in ("created", "updated", "unchanged", "failed")} == {
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "failed": 0,
    }
    quote = server.client.get(f"/v1/quotes/{item['quote']}").json()
    assert quote["checks"][0]["publisher"] == "Polygraph.info"
    (match,) = server.match(quote["text"])["matches"]
    assert (match["quote"], match["kind"]) == (item["quote"], "exact")

    again = send(server, ARTICLE, "text/plain", "?publish=true").json()
    assert (again["unchanged"], again["items"][0]["quote"]) == (1, item["quote"])


def test_a_dry_run_makes_nothing(server: ServerProcess) -> None:
    before = server.client.get("/v1/quotes").json()["total"]
    html = CHECK % {"n": 1, "label": "False"}
    (item,) = send(server, html, query="?dry_run=true&publish=true").json()["items"]
    assert (item["outcome"], item["quote"], item["status"]) == ("created", None, "published")
    assert server.client.get("/v1/quotes").json()["total"] == before


def test_a_label_without_a_rating_is_not_published(server: ServerProcess) -> None:
    html = CHECK % {"n": 2, "label": "Sixty-forty"}
    (item,) = send(server, html, query="?publish=true").json()["items"]
    assert item["status"] == "in_review"
    assert "Sixty-forty" in item["reason"]
    assert server.client.get(f"/v1/quotes/{item['quote']}").status_code == 404


@pytest.mark.parametrize(
    ("role", "query", "status"),
    [
        ("viewer", "", 403),
        ("editor", "", 200),
        ("editor", "?publish=true", 403),
        ("editor", "?publish=true&dry_run=true", 403),
        ("publisher", "?publish=true", 200),
        ("admin", "?publish=true", 200),
    ],
)
def test_roles(server: ServerProcess, role: str, query: str, status: int) -> None:
    token = server.create_token(role, role)
    assert send(server, ARTICLE, "text/plain", query, token).status_code == status


def test_a_reason_does_not_repeat_the_article(server: ServerProcess) -> None:
    label = "Sixty-forty " * 100
    answer = send(server, CHECK % {"n": 3, "label": label})
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert "Sixty" not in answer.text
