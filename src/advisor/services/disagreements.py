"""What people left in conflict and what the central store set aside, read and decided.

Each decision is itself an entry of the journal; nothing is ever thrown away.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from advisor.domain.cases.changes import Changes
from advisor.domain.cases.disagreement import (
    NEVER_SENT_AGAIN,
    OTHER_REASON,
    REASONS,
    Decisions,
    Disagreement,
    Held,
    Keep,
    Voice,
    typed_values,
)
from advisor.domain.cases.field_words import Form, field_words, form_of, kind_words
from advisor.domain.cases.operation import Op, Operation
from advisor.domain.cases.synced import Version
from advisor.errors import NotFoundError, RefusedError
from advisor.services.desk import Desk
from advisor.services.record_titles import Titles
from advisor.store.decisions import ASIDE, MENDED, Conflict, DecisionRecords
from advisor.store.unit_of_work import Reading, UnitOfWork

MOVED_ON = (
    "Ce désaccord a déjà été tranché.",
    "Rien n’est à faire\u202f: la liste se met à jour.",
)
VERBS = {
    Operation.CREATE: "ajout",
    Operation.APPEND_NOTE: "ajout",
    Operation.DELETE: "retrait",
    Operation.MERGE_PERSON: "réunion de deux fiches",
    Operation.RESOLVE_CONFLICT: "choix entre deux versions",
    Operation.ERASE_PERSON: "effacement",
}


class Disagreements:
    """Conflicts and entries set aside, on this home."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def conflicts(self, interview: str | None = None) -> list[Disagreement]:
        """Return the open conflicts of this home, or of one interview."""
        with self._desk.read() as look:
            found = DecisionRecords(look.connection).conflicts(interview)
            return self._told(look, found) if found else []

    def quarantined(self) -> list[Held]:
        """Return the entries the central store set aside, newest first, those left aside too."""
        with self._desk.read() as look:
            return self._held(look)

    def decisions(self) -> Decisions:
        """Return all that waits for a choice, as of one instant."""
        with self._desk.read() as look:
            found = DecisionRecords(look.connection).conflicts()
            return Decisions(tuple(self._told(look, found)), tuple(self._held(look)))

    def count(self) -> int:
        """Return how many choices wait."""
        with self._desk.read() as look:
            return sum(DecisionRecords(look.connection).count())

    def of_interview(self, interview: str) -> list[Disagreement]:
        """Return the open conflicts of an interview and of the person received."""
        person = self._person_of(interview)
        return [
            one for one in self.conflicts() if interview == one.interview or person == one.entity_id
        ]

    def fields_of(self, interview: str) -> frozenset[str]:
        """Return the fields of an interview in conflict, named as the sheet names them."""
        return frozenset(
            f"booking.{one.field}" if one.entity == "professional" else one.field
            for one in self.of_interview(interview)
            if one.entity in {"project", "appointment", "professional"}
        )

    def resolve(self, conflict: str, keep: Any, other: str = "") -> Changes:
        """Decide a conflict: ``keep`` is a Keep, or the value that combines the versions.

        ``other`` names the voice kept by Keep.OTHER (the second one when there are only two).
        RefusedError when it was decided meanwhile.
        """
        one = next((held for held in self.conflicts() if held.id == conflict), None)
        if one is None:
            raise RefusedError(*MOVED_ON)
        return self.settle_conflict(one, chosen_value(one, keep, other))

    def settle_conflict(self, one: Disagreement, value: Any) -> Changes:
        """Write the value chosen for a field in conflict, as an entry that travels."""
        with self._desk.write() as work:
            work.resolve(one.entity, one.entity_id, one.field, value)
        return work.changes

    def mend_and_resend(self, op_id: str, values: Mapping[str, Any] | None = None) -> Changes:
        """Send an entry set aside again, as a new one, with ``values`` in place of its own."""
        with self._desk.write() as work:
            notes = DecisionRecords(work.connection)
            _send_again(work, notes, _required(notes, op_id), values or {})
        return work.changes

    def resend_all(self, op_ids: Sequence[str]) -> Changes:
        """Send entries set aside again as they were, the oldest first; those settled stay so."""
        with self._desk.write() as work:
            notes = DecisionRecords(work.connection)
            for op in _oldest_first(notes, op_ids):
                if op.id not in notes.settled():  # an earlier one may have settled it
                    _send_again(work, notes, op, {})
        return work.changes

    def leave_aside(self, op_id: str, *, aside: bool = True) -> None:
        """Stop counting an entry set aside, which stays readable; or count it again."""
        with self._desk.write() as work:
            notes = DecisionRecords(work.connection)
            _required(notes, op_id)
            notes.settle(op_id, ASIDE if aside else "")

    def _person_of(self, interview: str) -> str:
        with self._desk.read() as look:
            held = DecisionRecords(look.connection).now("appointment", interview)
        return str((held or {}).get("professional", ""))

    def _told(self, look: Reading, found: list[Conflict]) -> list[Disagreement]:
        titles = Titles(look, self._desk.name_of)
        here = DecisionRecords(look.connection).this_device()
        return [_disagreement(one, titles, here) for one in found]

    def _held(self, look: Reading) -> list[Held]:
        notes, titles = DecisionRecords(look.connection), Titles(look, self._desk.name_of)
        return [_held(op, state, notes, titles) for op, state in notes.held()]


