"""`quotemark token create`, `list` and `revoke`."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from server.cli.names import ACTOR, fit_name
from server.cli.options import DatabaseUrl
from server.cli.storing import open_store
from server.cli.terminal import make_harmless
from server.models import Role
from server.settings import Settings, read_settings
from server.store import Token


def create(
    name: Annotated[
        str, typer.Argument(help="Whom the token is for; stands in the history.", callback=fit_name)
    ],
    role: Annotated[Role, typer.Option(help="What the token allows.")],
    database: DatabaseUrl = None,
) -> None:
    asyncio.run(_create_token(read_settings(database=database), name, role))


def list_(database: DatabaseUrl = None) -> None:
    asyncio.run(_list_tokens(read_settings(database=database)))


def revoke(
    number: Annotated[
        int, typer.Argument(help="The token's number, as `token list` shows it.", min=1, max=2**31 - 1)
    ],
    database: DatabaseUrl = None,
) -> None:
    asyncio.run(_revoke_token(read_settings(database=database), number))


async def _create_token(settings: Settings, name: str, role: Role) -> None:
    """Print a new token; where it can't be printed, nobody has seen it, and it is revoked."""
    async with open_store(settings) as store:
        secret = await store.tokens.create(name, role, ACTOR)
        try:
            print(secret, flush=True)
        except OSError:
            token = await store.tokens.find(secret)
            if token is not None:
                await store.tokens.revoke(token.id, ACTOR)
            raise


async def _list_tokens(settings: Settings) -> None:
    async with open_store(settings) as store:
        tokens = await store.tokens.list_all()
    table = Table("number", "name", "role", "created", "last used", "state")
    for token in tokens:
        state = f"revoked {token.revoked_at:%Y-%m-%d}" if token.revoked_at else "valid"
        table.add_row(
            str(token.id),
            Text(make_harmless(token.name)),
            token.role,
            f"{token.created_at:%Y-%m-%d}",
            _day(token),
            state,
        )
    Console(highlight=False).print(table)


async def _revoke_token(settings: Settings, number: int) -> None:
    async with open_store(settings) as store:
        await store.tokens.revoke(number, ACTOR)


def _day(token: Token) -> str:
    return token.last_used_on.isoformat() if token.last_used_on else "never"
