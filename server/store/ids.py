"""Ids and secrets: random, so that they tell nothing and can't be guessed."""

from __future__ import annotations

import hashlib
import secrets


def new_quote_id() -> str:
    """Return "q_" and 22 url-safe characters: 128 random bits."""
    return "q_" + secrets.token_urlsafe(16)


def new_token_secret() -> str:
    """Return "qm_" and 43 url-safe characters: 256 random bits."""
    return "qm_" + secrets.token_urlsafe(32)


def digest_secret(secret: str) -> str:
    """Return what is kept of a secret. A fast digest is enough for 256 random bits: there is nothing to guess."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
