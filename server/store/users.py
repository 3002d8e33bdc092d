"""Users: the people who curate. Their passwords are kept as slow hashes, made by who calls."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.models import Role
from server.store.audit import record
from server.store.database import Database
from server.store.errors import LastAdmin, NameTaken, UserNotFound
from server.store.tables import sessions, users
from server.store.times import now


@dataclass(frozen=True, slots=True)
class User:
    id: int
    name: str
    role: Role
    disabled: bool
    created_at: dt.datetime


class Users:
    """`actor` is who does it; every act is in the audit log, without the hash."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, name: str, password_hash: str, role: Role, actor: str) -> None:
        """Add a user, or raise NameTaken; case tells no names apart."""
        row = {
            "name": name,
            "password_hash": password_hash,
            "role": role.value,
            "disabled": False,
            "created_at": now(),
        }
        async with self._database.change() as connection:
            if await _find_row(connection, name) is not None:
                raise NameTaken(f"there is a user {name} already")
            await connection.execute(insert(users).values(row))
            await record(connection, actor, "user added", name, after={"role": role.value})

    async def find_password(self, name: str) -> tuple[User, str] | None:
        """Return the user of this name with the hash of their password, unless they are disabled."""
        async with self._database.read() as connection:
            row = await _find_row(connection, name)
        return None if row is None or row.disabled else (read_user(row), row.password_hash)

    async def list_all(self) -> list[User]:
        async with self._database.read() as connection:
            return [read_user(row) for row in await connection.execute(select(users).order_by(users.c.name))]

    async def set_password(self, name: str, password_hash: str, actor: str) -> None:
        """Give the user another password, which ends their sessions."""
        async with self._database.change() as connection:
            user = await _require(connection, name)
            await connection.execute(
                update(users).where(users.c.id == user.id).values(password_hash=password_hash)
            )
            await connection.execute(delete(sessions).where(sessions.c.user_id == user.id))
            await record(connection, actor, "password set", user.name)

    async def change(self, name: str, role: Role, *, disabled: bool, actor: str) -> None:
        """Give the user this role, and let them in or not; their sessions end. Raises LastAdmin."""
        async with self._database.change() as connection:
            user = await _require(connection, name)
            if (user.role, user.disabled) == (role, disabled):
                return
            values = {"role": role.value, "disabled": disabled}
            await connection.execute(update(users).where(users.c.id == user.id).values(values))
            admins = select(func.count()).where(users.c.role == Role.ADMIN.value, users.c.disabled.is_(False))
            if not await connection.scalar(admins):
                raise LastAdmin("one user of the role admin must stay, or nobody could add another")
            await connection.execute(delete(sessions).where(sessions.c.user_id == user.id))
            before = {"role": user.role.value, "disabled": user.disabled}
            await record(connection, actor, "user changed", user.name, before=before, after=values)


async def _require(connection: AsyncConnection, name: str) -> User:
    row = await _find_row(connection, name)
    if row is None:
        raise UserNotFound(f"there is no user {name}")
    return read_user(row)


async def _find_row(connection: AsyncConnection, name: str) -> Row[Any] | None:
    """Return the user of this name, whatever its case; of two that differ in case alone, the very one.

    Compared here: what lower() makes of letters beyond ASCII varies among databases, SQLite's leaves them as they are.
    """
    folded = name.lower()
    rows = [row for row in await connection.execute(select(users)) if row.name.lower() == folded]
    return next((row for row in rows if row.name == name), rows[0] if rows else None)


def read_user(row: Row[Any]) -> User:
    return User(row.id, row.name, Role(row.role), row.disabled, row.created_at)
