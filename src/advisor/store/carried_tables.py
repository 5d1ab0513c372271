"""The tables of what is carried for other devices, beside those of the cases.

Part of the same case database: one set of tables, one chain of migrations.
"""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, Table, Text

from advisor.store.tables import metadata

# What other devices gave by file, to be relayed: ``manifest`` is what their author signed;
# ``head`` the rank the central store had reached when it answered.
carried_envelope = Table(
    "carried_envelope",
    metadata,
    Column("id", Text, primary_key=True),
    Column("device", Text, nullable=False, index=True),
    Column("incarnation", Text, nullable=False),
    Column("local_seq", Integer, nullable=False),
    Column("cursor", Integer, nullable=False),
    Column("manifest", JSON, nullable=False),
    Column("signature", Text, nullable=False, server_default=""),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("head", Integer, nullable=False, server_default="0"),
    Column("received_at", Text, nullable=False),
)
# Their ops, whole; ``body`` is empty once erased. ``shown``: may be laid on the records here;
# ``over``: the rank of the record it lies on, 0 when the central store never sent that record.
carried_op = Table(
    "carried_op",
    metadata,
    Column("envelope", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("entity", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("interview", Text, nullable=True, index=True),
    Column("shown", Boolean(create_constraint=False), nullable=False),
    Column("over", Integer, nullable=True),
    Column("body", JSON(none_as_null=True), nullable=True),
    Index("ix_carried_op_entity_entity_id", "entity", "entity_id"),
)
# What the central store answers to other devices, sealed for them.
carried_reply = Table(
    "carried_reply",
    metadata,
    Column("id", Text, primary_key=True),
    Column("device", Text, nullable=False, index=True),
    Column("head", Integer, nullable=False),
    Column("content", JSON, nullable=False),
)
