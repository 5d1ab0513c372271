"""The tables of the case database: what the last migration leaves (a test says so).

Values are what the journal and the wire carry: days ``YYYY-MM-DD``, times ``HH:MM``, instants
``YYYY-MM-DDTHH:MM:SS.ffffffZ`` in UTC, JSON for open lists. Repositories make domain objects.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def text_column(name: str) -> Column[str]:
    """Return a text that is empty when nothing is said."""
    return Column(name, Text, nullable=False, server_default="")


def maybe_text(name: str) -> Column[str]:
    """Return a text that may be absent."""
    return Column(name, Text, nullable=True)


def _parent(name: str, table: str) -> Column[str]:
    key = ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return Column(name, Text, key, nullable=False, index=True)


def record(name: str, *columns: Column[Any]) -> Table:
    """Return a table with what every synced record carries: scope, instants, tombstone."""
    return Table(
        name,
        metadata,
        Column("id", Text, primary_key=True),
        *columns,
        text_column("departement"),
        Column("created_at", Text, nullable=False),
        Column("updated_at", Text, nullable=False),
        Column("deleted", Boolean(create_constraint=False), nullable=False, server_default="0"),
    )


permanence = record(
    "permanence",
    Column("day", Text, nullable=False, index=True),
    text_column("place"),
    maybe_text("starts"),
    maybe_text("ends"),
    Column("partners", JSON, nullable=False, server_default="[]"),
    maybe_text("series"),
)
professional = record(
    "professional",
    text_column("nom"),
    text_column("prenom"),
    text_column("profession"),
    text_column("telephone"),
    text_column("email"),
)
appointment = record(
    "appointment",
    _parent("permanence", "permanence"),
    _parent("professional", "professional"),
    Column("status", Text, nullable=False),
    maybe_text("at"),
    Column("minutes", Integer, nullable=False, server_default="30"),
    text_column("reason"),
    text_column("wished_commune"),
    Column("recall_on", Text, nullable=True, index=True),
    Column("satisfaction", Integer, nullable=True),
    Column("fingerprint", Text, nullable=True, index=True),
)
# One project for each interview, under the interview's own id; the profile is an open list.
project = record("project", Column("profile", JSON, nullable=False, server_default="{}"))
candidate_place = record(
    "candidate_place",
    _parent("interview", "appointment"),
    Column("commune", Text, nullable=False),
    text_column("name"),
    Column("position", Integer, nullable=False, server_default="0"),
)
note = record(
    "note",
    _parent("interview", "appointment"),
    text_column("text"),
    text_column("theme"),
    text_column("author"),
    text_column("organisation"),
)
note_version = Table(
    "note_version",
    metadata,
    Column("id", Text, primary_key=True),
    _parent("note", "note"),
    text_column("text"),
    text_column("author"),
    text_column("organisation"),
    Column("at", Text, nullable=False),
)
referral = record(
    "referral",
    _parent("interview", "appointment"),
    text_column("partner"),
    text_column("partner_name"),
    Column("status", Text, nullable=False),
    text_column("note"),
    maybe_text("due"),
)
# One outcome for each interview, under the interview's own id.
outcome = record(
    "outcome",
    Column("kind", Text, nullable=False),
    maybe_text("day"),
    text_column("commune"),
    text_column("how"),
    text_column("why"),
)
evaluation = record(
    "evaluation",
    _parent("interview", "appointment"),
    text_column("pack_version"),
    Column("content", JSON, nullable=False),
)
document = record(
    "document",
    _parent("interview", "appointment"),
    Column("kind", Text, nullable=False),
    text_column("pack_version"),
    Column("content", JSON, nullable=False),
    Column("sha256", Text, nullable=False),
)

# This device's place in the journal: one row, ``local_seq`` is the last one used.
device = Table(
    "device",
    metadata,
    Column("id", Text, primary_key=True),
    Column("incarnation", Text, nullable=False),
    Column("local_seq", Integer, nullable=False, server_default="0"),
)
setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", JSON, nullable=False),
)
journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("device", Text, nullable=False),
    Column("incarnation", Text, nullable=False),
    Column("local_seq", Integer, nullable=False),
    Column("unit", Text, nullable=False, index=True),
    Column("undoes", Text, nullable=True),
    Column("entity", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("interview", Text, nullable=True, index=True),
    Column("operation", Text, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("actor", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("declared_at", Text, nullable=False),
    Column("schema_version", Text, nullable=False),
    Column("pack_version", Text, nullable=False),
    Column("departement", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("verdict", JSON(none_as_null=True), nullable=True),
    UniqueConstraint("device", "incarnation", "local_seq"),
    Index("ix_journal_entity_entity_id", "entity", "entity_id"),
)
# The server sequence of the value each field holds here; a field never synced has no line.
field_state = Table(
    "field_state",
    metadata,
    Column("entity", Text, primary_key=True),
    Column("entity_id", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("server_seq", Integer, nullable=False),
)
# What the central store holds of each record received: its rank, its mark for the digest, the last
# sweep that met it, and in ``extra`` what a newer version says and this one cannot read.
synced_record = Table(
    "synced_record",
    metadata,
    Column("entity", Text, primary_key=True),
    Column("entity_id", Text, primary_key=True),
    Column("departement", Text, nullable=False),
    Column("life", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("mark", Integer, nullable=False),
    Column("sweep", Integer, nullable=False),
    Column("extra", JSON, nullable=False),
)
# The open conflicts: ``versions`` is a list, the current one first.
open_conflict = Table(
    "open_conflict",
    metadata,
    Column("entity", Text, primary_key=True),
    Column("entity_id", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("interview", Text, nullable=True, index=True),
    Column("versions", JSON, nullable=False),
)
# The values a field had before, where every value stays readable (notes have their own table).
field_version = Table(
    "field_version",
    metadata,
    Column("id", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("entity", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("value", JSON, nullable=False),
    text_column("author"),
    text_column("organisation"),
    Column("at", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Index("ix_field_version_entity_entity_id", "entity", "entity_id"),
)
