"""One use case, one transaction: each record change and its journal line stand or fall together.

``Reading`` hands out repositories; ``UnitOfWork`` adds the verbs that write.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.appointment import Changed
from advisor.domain.cases.changes import Changes
from advisor.domain.cases.nir import NIR_WARNING, looks_like_nir
from advisor.domain.cases.operation import INTO, FieldChange, Op, Operation
from advisor.domain.cases.people import Adviser
from advisor.domain.cases.synced import DELETED
from advisor.errors import RefusedError
from advisor.store import records, tables
from advisor.store.entities import ENTITIES
from advisor.store.erasing import PERSON, erase_person
from advisor.store.identifiers import new_id
from advisor.store.interviews import Interviews
from advisor.store.journal import Journal
from advisor.store.permanences import Permanences
from advisor.store.settings import Settings
from advisor.store.territory_records import TerritoryRecords

FREE_TEXT = {
    "permanence": {"place"},
    "professional": {"nom", "prenom"},
    "appointment": {"reason", "wished_commune"},
    "note": {"text", "theme"},
    "referral": {"note"},
    "outcome": {"how", "why"},
    "territory_diagnostic": {"name", "request", "requested_by"},
    "territory_step": {"note"},
    "territory_participant": {"function", "institution"},
    "territory_note": {"theme", "text"},
    "territory_meeting": {"place", "subject", "summary"},
    "territory_measure": {"text", "bearer"},
}


def holds_nir(kind: str, values: Mapping[str, Any]) -> bool:
    """Tell whether a text typed in a free field looks like a social security number."""
    free = values.keys() if kind == "project" else FREE_TEXT.get(kind, set())
    return any(
        looks_like_nir(value)
        for name, value in values.items()
        if name in free and isinstance(value, str)
    )


class Reading:
    """A consistent look at the database: one repository for each noun."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.permanences = Permanences(connection)
        self.interviews = Interviews(connection)
        self.journal = Journal(connection)
        self.settings = Settings(connection)
        self.territories = TerritoryRecords(connection)

    def interview_of(self, kind: str, record_id: str) -> str:
        """Return the interview a live record belongs to; NotFoundError when there is none."""
        return str(records.required(self.connection, kind, record_id)["interview"])

    def departement_of(self, interview_id: str) -> str:
        """Return the département an interview belongs to; NotFoundError when absent."""
        records.required(self.connection, "appointment", interview_id)
        return records.scope(self.connection, "appointment", interview_id)[0]

    def held(self, kind: str, record_id: str) -> dict[str, Any]:
        """Return the fields of a live record as kept; NotFoundError when there is none."""
        return records.required(self.connection, kind, record_id)

    def counts(self) -> dict[str, int]:
        """Return how many live records of each kind there are."""
        return {kind: records.count(self.connection, kind) for kind in ENTITIES}


@dataclass(frozen=True, slots=True)
class Signature:
    """Who writes, when, and with which versions of the schema and of the pack."""

    adviser: Adviser
    at: str
    schema_version: str
    pack_version: str = ""


@dataclass(frozen=True, slots=True)
class Making:
    """A record to make among many: its kind, a fresh id, its fields, a remark to show."""

    kind: str
    record_id: str
    values: Mapping[str, Any]
    departement: str
    warning: str = ""


