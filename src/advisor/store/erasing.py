"""The right to be forgotten: a person's records and journal bodies go, a bare mark stays."""

import sqlalchemy as sa

from advisor.store import tables
from advisor.store.entities import ENTITIES

PERSON = "professional"


def erase_person(connection: sa.Connection, person: str) -> list[tuple[str, str]]:
    """Purge a person and all their interviews; returns the (kind, id) of what was purged.

    Journal lines keep their identity, so that ``local_seq`` has no gap, and lose what they said.
    """
    appointment = tables.appointment
    query = sa.select(appointment.c.id).where(appointment.c.professional == person)
    interviews = [row.id for row in connection.execute(query)]
    purged: list[tuple[str, str]] = []
    for kind, declared in reversed(list(ENTITIES.items())):
        if declared.of_interview:
            owner = declared.table.c[declared.of_interview]
            ids = sa.select(declared.table.c.id).where(owner.in_(interviews))
            purged += [(kind, row.id) for row in connection.execute(ids)]
    purged.append((PERSON, person))
    for kind, record in purged:
        _purge(connection, kind, record)
    return purged


def _purge(connection: sa.Connection, kind: str, record: str) -> None:
    journal, state, version = tables.journal, tables.field_state, tables.note_version
    table = ENTITIES[kind].table
    if kind == "note":
        connection.execute(version.delete().where(version.c.note == record))
    connection.execute(table.delete().where(table.c.id == record))
    connection.execute(state.delete().where(state.c.entity == kind, state.c.entity_id == record))
    connection.execute(
        journal.update()
        .where(journal.c.entity == kind, journal.c.entity_id == record)
        .values(fields={}, verdict=None)
    )
