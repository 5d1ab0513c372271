"""Applies one operation to the records: the same code for what is typed and what is pulled.

Knows the declared kinds only; the journal line is written by whoever calls, in the same
transaction.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import INTO, Op, Operation
from advisor.domain.cases.synced import DELETED
from advisor.errors import BadDataError, NotFoundError, RefusedError
from advisor.store import tables
from advisor.store.entities import ENTITIES, Entity
from advisor.store.erasing import erase_person
from advisor.store.prepared import Prepared

PARENTS = {"permanence": "permanence", "professional": "professional", "interview": "appointment"}
FRENCH = {
    "permanence": "permanence",
    "professional": "professionnel",
    "appointment": "entretien",
    "project": "projet",
    "candidate_place": "lieu",
    "note": "note",
    "referral": "orientation",
    "outcome": "issue",
    "evaluation": "évaluation",
    "document": "document",
    "territory_diagnostic": "diagnostic territorial",
    "territory_step": "étape d’un diagnostic",
    "territory_participant": "participant à un diagnostic",
    "territory_note": "note d’un diagnostic",
    "territory_meeting": "réunion d’un diagnostic",
    "territory_measure": "recommandation ou action d’un diagnostic",
}


def entity(kind: str) -> Entity:
    """Return the declared kind; BadDataError for one this version does not know."""
    if kind not in ENTITIES:
        raise BadDataError(f"Sorte d’enregistrement inconnue\u202f: «\u202f{kind}\u202f».")
    return ENTITIES[kind]


def current(connection: sa.Connection, kind: str, record_id: str) -> dict[str, Any] | None:
    """Return the journaled fields of a live record, None when absent or deleted."""
    declared = entity(kind)
    row = _row(connection, declared, record_id)
    return None if row is None or row["deleted"] else fields_of(declared, row)


def required(connection: sa.Connection, kind: str, record_id: str) -> dict[str, Any]:
    """Return the journaled fields of a live record; NotFoundError when there is none."""
    found = current(connection, kind, record_id)
    if found is None:
        raise NotFoundError(
            f"L’identifiant {record_id[:60]} ne désigne aucun enregistrement "
            f"«\u202f{FRENCH[kind]}\u202f».",
            "Vérifiez l’identifiant dans la liste.",
        )
    return found


def count(connection: sa.Connection, kind: str) -> int:
    """Return how many live records of a kind there are."""
    table = entity(kind).table
    query = sa.select(sa.func.count()).select_from(table).where(table.c.deleted.is_(False))
    return int(connection.execute(query).scalar_one())


def known(connection: sa.Connection, kind: str, record_id: str) -> bool:
    """Tell whether a record of that id exists, even deleted."""
    return _row(connection, entity(kind), record_id) is not None


def scope(connection: sa.Connection, kind: str, record_id: str) -> tuple[str, str | None]:
    """Return the département and the interview of a record; empty when it is absent."""
    declared = entity(kind)
    row = _row(connection, declared, record_id)
    if row is None:
        return "", None
    return row["departement"], row[declared.of_interview] if declared.of_interview else None


def absent_parent(connection: sa.Connection, op: Op) -> str:
    """Return the kind of the first record ``op`` hangs on that is not here, empty when all are."""
    columns = entity(op.entity).table.c
    return next(
        (
            kind
            for name, kind in PARENTS.items()
            if name in op.fields and name in columns and columns[name].foreign_keys
            if (parent := op.fields[name].new) is not None
            if not known(connection, kind, str(parent))
        ),
        "",
    )


def require_parents(connection: sa.Connection, op: Op) -> None:
    """Raise RefusedError when ``op`` hangs on what another computer only may see."""
    absent = absent_parent(connection, op)
    if absent:
        raise RefusedError(
            f"Cette saisie se rattache à un élément absent de ce poste ({FRENCH[absent]}).",
            "Gardez l’autre version, ou laissez un autre poste choisir\u202f: rien n’est perdu.",
        )


def interview_of(kind: str, record_id: str, values: Mapping[str, Any]) -> str | None:
    """Return the interview a record about to be made belongs to, None when to none."""
    column = entity(kind).of_interview
    return record_id if column == "id" else values.get(column)


def fields_of(declared: Entity, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the journaled fields of a row, the open list spread out."""
    values = {name: row[name] for name in declared.fields}
    if declared.open_in:
        values.update(row[declared.open_in])
    return values


