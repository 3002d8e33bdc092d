from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from server.settings import FaultySettings, find_misspelt, hide_password, read_settings


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUOTEMARK_DATABASE", raising=False)


def test_defaults() -> None:
    settings = read_settings()
    assert (settings.database, settings.host, settings.port) == (
        "sqlite+aiosqlite:///quotemark.db",
        "127.0.0.1",
        8000,
    )


def test_the_environment_is_read_and_what_is_given_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEMARK_PORT", "9000")
    assert read_settings(port=None).port == 9000
    assert read_settings(port=9001).port == 9001


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEMARK_PORT", "many")
    monkeypatch.setenv("QUOTEMARK_DATABASE", "mysql://localhost")
    with pytest.raises(FaultySettings) as raised:
        read_settings(poll_seconds=0)
    told = {fault.partition(":")[0]: fault for fault in raised.value.faults}
    assert set(told) == {"QUOTEMARK_PORT", "QUOTEMARK_DATABASE", "QUOTEMARK_POLL_SECONDS"}
    assert "sqlite+aiosqlite://" in told["QUOTEMARK_DATABASE"]


@pytest.mark.parametrize(
    "faulty",
    [
        {"trusted_proxies": "127.0.0.1,proxy.internal"},
        {"trusted_proxies": "10.0.0.1/8"},
        {"trusted_proxies": "127.0.0.1,*"},
        {"admin_hosts": " "},
        {"admin_hosts": "localhost,quotes.example.org"},
        {"admin_hosts": "https://quotes.example.org"},
        {"admin_hosts": "quotes.example.org:8443"},
    ],
)
def test_names_that_would_never_be_met_are_told(faulty: dict[str, str]) -> None:
    with pytest.raises(FaultySettings, match=f"QUOTEMARK_{next(iter(faulty)).upper()}: must be"):
        read_settings(**faulty)


@pytest.mark.parametrize("proxies", ["", "*", "10.0.0.0/8, ::1", "192.0.2.9"])
def test_proxies_are_addresses_and_networks(proxies: str) -> None:
    assert read_settings(trusted_proxies=proxies).trusted_proxies == proxies


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        read_settings().port = 1  # type: ignore[misc]


def test_misspelt_variables_are_told() -> None:
    assert find_misspelt({"QUOTEMARK_PROT": "1", "QUOTEMARK_PORT": "1", "PATH": ""}) == [
        "QUOTEMARK_PROT is not a setting; did you mean QUOTEMARK_PORT?"
    ]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql+asyncpg://quotemark:s3cret@db/quotes", "postgresql+asyncpg://quotemark:***@db/quotes"),
        ("postgresql+asyncpg://quotemark:a:b@db/quotes", "postgresql+asyncpg://quotemark:***@db/quotes"),
        ("postgresql+asyncpg://me@srv:s3cret@db/quotes", "postgresql+asyncpg://me%40srv:***@db/quotes"),
        (
            "postgresql+asyncpg://db/quotes?password=s3cret&ssl=require",
            "postgresql+asyncpg://db/quotes?ssl=require",
        ),
        ("sqlite+aiosqlite:///quotemark.db", "sqlite+aiosqlite:///quotemark.db"),
        ("8000", "8000"),
    ],
)
def test_passwords_are_not_shown(address: str, shown: str) -> None:
    assert hide_password(address) == shown


def test_snapshots_stand_beside_the_file_that_is_opened() -> None:
    assert read_settings(database="sqlite+aiosqlite:////var/my%20quotes.db").snapshots_of_database() == Path(
        "/var/my quotes.db.index"
    )


def test_each_database_has_a_folder_of_its_own_for_snapshots() -> None:
    server = "postgresql+asyncpg://me:{}@{}/quotes{}"
    same = [("a", "db", ""), ("b", "db", ""), ("a", "db", "?ssl=require")]
    others = [
        ("a", "other", ""),
        ("a", "", "?host=/run/one"),
        ("a", "", "?host=/run/two"),
        ("a", "", "?service=x"),
    ]
    (folder,) = {read_settings(database=server.format(*parts)).snapshots_of_database() for parts in same}
    folders = {read_settings(database=server.format(*parts)).snapshots_of_database() for parts in others}
    assert len(folders) == len(others)
    assert folder not in folders
