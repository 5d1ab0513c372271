"""Enrolment by one-time code, the store's own key, the audit, and the reference packs."""

import base64
import os

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY_BYTES = 32


def _text(name: str, *, empty: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=empty)


def _number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=False)


def upgrade() -> None:
    """Add the columns of an enrolled device, then the new tables."""
    op.add_column("device", sa.Column("name", sa.Text(), nullable=False, server_default=""))
    for name in ("public_key", "token", "enrolled_at", "last_contact"):
        op.add_column("device", _text(name, empty=True))
    op.create_index("ix_device_token", "device", ["token"], unique=True)
    _enrolment()
    _audit()
    _packs()


def _enrolment() -> None:
    op.create_table(
        "invitation",
        _text("id"),
        _text("device"),
        _text("secret"),
        _text("expires"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _text("used_at", empty=True),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
    )
    identity = op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        _text("private_key"),
        sa.PrimaryKeyConstraint("id", name="pk_identity"),
    )
    key = base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode("ascii")
    op.bulk_insert(identity, [{"id": 1, "private_key": key}])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        _text("at"),
        _text("kind"),
        _text("device"),
        _text("detail"),
        _text("before"),
        _text("hash"),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    end = op.create_table(
        "audit_end",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        _number("last"),
        _text("hash"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_end"),
    )
    op.bulk_insert(end, [{"id": 1, "last": 0, "hash": ""}])


def _packs() -> None:
    op.create_table(
        "pack",
        _text("id"),
        _text("version"),
        _text("built_at"),
        _number("size"),
        _text("sha256"),
        _text("signed_by"),
        _text("public_key"),
        _text("published_at"),
        _number("turn"),
        sa.PrimaryKeyConstraint("id", name="pk_pack"),
    )
    op.create_table(
        "pack_part",
        _text("pack"),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("pack", "n", name="pk_pack_part"),
    )
