"""The first tables, the index of words, and the triggers that guard what may only grow."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    "quotes checks wordings changes tokens reports users sessions audit_log label_edits corpus_pages "
    "match_counts blocked_passages".split()
)
_ONLY_GROW = ("changes", "audit_log")


def upgrade() -> None:
    _create_quotes()
    _create_logs()
    _create_people()
    _create_curation()
    on_postgresql = op.get_context().dialect.name == "postgresql"
    for statement in [*(_WORDS_POSTGRESQL if on_postgresql else _WORDS_SQLITE), *_guard(on_postgresql)]:
        op.execute(statement)


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE quote_words")
    for table in reversed(_TABLES):
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION only_grows")


def _create_quotes() -> None:
    op.create_table(
        "quotes",
        sa.Column("created_revision", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("form", sa.String(20), nullable=False),
        sa.Column("folded_digest", sa.String(64), nullable=False),
        sa.Column("searchable", sa.Text, nullable=False),
        sa.Column("language", sa.String(35)),
        sa.Column("said_on", sa.Date),
        sa.Column("speaker_name", sa.Text),
        sa.Column("speaker_role", sa.Text),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("created_revision", name="pk_quotes"),
        sa.UniqueConstraint("id", name="uq_quotes_id"),
    )
    op.create_index("ix_quotes_folded_digest", "quotes", ["folded_digest"])
    op.create_index("ix_quotes_revision", "quotes", ["revision"], unique=True)
    op.create_index("ix_quotes_status_created_revision", "quotes", ["status", "created_revision"])
    op.create_table(
        "checks",
        sa.Column("quote_id", sa.String(24), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("rating", sa.String(20)),
        sa.Column("publisher", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("summary", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("url_digest", sa.String(64)),
        sa.Column("published_on", sa.Date),
        sa.Column("import_digest", sa.String(64)),
        sa.PrimaryKeyConstraint("quote_id", "position", name="pk_checks"),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name="fk_checks_quote_id", ondelete="CASCADE"),
    )
    op.create_index("ix_checks_import_digest_quote_id", "checks", ["import_digest", "quote_id"])
    op.create_index("ix_checks_rating_quote_id", "checks", ["rating", "quote_id"])
    op.create_index("ix_checks_url_digest_quote_id", "checks", ["url_digest", "quote_id"])
    op.create_table(
        "wordings",
        sa.Column("quote_id", sa.String(24), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.String(35)),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("quote_id", "position", name="pk_wordings"),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name="fk_wordings_quote_id", ondelete="CASCADE"),
    )


def _create_logs() -> None:
    op.create_table(
        "changes",
        sa.Column("revision", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("quote_id", sa.String(24), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.JSON),
        sa.Column("after", sa.JSON),
        sa.PrimaryKeyConstraint("revision", name="pk_changes"),
    )
    op.create_index("ix_changes_quote_id_revision", "changes", ["quote_id", "revision"])
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("before", sa.JSON),
        sa.Column("after", sa.JSON),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_log"),
    )


def _create_people() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_on", sa.Date),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("digest", name="uq_tokens_digest"),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("name", name="uq_users_name"),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_sessions"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_sessions_user_id", ondelete="CASCADE"),
    )
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])


def _create_curation() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("quote_id", sa.String(24), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("passage_digest", sa.String(64)),
        sa.Column("note", sa.Text),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("decision", sa.Text),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
    )
    op.create_index("ix_reports_quote_id", "reports", ["quote_id"])
    op.create_index("ix_reports_state_id", "reports", ["state", "id"])
    op.create_table(
        "label_edits",
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("publisher", sa.Text),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("rating", sa.String(20)),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_label_edits"),
    )
    op.create_index("ix_label_edits_publisher_label", "label_edits", ["publisher", "label"])
    op.create_table(
        "corpus_pages",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_corpus_pages"),
    )
    op.create_table(
        "match_counts",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("quote_id", sa.String(24), nullable=False),
        sa.Column("rating", sa.String(20), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "quote_id", "rating", name="pk_match_counts"),
    )
    op.create_table(
        "blocked_passages",
        sa.Column("quote_id", sa.String(24), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("quote_id", "digest", name="pk_blocked_passages"),
    )


# The index of words on SQLite: a full-text table that reads its content from `quotes`, kept in step by triggers.
_WORDS_SQLITE = [
    """
    CREATE VIRTUAL TABLE quote_words USING fts5(
        searchable, content = 'quotes', content_rowid = 'created_revision', columnsize = 0,
        prefix = '2 3', tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
    )
    """,
    """
    CREATE TRIGGER quote_words_added AFTER INSERT ON quotes BEGIN
        INSERT INTO quote_words (rowid, searchable) VALUES (new.created_revision, new.searchable);
    END
    """,
    """
    CREATE TRIGGER quote_words_gone AFTER DELETE ON quotes BEGIN
        INSERT INTO quote_words (quote_words, rowid, searchable)
            VALUES ('delete', old.created_revision, old.searchable);
    END
    """,
    """
    CREATE TRIGGER quote_words_changed AFTER UPDATE OF searchable ON quotes
    WHEN old.searchable <> new.searchable BEGIN
        INSERT INTO quote_words (quote_words, rowid, searchable)
            VALUES ('delete', old.created_revision, old.searchable);
        INSERT INTO quote_words (rowid, searchable) VALUES (new.created_revision, new.searchable);
    END
    """,
]

# On PostgreSQL the words are lexemes as they are: no parser or dictionary of a language stands between.
_WORDS_POSTGRESQL = [
    """
    CREATE INDEX ix_quotes_words ON quotes
        USING gin (array_to_tsvector(string_to_array(searchable, ' '))) WITH (fastupdate = off)
    """
]


def _guard(on_postgresql: bool) -> list[str]:
    """Return what makes the database itself refuse to change or to delete a row of the logs."""
    if on_postgresql:
        function = """
            CREATE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$
            """
        triggers = [
            f"""
            CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                EXECUTE FUNCTION only_grows()
            """
            for table in _ONLY_GROW
        ]
        return [function, *triggers]
    return [
        f"""
        CREATE TRIGGER {table}_never_{event.lower()}s BEFORE {event} ON {table} BEGIN
            SELECT RAISE(ABORT, '{table} only grows');
        END
        """
        for table in _ONLY_GROW
        for event in ("UPDATE", "DELETE")
    ]
