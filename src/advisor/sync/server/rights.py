"""What a device may see and write: the one place where it is decided.

A device has its départements, a role, and the kinds its organisation does not see.
"""

from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from advisor.domain.cases.operation import Op
from advisor.sync.server import tables


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

    def visible(self) -> sa.ColumnElement[bool]:
        """Return the same as ``sees``, as a condition on the table of records."""
        table = tables.record
        return sa.and_(
            table.c.departement.in_(sorted(self.departements)),
            table.c.entity.not_in(sorted(self.hidden)),
        )

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
    table, organisation = tables.device, tables.organisation
    row = connection.execute(table.select().where(table.c.id == device)).first()
    if row is None:
        return None
    hidden = connection.execute(
        sa.select(organisation.c.hidden).where(organisation.c.name == row.organisation)
    ).scalar()
    return Rights(
        row.id,
        row.organisation,
        Role(row.role),
        frozenset(row.departements),
        frozenset(hidden or ()),
        row.revoked,
    )


def grant(connection: sa.Connection, rights: Rights) -> None:
    """Write the rights of a device, in place of those it had, and of its organisation."""
    table, organisation = tables.device, tables.organisation
    connection.execute(table.delete().where(table.c.id == rights.device))
    connection.execute(
        table.insert().values(
            id=rights.device,
            organisation=rights.organisation,
            role=rights.role.value,
            departements=sorted(rights.departements),
            revoked=rights.revoked,
        )
    )
    connection.execute(organisation.delete().where(organisation.c.name == rights.organisation))
    connection.execute(
        organisation.insert().values(name=rights.organisation, hidden=sorted(rights.hidden))
    )
