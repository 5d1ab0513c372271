"""How the central store stands: devices, what is held back, sizes, packs, and whether it is sound.

Identifiers, counts and stable words only: nothing of what advisers wrote.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.duplicates import Duplicate, PersonFacts, find_duplicates
from advisor.domain.cases.operation import INTO
from advisor.domain.cases.synced import Life
from advisor.sync.merge import Record
from advisor.sync.messages import Verdict
from advisor.sync.server import audit, packs, records, tables
from advisor.sync.server.audit import Chain
from advisor.sync.server.database import Central
from advisor.sync.server.merging import INTERVIEW, PERSON
from advisor.sync.server.packs import PackCard

_AT_A_TIME = 500
_COMPARED = ("nom", "prenom", "profession", "telephone", "email")
# Canonical JSON of a field with other values than the current one: its list is not empty.
_DISPUTED = "},[{"


@dataclass(frozen=True, slots=True)
class DeviceSeen:
    """A device and what it did; instants are ISO text in UTC.

    ``code_until`` is the end of the code that a device not enrolled yet was given.
    """

    device: str
    name: str
    organisation: str
    role: str
    departements: tuple[str, ...]
    enrolled_at: str | None
    last_contact: str | None
    revoked: bool
    ops: int
    quarantined: int
    code_until: str | None = None


@dataclass(frozen=True, slots=True)
class HeldBack:
    """An op in quarantine, told without its content."""

    device: str
    local_seq: int
    entity: str
    reason: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole picture; ``conflicts`` counts fields, ``size`` is the database's, in bytes."""

    revision: str
    devices: tuple[DeviceSeen, ...]
    quarantined: tuple[HeldBack, ...]
    conflicts: int
    records: int
    receipts: int
    size: int
    packs: tuple[PackCard, ...]
    duplicates: tuple[Duplicate, ...]
    audit: Chain


def overview(central: Central) -> Overview:
    """Look at everything at one instant."""
    revision = central.revision()[1]
    with central.reading() as connection:
        return Overview(
            revision,
            _devices(connection),
            _quarantined(connection),
            _conflicts(connection),
            _count(connection, tables.record),
            _count(connection, tables.receipt),
            _size(connection),
            tuple(packs.published(connection)),
            tuple(find_duplicates(_people(connection))),
            audit.verify(connection),
        )


def _devices(connection: sa.Connection) -> tuple[DeviceSeen, ...]:
    table, receipt = tables.device, tables.receipt
    held = sa.func.sum(sa.case((receipt.c.verdict == Verdict.QUARANTINED.value, 1), else_=0))
    counting = sa.select(receipt.c.device, sa.func.count(), held).group_by(receipt.c.device)
    counts = {row[0]: (row[1], int(row[2])) for row in connection.execute(counting)}
    rows = connection.execute(table.select().order_by(table.c.organisation, table.c.name))
    codes = tables.invitation
    last = sa.select(codes.c.device, sa.func.max(codes.c.expires)).group_by(codes.c.device)
    until = {one.device: one[1] for one in connection.execute(last)}
    return tuple(_seen(row, *counts.get(row.id, (0, 0)), until.get(row.id)) for row in rows)


def _seen(row: Any, ops: int, quarantined: int, until: str | None) -> DeviceSeen:
    who = (row.id, row.name, row.organisation, row.role, tuple(row.departements))
    return DeviceSeen(*who, row.enrolled_at, row.last_contact, row.revoked, ops, quarantined, until)


def _quarantined(connection: sa.Connection) -> tuple[HeldBack, ...]:
    table = tables.receipt
    query = (
        sa.select(table.c.device, table.c.local_seq, table.c.entity, table.c.reason)
        .where(table.c.verdict == Verdict.QUARANTINED.value)
        .order_by(table.c.seq, table.c.local_seq)
    )
    return tuple(HeldBack(*row) for row in connection.execute(query))


def _conflicts(connection: sa.Connection) -> int:
    table = tables.record
    text = sa.type_coerce(table.c.content, sa.Text)
    query = table.select().where(text.contains(_DISPUTED, autoescape=True))
    count = 0
    for row in connection.execute(query).yield_per(_AT_A_TIME):
        record = records.record_of(row)
        count += sum(bool(one.others) for one in record.fields.values()) if record else 0
    return count


def _people(connection: sa.Connection) -> list[PersonFacts]:
    """Return the living professionals, with every département that received them."""
    table = tables.record
    living = table.c.life == Life.LIVE.value
    visits = sa.select(table.c.professional, table.c.departement).where(
        table.c.entity == INTERVIEW, living, table.c.professional.is_not(None)
    )
    places: dict[str, set[str]] = {}
    for person, departement in connection.execute(visits.distinct()):
        places.setdefault(person, set()).add(departement)
    found = []
    query = table.select().where(table.c.entity == PERSON, living)
    for row in connection.execute(query).yield_per(_AT_A_TIME):
        record = records.record_of(row)
        if record is not None and INTO not in record.fields:
            texts = {name: _text(record, name) for name in _COMPARED}
            where = frozenset({row.departement, *places.get(row.id, ())})
            found.append(PersonFacts(row.id, **texts, departements=where))
    return found


def _text(record: Record, name: str) -> str:
    held = record.fields.get(name)
    value = held.current.value if held else None
    return value if isinstance(value, str) else ""


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def _size(connection: sa.Connection) -> int:
    if connection.dialect.name == "postgresql":
        query = "SELECT pg_database_size(current_database())"
        return int(connection.exec_driver_sql(query).scalar_one())
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    return int(pages) * int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
