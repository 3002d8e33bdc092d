"""Stored pages: news texts that curators keep, to see what a quote would hit before it is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select

from server.store.audit import record
from server.store.database import Database
from server.store.errors import PageNotFound
from server.store.tables import corpus_pages
from server.store.times import now

_PAGES_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class StoredPage:
    id: int
    title: str
    characters: int
    added_at: dt.datetime
    added_by: str


class Corpus:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, title: str, text: str, actor: str) -> int:
        """Keep a page's text, and return its number."""
        row = {"title": title, "text": text, "added_at": now(), "added_by": actor}
        async with self._database.change() as connection:
            added = await connection.execute(insert(corpus_pages).values(row).returning(corpus_pages.c.id))
            number = int(added.scalar_one())
            after = {"title": title, "characters": len(text)}
            await record(connection, actor, "page stored", str(number), after=after)
        return number

    async def remove(self, page_id: int, actor: str) -> None:
        """Take a page out, or raise PageNotFound."""
        async with self._database.change() as connection:
            statement = delete(corpus_pages).where(corpus_pages.c.id == page_id)
            title = await connection.scalar(statement.returning(corpus_pages.c.title))
            if title is None:
                raise PageNotFound(f"there is no stored page {page_id}")
            await record(connection, actor, "page removed", str(page_id), before={"title": title})

    async def list_all(self) -> list[StoredPage]:
        """Return all pages without their texts, the last first."""
        columns = corpus_pages.c
        length = func.length(columns.text)
        statement = select(columns.id, columns.title, length, columns.added_at, columns.added_by)
        async with self._database.read() as connection:
            rows = await connection.execute(statement.order_by(columns.id.desc()))
            return [StoredPage(*row) for row in rows]

    async def find_text(self, page_id: int) -> tuple[str, str]:
        """Return a page's title and text, or raise PageNotFound."""
        statement = select(corpus_pages.c.title, corpus_pages.c.text).where(corpus_pages.c.id == page_id)
        async with self._database.read() as connection:
            row = (await connection.execute(statement)).first()
        if row is None:
            raise PageNotFound(f"there is no stored page {page_id}")
        return row.title, row.text

    async def iterate(self) -> AsyncIterator[list[tuple[int, str, str]]]:
        """Yield the number, title and text of all pages, some at a time."""
        columns, last = corpus_pages.c, 0
        while True:
            statement = select(columns.id, columns.title, columns.text).where(columns.id > last)
            async with self._database.read() as connection:
                rows = (await connection.execute(statement.order_by(columns.id).limit(_PAGES_AT_ONCE))).all()
            if not rows:
                return
            last = rows[-1].id
            yield [(row.id, row.title, row.text) for row in rows]
