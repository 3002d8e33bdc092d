"""All settings of the server: their one home, read once from the environment into one frozen object."""

from __future__ import annotations

import difflib
import hashlib
import os
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

import limits
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "QUOTEMARK_"
DATABASE_SCHEMES = ("sqlite+aiosqlite", "postgresql+asyncpg")


class FaultySettings(ValueError):
    """Some settings can't be used; `faults` has a line in plain words for each of them."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _known_database(address: str) -> str:
    try:
        known = make_url(address).drivername in DATABASE_SCHEMES
    except (ArgumentError, ValueError):  # of a port that is no number
        known = False
    if not known:
        schemes = " or ".join(f"{scheme}://…" for scheme in DATABASE_SCHEMES)
        raise ValueError(f"must be an address of the form {schemes}")
    return address


def _known_rate(rate: str) -> str:
    if rate:
        try:
            limits.parse(rate)
        except ValueError:
            raise ValueError("must be a number and a time, as in 1200/minute, or empty") from None
    return rate


def _known_proxies(named: str) -> str:
    for name in named.split(",") if named.strip() not in {"", "*"} else ():
        try:
            ip_network(name.strip())
        except ValueError:
            raise ValueError(
                "must be addresses or networks, as in 127.0.0.1,10.0.0.0/8, or * alone, or empty"
            ) from None
    return named


def _known_hosts(named: str) -> str:
    # What else is typed here is no name that a browser sends: commas, a port, a scheme, or nothing.
    has_port = any(name.count(":") == 1 for name in named.split())
    if not named.split() or has_port or set(named) & set(",/@[]"):
        raise ValueError("must be names, with spaces between them, as in localhost quotes.example.org, or *")
    return named


class Settings(BaseSettings):
    """What an operator can set, each by the environment variable QUOTEMARK_ and the name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    database: Annotated[str, AfterValidator(_known_database)] = Field(
        "sqlite+aiosqlite:///quotemark.db", description="Where quotes are kept, as a SQLAlchemy URL"
    )
    host: str = Field("127.0.0.1", min_length=1, description="Address to listen on")
    port: int = Field(8000, ge=0, le=65_535, description="Port to listen on; 0 takes a free one")
    workers: int = Field(1, ge=1, le=256, description="Processes that serve")
    trusted_proxies: Annotated[str, AfterValidator(_known_proxies)] = Field(
        "127.0.0.1,::1",
        description="Addresses or networks of proxies whose X-Forwarded-For and -Proto are believed, with commas "
        "between them; * for any",
    )
    match_open: bool = Field(
        True, description="Whether anyone may ask for matches; else it needs a token of any role"
    )
    max_body_bytes: int = Field(4 * 1024 * 1024, ge=1, description="Largest body of a request")
    max_text_characters: int = Field(
        1_000_000, ge=1, description="Longest text that is matched, in code points"
    )
    rate_limit: Annotated[str, AfterValidator(_known_rate)] = Field(
        "1200/minute",
        description="How often one client may ask each process, as in 20/second or 1200/minute; empty for no "
        "limit. Clients of this machine are not limited",
    )
    max_matching: int = Field(
        32, ge=1, description="Requests for matches that one process has under way; more are refused at once"
    )
    max_other_requests: int = Field(
        64, ge=1, description="Other requests that one process has under way; more are refused at once"
    )
    client_seconds: float = Field(
        10, ge=0.1, le=600, description="How long a client may take to send a request, or to take an answer"
    )
    stop_seconds: int = Field(
        10, ge=0, le=600, description="How long a stop waits for the requests that are under way"
    )
    drain_seconds: float = Field(
        0,
        ge=0,
        le=600,
        description="How long a process that is to stop serves on while it says that it is not ready",
    )
    cache_bytes: int = Field(
        32 * 1024 * 1024, ge=0, description="Memory of one process for answers to texts that were seen before"
    )
    snapshot_folder: str = Field(
        "",
        description="Folder for snapshots of the index; empty takes one beside an SQLite file, and else "
        "quotemark in the user's cache folder",
    )
    snapshot_changes: int = Field(
        5_000, ge=1, description="Changes of quotes after which a new snapshot of the index is written"
    )
    poll_seconds: float = Field(
        0.5,
        gt=0,
        le=60,
        description="How often the store is asked for changes made by other processes, unless it tells of them",
    )
    metrics_token: SecretStr = Field(
        SecretStr(""), description="Bearer token that /metrics asks for; empty leaves it open"
    )
    admin_hosts: Annotated[str, AfterValidator(_known_hosts)] = Field(
        "localhost 127.0.0.1 ::1",
        description="Names under which the curation pages are served, with spaces between them; * for any",
    )
    second_person: bool = Field(
        False, description="Whether a quote is published only by another person than wrote or edited it"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least severe log line that is written"
    )
    log_format: Literal["logfmt", "json"] = Field("logfmt", description="Form of the log lines")

    def environment(self) -> dict[str, str]:
        """Return the variables that make another process read the same settings."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return {
            environment_name(name): value.get_secret_value() if isinstance(value, SecretStr) else str(value)
            for name, value in values.items()
        }

    def database_file(self) -> Path | None:
        """Return the file of an SQLite database; None for one in memory or on a server."""
        file = _sqlite_file(self.database)
        return None if file == Path() else file

    def snapshots_of_database(self) -> Path | None:
        """Return the folder of this database's snapshots; None for a database in memory."""
        file = _sqlite_file(self.database)
        if file == Path():
            return None
        if not self.snapshot_folder and file is not None:
            return file.with_name(f"{file.name}.index")
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "quotemark"
        # The password may be changed, and the options; the database is the same, wherever its address names it.
        address = str(file) if file else _name_database(self.database)
        digest = hashlib.sha256(address.encode()).hexdigest()[:16]
        return Path(self.snapshot_folder or cache).absolute() / digest


