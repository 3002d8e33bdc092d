"""All settings of the server: their one home, read once from the environment into one frozen object."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "QUOTEMARK_"
DATABASE_SCHEMES = ("sqlite+aiosqlite", "postgresql+asyncpg")


class FaultySettings(ValueError):
    """Some settings can't be used; `faults` has a line in plain words for each of them."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _known_database(address: str) -> str:
    if not address.startswith(tuple(f"{scheme}://" for scheme in DATABASE_SCHEMES)):
        schemes = " or ".join(f"{scheme}://…" for scheme in DATABASE_SCHEMES)
        raise ValueError(f"must be an address of the form {schemes}")
    return address


class Settings(BaseSettings):
    """What an operator can set, each by the environment variable QUOTEMARK_ and the name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    database: Annotated[str, AfterValidator(_known_database)] = Field(
        "sqlite+aiosqlite:///quotemark.db", description="Where quotes are kept, as a SQLAlchemy URL"
    )
    host: str = Field("127.0.0.1", min_length=1, description="Address to listen on")
    port: int = Field(8000, ge=0, le=65_535, description="Port to listen on; 0 takes a free one")
    workers: int = Field(1, ge=1, le=256, description="Processes that serve")
    max_body_bytes: int = Field(4 * 1024 * 1024, ge=1, description="Largest body of a request")
    max_text_characters: int = Field(
        1_000_000, ge=1, description="Longest text that is matched, in code points"
    )
    poll_seconds: float = Field(
        0.5, gt=0, le=60, description="How often the store is asked for changes made by other processes"
    )
    admin_hosts: str = Field(
        "localhost 127.0.0.1 ::1",
        min_length=1,
        description="Names under which the curation pages are served, with spaces between them; * for any",
    )
    second_person: bool = Field(
        False, description="Whether a quote is published only by another person than wrote or edited it"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least severe log line that is written"
    )


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
    """Return the database's address fit for showing.

    >>> hide_password("postgresql+asyncpg://quotemark:secret@db/quotes")
    'postgresql+asyncpg://quotemark:***@db/quotes'
    """
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", database)


def _in_plain_words(message: str) -> str:
    return message.removeprefix("Value error, ").replace("Input should be", "must be")
