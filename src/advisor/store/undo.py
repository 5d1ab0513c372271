"""Reverts the last edit of an interview by its inverse, itself journaled: nothing is unwritten."""

from collections.abc import Mapping
from typing import Any

from advisor.domain.cases.operation import Op, Operation
from advisor.errors import RefusedError
from advisor.store.entities import ENTITIES
from advisor.store.unit_of_work import UnitOfWork

HORIZON = 2000


def undo_last(work: UnitOfWork, interview: str) -> None:
    """Write the inverse of the newest edit not yet undone.

    The opening of the interview, frozen evaluations and printed documents are never undone.
    Raises RefusedError when no edit is left.
    """
    unit = _last_edit(work, interview)
    if unit is None:
        raise RefusedError("Rien à annuler dans cet entretien.")
    work.undoes = unit
    for op in work.journal.unit(unit):
        invert(work, op)


def _last_edit(work: UnitOfWork, interview: str) -> str | None:
    undone = work.journal.undone_units(interview)
    kept: dict[str, bool] = {}
    for op in work.journal.entries(interview=interview, limit=HORIZON):
        opening = op.entity == "appointment" and op.operation is Operation.CREATE
        evidence = not ENTITIES[op.entity].undoable
        mine = op.undoes is None and op.unit not in undone and not opening and not evidence
        kept[op.unit] = kept.get(op.unit, True) and mine
    return next((unit for unit, undoable in kept.items() if undoable), None)


def invert(work: UnitOfWork, op: Op) -> None:
    """Write the inverse of one journal line."""
    olds = {name: change.old for name, change in op.fields.items()}
    if op.operation in {Operation.CREATE, Operation.APPEND_NOTE}:
        work.delete(op.entity, op.entity_id)
    elif op.operation is Operation.DELETE:
        _bring_back(work, op, olds)
    elif op.operation is Operation.REVISE_NOTE:
        work.revise_note(op.entity_id, olds["text"])
    else:
        work.set(op.entity, op.entity_id, olds, interview=op.interview)


def _bring_back(work: UnitOfWork, op: Op, olds: Mapping[str, Any]) -> None:
    work.create(
        op.entity,
        olds,
        departement=op.departement,
        record_id=op.entity_id,
        interview=op.interview,
    )