def _sqlite_file(database: str) -> Path | None:
    """Return the file of an SQLite address, an empty path where it is in memory; None for other addresses."""
    url = make_url(database)
    if url.get_backend_name() != "sqlite":
        return None
    return Path() if url.database in (None, "", ":memory:") else Path(url.database).absolute()


def _name_database(database: str) -> str:
    url = make_url(database)
    return url.set(
        query={name: value for name, value in url.query.items() if name in _OPTIONS_THAT_NAME}
    ).render_as_string(hide_password=True)


def read_settings(**given: object) -> Settings:
    """Read the settings from the environment; what is `given` (and is not None) wins over it.

    Raises FaultySettings, which tells every fault at once.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as faulty:
        faults = [
            f"{environment_name(str(fault['loc'][0]))}: {_in_plain_words(fault['msg'])}"
            for fault in faulty.errors()
        ]
        raise FaultySettings(faults) from None


_SECRET_OPTIONS = ("password", "sslpassword")
_OPTIONS_THAT_NAME = ("host", "port", "user", "database", "service")


def environment_name(setting: str) -> str:
    return PREFIX + setting.upper()


def find_misspelt(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Tell of the variables that look like settings and are none: likely misspelt, and without effect."""
    known = [environment_name(setting) for setting in Settings.model_fields]
    told = []
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            told.append(f"{name} is not a setting" + (f"; did you mean {near[0]}?" if near else ""))
    return told


def hide_password(database: str) -> str:
    """Return the database's address fit for showing; what is no address stays as it is.

    >>> hide_password("postgresql+asyncpg://quotemark:secret@db/quotes?password=secret&ssl=require")
    'postgresql+asyncpg://quotemark:***@db/quotes?ssl=require'
    """
    try:
        url = make_url(database)
    except ArgumentError:
        return database
    return url.difference_update_query(_SECRET_OPTIONS).render_as_string(hide_password=True)


def _in_plain_words(message: str) -> str:
    return message.removeprefix("Value error, ").replace("Input should be", "must be")
