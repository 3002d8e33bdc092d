"""The first tables: quotes, checks, wordings, changes, tokens."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quotes",
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("folded_digest", sa.String(64), nullable=False),
        sa.Column("searchable", sa.Text, nullable=False),
        sa.Column("language", sa.String(35)),
        sa.Column("said_on", sa.Date),
        sa.Column("speaker_name", sa.Text),
        sa.Column("speaker_role", sa.Text),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("created_revision", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quotes"),
    )
    op.create_index("ix_quotes_folded_digest", "quotes", ["folded_digest"])
    op.create_index("ix_quotes_status_created_revision", "quotes", ["status", "created_revision"])
    op.create_index("ix_quotes_created_revision", "quotes", ["created_revision"], unique=True)
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
        sa.Column("published_on", sa.Date),
        sa.Column("import_digest", sa.String(64)),
        sa.PrimaryKeyConstraint("quote_id", "position", name="pk_checks"),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name="fk_checks_quote_id", ondelete="CASCADE"),
    )
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
    op.create_table(
        "changes",
        sa.Column("revision", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("quote_id", sa.String(24), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quote", sa.JSON),
        sa.PrimaryKeyConstraint("revision", name="pk_changes"),
    )
    op.create_index("ix_changes_quote_id_revision", "changes", ["quote_id", "revision"])
    op.create_table(
        "tokens",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("digest", name="uq_tokens_digest"),
    )


def downgrade() -> None:
    for table in ("tokens", "changes", "wordings", "checks", "quotes"):
        op.drop_table(table)
