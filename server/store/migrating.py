"""Run the migrations that are missing."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, inspect

from server.store.errors import DatabaseUnusable
from server.store.tables import metadata

_MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(connection: Connection, version: str | None) -> None:
    """Bring the tables from a version, None where there are none yet, to the newest.

    Raises DatabaseUnusable where they are another program's, or of a later version.
    """
    if version is None:
        taken = sorted(set(metadata.tables).intersection(inspect(connection).get_table_names()))
        if taken:
            raise DatabaseUnusable(
                f"the database holds another program's tables of our names: {', '.join(taken)}"
            )
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseUnusable(
            f"the database's tables are another program's, or of a later version: {error}"
        ) from error
