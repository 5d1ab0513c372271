"""Reverts the last edit of a territorial diagnostic by its inverse, itself journaled.

The same rule as for an interview: the opening is never undone, nothing is unwritten.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from advisor.domain.cases.operation import Op, Operation
from advisor.errors import RefusedError
from advisor.store import tables, territory_tables
from advisor.store.journal import op_of
from advisor.store.undo import HORIZON, invert
from advisor.store.unit_of_work import UnitOfWork

_journal = tables.journal
PARTS = (
    territory_tables.step,
    territory_tables.participant,
    territory_tables.note,
    territory_tables.meeting,
    territory_tables.measure,
)


def undo_last_of_territory(work: UnitOfWork, diagnostic: str) -> None:
    """Write the inverse of the newest edit of a diagnostic not yet undone.

    Raises RefusedError when no edit is left, NotFoundError when there is no such diagnostic.
    """
    work.territories.get(diagnostic)
    ops = _entries(work, diagnostic)
    undone = {op.undoes for op in ops if op.undoes is not None}
    unit = next((op.unit for op in ops if _is_an_edit(op, undone)), None)
    if unit is None:
        raise RefusedError("Rien à annuler dans ce diagnostic.")
    work.undoes = unit
    for op in work.journal.unit(unit):
        invert(work, op)


def bring_back_territory(work: UnitOfWork, diagnostic: str) -> None:
    """Put a diagnostic removed back, as its removal found it; RefusedError when it was not."""
    for op in _entries(work, diagnostic):
        if op.entity_id == diagnostic and op.operation is Operation.DELETE:
            invert(work, op)
            return
    raise RefusedError("Ce diagnostic n’a pas été retiré.")


def _is_an_edit(op: Op, undone: set[str]) -> bool:
    opening = op.operation is Operation.CREATE and op.entity in {
        "territory_diagnostic",
        "territory_step",
    }
    return op.undoes is None and op.unit not in undone and not opening


def _entries(work: UnitOfWork, diagnostic: str) -> Sequence[Op]:
    """Return the newest journal lines of a diagnostic and of its parts, removed ones too."""
    parts = [
        sa.select(table.c.id.label("record")).where(table.c.diagnostic == diagnostic)
        for table in PARTS
    ]
    mine = sa.or_(
        _journal.c.entity_id == diagnostic, _journal.c.entity_id.in_(sa.union_all(*parts))
    )
    query = _journal.select().where(mine).order_by(_journal.c.seq.desc()).limit(HORIZON)
    return [op_of(row) for row in work.connection.execute(query).mappings()]