def apply(connection: sa.Connection, op: Op) -> None:
    """Do what ``op`` says to the records; applying the same op again changes nothing more."""
    declared = entity(op.entity)
    if op.operation is Operation.VOID:
        return
    if op.operation in {Operation.CREATE, Operation.APPEND_NOTE}:
        _put(connection, declared, op)
    elif op.operation is Operation.DELETE:
        _touch(connection, declared, op, {"deleted": True})
    elif op.operation is Operation.ERASE_PERSON:
        erase_person(connection, op.entity_id)
    elif op.operation is Operation.MERGE_PERSON:
        _merge(connection, declared, op)
    else:
        _touch(connection, declared, op, _columns(connection, declared, op))
    if op.operation in {Operation.APPEND_NOTE, Operation.REVISE_NOTE}:
        _keep_version(connection, op)


def put_new(connection: sa.Connection, ops: Iterable[Op]) -> None:
    """Do what creations say of records nobody has yet, with a few statements for all."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for op in ops:
        declared = entity(op.entity)
        values = op.new_values()
        columns = {name: values.pop(name) for name in declared.fields if name in values}
        if declared.open_in:
            columns[declared.open_in] = dict(sorted(values.items()))
        elif values:
            raise BadDataError(f"Champ inconnu\u202f: «\u202f{min(values)}\u202f».")
        record = {**_born(op), **columns, "deleted": False}
        alike.setdefault((op.entity, *record), []).append(record)
    for (kind, *_names), made in alike.items():
        _insertion(entity(kind).table).run_all(connection, made)


def _born(op: Op) -> dict[str, Any]:
    return {
        "id": op.entity_id,
        "departement": op.departement,
        "created_at": op.declared_at,
        "updated_at": op.declared_at,
    }


def _put(connection: sa.Connection, declared: Entity, op: Op) -> None:
    columns = {**_columns(connection, declared, op), "deleted": False}
    if _row(connection, declared, op.entity_id) is not None:
        _touch(connection, declared, op, columns)
        return
    _insertion(declared.table).run(connection, {**_born(op), **columns})


def _touch(connection: sa.Connection, declared: Entity, op: Op, columns: Mapping[str, Any]) -> None:
    values = {"of_id": op.entity_id, "updated_at": op.declared_at, **columns}
    _change(declared.table).run(connection, values)


def _merge(connection: sa.Connection, declared: Entity, op: Op) -> None:
    redirect(connection, op)
    _touch(connection, declared, op, {"deleted": True})


def interviews_with(connection: sa.Connection, person: str) -> list[str]:
    """Return the live interviews of a person, by id."""
    table = tables.appointment
    query = sa.select(table.c.id).where(table.c.professional == person, table.c.deleted.is_(False))
    return [row.id for row in connection.execute(query.order_by(table.c.id))]


def redirect(connection: sa.Connection, op: Op) -> None:
    """Give the interviews of a duplicate to the person kept, named by the field ``into``."""
    appointment = tables.appointment
    connection.execute(
        appointment.update()
        .where(appointment.c.professional == op.entity_id)
        .values(professional=op.fields[INTO].new, updated_at=op.declared_at)
    )


def _columns(connection: sa.Connection, declared: Entity, op: Op) -> dict[str, Any]:
    values = op.new_values()
    columns = {name: values.pop(name) for name in declared.fields if name in values}
    if DELETED in values:
        columns["deleted"] = values.pop(DELETED)
    if op.entity == "professional":
        values.pop(INTO, None)
    if not declared.open_in:
        if values:
            raise BadDataError(f"Champ inconnu\u202f: «\u202f{min(values)}\u202f».")
        return columns
    row = _row(connection, declared, op.entity_id)
    merged = {**(row[declared.open_in] if row else {}), **values}
    columns[declared.open_in] = {k: merged[k] for k in sorted(merged) if merged[k] is not None}
    return columns


def _keep_version(connection: sa.Connection, op: Op) -> None:
    if _row_of(tables.note_version).first(connection, {"of_id": op.id}) is None:
        version = {
            "id": op.id,
            "note": op.entity_id,
            "text": op.fields["text"].new,
            "author": op.actor,
            "organisation": op.organisation,
            "at": op.declared_at,
        }
        _insertion(tables.note_version).run(connection, version)


def _row(connection: sa.Connection, declared: Entity, record_id: str) -> Any:
    row = _row_of(declared.table).first(connection, {"of_id": record_id})
    return None if row is None else row._asdict()


@cache
def _row_of(table: sa.Table) -> Prepared:
    return Prepared(table.select().where(table.c.id == sa.bindparam("of_id")))


@cache
def _change(table: sa.Table) -> Prepared:
    return Prepared(table.update().where(table.c.id == sa.bindparam("of_id")))


@cache
def _insertion(table: sa.Table) -> Prepared:
    return Prepared(table.insert())
