"""The contract is held to on both databases."""

from __future__ import annotations

from tests.server.api.conftest import server

__all__ = ["server"]
