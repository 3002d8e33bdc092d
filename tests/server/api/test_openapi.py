"""The description of the interface is valid, tells of every route, and can be read without another host."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.routing import Route

from server.api import ROUTES
from server.api.openapi import build_document
from tests.server_process import ServerProcess

METHODS = {"GET", "POST", "PUT", "DELETE"}


@pytest.fixture(scope="module")
def document(server: ServerProcess) -> dict[str, Any]:
    answer = server.client.get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    return dict(answer.json())


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_the_server_is_where_the_document_is(document: dict[str, Any]) -> None:
    (address,) = [server["url"] for server in document["servers"]]
    assert urljoin("https://example.org/openapi.json", address) == "https://example.org/"
    assert urljoin("https://example.org/quotemark/openapi.json", address) == "https://example.org/quotemark/"


def test_every_route_is_described_and_no_other() -> None:
    described = {
        (method.upper(), path) for path, methods in build_document()["paths"].items() for method in methods
    }
    served = {
        (method, route.path)
        for route in ROUTES
        if isinstance(route, Route)
        for method in (route.methods or set()) & METHODS
    }
    assert described == served


def test_names_of_operations_are_unique(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))


def test_every_parameter_and_body_has_a_type(document: dict[str, Any]) -> None:
    for path in document["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            for parameter in operation["parameters"]:
                assert parameter["schema"]


def test_answers_name_no_defaults_for_what_they_leave_out(document: dict[str, Any]) -> None:
    """Programs that write clients take what has a default for something that is always there."""
    schemas = document["components"]["schemas"]
    for name in ("MatchAnswer", "ReaderQuote", "ProblemAnswer"):
        assert not any("default" in field for field in schemas[name]["properties"].values())
    assert not any(
        field.get("default", "") is None
        for schema in schemas.values()
        for field in schema.get("properties", {}).values()
    )


def test_a_server_that_is_not_ready_says_so_in_the_shape_of_one_that_is(document: dict[str, Any]) -> None:
    answers = document["paths"]["/readyz"]["get"]["responses"]
    assert answers["503"]["content"] == answers["200"]["content"]


def test_matching_may_ask_for_a_token(document: dict[str, Any]) -> None:
    operation = document["paths"]["/v1/match"]["post"]
    assert operation["security"] == [{}, {"token": []}]
    assert "WWW-Authenticate" in operation["responses"]["401"]["headers"]


def test_what_limits_answer_says_when_to_come_back(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for operation in methods.values() if path.startswith("/v1/") else ():
            for status in ("429", "503"):
                assert "Retry-After" in operation["responses"][status]["headers"]


class Page(HTMLParser):
    """Collects what a page would load, and where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.anchors.add(named.get("id") or "")
        if tag in {"script", "link", "img", "iframe", "object", "embed", "form"} or named.get("src"):
            self.loads.append(tag)
        if tag == "a":
            self.links.append(named.get("href") or "")


def test_the_page_for_people_tells_all_and_loads_nothing(
    server: ServerProcess, document: dict[str, Any]
) -> None:
    answer = server.client.get("/docs")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    page = Page()
    page.feed(answer.text)
    assert page.loads == []
    assert not re.search(r"\son\w+=|style=", answer.text)
    for path in document["paths"]:
        assert f"<code>{path}</code>" in answer.text
    for link in page.links:
        assert link == "openapi.json" or link.removeprefix("#") in page.anchors
