"""What a device may see and write: the one place where it is decided.

A device has its départements, a role, and the kinds its organisation does not see. On PostgreSQL
``walls`` tells the database the same, so that a fault here still gives nothing away.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import Op
from advisor.store.prepared import Prepared
from advisor.sync.server import tables

# The same as ``Rights.sees``, as a condition on the table of records; ``Rights.scope`` fills it.
VISIBLE = sa.and_(
    tables.record.c.departement.in_(sa.bindparam("departements", expanding=True)),
    tables.record.c.entity.not_in(sa.bindparam("hidden", expanding=True)),
)

_DEVICE = Prepared(tables.device.select().where(tables.device.c.id == sa.bindparam("of_device")))
_HIDDEN = Prepared(
    sa.select(tables.organisation.c.hidden).where(
        tables.organisation.c.name == sa.bindparam("named")
    )
)


class Role(StrEnum):
    """What a device is enrolled to do."""

    ADVISER = "conseiller"
    READER = "lecteur"


@dataclass(frozen=True, slots=True)
class Rights:
    """The rights of one enrolled device."""

    device: str
    organisation: str
    role: Role
    departements: frozenset[str]
    hidden: frozenset[str] = frozenset()
    revoked: bool = False

    def sees(self, entity: str, departement: str) -> bool:
        """Tell whether the device may receive a record of that kind and département."""
        return departement in self.departements and entity not in self.hidden

    def scope(self) -> dict[str, list[str]]:
        """Return the values of ``VISIBLE`` for this device."""
        return {"departements": sorted(self.departements), "hidden": sorted(self.hidden)}

    def refuses(self, op: Op, departement: str | None) -> bool:
        """Tell whether an op is beyond the device's rights; ``departement`` is the record's own."""
        held = departement or op.departement
        return (
            self.revoked
            or self.role is not Role.ADVISER
            or op.device != self.device
            or not self.sees(op.entity, held)
        )


def rights_of(connection: sa.Connection, device: str) -> Rights | None:
    """Return the rights of a device, None when it was never enrolled."""
    row = _DEVICE.first(connection, {"of_device": device})
    if row is None:
        return None
    return Rights(
        row.id,
        row.organisation,
        Role(row.role),
        frozenset(row.departements),
        hidden_from(connection, row.organisation),
        row.revoked,
    )


def grant(connection: sa.Connection, rights: Rights) -> None:
    """Write the rights of a device, in place of those it had, and of its organisation."""
    _put(
        connection,
        tables.device.c.id,
        rights.device,
        organisation=rights.organisation,
        role=rights.role.value,
        departements=sorted(rights.departements),
        revoked=rights.revoked,
    )
    name = tables.organisation.c.name
    _put(connection, name, rights.organisation, hidden=sorted(rights.hidden))


def _put(connection: sa.Connection, key: sa.Column[Any], named: str, **values: Any) -> None:
    """Change the line of that key, or write a first one."""
    table = key.table
    done = connection.execute(sa.update(table).where(key == named).values(**values))
    if done.rowcount == 0:
        connection.execute(sa.insert(table).values({key.name: named, **values}))


def hidden_from(connection: sa.Connection, organisation: str) -> frozenset[str]:
    """Return the kinds of records an organisation never sees."""
    return frozenset(_HIDDEN.scalar(connection, {"named": organisation}) or ())
