"""The tables of the work kept around a territorial diagnostic, beside those of the cases.

Part of the same case database: one set of tables, one chain of migrations. ``diagnostic`` names
the diagnostic a part belongs to, without a constraint: a part may arrive before its whole.
"""

from typing import Any

from sqlalchemy import JSON, Column, Integer, Table, Text

from advisor.store.tables import maybe_text, record, text_column


def _part(name: str, *columns: Column[Any]) -> Table:
    return record(name, Column("diagnostic", Text, nullable=False, index=True), *columns)


# ``communes`` is a list of INSEE codes; ``hypotheses`` and ``parameters`` what the user moved.
diagnostic = record(
    "territory_diagnostic",
    text_column("name"),
    Column("chosen_by", Text, nullable=False),
    text_column("code"),
    Column("communes", JSON, nullable=False, server_default="[]"),
    text_column("request"),
    text_column("requested_by"),
    maybe_text("requested_on"),
    Column("hypotheses", JSON, nullable=False, server_default="{}"),
    Column("parameters", JSON, nullable=False, server_default="{}"),
)
step = _part(
    "territory_step",
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    maybe_text("begun"),
    maybe_text("due"),
    maybe_text("done"),
    text_column("note"),
)
# A participant is a function in an institution: there is no column for a person's name.
participant = _part("territory_participant", text_column("function"), text_column("institution"))
note = _part(
    "territory_note",
    Column("theme", Text, nullable=False),
    text_column("text"),
    text_column("author"),
    text_column("organisation"),
)
meeting = _part(
    "territory_meeting",
    Column("kind", Text, nullable=False),
    Column("day", Text, nullable=False),
    text_column("place"),
    text_column("subject"),
    text_column("summary"),
    Column("attendance", Integer, nullable=True),
)
# A recommendation or a decided action; ``bearer`` is a function, ``follows`` a recommendation.
measure = _part(
    "territory_measure",
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    text_column("bearer"),
    maybe_text("due"),
    Column("state", Text, nullable=False),
    maybe_text("follows"),
)
