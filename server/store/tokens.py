"""Tokens: who may do what. Only a digest of the secret is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, insert, select, update

from server.models import Role
from server.store.audit import record
from server.store.database import Database
from server.store.errors import TokenNotFound
from server.store.ids import digest_secret, new_token_secret
from server.store.tables import tokens
from server.store.times import now


@dataclass(frozen=True, slots=True)
class Token:
    id: int
    name: str
    role: Role
    created_at: dt.datetime
    last_used_on: dt.date | None  # in UTC
    revoked_at: dt.datetime | None


class Tokens:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, name: str, role: Role, actor: str) -> str:
        """Return the secret of a new token: it is shown this once, and can't be read again."""
        secret = new_token_secret()
        row = {
            "name": name,
            "role": role.value,
            "digest": digest_secret(secret),
            "created_at": now(),
        }
        async with self._database.change() as connection:
            added = await connection.execute(insert(tokens).values(row).returning(tokens.c.id))
            after = {"name": name, "role": role.value}
            await record(connection, actor, "token created", f"token {added.scalar_one()}", after=after)
        return secret

    async def find(self, secret: str) -> Token | None:
        """Return the token of this secret, unless it was revoked."""
        statement = select(tokens).where(
            tokens.c.digest == digest_secret(secret), tokens.c.revoked_at.is_(None)
        )
        async with self._database.read() as connection:
            row = (await connection.execute(statement)).first()
        return _read(row) if row else None

    async def note_use(self, token: Token) -> None:
        """Write down the day of a token's use; once a day, as each use would make a write of every read."""
        today = now().date()
        if token.last_used_on == today:
            return
        async with self._database.write() as connection:
            await connection.execute(update(tokens).where(tokens.c.id == token.id).values(last_used_on=today))

    async def list_all(self) -> list[Token]:
        """Return all tokens, revoked ones too, in the order of their creation."""
        async with self._database.read() as connection:
            return [_read(row) for row in await connection.execute(select(tokens).order_by(tokens.c.id))]

    async def revoke(self, token_id: int, actor: str) -> None:
        """Let the token count for nothing from now on; raise TokenNotFound where there is none, or no more."""
        statement = (
            update(tokens)
            .where(tokens.c.id == token_id, tokens.c.revoked_at.is_(None))
            .values(revoked_at=now())
        )
        async with self._database.change() as connection:
            if (await connection.execute(statement)).rowcount == 0:
                raise TokenNotFound(f"there is no token {token_id} that could be revoked")
            await record(connection, actor, "token revoked", f"token {token_id}")


def _read(row: Row[Any]) -> Token:
    return Token(row.id, row.name, Role(row.role), row.created_at, row.last_used_on, row.revoked_at)
