"""Bring the database's tables to the form that this version expects."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect, text

from server.store.database import Database
from server.store.errors import DatabaseUnusable, SchemaOutdated
from server.store.tables import metadata

_MIGRATIONS = Path(__file__).parent / "migrations"


async def upgrade_database(database: Database) -> None:
    """Run the migrations that are missing, in one transaction; where none is, nothing happens."""
    async with database.change() as connection:
        await connection.run_sync(_upgrade)


async def require_current_schema(database: Database) -> None:
    """Raise SchemaOutdated unless all migrations have run."""
    async with database.read() as connection:
        present = await connection.run_sync(_read_version)
    if present != ScriptDirectory(str(_MIGRATIONS)).get_current_head():
        raise SchemaOutdated("the database's tables are of another version; run `quotemark db upgrade`")


def require_unicode(connection: Connection) -> None:
    """Raise DatabaseUnusable where the database can't hold every text."""
    if connection.dialect.name == "sqlite":
        return
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding not in ("UTF8", "SQL_ASCII"):
        raise DatabaseUnusable(f"the database's encoding is {encoding}; make one with the encoding UTF8")


def _upgrade(connection: Connection) -> None:
    if _read_version(connection) is None:
        taken = sorted(set(metadata.tables).intersection(inspect(connection).get_table_names()))
        if taken:
            raise DatabaseUnusable(
                f"the database holds another program's tables of our names: {', '.join(taken)}"
            )
        require_unicode(connection)
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseUnusable(
            f"the database's tables are another program's, or of a later version: {error}"
        ) from error


def _read_version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
