"""Run by Alembic: migrates over the connection that `server.store.upgrade` hands in."""

from alembic import context

from server.store.tables import metadata

# `render_as_batch`: SQLite can't alter most things in place, so later migrations rebuild the table.
context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
context.run_migrations()
