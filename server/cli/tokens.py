"""`quotemark token create`, `list` and `revoke`."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from server.cli.storing import open_store
from server.cli.terminal import make_harmless
from server.models import Role
from server.settings import Settings
from server.store import Token


async def create_token(settings: Settings, name: str, role: Role) -> None:
    """Print a new token; where it can't be printed, nobody has seen it, and it is revoked."""
    async with open_store(settings) as store:
        secret = await store.tokens.create(name, role)
        try:
            print(secret, flush=True)
        except OSError:
            token = await store.tokens.find(secret)
            if token is not None:
                await store.tokens.revoke(token.id)
            raise


async def list_tokens(settings: Settings) -> None:
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


async def revoke_token(settings: Settings, number: int) -> None:
    async with open_store(settings) as store:
        await store.tokens.revoke(number)


def _day(token: Token) -> str:
    return token.last_used_on.isoformat() if token.last_used_on else "never"
