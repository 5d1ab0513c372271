"""The right to be forgotten on the central store: records and op bodies go, bare marks stay."""

import sqlalchemy as sa

from advisor.domain.cases.operation import INTO, Op
from advisor.domain.cases.synced import Life
from advisor.sync.messages import BARE, Verdict
from advisor.sync.server import tables
from advisor.sync.server.merging import (
    INTERVIEW,
    PERSON,
    duplicates_of,
    interviews_of,
    merged_into,
)
from advisor.sync.server.working_set import WorkingSet

_receipt = tables.receipt
EMPTIED = {"body": None, "content_mark": sa.func.substr(_receipt.c.content_mark, 1, BARE)}


def erase_person(connection: sa.Connection, held: WorkingSet, op: Op) -> None:
    """Purge a person under every record merged with theirs, their interviews and all their ops.

    What waited to be written must have been.
    """
    kept = [one.id for one in merged_into(held, op.entity_id)]
    persons = duplicates_of(held, [op.entity_id, *kept])
    places = {(PERSON, op.entity_id): op.departement}
    places |= {(PERSON, one.id): one.departement for one in persons.values()}
    interviews = {one.id for one in interviews_of(held, persons)}
    for person in sorted({op.entity_id, *persons}):
        for interview, departement in _held_back(connection, person):
            interviews.add(interview)
            places[INTERVIEW, interview] = departement
    for line in held.linked("interview", interviews):
        places[line.entity, line.id] = line.departement
    for (entity, record_id), departement in sorted(places.items()):
        held.save_mark(entity, record_id, departement, held.next_rank())
        _forget(connection, entity, record_id)
    for one in sorted({op.entity_id, *persons, *interviews}):
        _forget_named(connection, one)


def _held_back(connection: sa.Connection, person: str) -> list[tuple[str, str]]:
    """Return the interviews of a person, with their place, that never left quarantine."""
    text = sa.type_coerce(_receipt.c.body, sa.Text)
    query = sa.select(_receipt.c.entity_id, _receipt.c.body).where(
        _receipt.c.verdict == Verdict.QUARANTINED.value,
        _receipt.c.entity == INTERVIEW,
        text.contains(person),
    )
    return [(row.entity_id, row.body["departement"]) for row in connection.execute(query)]


def _forget(connection: sa.Connection, entity: str, record_id: str) -> None:
    same = (_receipt.c.entity == entity, _receipt.c.entity_id == record_id)
    connection.execute(_receipt.update().where(*same).values(**EMPTIED))


def _forget_named(connection: sa.Connection, named: str) -> None:
    """Empty the ops of an interview, and what quarantine holds that names a purged record."""
    text = sa.type_coerce(_receipt.c.body, sa.Text)
    held = sa.and_(_receipt.c.verdict == Verdict.QUARANTINED.value, text.contains(named))
    query = _receipt.update().where(sa.or_(_receipt.c.interview == named, held))
    connection.execute(query.values(**EMPTIED))


def named(op: Op) -> list[tuple[str, str]]:
    """Return the records an op speaks of or hangs on, by kind and id."""
    person, interview, into = (op.fields.get(name) for name in (PERSON, "interview", INTO))
    pairs = [
        (op.entity, op.entity_id),
        (PERSON, person.new if person else None),
        (PERSON, into.new if into else None),
        (INTERVIEW, interview.new if interview else None),
        (INTERVIEW, op.interview),
    ]
    return [(entity, one) for entity, one in pairs if isinstance(one, str) and one.isprintable()]


def is_erased(held: WorkingSet, op: Op) -> bool:
    """Tell whether an op speaks of something erased, or hangs on it."""
    lines = [held.line(*key) for key in named(op)]
    return any(line is not None and line.life is Life.ERASED for line in lines)
