"""The first shape of the central store."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, *, empty: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=empty)


def _number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=False)


def upgrade() -> None:
    """Make the tables and the one row of ranks."""
    rank = op.create_table(
        "rank",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        _number("last"),
        _number("floor"),
        sa.PrimaryKeyConstraint("id", name="pk_rank"),
    )
    op.bulk_insert(rank, [{"id": 1, "last": 0, "floor": 0}])
    _devices()
    _receipts()
    _records()


def _devices() -> None:
    op.create_table(
        "organisation",
        _text("name"),
        _text("hidden"),
        sa.PrimaryKeyConstraint("name", name="pk_organisation"),
    )
    op.create_table(
        "device",
        _text("id"),
        _text("organisation"),
        _text("role"),
        _text("departements"),
        sa.Column("revoked", sa.Boolean(create_constraint=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
    )
    op.create_table(
        "incarnation",
        _text("device"),
        _text("id"),
        _number("highest"),
        sa.PrimaryKeyConstraint("device", "id", name="pk_incarnation"),
    )


def _receipts() -> None:
    op.create_table(
        "receipt",
        _text("device"),
        _text("incarnation"),
        _number("local_seq"),
        _text("entity"),
        _text("entity_id"),
        _text("interview", empty=True),
        _text("body", empty=True),
        _text("content_mark", empty=True),
        _text("verdict"),
        _text("reason"),
        _text("warnings"),
        _number("seq"),
        sa.Column("replayed", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("device", "incarnation", "local_seq", name="pk_receipt"),
    )
    op.create_index("ix_receipt_entity_entity_id", "receipt", ["entity", "entity_id"])
    op.create_index("ix_receipt_interview", "receipt", ["interview"])
    op.create_index("ix_receipt_verdict", "receipt", ["verdict"])


def _records() -> None:
    op.create_table(
        "record",
        _text("entity"),
        _text("id"),
        _text("departement"),
        _number("seq"),
        _text("life"),
        _number("mark"),
        _text("content", empty=True),
        _text("interview", empty=True),
        _text("professional", empty=True),
        _text("permanence", empty=True),
        _text("deleted_at", empty=True),
        sa.PrimaryKeyConstraint("entity", "id", name="pk_record"),
        sa.UniqueConstraint("seq"),
    )
    op.create_index(
        "ix_record_departement_entity_life", "record", ["departement", "entity", "life"]
    )
    for name in ("interview", "professional", "permanence"):
        op.create_index(f"ix_record_{name}", "record", [name])
