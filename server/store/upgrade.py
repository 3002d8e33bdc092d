"""Bring the database's tables to the form that this version expects."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from server.store.database import Database
from server.store.errors import DatabaseUnusable, SchemaOutdated

# Each migration's file begins with its number.
NEWEST = max(path.name for path in (Path(__file__).parent / "migrations" / "versions").glob("0*.py"))[:4]


async def upgrade_database(database: Database) -> None:
    """Run the migrations that are missing, in one transaction; where none is, nothing happens."""
    async with database.change() as connection:
        await connection.run_sync(_upgrade)


async def require_current_schema(database: Database) -> None:
    """Raise SchemaOutdated unless all migrations have run."""
    async with database.read() as connection:
        present = await connection.run_sync(_read_version)
    if present is None:
        raise SchemaOutdated("the database has no tables yet; run `quotemark db upgrade`")
    if present > NEWEST:
        raise SchemaOutdated(
            "the database's tables are of a later version than this program; install that version"
        )
    if present != NEWEST:
        raise SchemaOutdated("the database's tables are of an earlier version; run `quotemark db upgrade`")


def require_unicode(connection: Connection) -> None:
    """Raise DatabaseUnusable where the database can't hold every text."""
    if connection.dialect.name == "sqlite":
        return
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding not in ("UTF8", "SQL_ASCII"):
        raise DatabaseUnusable(f"the database's encoding is {encoding}; make one with the encoding UTF8")


def _upgrade(connection: Connection) -> None:
    version = _read_version(connection)
    if version is None:
        require_unicode(connection)
    if version != NEWEST:
        from server.store.migrating import migrate  # noqa: PLC0415 - with it comes Alembic, which few need

        migrate(connection, version)


def _read_version(connection: Connection) -> str | None:
    """Return the number of the last migration that has run, as Alembic keeps it."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
