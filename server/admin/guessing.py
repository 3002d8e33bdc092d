"""Slow down who guesses passwords: each wrong one makes the next try wait longer.

Counted by account, so that many addresses don't help, and by address, so that many accounts don't. Where the account
was signed in to before, its tries count apart: who guesses elsewhere, without end, locks nobody out there. Kept in
memory, each process its own: a restart forgets it, and a guesser gains a handful of tries.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from server.models import MAX_ACTOR_CHARACTERS

# Wrong tries before the first wait, and the longest wait.
FREE_TRIES_OF_ACCOUNT = 5
FREE_TRIES_OF_ADDRESS = 20
LONGEST_WAIT_SECONDS = 60.0
FORGET_AFTER_SECONDS = 3600.0
MOST_REMEMBERED = 10_000


@dataclass(slots=True)
class _Tries:
    wrong: int
    last: float


class Guessing:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries: OrderedDict[tuple[str, str], _Tries] = OrderedDict()
        self._signed_in: OrderedDict[str, None] = OrderedDict()  # accounts, each with an address

    def seconds_to_wait(self, account: str, address: str) -> float:
        """Return how long this account or address has to wait for its next try; 0 where it may try now."""
        return max(
            self._wait(self._count_account_as(account, address), FREE_TRIES_OF_ACCOUNT),
            self._wait(("address", address), FREE_TRIES_OF_ADDRESS),
        )

    def note_wrong(self, account: str, address: str) -> None:
        for key in (self._count_account_as(account, address), ("address", address)):
            tries = self._tries.pop(key, None)
            if tries is None or self._clock() - tries.last > FORGET_AFTER_SECONDS:
                tries = _Tries(0, 0.0)
            self._tries[key] = _Tries(tries.wrong + 1, self._clock())
        while len(self._tries) > MOST_REMEMBERED:
            self._tries.popitem(last=False)

    def note_right(self, account: str, address: str) -> None:
        """Forget the account's wrong tries, and take this one back from its address, which may still try others."""
        self._tries.pop(self._count_account_as(account, address), None)
        tries = self._tries.get(("address", address))
        if tries is not None:
            tries.wrong = max(0, tries.wrong - 1)
        self._signed_in[_join(account, address)] = None
        while len(self._signed_in) > MOST_REMEMBERED:
            self._signed_in.popitem(last=False)

    def _count_account_as(self, account: str, address: str) -> tuple[str, str]:
        here = _join(account, address)
        return ("account here", here) if here in self._signed_in else ("account", _fold(account))

    def _wait(self, key: tuple[str, str], free: int) -> float:
        tries = self._tries.get(key)
        if tries is None or tries.wrong < free:
            return 0.0
        wait: float = min(LONGEST_WAIT_SECONDS, 2.0 ** min(tries.wrong - free, 10))
        return max(0.0, tries.last + wait - self._clock())


def _join(account: str, address: str) -> str:
    return f"{address} {_fold(account)}"


def _fold(account: str) -> str:
    # Anything may be sent as a name: no more of it is remembered than names have.
    return account[:MAX_ACTOR_CHARACTERS].casefold()
