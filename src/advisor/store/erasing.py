"""The right to be forgotten: a person's records and journal bodies go, a bare mark stays."""

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from advisor.domain.cases.operation import Operation
from advisor.store import tables
from advisor.store.carried_tables import carried_op
from advisor.store.entities import ENTITIES
from advisor.store.prepared import Prepared

PERSON = "professional"


def erase_person(connection: sa.Connection, person: str) -> list[tuple[str, str]]:
    """Purge a person and all their interviews; returns the (kind, id) of what was purged.

    Journal lines keep their identity, so that ``local_seq`` has no gap, and lose what they said.
    """
    appointment = tables.appointment
    query = sa.select(appointment.c.id).where(appointment.c.professional == person)
    interviews = [row.id for row in connection.execute(query)]
    purged = [*_of_interviews(connection, interviews), (PERSON, person)]
    _purge(connection, purged)
    return purged


def erase_received(connection: sa.Connection, kind: str, record: str) -> None:
    """Purge what the central store says was erased, and what hangs on it here only."""
    if kind == PERSON:
        erase_person(connection, record)
    elif kind == "appointment":
        _purge(connection, _of_interviews(connection, [record]))
    _purge(connection, [(kind, record)])


def drop(connection: sa.Connection, kind: str, record: str) -> None:
    """Take a record and all that is known of it out of this home; its journal lines stay."""
    drop_all(connection, [(kind, record)])


def drop_all(connection: sa.Connection, named: Sequence[tuple[str, str]]) -> None:
    """Do the same to many records at once."""
    everything = [{"of_kind": kind, "of_id": record} for kind, record in named]
    for statement in _ABOUT:
        statement.run_all(connection, everything)
    for kind in dict.fromkeys(kind for kind, _ in named):
        mine = [one for one in everything if one["of_kind"] == kind]
        for statement in _of_kind(kind):
            statement.run_all(connection, mine)


_ABOUT = [
    Prepared(
        about.delete().where(
            about.c.entity == sa.bindparam("of_kind"), about.c.entity_id == sa.bindparam("of_id")
        )
    )
    for about in (tables.field_state, tables.open_conflict, tables.field_version)
]


@cache
def _of_kind(kind: str) -> list[Prepared]:
    """Return what takes out a record of a kind, ``of_id``, and its versions."""
    of_id: sa.BindParameter[str] = sa.bindparam("of_id")
    table, version = ENTITIES[kind].table if kind in ENTITIES else None, tables.note_version
    found = [] if table is None else [Prepared(table.delete().where(table.c.id == of_id))]
    of_note = Prepared(version.delete().where(version.c.note == of_id))
    return [*found, of_note] if kind == "note" else found


def _of_interviews(connection: sa.Connection, interviews: Sequence[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for kind, declared in reversed(list(ENTITIES.items())):
        if declared.of_interview:
            owner = declared.table.c[declared.of_interview]
            ids = sa.select(declared.table.c.id).where(owner.in_(interviews))
            found += [(kind, row.id) for row in connection.execute(ids)]
    return found


def _purge(connection: sa.Connection, named: Sequence[tuple[str, str]]) -> None:
    drop_all(connection, named)
    rows = [{"of_kind": kind, "of_id": record} for kind, record in named]
    for statement in (_EMPTY, _DOUBT, _UNCARRY):
        statement.run_all(connection, rows)


_journal, _synced = tables.journal, tables.synced_record
# An interview takes its lines along, even about what a sweep took out of this home since.
_EMPTY = Prepared(
    _journal.update()
    .where(
        sa.or_(
            sa.and_(
                _journal.c.entity == sa.bindparam("of_kind"),
                _journal.c.entity_id == sa.bindparam("of_id"),
            ),
            sa.and_(
                sa.literal("appointment") == sa.bindparam("of_kind"),
                _journal.c.interview == sa.bindparam("of_id"),
            ),
        )
    )
    .where(_journal.c.operation != Operation.ERASE_PERSON.value)
    .values(operation=Operation.VOID.value, fields={}, verdict=None)
)
# A mark no record has: fetched again by the next digest, unless the central store erases it too.
DOUBTED = -1
_DOUBT = Prepared(
    _synced.update()
    .where(
        _synced.c.entity == sa.bindparam("of_kind"), _synced.c.entity_id == sa.bindparam("of_id")
    )
    .values(mark=DOUBTED)
)
# What is carried for others about a record is emptied; its place in their order stays.
_UNCARRY = Prepared(
    carried_op.update()
    .where(
        sa.or_(
            sa.and_(
                carried_op.c.entity == sa.bindparam("of_kind"),
                carried_op.c.entity_id == sa.bindparam("of_id"),
            ),
            sa.and_(
                sa.literal("appointment") == sa.bindparam("of_kind"),
                carried_op.c.interview == sa.bindparam("of_id"),
            ),
        )
    )
    .values(body=None, shown=False, over=None)
)
