"""The curation pages' cast: the whole application in this process, and a user of each role, signed in."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from server.app import create_app
from server.models import Role
from server.passwords import hash_password
from server.settings import Settings
from server.store import Store

PASSWORD = "a password for tests"
_hashes: list[str] = []


@dataclass
class Curator:
    """A signed-in user's browser, as far as the server can tell."""

    client: httpx.AsyncClient
    form_token: str

    async def get(self, path: str, **query: Any) -> httpx.Response:
        return await self.client.get(f"/admin{path}", params=query)

    async def post(self, path: str, **fields: Any) -> httpx.Response:
        """Send a form of this session's own."""
        return await self.client.post(f"/admin{path}", data={"form_token": self.form_token} | fields)


@dataclass
class House:
    store: Store
    app: Any

    async def sign_in(self, role: Role) -> Curator:
        found = await self.store.users.find_password(f"the {role}")
        assert found is not None
        secret = await self.store.sessions.start(found[0])
        session = await self.store.sessions.find(secret)
        assert session is not None
        return Curator(self.open_browser(secret), session.form_token)

    def open_browser(self, secret: str | None = None, **headers: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app),
            base_url="http://localhost",
            cookies={"quotemark": secret} if secret else None,
            headers={"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"} | headers,
        )


@pytest.fixture
async def house(database: str) -> AsyncIterator[House]:
    async with open_house(database) as opened:
        yield opened


@asynccontextmanager
async def open_house(database: str, **settings: Any) -> AsyncIterator[House]:
    app = create_app(Settings(database=database, **settings))
    async with app.router.lifespan_context(app):
        store = app.state.curation.store
        if not _hashes:
            _hashes.append(await hash_password(PASSWORD))  # slow on purpose: once is enough
        for role in Role:
            await store.users.add(f"the {role}", _hashes[0], role, "tests")
        yield House(store, app)


def read_form(page: str) -> dict[str, str]:
    """Return the values of a page's input fields and text areas by name."""
    inputs = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page)
    areas = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', page)
    return {name: html.unescape(value) for name, value in [*inputs, *areas]}
