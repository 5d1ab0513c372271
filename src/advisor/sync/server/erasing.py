"""The right to be forgotten on the central store: records and op bodies go, bare marks stay."""

import sqlalchemy as sa

from advisor.domain.cases.operation import Op
from advisor.domain.cases.synced import Life
from advisor.sync.messages import Verdict
from advisor.sync.server import records, tables

PERSON = "professional"
INTERVIEW = "appointment"
_receipt = tables.receipt


def erase_person(connection: sa.Connection, op: Op) -> None:
    """Purge a person, the duplicates merged into them, their interviews and all ops of these."""
    places = {(PERSON, op.entity_id): op.departement}
    interviews: set[str] = set()
    for row in records.linked(connection, PERSON, [op.entity_id]):
        if row.entity == INTERVIEW:
            interviews.add(row.id)
        else:
            places[row.entity, row.id] = row.departement
    for row in records.linked(connection, "interview", interviews):
        places[row.entity, row.id] = row.departement
    for (entity, record_id), departement in sorted(places.items()):
        rank = records.next_rank(connection)
        records.save_mark(connection, entity, record_id, departement, rank)
        _forget(connection, entity, record_id)
    for named in sorted({op.entity_id} | interviews):
        _forget_named(connection, named)


def _forget(connection: sa.Connection, entity: str, record_id: str) -> None:
    same = (_receipt.c.entity == entity, _receipt.c.entity_id == record_id)
    connection.execute(_receipt.update().where(*same).values(body=None, content_mark=None))


def _forget_named(connection: sa.Connection, named: str) -> None:
    """Empty the ops of an interview, and what quarantine holds that names a purged record."""
    text = sa.type_coerce(_receipt.c.body, sa.Text)
    held = sa.and_(_receipt.c.verdict == Verdict.QUARANTINED.value, text.contains(named))
    query = _receipt.update().where(sa.or_(_receipt.c.interview == named, held))
    connection.execute(query.values(body=None, content_mark=None))


def is_erased(connection: sa.Connection, op: Op) -> bool:
    """Tell whether an op speaks of something erased, or hangs on it."""
    table = tables.record
    person, interview = op.fields.get(PERSON), op.fields.get("interview")
    pairs = [
        (op.entity, op.entity_id),
        (PERSON, person.new if person else None),
        (INTERVIEW, interview.new if interview else None),
        (INTERVIEW, op.interview),
    ]
    named = [
        sa.and_(table.c.entity == entity, table.c.id == one)
        for entity, one in pairs
        if isinstance(one, str) and one.isprintable()
    ]
    query = sa.select(table.c.id).where(table.c.life == Life.ERASED.value, sa.or_(*named))
    return connection.execute(query.limit(1)).first() is not None
