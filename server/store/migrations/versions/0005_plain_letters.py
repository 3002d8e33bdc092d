"""Quotes are found by letters without their stroke: Walesa for Wałęsa, Soren for Søren.

The words that a quote is found by are made plain, as they are written from here on. Nothing else of it changes.
"""

import sqlalchemy as sa
from alembic import op

from matcher.folding import PLAIN_LETTERS
from server.store.folded import digest_folded, fold_letters

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_QUOTES = sa.table(
    "quotes",
    sa.column("created_revision"),
    sa.column("id"),
    sa.column("searchable"),
    sa.column("speaker_name"),
)
_CHECKS = sa.table("checks", sa.column("quote_id"), sa.column("publisher"))
_PLAIN = str.maketrans(PLAIN_LETTERS)
_AT_ONCE = 500


def upgrade() -> None:
    connection = op.get_bind()
    place = _QUOTES.c.created_revision
    has_letters = sa.or_(*(_QUOTES.c.searchable.contains(letter) for letter in PLAIN_LETTERS))
    statement = sa.update(_QUOTES).where(place == sa.bindparam("place"))
    last = -1
    while True:
        some = sa.select(_QUOTES).where(place > last, has_letters).order_by(place).limit(_AT_ONCE)
        rows = connection.execute(some).all()
        if not rows:
            return
        last = rows[-1].created_revision
        checks = sa.select(_CHECKS).where(_CHECKS.c.quote_id.in_([row.id for row in rows]))
        names = {
            f"_speaker_{_digest(row.speaker_name)}": row.speaker_name for row in rows if row.speaker_name
        }
        names |= {
            f"_publisher_{_digest(each.publisher)}": each.publisher for each in connection.execute(checks)
        }
        plain_of = {
            word: f"{word[: word.rindex('_')]}_{_digest(fold_letters(name) or name)}"
            for word, name in names.items()
        }
        plain = []
        for row in rows:
            words = [plain_of.get(word, word).translate(_PLAIN) for word in row.searchable.split(" ")]
            plain.append({"place": row.created_revision, "words": " ".join(dict.fromkeys(words))})
        connection.execute(statement.values(searchable=sa.bindparam("words")), plain)


def downgrade() -> None:
    """Versions before find such a quote by its other words, and by all of them once it is saved anew."""


def _digest(name: str) -> str:
    return digest_folded(name)[:20]
