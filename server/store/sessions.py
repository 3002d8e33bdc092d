"""Sessions: who is signed in. Only a digest of the cookie's secret is kept, and any of them can be ended."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, insert, select, update

from server.store.database import Database
from server.store.ids import digest_secret
from server.store.tables import sessions, users
from server.store.times import now
from server.store.users import User, read_user

# A session ends after this long without an act, and in any case after this long in all.
IDLE = dt.timedelta(hours=3)
LONGEST = dt.timedelta(hours=12)
# An end is moved on only when it would move by this much: not each page that is read makes a write.
_STEP = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Session:
    """`secret` is the cookie's; whatever is derived from it is known only to who has the cookie."""

    secret: str
    user: User

    @property
    def form_token(self) -> str:
        """What every form of the session carries, to show that it came from one of our pages."""
        return hashlib.sha256(b"form:" + self.secret.encode()).hexdigest()


class Sessions:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def start(self, user: User) -> str:
        """Return the secret of a new session: 256 random bits. Sessions that have ended are swept out."""
        secret, at = secrets.token_urlsafe(32), now()
        row = {"digest": digest_secret(secret), "user_id": user.id, "created_at": at, "expires_at": at + IDLE}
        async with self._database.write() as connection:
            await connection.execute(delete(sessions).where(~_has_time(at)))
            await connection.execute(insert(sessions).values(row))
        return secret

    async def find(self, secret: str) -> Session | None:
        """Return the session of this secret, if it has not ended and its user is not disabled."""
        digest, at = digest_secret(secret), now()
        statement = (
            select(users, sessions.c.expires_at, sessions.c.created_at.label("started_at"))
            .join(sessions, sessions.c.user_id == users.c.id)
            .where(sessions.c.digest == digest, _has_time(at), users.c.disabled.is_(False))
        )
        async with self._database.read() as connection:
            row = (await connection.execute(statement)).first()
        if row is None:
            return None
        end = min(at + IDLE, row.started_at + LONGEST)
        if end - row.expires_at > _STEP:
            async with self._database.write() as connection:
                moved = update(sessions).where(sessions.c.digest == digest).values(expires_at=end)
                await connection.execute(moved)
        return Session(secret, read_user(row))

    async def end(self, secret: str) -> None:
        async with self._database.write() as connection:
            await connection.execute(delete(sessions).where(sessions.c.digest == digest_secret(secret)))


def _has_time(at: dt.datetime) -> ColumnElement[bool]:
    """Tell whether a session has not ended; an end that none can have is a wrong clock's."""
    return (sessions.c.expires_at > at) & (sessions.c.expires_at <= at + LONGEST)
