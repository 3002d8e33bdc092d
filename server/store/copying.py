"""Copy a database to another, of either kind: each row of each table as it is, with its history and its numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Table, insert, make_url, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from server.store.database import Database, execute_many
from server.store.errors import DatabaseMissing, DatabaseTaken
from server.store.tables import metadata
from server.store.upgrade import require_current_schema, require_unicode, upgrade_database

_ROWS_AT_ONCE = 1_000

# Called with a table's name and how many more of its rows are copied.
Progress = Callable[[str, int], None]


async def copy_database(source: str, target: str, progress: Progress = lambda table, rows: None) -> None:
    """Copy all of the database `source`, as of one moment, to `target`, which must be empty; SQLAlchemy URLs.

    The target's tables are made or brought up to date. All rows come into it at once, or none.
    Raises DatabaseMissing where there is no source, SchemaOutdated where it needs an upgrade first, and
    DatabaseTaken where the target holds anything, DatabaseUnusable where it can't hold every text.
    """
    _require_file(source)
    reader, writer = Database(source, patient=True), Database(target, patient=True)
    try:
        await require_current_schema(reader)
        await upgrade_database(writer)
        async with writer.change() as into:
            await into.run_sync(require_unicode)
            for table in metadata.sorted_tables:
                if (await into.execute(select(table).limit(1))).first() is not None:
                    raise DatabaseTaken(f"the target is not empty: its table {table.name} holds rows")
            async with reader.read() as out_of:
                for table in metadata.sorted_tables:
                    await _copy_table(table, out_of, into, progress)
            if not writer.is_sqlite:
                await _number_on(into)
    finally:
        await reader.close()
        await writer.close()


async def _copy_table(
    table: Table, out_of: AsyncConnection, into: AsyncConnection, progress: Progress
) -> None:
    progress(table.name, 0)
    rows = await out_of.stream(select(table).order_by(*table.primary_key))
    async for some in rows.mappings().partitions(_ROWS_AT_ONCE):
        await execute_many(into, insert(table), [dict(row) for row in some])
        progress(table.name, len(some))


async def _number_on(into: AsyncConnection) -> None:
    """Let PostgreSQL number new rows after those that brought their numbers along, and know how many there are."""
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            sequence = f"pg_get_serial_sequence('{table.name}', '{column.name}')"
            last = f"max({column.name})"
            await into.execute(
                text(f"SELECT setval({sequence}, {last}) FROM {table.name} HAVING {last} IS NOT NULL")  # noqa: S608
            )
    await into.execute(text("ANALYZE"))


def _require_file(source: str) -> None:
    """Refuse a file that is not there: SQLite would make an empty one."""
    url = make_url(source)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise DatabaseMissing(f"there is no database {url.database}")
