"""Tokens: who may do what. Only a digest of the secret is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy import insert, select

from server.models import Role
from server.store.database import Database
from server.store.ids import new_token_secret
from server.store.tables import tokens


@dataclass(frozen=True, slots=True)
class Token:
    name: str
    role: Role


class Tokens:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, name: str, role: Role) -> str:
        """Return the secret of a new token: it is shown this once, and can't be read again."""
        secret = new_token_secret()
        row = {
            "name": name,
            "role": role.value,
            "digest": _digest(secret),
            "created_at": dt.datetime.now(dt.UTC),
        }
        async with self._database.write() as connection:
            await connection.execute(insert(tokens).values(row))
        return secret

    async def find(self, secret: str) -> Token | None:
        statement = select(tokens.c.name, tokens.c.role).where(tokens.c.digest == _digest(secret))
        async with self._database.read() as connection:
            row = (await connection.execute(statement)).first()
        return Token(row.name, Role(row.role)) if row else None


def _digest(secret: str) -> str:
    # A fast digest is enough for 256 random bits: there is nothing to guess.
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
