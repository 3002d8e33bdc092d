"""What the documents say is so: their examples run, their commands and routes exist, and versions agree."""

from __future__ import annotations

import doctest
import importlib
import json
import pkgutil
import re
import subprocess
import sys
import tarfile
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from prometheus_client import REGISTRY
from pydantic import SecretStr
from starlette.routing import Route
from typer.main import get_command

import matcher
from matcher import QuoteIndex
from server.api import ROUTES
from server.cli import demo
from server.cli.commands import app as command_line
from server.samples import sample_quotes
from server.settings import Settings, environment_name

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_request_is_answered_as_the_readme_says() -> None:
    asked = json.loads(re.search(r"-d '(\{.*?\})'", README, re.DOTALL)[1])  # type: ignore[index]
    told = json.loads(re.search(r"```json\n(.*?)```", README, re.DOTALL)[1])  # type: ignore[index]
    quotes = {f"q{number}": quote for number, quote in enumerate(sample_quotes())}
    found = QuoteIndex.build([(key, quote.text) for key, quote in quotes.items()]).find(asked["text"])

    assert [as_answered(match) for match in found] == [without_id(match) for match in told["matches"]]
    fields = {"text", "language", "said_on", "speaker", "checks"}
    cards = [quotes[match.quote_id].model_dump(mode="json", include=fields) for match in found]
    assert cards == list(told["quotes"].values())
    assert [match["quote"] for match in told["matches"]] == list(told["quotes"])


def as_answered(match: matcher.Match) -> dict[str, Any]:
    return {
        "kind": match.kind,
        "spans": [list(span) for span in match.spans],
        "similarity": match.similarity,
        "coverage": match.coverage,
        "changes": [change._asdict() for change in match.changes],
    }


def without_id(match: dict[str, Any]) -> dict[str, Any]:
    return {key: match[key] for key in ("kind", "spans", "similarity", "coverage", "changes")}


def test_the_readme_counts_the_samples_right() -> None:
    assert re.findall(r"(\d+) sample\s+quotes", README) == [str(len(sample_quotes()))]


def test_the_readme_library_example_runs() -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)[1]  # type: ignore[index]
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - our own file
    assert (names["match"].kind, names["match"].spans) == ("exact", ((1, 35),))


@pytest.mark.parametrize("line", re.findall(r"^(?:\.venv/bin/)?quotemark [^#\n]*", README, re.MULTILINE))
def test_commands_in_the_readme_exist(line: str) -> None:
    command = get_command(command_line)
    name = line.replace("--database ", "--database=").split()
    assert next(word for word in name[1:] if word[0] != "-") in command.commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("document", ["README.md", "docs/api.md"])
def test_tokens_for_the_demo_are_created_where_it_looks_for_them(document: str) -> None:
    command = f".venv/bin/quotemark --database {demo.DATABASE} token create me --role publisher"
    assert command in (ROOT / document).read_text(encoding="utf-8")


def test_each_setting_is_documented_with_its_default_and_what_it_is_for() -> None:
    told = dict(
        re.findall(
            r"^\| `(QUOTEMARK_\w+)` \| (.*) \|$", (ROOT / "docs" / "operating.md").read_text(), re.MULTILINE
        )
    )
    expected = {}
    for name, field in Settings.model_fields.items():
        default = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
        shown = f"`{default}`" if str(default) else "(empty)"
        expected[environment_name(name)] = f"{shown} | {field.description}"
    assert told == expected


def test_each_metric_is_documented() -> None:
    told = set(re.findall(r"`(quotemark_\w+)", (ROOT / "docs" / "operating.md").read_text()))
    served = {
        sample
        for family in REGISTRY.collect()
        if family.name.startswith("quotemark_")
        for sample in [f"{family.name}_total" if family.type == "counter" else family.name]
    }
    assert told == served


def test_the_description_of_the_interface_lists_all_routes() -> None:
    interface = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`(GET|POST|PUT|DELETE) (/[^`]*)`", interface))
    served = {
        (method, route.path.replace("{quote_id}", "{id}"))
        for route in ROUTES
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert documented == served


def test_every_make_target_in_the_documents_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    documents = README + (ROOT / "CONTRIBUTING.md").read_text()
    wanted = set(re.findall(r"make ([a-z]+)", documents))
    assert wanted <= set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    extension = json.loads((ROOT / "extension" / "package.json").read_text())["version"]
    changelog = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert project == extension == changelog[0]


def test_the_uvicorn_that_is_installed_is_one_whose_inside_these_tests_have_seen() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (uvicorn,) = (Requirement(each) for each in project["dependencies"] if each.startswith("uvicorn"))
    major, minor, *_ = map(int, version("uvicorn").split("."))
    assert f"{major}.{minor}" in uvicorn.specifier
    assert f"{major}.{minor + 1}" not in uvicorn.specifier


def test_type_checkers_are_told_that_the_packages_have_types() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert "Typing :: Typed" in project["project"]["classifiers"]
    for package in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        assert (ROOT / package / "py.typed").is_file()


@pytest.mark.parametrize("name", [name for _, name, _ in pkgutil.iter_modules(matcher.__path__, "matcher.")])
def test_docstring_examples_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize(
    "path",
    [
        p
        for p in ROOT.rglob("*")
        if p.suffix in {".lock", ".json", ".npmrc"}
        and ".venv" not in p.parts
        and "node_modules" not in p.parts
        and "dist" not in p.parts
    ],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_no_lock_file_holds_download_addresses(path: Path) -> None:
    assert not re.search(r'"resolved"|--index-url|--find-links', path.read_text(encoding="utf-8"))


def test_each_kind_of_problem_is_documented() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "server" / "api").glob("*.py")]
    kinds = {
        kind
        for source in sources
        for kind in re.findall(r"HTTPStatus\.\w+,\s+\"([a-z]+(?:-[a-z]+)+)\"", source)
    }
    told = (ROOT / "docs" / "api.md").read_text(encoding="utf-8").partition("## Errors")[2]
    assert "stale-edit" in kinds
    assert {kind for kind in kinds if f"`{kind}`" not in told} == set()


def test_a_source_archive_holds_the_packages_and_what_the_readme_leads_to(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        folders = {name.split("/")[1] for name in opened.getnames() if name.count("/") > 1}
    assert folders == {"matcher", "server", "docs"}
