"""The change log keeps why a change was made; the speakers are listed without a look at their quotes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("changes", sa.Column("reason", sa.Text))
    op.create_index("ix_quotes_speaker_name", "quotes", ["speaker_name"])


def downgrade() -> None:
    """Reasons are lost: versions before have no place for them."""
    op.drop_index("ix_quotes_speaker_name", "quotes")
    op.drop_column("changes", "reason")
