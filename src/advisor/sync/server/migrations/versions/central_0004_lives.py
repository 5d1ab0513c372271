"""The lives of this database: a new one begins when it was restored from a copy."""

import os

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NAME_BYTES = 8


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    """Begin the first life."""
    life = op.create_table(
        "life",
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        _text("id"),
        sa.Column("since", sa.BigInteger(), nullable=False),
        _text("began_at"),
        _text("body"),
        sa.PrimaryKeyConstraint("n", name="pk_life"),
    )
    first = {"n": 1, "id": os.urandom(NAME_BYTES).hex(), "since": 0, "began_at": "", "body": ""}
    op.bulk_insert(life, [first])
