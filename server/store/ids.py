"""Ids and secrets: random, so that they tell nothing and can't be guessed."""

from __future__ import annotations

import secrets


def new_quote_id() -> str:
    """Return "q_" and 22 url-safe characters: 128 random bits."""
    return "q_" + secrets.token_urlsafe(16)


def new_token_secret() -> str:
    """Return "qm_" and 43 url-safe characters: 256 random bits."""
    return "qm_" + secrets.token_urlsafe(32)