def chosen_value(one: Disagreement, keep: Any, other: str = "") -> Any:
    """Return the value that a choice gives to a field in conflict."""
    if keep is Keep.CURRENT:
        return one.current
    if keep is Keep.OTHER:
        named = [voice for voice in one.voices[1:] if other in {"", voice.id}]
        if not named:
            raise NotFoundError("Cette version n’est pas dans le désaccord.")
        return named[0].value
    if keep is Keep.BOTH:
        if not one.can_keep_both:
            raise RefusedError(
                "Ces deux valeurs ne peuvent pas tenir ensemble.", "Choisissez l’une ou l’autre."
            )
        return one.both()
    return keep


def _required(notes: DecisionRecords, op_id: str) -> Op:
    found = next((op for op, _state in notes.held() if op.id == op_id), None)
    if found is None:
        raise NotFoundError(
            "Cette saisie n’est plus mise de côté.", "Elle a été renvoyée ou reçue entre-temps."
        )
    return found


def _oldest_first(notes: DecisionRecords, op_ids: Sequence[str]) -> list[Op]:
    """Return those of these that wait, in the order they were typed: a record before its notes."""
    wanted = set(op_ids)
    held = [op for op, state in notes.held() if op.id in wanted and not state]
    return sorted(held, key=lambda op: op.local_seq)


def _send_again(
    work: UnitOfWork, notes: DecisionRecords, op: Op, values: Mapping[str, Any]
) -> None:
    work.resend(op, values)
    notes.settle(op.id, MENDED)
    if op.operation in {Operation.CREATE, Operation.APPEND_NOTE}:
        _settle_what_followed(notes, op)


def _settle_what_followed(notes: DecisionRecords, made: Op) -> None:
    """Once a record is made again with all it holds, what could not reach it is no more asked."""
    for op, _state in notes.held():
        reason = (op.verdict or {}).get("reason")
        if op.entity_id == made.entity_id and reason == "unknown_record":
            notes.settle(op.id, MENDED)


def _disagreement(one: Conflict, titles: Titles, here: str) -> Disagreement:
    values = [version.value for version in one.versions]
    return Disagreement(
        id=f"{one.entity}/{one.entity_id}/{one.field}",
        entity=one.entity,
        entity_id=one.entity_id,
        field=one.field,
        kind=kind_words(one.entity),
        label=field_words(one.entity, one.field),
        title=titles.of(one.entity, one.entity_id, one.interview),
        voices=tuple(_voice(one, version, titles, here) for version in one.versions),
        form=form_of(one.entity, one.field, *values),
        interview=one.interview,
    )


def _voice(one: Conflict, said: Version, titles: Titles, here: str) -> Voice:
    device = said.id.partition("/")[0]
    return Voice(
        said.id,
        said.value,
        titles.value(one.entity, one.field, said.value),
        said.author,
        said.organisation,
        device,
        datetime.fromisoformat(said.declared_at),
        device == here,
    )


def _held(op: Op, state: str, notes: DecisionRecords, titles: Titles) -> Held:
    verdict = op.verdict or {}
    reason, advice = REASONS.get(verdict.get("reason", ""), OTHER_REASON)
    now = notes.now(op.entity, op.entity_id)
    forms: dict[str, Form] = {
        name: form_of(op.entity, name, change.new) for name, change in op.fields.items()
    }
    return Held(
        id=op.id,
        entity=op.entity,
        entity_id=op.entity_id,
        title=titles.of(op.entity, op.entity_id, op.interview),
        what=f"{kind_words(op.entity)}, {VERBS.get(op.operation, 'modification')}",
        reason=reason,
        advice=advice,
        values=tuple(typed_values(op, now or {}, forms, partial(titles.value, op.entity))),
        author=op.actor,
        declared_at=datetime.fromisoformat(op.declared_at),
        can_resend=verdict.get("reason") not in NEVER_SENT_AGAIN,
        aside=state == ASIDE,
        interview=op.interview,
        gone=verdict.get("reason") == "erased",
    )
