"""Where a second person publishes, an import publishes nothing of its own: by HTTP and on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.cli.importing import ImportPlan, import_files
from server.settings import Settings
from tests.databases import KINDS, make_database, run_apart
from tests.server_process import ServerProcess

TABLE = "quote,verdict,publisher\nThe {n} bridges of the town were sold to a circus,False,Snopes\n"


@pytest.fixture(scope="module", params=KINDS)
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServerProcess]:
    folder = tmp_path_factory.mktemp("server")
    with (
        make_database(request.param, folder) as database,
        ServerProcess(folder, database, second_person=True) as process,
    ):
        yield process


def send(server: ServerProcess, content: str, token: str) -> dict[str, Any]:
    headers = server.headers(token) | {"Content-Type": "text/csv"}
    answer = server.client.post("/v1/imports?publish=true", content=content.encode(), headers=headers)
    assert answer.status_code == 200, answer.text
    [item] = answer.json()["items"]
    return dict(item)


def test_one_token_imports_and_another_publishes(server: ServerProcess) -> None:
    content, ann, bo = TABLE.format(n="seven"), *(server.create_token(n, "publisher") for n in ("ann", "bo"))
    first = send(server, content, ann)
    assert (first["outcome"], first["status"]) == ("created", "in_review")
    assert "second person" in first["reason"]
    assert send(server, content, ann)["outcome"] == "unchanged"
    refused = server.client.post(
        f"/v1/quotes/{first['quote']}/status", json={"status": "published"}, headers=server.headers(ann)
    )
    assert (refused.status_code, refused.json()["type"]) == (
        409,
        "urn:quotemark:problem:second-person-needed",
    )
    approved = send(server, content, bo)
    assert (approved["status"], approved["reason"]) == ("published", None)


def test_the_command_line_publishes_nothing_of_its_own(server: ServerProcess, tmp_path: Path) -> None:
    file = tmp_path / "quotes.csv"
    file.write_text(TABLE.format(n="nine"))
    settings = Settings(database=server.database, second_person=True)
    assert run_apart(import_files(settings, [file], ImportPlan(publish=True))) == 0
    bo = server.create_token("bo", "publisher")
    assert send(server, file.read_text(), bo)["status"] == "published", "it waited for a second person"
    listed = server.client.get("/v1/quotes?q=nine+bridges", headers=server.headers(bo)).json()["items"]
    history = server.client.get(f"/v1/quotes/{listed[0]['id']}/history", headers=server.headers(bo)).json()
    assert [(entry["action"], entry["actor"]) for entry in history["items"]] == [
        ("moved", "bo"),
        ("created", "command line"),
    ]