class UnitOfWork(Reading):
    """Writes records and journal lines; ``changes`` gathers what was touched."""

    def __init__(self, connection: sa.Connection, signature: Signature) -> None:
        super().__init__(connection)
        self.signature = signature
        self.unit = new_id()
        self.undoes: str | None = None
        self.changes = Changes()

    def create(
        self,
        kind: str,
        values: Mapping[str, Any],
        *,
        departement: str,
        record_id: str | None = None,
        interview: str | None = None,
    ) -> str:
        """Make a record, or bring back the deleted one of that id; returns its id."""
        made = record_id or new_id()
        revived = record_id is not None and records.known(self.connection, kind, made)
        held = {name: value for name, value in values.items() if revived or value is not None}
        operation = Operation.APPEND_NOTE if kind == "note" else Operation.CREATE
        olds = dict.fromkeys(held)
        self._write(operation, kind, made, olds, held, departement, interview)
        return made

    def create_all(self, makings: Sequence[Making]) -> None:
        """Make many records of fresh ids, each with its line, with a few statements for all."""
        device, incarnation, first = self.journal.next_identities(len(makings))
        ops = []
        for local_seq, one in enumerate(makings, first):
            news = {name: value for name, value in one.values.items() if value is not None}
            fields = {name: FieldChange(0, None, value) for name, value in news.items()}
            found = records.interview_of(one.kind, one.record_id, news)
            named = (device, incarnation, local_seq)
            what = (Operation.CREATE, one.kind, one.record_id, fields, one.departement, found)
            ops.append(self._op(*what, named))
            pairs = {name: (None, value) for name, value in news.items()}
            flags = (NIR_WARNING,) if holds_nir(one.kind, news) else ()
            told = (*flags, one.warning) if one.warning else flags
            self.changes.append(Changed(one.kind, one.record_id, pairs, found, told))
        records.put_new(self.connection, ops)
        self.journal.append(*ops)

    def set(
        self, kind: str, record_id: str, values: Mapping[str, Any], *, interview: str | None = None
    ) -> None:
        """Give fields their new values; what is already so is left out, nothing is journaled."""
        now = records.required(self.connection, kind, record_id)
        news = {name: new for name, new in values.items() if now.get(name) != new}
        if news:
            olds = {name: now.get(name) for name in news}
            self._write(Operation.SET, kind, record_id, olds, news, None, interview)

    def put(self, kind: str, record_id: str, values: Mapping[str, Any], departement: str) -> None:
        """Set the fields of a record that may not exist yet."""
        if records.current(self.connection, kind, record_id) is None:
            self.create(kind, values, departement=departement, record_id=record_id)
        else:
            self.set(kind, record_id, values)

    def main_first(self, record_id: str, warning: str = "") -> None:
        """Put the change of that record first in ``changes``, with a warning to show if any."""
        index = next(i for i, one in enumerate(self.changes) if one.id == record_id)
        main = self.changes.pop(index)
        if warning:
            main = replace(main, warnings=(*main.warnings, warning))
        self.changes.insert(0, main)

    def revise_note(self, note_id: str, text: str) -> None:
        """Add a version to a note."""
        old = records.required(self.connection, "note", note_id)["text"]
        if old != text:
            olds, news = {"text": old}, {"text": text}
            self._write(Operation.REVISE_NOTE, "note", note_id, olds, news, None, None)

    def resolve(self, kind: str, record_id: str, field: str, value: Any) -> None:
        """Close the conflict shown on a field with the value chosen, itself journaled."""
        known = records.known(self.connection, kind, record_id)
        gone = known and records.current(self.connection, kind, record_id) is None
        if field in {DELETED, INTO} and known:
            now: Mapping[str, Any] = {DELETED: gone}
        else:
            now = records.required(self.connection, kind, record_id)
        olds, news = {field: now.get(field)}, {field: value}
        self._write(Operation.RESOLVE_CONFLICT, kind, record_id, olds, news, None, None)
        table = tables.open_conflict
        named = (table.c.entity == kind, table.c.entity_id == record_id, table.c.field == field)
        self.connection.execute(table.delete().where(*named))

    def resend(self, op: Op, values: Mapping[str, Any]) -> None:
        """Write again what the central store set aside, with ``values`` in place of what it said.

        A record made again takes along what was typed in it since. NotFoundError when the record
        is not here any more.
        """
        making = op.operation in {Operation.CREATE, Operation.APPEND_NOTE}
        held = records.current(self.connection, op.entity, op.entity_id)
        if held is None and not making:
            held = records.required(self.connection, op.entity, op.entity_id)
        kept = held or {}
        said = {**op.new_values(), **(kept if making else {}), **values}
        news = {name: one for name, one in said.items() if not making or one is not None}
        olds = {name: kept.get(name) for name in news}
        place = (op.departement, op.interview) if making else (None, None)
        self._write(op.operation, op.entity, op.entity_id, olds, news, *place)

    def delete(self, kind: str, record_id: str) -> None:
        """Leave a tombstone; the journal keeps what was there."""
        old = records.required(self.connection, kind, record_id)
        held = {name: value for name, value in old.items() if value is not None}
        self._write(Operation.DELETE, kind, record_id, held, dict.fromkeys(held), None, None)

    def erase_person(self, person: str) -> None:
        """Purge a person, their interviews and what the journal said of them."""
        records.required(self.connection, PERSON, person)
        departement = records.scope(self.connection, PERSON, person)[0]
        purged = erase_person(self.connection, person)
        op = self._op(Operation.ERASE_PERSON, PERSON, person, {}, departement, None)
        self.journal.append(op)
        self.changes += [Changed(kind, record, {}) for kind, record in reversed(purged)]

    def merge_person(self, duplicate: str, into: str) -> None:
        """Give the interviews of a duplicate to the person kept; the duplicate is set aside.

        Raises NotFoundError when either is not there, RefusedError when they are one.
        """
        records.required(self.connection, PERSON, duplicate)
        records.required(self.connection, PERSON, into)
        if duplicate == into:
            raise RefusedError("Ces deux fiches n’en font qu’une.", "Choisissez deux fiches.")
        moved = records.interviews_with(self.connection, duplicate)
        self._write(
            Operation.MERGE_PERSON, PERSON, duplicate, {INTO: None}, {INTO: into}, None, None
        )
        given = {PERSON: (duplicate, into)}
        self.changes += [Changed("appointment", one, given, one) for one in moved]

    def _write(
        self,
        operation: Operation,
        kind: str,
        record_id: str,
        olds: Mapping[str, Any],
        news: Mapping[str, Any],
        departement: str | None,
        interview: str | None,
    ) -> None:
        bases = self.journal.base_seqs(kind, record_id)
        if news.get(DELETED) is True:  # the whole record was seen, not only that it was removed
            bases[DELETED] = max(bases.values(), default=0)
        fields = {name: FieldChange(bases.get(name, 0), olds[name], news[name]) for name in news}
        if departement is None:
            departement, found = records.scope(self.connection, kind, record_id)
        else:
            found = records.interview_of(kind, record_id, news)
        op = self._op(operation, kind, record_id, fields, departement, interview or found)
        records.require_parents(self.connection, op)
        records.apply(self.connection, op)
        self.journal.append(op)
        pairs = {name: (change.old, change.new) for name, change in fields.items()}
        flags = (NIR_WARNING,) if holds_nir(kind, news) else ()
        self.changes.append(Changed(kind, record_id, pairs, op.interview, flags))

    def _op(
        self,
        operation: Operation,
        kind: str,
        record_id: str,
        fields: Mapping[str, FieldChange],
        departement: str,
        interview: str | None,
        named: tuple[str, str, int] | None = None,
    ) -> Op:
        device, incarnation, local_seq = named or self.journal.next_identity()
        return Op(
            device=device,
            incarnation=incarnation,
            local_seq=local_seq,
            entity=kind,
            entity_id=record_id,
            operation=operation,
            fields=fields,
            actor=self.signature.adviser.name,
            organisation=self.signature.adviser.organisation,
            declared_at=self.signature.at,
            schema_version=self.signature.schema_version,
            pack_version=self.signature.pack_version,
            departement=departement,
            unit=self.unit,
            interview=interview,
            undoes=self.undoes,
        )
