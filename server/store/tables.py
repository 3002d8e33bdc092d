"""The tables, in portable SQL: the same on SQLite and on PostgreSQL.

Two things are made by the migration alone, because no portable SQL has them: the index of words
(see `server.store.words`), and the triggers that keep `changes` and `audit_log` from being rewritten.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from server.store.times import Moment

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
    # The revision that made the quote: unique, and it never moves, so that lists are in its order.
    Column("created_revision", Integer, primary_key=True, autoincrement=False),
    Column("id", String(24), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("form", String(20), nullable=False),
    Column("folded_digest", String(64), nullable=False),  # identifies the text whatever its typography
    Column("searchable", Text, nullable=False),  # what a search may ask for: see `server.store.words`
    Column("language", String(35)),
    Column("said_on", Date),
    Column("speaker_name", Text),
    Column("speaker_role", Text),
    Column("status", String(20), nullable=False),
    Column("revision", Integer, nullable=False),  # of the last change
    Index(None, "folded_digest"),
    Index(None, "speaker_name"),
    Index(None, "status", "created_revision"),
    Index("ix_quotes_revision", "revision", unique=True),
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
    Column("url_digest", String(64)),  # what an import looks for: an address may be too long for an index
    Column("published_on", Date),
    Column("import_digest", String(64)),  # of the content that was last imported for this check
    Index(None, "url_digest", "quote_id"),
    Index(None, "rating", "quote_id"),
    Index(None, "import_digest", "quote_id"),
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
    # Given by the writer, which holds the lock of changes: without gaps, and never seen out of order.
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("quote_id", String(24), nullable=False),  # no foreign key: history outlives its quote
    Column("action", String(20), nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("before", JSON(none_as_null=True)),  # the whole quote; null where it was created
    Column("after", JSON(none_as_null=True)),  # the whole quote; null where it was deleted
    Column("reason", Text),  # in the words of who made it, where they gave one
    Index(None, "quote_id", "revision"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("last_used_on", Date),  # the day is enough to find those that nobody needs
    Column("revoked_at", Moment),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("quote_id", String(24), nullable=False),  # no foreign key: a report outlives its quote
    Column("kind", String(20), nullable=False),  # of the match
    Column("passage_digest", String(64)),  # tells reports of one passage from others; never the text itself
    Column("note", Text),
    Column("revision", Integer, nullable=False),  # of the store, when the report came
    Column("at", Moment, nullable=False),
    Column("state", String(20), nullable=False),
    Column("decision", Text),
    Column("decided_by", Text),
    Column("decided_at", Moment),
    Index(None, "state", "id"),
    Index(None, "quote_id"),
)

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),  # of the cookie's 256 random bits
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index(None, "user_id"),
    Index(None, "expires_at"),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),  # what it was done to
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("digest", String(64), nullable=False),  # of the row and of the digest before it
)

label_edits = Table(
    "label_edits",
    metadata,
    Column("version", Integer, primary_key=True),  # grows: the last edit of a label holds
    Column("publisher", Text),  # null: of any publisher
    Column("label", Text, nullable=False),
    Column("rating", String(20)),  # null: the label is unknown again
    Column("actor", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "publisher", "label"),
)

corpus_pages = Table(
    "corpus_pages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", Text, nullable=False),
)

match_counts = Table(
    "match_counts",
    metadata,
    Column("day", Date, primary_key=True),  # in UTC
    Column("quote_id", String(24), primary_key=True),  # no foreign key: counts outlive their quote
    Column("rating", String(20), primary_key=True),  # that readers were shown
    Column("count", Integer, nullable=False),
)

blocked_passages = Table(
    "blocked_passages",
    metadata,
    Column("quote_id", String(24), primary_key=True),  # no foreign key: it outlives its quote
    Column("digest", String(64), primary_key=True),  # of the folded words, as in reports
)
