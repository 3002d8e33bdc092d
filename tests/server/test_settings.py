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
