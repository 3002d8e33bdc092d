"""The tables, in portable SQL: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

# Named constraints, because a migration can only change what has a name.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

quotes = Table(
    "quotes",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("text", Text, nullable=False),
    Column("folded_digest", String(64), nullable=False),  # identifies the text whatever its typography
    Column("searchable", Text, nullable=False),  # all words that a curator may search for, folded
    Column("language", String(35)),
    Column("said_on", Date),
    Column("speaker_name", Text),
    Column("speaker_role", Text),
    Column("status", String(20), nullable=False),
    Column("created_revision", Integer, nullable=False),  # the order of lists: unique, and never moves
    Column("revision", Integer, nullable=False),
    Index(None, "folded_digest"),
    Index(None, "status", "created_revision"),
    Index("ix_quotes_created_revision", "created_revision", unique=True),
)

checks = Table(
    "checks",
    metadata,
    Column("quote_id", ForeignKey("quotes.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("label", Text, nullable=False),
    Column("rating", String(20)),
    Column("publisher", Text, nullable=False),
    Column("title", Text),
    Column("summary", Text),
    Column("url", Text),
    Column("published_on", Date),
    Column("import_digest", String(64)),  # of the content that was last imported for this check
)

wordings = Table(
    "wordings",
    metadata,
    Column("quote_id", ForeignKey("quotes.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("language", String(35)),
    Column("kind", String(20), nullable=False),
)

changes = Table(
    "changes",
    metadata,
    # Given by the writer, which holds the write lock: without gaps, and never seen out of order.
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("quote_id", String(24), nullable=False),  # no foreign key: history outlives its quote
    Column("action", String(20), nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("quote", JSON),  # the whole quote after the change; null where it was deleted
    Index(None, "quote_id", "revision"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
)
