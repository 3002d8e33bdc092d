"""A fact-check article goes in, as HTML or as copied text; its quote is matched at once."""

from __future__ import annotations

import gzip
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


def test_a_dry_run_names_no_quote_that_is_not_there_though_a_later_row_is_the_same(
    server: ServerProcess,
) -> None:
    row = "Two moons rose twice over the harbour,False,Snopes"
    items = send(server, f"quote,verdict,publisher\n{row}\n{row}\n", "text/csv", "?dry_run=true").json()[
        "items"
    ]
    assert [(item["outcome"], item["quote"]) for item in items] == [("created", None), ("unchanged", None)]


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


CSV = "quote,verdict,publisher\nThe {n} bridges of the town were sold to a circus,False,Snopes\n"
RECORD = '{"text": "Nobody has ever seen the %s lighthouse keepers smile", "label": "True", "publisher": "Snopes"}\n'
FEED = """{"@type": "DataFeed", "dataFeedElement": [
{"@type": "ClaimReview", "url": "https://checks.example/feed/1", "claimReviewed": "\u201cThe harbor freezes every July\u201d",
 "author": {"name": "Checks Example"}, "reviewRating": {"alternateName": "False"}},
{"@type": "ClaimReview", "claimReviewed": "Nothing rates this", "author": {"name": "Checks Example"}}]}"""


def test_a_feed_is_imported_item_by_item(server: ServerProcess) -> None:
    answer = send(server, FEED, "application/ld+json").json()
    assert (answer["created"], answer["failed"]) == (1, 1)
    good, bad = answer["items"]
    assert (good["place"], good["evidence"]["label"]) == ("item 1", "reviewRating.alternateName: False")
    assert (bad["outcome"], bad["place"], bad["quote"]) == ("failed", "item 2", None)
    assert send(server, FEED, "application/ld+json").json()["unchanged"] == 1


@pytest.mark.parametrize(
    ("content", "faulty", "media_type"),
    [
        (CSV.format(n="seven"), ",False,Snopes\n", "text/csv"),
        (RECORD % "seven", "{broken\n", "application/x-ndjson"),
    ],
)
def test_of_lists_all_goes_in_or_nothing_unless_asked(
    server: ServerProcess, content: str, faulty: str, media_type: str
) -> None:
    refused = send(server, content + faulty, media_type)
    assert refused.status_code == 422
    told = refused.json()
    assert told["type"] == "urn:quotemark:problem:unreadable-items"
    assert (told["failed"], told["created"], told["items"][0]["place"]) == (
        1,
        0,
        f"line {content.count(chr(10)) + 1}",
    )
    some = send(server, content + faulty, media_type, "?partial=true").json()
    assert (some["created"], some["failed"]) == (1, 1)
    assert send(server, content, media_type).json()["unchanged"] == 1


def test_columns_are_named_where_their_names_do_not_tell(server: ServerProcess) -> None:
    table = "words,label,publisher,day\nThe clock tower was moved by night,False,Snopes,2020-05-04\n"
    (item,) = send(server, table, "text/csv", "?columns=text=words,said_on=day").json()["items"]
    quote = server.client.get(f"/v1/quotes/{item['quote']}", headers=server.headers()).json()
    assert (quote["text"], quote["said_on"], quote["form"]) == (
        "The clock tower was moved by night",
        "2020-05-04",
        "paraphrase",
    )
    bare = table.partition("\n")[2]
    query = "?header=false&columns=text=1,label=2,publisher=3,said_on=4"
    assert send(server, bare, "text/csv", query).json()["items"][0]["quote"] == item["quote"]
    refused = send(server, bare, "text/csv", "?columns=text=1")
    assert refused.json()["type"].endswith("not-a-fact-check")
    refused = send(server, table, "text/csv", "?columns=nonsense=day")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "columns")


@pytest.mark.parametrize("format_", ["ndjson", "csv", "claimreview"])
def test_what_is_exported_can_be_imported_and_is_then_the_same(server: ServerProcess, format_: str) -> None:
    send(server, ARTICLE, "text/plain", "?publish=true")
    send(server, CHECK % {"n": 9, "label": "False"})
    exported = server.client.get(f"/v1/export?format={format_}", headers=server.headers())
    media_type = exported.headers["Content-Type"].partition(";")[0]
    heads = server.client.head(f"/v1/export?format={format_}", headers=server.headers())
    told = ("Content-Type", "Content-Disposition", "Content-Length")
    assert [heads.headers.get(name) for name in told] == [exported.headers.get(name) for name in told]
    again = send(server, exported.text, media_type).json()
    assert again["created"] == again["updated"] == again["failed"] == 0
    assert again["unchanged"] >= 2

    quote = server.client.get("/v1/quotes?limit=1&status=published", headers=server.headers()).json()[
        "items"
    ][0]
    path = f"/v1/quotes/{quote['id']}"
    before = server.client.get(path, headers=server.headers())
    gone = server.client.delete(path, headers=server.headers() | {"If-Match": before.headers["ETag"]})
    assert gone.status_code == 204
    assert send(server, exported.text, media_type).json()["created"] == 1
    after = server.client.get(path, headers=server.headers()).json()
    assert {**after, "revision": 0} == {**before.json(), "revision": 0}


def test_an_editors_import_publishes_nothing_and_changes_nothing_published(server: ServerProcess) -> None:
    editor = server.create_token("an-editor", "editor")
    own = (
        '{"text": "The mayor never paid for the fountain", "status": "published",'
        ' "checks": [{"verdict": {"label": "False", "rating": "false"}, "publisher": "Snopes"}]}'
    )
    (item,) = send(server, own, "application/x-ndjson", token=editor).json()["items"]
    assert (item["outcome"], item["status"]) == ("created", "draft")
    (item,) = send(server, own, "application/x-ndjson", "?publish=true").json()["items"]
    assert item["status"] == "published"
    changed = own.replace('"Snopes"', '"Snopes", "summary": "Changed by an editor."')
    (item,) = send(server, changed, "application/x-ndjson", token=editor).json()["items"]
    assert (item["outcome"], item["reason"]) == (
        "failed",
        "The quote is published: only a publisher may change it.",
    )


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        ("{", "application/ld+json", 400),
        ("{}", "application/ld+json", 422),
        ("a,b\n1,2", "text/csv", 422),
        ("", "application/x-ndjson", 200),
        ("<p>", "application/pdf", 415),
        ("<div>" * 500_000, "text/html", 422),
    ],
)
def test_what_can_not_be_read_is_refused(
    server: ServerProcess, content: str, media_type: str, status: int
) -> None:
    answer = send(server, content, media_type)
    assert answer.status_code == status


def test_an_encoded_body_is_refused(server: ServerProcess) -> None:
    answer = server.client.post(
        "/v1/imports",
        content=gzip.compress(ARTICLE.encode()),
        headers=server.headers() | {"Content-Type": "text/plain", "Content-Encoding": "gzip"},
    )
    assert answer.status_code == 415
