"""Passwords: hashed slowly with argon2id, off the event loop, and only a few at a time."""

from __future__ import annotations

import asyncio
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1_000

# Each hash takes 64 MiB and all of a core: many sign-ins at once must not take the server down.
_AT_ONCE = 2
_hasher = PasswordHasher()


class _Turns:
    """The semaphore of the event loop that runs: tests have many."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._semaphore = asyncio.Semaphore(_AT_ONCE)

    def take(self) -> asyncio.Semaphore:
        if self._loop is not asyncio.get_running_loop():
            self._loop, self._semaphore = asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE)
        return self._semaphore


_turns = _Turns()


def find_password_fault(password: str) -> str | None:
    """Return why nobody is given this password, as a sentence; None where it is fit."""
    if len(password) < SHORTEST_PASSWORD:
        return f"At least {SHORTEST_PASSWORD} characters; a few words in a row are easy to remember."
    if len(password) > LONGEST_PASSWORD:
        return f"At most {LONGEST_PASSWORD} characters."
    return None


async def hash_password(password: str) -> str:
    async with _turns.take():
        return await asyncio.to_thread(_hasher.hash, password)


async def verify_password(password: str, kept_hash: str | None) -> bool:
    """Tell whether the password is the one of the hash.

    Without a hash (there is no such user) it takes as long, so that the time tells nothing.
    """
    async with _turns.take():
        fits = await asyncio.to_thread(_verify, password, kept_hash or _dummy_hash())
    return fits and kept_hash is not None


def make_password() -> str:
    """Return a password that nobody can guess."""
    return secrets.token_urlsafe(15)


def _verify(password: str, kept_hash: str) -> bool:
    try:
        return _hasher.verify(kept_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _dummy_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe(32))
