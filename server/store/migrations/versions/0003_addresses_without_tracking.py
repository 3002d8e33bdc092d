"""What is known of a check's address leaves out what follows a reader, as `strip_address` does from here on."""

import sqlalchemy as sa
from alembic import op

from server.store.folded import digest_address

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_CHECKS = sa.table("checks", sa.column("url", sa.Text), sa.column("url_digest", sa.String))


def upgrade() -> None:
    connection = op.get_bind()
    # The digests of addresses without a query are what they were.
    addresses = list(
        connection.scalars(sa.select(_CHECKS.c.url).where(_CHECKS.c.url.contains("?")).distinct())
    )
    if addresses:
        statement = sa.update(_CHECKS).where(_CHECKS.c.url == sa.bindparam("address"))
        connection.execute(
            statement.values(url_digest=sa.bindparam("digest")),
            [{"address": address, "digest": digest_address(address)} for address in addresses],
        )


def downgrade() -> None:
    """Versions before find such a check by its words; what they write anew has their digest again."""
