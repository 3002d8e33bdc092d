"""Claims, as clients of Google's Fact Check Tools read them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.quotes import make_quote
from tests.server_process import ServerProcess


@pytest.fixture(scope="module")
def claims(server: ServerProcess) -> ServerProcess:
    for number in range(12):
        fields: dict[str, Any] = {"said_on": f"2020-01-{number + 1:02}", "language": "en-US"}
        server.publish(make_quote(f"The moon is cheese {number}", **fields).model_dump(mode="json"))
    german = make_quote(
        "Der Mond ist aus Käse",
        language="de",
        url="https://www.faktencheck.example/mond",
        publisher="Faktencheck",
        speaker={"name": "Ann Example"},
    ).model_dump(mode="json")
    other = {"publisher": "Other", "verdict": {"label": "False", "rating": "false"}}
    german["checks"].append(other | {"published_on": "2024-05-06"})
    server.publish(german)
    draft = make_quote("The moon is a draft").model_dump(mode="json")
    server.client.post("/v1/quotes", json=draft, headers=server.headers()).raise_for_status()
    return server


def ask(server: ServerProcess, **query: str | int) -> dict[str, Any]:
    answer = server.client.get("/v1/claims:search", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_claim_has_the_shape_that_clients_know(claims: ServerProcess) -> None:
    assert ask(claims, query="käse", key="an api key", alt="json") == {
        "claims": [
            {
                "text": "Der Mond ist aus Käse",
                "claimant": "Ann Example",
                "claimReview": [
                    {
                        "publisher": {"name": "Faktencheck", "site": "faktencheck.example"},
                        "url": "https://www.faktencheck.example/mond",
                        "textualRating": "Unsubstantiated",
                        "languageCode": "de",
                    },
                    {
                        "publisher": {"name": "Other"},
                        "reviewDate": "2024-05-06T00:00:00Z",
                        "textualRating": "False",
                        "languageCode": "de",
                    },
                ],
            }
        ]
    }


def test_days_are_moments_and_drafts_are_not_there(claims: ServerProcess) -> None:
    (claim,) = ask(claims, query="moon cheese 7")["claims"]
    assert claim["claimDate"] == "2020-01-08T00:00:00Z"
    assert ask(claims, query="draft") == {}


def test_pages_and_offsets(claims: ServerProcess) -> None:
    first = ask(claims, query="moon")
    second = ask(claims, query="moon", pageToken=first["nextPageToken"])
    assert (len(first["claims"]), len(second["claims"])) == (10, 2)
    assert "nextPageToken" not in second
    assert ask(claims, query="moon", offset=10)["claims"] == second["claims"]
    assert len(ask(claims, query="moon", pageSize=3)["claims"]) == 3


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"query": "moon", "languageCode": "en"}, 10),
        ({"query": "moon", "languageCode": "en-us"}, 10),
        ({"query": "moon", "languageCode": "en-GB"}, 10),
        ({"query": "moon", "languageCode": "en-Latn"}, 0),
        ({"query": "mond", "languageCode": "de-AT"}, 1),
        ({"query": "moon", "languageCode": "fr"}, 0),
        ({"reviewPublisherSiteFilter": "www.faktencheck.example"}, 1),
        ({"reviewPublisherSiteFilter": "https://www.faktencheck.example/"}, 1),
        ({"reviewPublisherSiteFilter": "Faktencheck.example/mond"}, 1),
        ({"reviewPublisherSiteFilter": "example"}, 1),
        ({"reviewPublisherSiteFilter": "encheck.example"}, 0),
        ({"query": "???"}, 0),
        ({"query": "moon", "maxAgeDays": 30}, 0),
        ({"query": "moon", "maxAgeDays": 36_000}, 10),
        ({"query": "mond", "maxAgeDays": 36_000}, 1),  # said on no known day, and checked on one
    ],
    ids=str,
)
def test_claims_are_narrowed_down(claims: ServerProcess, query: dict[str, str | int], count: int) -> None:
    assert len(ask(claims, **query).get("claims", [])) == count


def test_what_is_sent_empty_counts_as_not_sent_and_a_page_is_never_too_large(claims: ServerProcess) -> None:
    empty: dict[str, str | int] = {"languageCode": "", "reviewPublisherSiteFilter": "", "pageToken": ""}
    assert ask(claims, query="cheese", pageSize=1_000, **empty) == ask(claims, query="cheese", pageSize=500)
    assert ask(claims, query="cheese", languageCode="en_GB") == ask(claims, query="cheese", languageCode="en")


def test_a_foreign_page_token_is_refused_by_its_own_name(claims: ServerProcess) -> None:
    answer = claims.client.get("/v1/claims:search", params={"query": "cheese", "pageToken": "CAo"})
    assert answer.json()["errors"] == [
        {"field": "pageToken", "reason": "must be the `nextPageToken` of an earlier answer"}
    ]


def test_with_a_site_only_its_reviews_are_told(claims: ServerProcess) -> None:
    (claim,) = ask(claims, reviewPublisherSiteFilter="faktencheck.example")["claims"]
    assert [review["publisher"]["name"] for review in claim["claimReview"]] == ["Faktencheck"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"languageCode": "en"}, "query"),
        ({"query": " "}, "query"),
        ({"reviewPublisherSiteFilter": "not a site"}, "reviewPublisherSiteFilter"),
    ],
    ids=str,
)
def test_something_must_be_asked_for(claims: ServerProcess, query: dict[str, str], field: str) -> None:
    answer = claims.client.get("/v1/claims:search", params=query)
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["errors"]] == [field]


def test_googles_own_libraries_ask_at_their_path(claims: ServerProcess) -> None:
    answer = claims.client.get("/v1alpha1/claims:search", params={"query": "käse", "alt": "json"})
    assert answer.json() == ask(claims, query="käse")
