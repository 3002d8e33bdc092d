"""`quotemark user add` and `quotemark user password`: the first admin, and a way back in."""

from __future__ import annotations

import asyncio
import getpass
import sys
from typing import Annotated

import typer

from server.cli.names import ACTOR, fit_name
from server.cli.options import DatabaseUrl
from server.cli.storing import open_store
from server.models import Role
from server.passwords import find_password_fault, hash_password
from server.settings import Settings, read_settings


class PasswordUnfit(ValueError):
    """The password is none that we take."""


def add(
    name: Annotated[
        str, typer.Argument(help="The name to sign in with; stands in the history.", callback=fit_name)
    ],
    role: Annotated[Role, typer.Option(help="What the user may do.")] = Role.ADMIN,
    database: DatabaseUrl = None,
) -> None:
    asyncio.run(_add_user(read_settings(database=database), name, role, _ask_password()))


def password(
    name: Annotated[str, typer.Argument(help="Whose password it is.")],
    database: DatabaseUrl = None,
) -> None:
    asyncio.run(_set_password(read_settings(database=database), name, _ask_password()))


async def _add_user(settings: Settings, name: str, role: Role, password: str) -> None:
    hashed = await hash_password(_require_fit(password))
    async with open_store(settings) as store:
        await store.users.add(name, hashed, role, ACTOR)


async def _set_password(settings: Settings, name: str, password: str) -> None:
    hashed = await hash_password(_require_fit(password))
    async with open_store(settings) as store:
        await store.users.set_password(name, hashed, ACTOR)


def _ask_password() -> str:
    """Return a password typed twice at a terminal, or the first line of what is piped in."""
    if sys.stdin is None:
        raise PasswordUnfit("standard input is closed; the password is read from it")
    if not sys.stdin.isatty():
        try:
            password = sys.stdin.readline().rstrip("\n")
            password.encode()  # in the C locale, bytes that are no text are read, too
        except UnicodeError:
            raise PasswordUnfit("the password is no text in the encoding of standard input") from None
        return password
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise PasswordUnfit("the two are not the same")
    return password


def _require_fit(password: str) -> str:
    if fault := find_password_fault(password):
        raise PasswordUnfit(f"the password is not taken. {fault}")
    return password
