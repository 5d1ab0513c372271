"""The tables of the central store: what its last migration leaves (a test says so).

The same on PostgreSQL and SQLite: no extension, no collation. JSON is kept as canonical ASCII
text, so that both give back the very bytes received.
"""

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, Table, Text
from sqlalchemy.types import TypeDecorator

from advisor.sync.wire import canonical

metadata = sa.MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
)


class Json(TypeDecorator[Any]):
    """Canonical JSON text; SQL NULL stands for nothing kept."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:
        """Return the text of a value."""
        del dialect
        return None if value is None else canonical(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the value of a text."""
        del dialect
        return None if value is None else json.loads(value)


# One row. Whoever writes locks it until the commit, so ranks are committed in their order.
# ``floor`` is the rank of the newest tombstone removed for good.
rank = Table(
    "rank",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("last", BigInteger, nullable=False),
    Column("floor", BigInteger, nullable=False),
)
organisation = Table(
    "organisation",
    metadata,
    Column("name", Text, primary_key=True),
    Column("hidden", Json, nullable=False),  # the kinds of records its devices never see
)
device = Table(
    "device",
    metadata,
    Column("id", Text, primary_key=True),
    Column("organisation", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("departements", Json, nullable=False),
    Column("revoked", Boolean(create_constraint=False), nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    Column("public_key", Text, nullable=True),  # Ed25519, base64 for URLs; given at enrolment
    Column("token", Text, nullable=True),  # SHA-256 of the token, in hexadecimal
    Column("enrolled_at", Text, nullable=True),
    Column("last_contact", Text, nullable=True),
    Index(None, "token", unique=True),
)
# A one-time code: ``id`` is its public part, ``secret`` the hash of the rest.
invitation = Table(
    "invitation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("device", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("expires", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("used_at", Text, nullable=True),
)
# One row: the Ed25519 key of this store, in base64 for URLs.
identity = Table(
    "identity",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("private_key", Text, nullable=False),
)
# What was done, for ever: each line holds the hash of the one before. Triggers refuse any change.
audit = Table(
    "audit",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("detail", Json, nullable=False),
    Column("before", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
# One row, locked by whoever adds a line; it also tells when the end of the audit was cut off.
audit_end = Table(
    "audit_end",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("last", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
)
# A signed reference pack; the one published last (``turn``) is the current one.
pack = Table(
    "pack",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("built_at", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("signed_by", Text, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("published_at", Text, nullable=False),
    Column("turn", BigInteger, nullable=False),
)
pack_part = Table(
    "pack_part",
    metadata,
    Column("pack", Text, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("bytes", LargeBinary, nullable=False),
)
# The lives of this database, the last one running: ``since`` is the rank it shares with the one
# before, ``body`` names the place of the file or tables it runs in, empty until it is served.
life = Table(
    "life",
    metadata,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("began_at", Text, nullable=False),
    Column("body", Text, nullable=False),
)
incarnation = Table(
    "incarnation",
    metadata,
    Column("device", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("highest", BigInteger, nullable=False),
)
# One line for each op received: its verdict for ever, its body until it is erased.
receipt = Table(
    "receipt",
    metadata,
    Column("device", Text, primary_key=True),
    Column("incarnation", Text, primary_key=True),
    Column("local_seq", BigInteger, primary_key=True),
    Column("entity", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("interview", Text, nullable=True),
    Column("body", Json, nullable=True),
    Column("content_mark", Text, nullable=True),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("warnings", Json, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("replayed", BigInteger, nullable=False, server_default="0"),
    Index(None, "entity", "entity_id"),
    Index(None, "interview"),
    Index(None, "verdict"),
)
# One line for each record, live, deleted or erased; ``content`` is empty when erased. The three
# links are copies of fields, for what concerns several records at once.
record = Table(
    "record",
    metadata,
    Column("entity", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("departement", Text, nullable=False),
    Column("seq", BigInteger, nullable=False, unique=True),
    Column("life", Text, nullable=False),
    Column("mark", BigInteger, nullable=False),
    Column("content", Json, nullable=True),
    Column("interview", Text, nullable=True),
    Column("professional", Text, nullable=True),
    Column("permanence", Text, nullable=True),
    Column("deleted_at", Text, nullable=True),  # by this server's clock: when it may be removed
    Index(None, "departement", "entity", "life"),
    Index(None, "interview"),
    Index(None, "professional"),
    Index(None, "permanence"),
)
