"""The right to be forgotten on the central store: records and op bodies go, bare marks stay."""

import sqlalchemy as sa

from advisor.domain.cases.operation import INTO, Op
from advisor.domain.cases.synced import DELETED, Life
from advisor.sync.messages import BARE, Verdict
from advisor.sync.server import tables
from advisor.sync.server.records import Line
from advisor.sync.server.working_set import WorkingSet

PERSON = "professional"
INTERVIEW = "appointment"
_receipt = tables.receipt
EMPTIED = {"body": None, "content_mark": sa.func.substr(_receipt.c.content_mark, 1, BARE)}


def erase_person(connection: sa.Connection, held: WorkingSet, op: Op) -> None:
    """Purge a person under every record merged with theirs, their interviews and all their ops.

    What waited to be written must have been.
    """
    persons = _same_person(held, op)
    places = {(PERSON, one): departement for one, departement in persons.items()}
    lines = [one for one in held.linked(PERSON, persons) if one.entity != PERSON]
    interviews = {one.id for one in lines if one.entity == INTERVIEW}
    places |= {(one.entity, one.id): one.departement for one in lines if one.id not in interviews}
    for person in persons:
        for interview, departement in _held_back(connection, person):
            interviews.add(interview)
            places[INTERVIEW, interview] = departement
    for line in held.linked("interview", interviews):
        places[line.entity, line.id] = line.departement
    for (entity, record_id), departement in sorted(places.items()):
        held.save_mark(entity, record_id, departement, held.next_rank())
        _forget(connection, entity, record_id)
    for one in sorted(persons.keys() | interviews):
        _forget_named(connection, one)


def merged_into(held: WorkingSet, person: str) -> list[Line]:
    """Return whom a duplicate was merged into, whom these were in turn, nearest first."""
    found: list[Line] = []
    line = held.line(PERSON, person)
    while line is not None and (kept := _kept_of(line)) is not None:
        line = held.line(PERSON, kept)
        if line is None or line in found or line.id == person:
            break
        found.append(line)
    return found


def _kept_of(line: Line) -> str | None:
    """Return the person kept in place of a duplicate, None once somebody said they are two."""
    into, gone = (line.record.fields.get(one) if line.record else None for one in (INTO, DELETED))
    if into is None or gone is None or not (gone.current.value is True or gone.others):
        return None
    return str(into.current.value)


def _same_person(held: WorkingSet, op: Op) -> dict[str, str]:
    """Return by id, with their place, the records that were merged into one with that of ``op``."""
    line = held.line(PERSON, op.entity_id)
    found = {op.entity_id: line.departement if line else op.departement}
    found |= {one.id: one.departement for one in merged_into(held, op.entity_id)}
    new = set(found)
    while new:
        linked = [one for one in held.linked(PERSON, new) if one.entity == PERSON]
        merged = {one.id: one.departement for one in linked if _kept_of(one) in new}
        new = merged.keys() - found.keys()
        found |= merged
    return found


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
