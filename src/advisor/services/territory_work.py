"""The work kept around territorial diagnostics: everything is saved as it is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from advisor.domain.cases.changes import Changes
from advisor.domain.territories.reading_2012 import Parameters
from advisor.domain.territories.scenario import Hypotheses
from advisor.domain.territories.territory import Territory
from advisor.domain.territories.work import (
    MeasureKind,
    MeasureState,
    MeetingKind,
    StepKind,
    StepState,
    TerritoryWork,
)
from advisor.errors import RefusedError
from advisor.services.desk import Desk
from advisor.store.permanences import write_date
from advisor.store.territory_undo import bring_back_territory, undo_last_of_territory

FIELDS = ("name", "request", "requested_by", "requested_on", "hypotheses", "parameters")
PARTS = {
    "territory_step": ("state", "begun", "due", "done", "note"),
    "territory_participant": ("function", "institution"),
    "territory_note": ("theme", "text"),
    "territory_meeting": ("kind", "day", "place", "subject", "summary", "attendance"),
    "territory_measure": ("text", "bearer", "due", "state", "follows"),
}


class TerritoryWorkService:
    """One method for each thing done around a diagnostic."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self, departement: str | None = None) -> Sequence[TerritoryWork]:
        """Return the diagnostics kept, the last one made first."""
        with self._desk.read() as look:
            return look.territories.find(departement)

    def get(self, diagnostic_id: str) -> TerritoryWork:
        """Return one diagnostic whole; NotFoundError."""
        with self._desk.read() as look:
            return look.territories.get(diagnostic_id)

    def create(
        self,
        territory: Territory,
        *,
        request: str = "",
        requested_by: str = "",
        requested_on: date | None = None,
    ) -> Changes:
        """Begin a diagnostic with its seven steps to do; its id is ``.id``.

        ``requested_by`` is a collectivité or a function, never a person's name.
        """
        if not territory.departement:
            raise RefusedError("Le département de ce territoire n’est pas connu.")
        with self._desk.write() as work:
            values = {
                "name": territory.name,
                "chosen_by": territory.chosen_by.value,
                "code": territory.code,
                "communes": list(territory.codes),
                "request": request,
                "requested_by": requested_by,
                "requested_on": write_date(requested_on),
            }
            made = work.create("territory_diagnostic", values, departement=territory.departement)
            for kind in StepKind:
                step = {"diagnostic": made, "kind": kind.value, "state": StepState.TO_DO.value}
                work.create("territory_step", step, departement=territory.departement)
        return work.changes

    def set(self, diagnostic_id: str, fields: Mapping[str, Any]) -> Changes:
        """Give fields of the diagnostic their new values (see ``FIELDS``)."""
        values = {name: _kept(value) for name, value in _known(fields, FIELDS).items()}
        return self._desk.set("territory_diagnostic", diagnostic_id, values)

    def choose(self, diagnostic_id: str, territory: Territory) -> Changes:
        """Change the territory of a diagnostic, its work kept."""
        values = {
            "name": territory.name,
            "chosen_by": territory.chosen_by.value,
            "code": territory.code,
            "communes": list(territory.codes),
        }
        return self._desk.set("territory_diagnostic", diagnostic_id, values)

    def remove(self, diagnostic_id: str) -> Changes:
        """Take a diagnostic out of the list; the journal keeps what was there."""
        with self._desk.write() as work:
            work.delete("territory_diagnostic", diagnostic_id)
        return work.changes

    def bring_back(self, diagnostic_id: str) -> Changes:
        """Put a diagnostic removed back in the list, as it was; its id is ``.id``."""
        with self._desk.write() as work:
            bring_back_territory(work, diagnostic_id)
        return work.changes

    def add_participant(self, diagnostic_id: str, function: str, institution: str = "") -> Changes:
        """Add somebody by function and institution."""
        _said(function, "La fonction")
        values = {"function": function, "institution": institution}
        return self._add("territory_participant", diagnostic_id, values)

    def add_note(self, diagnostic_id: str, theme: str, text: str) -> Changes:
        """Add a qualitative note of one theme, signed by the adviser."""
        _said(text, "La note")
        return self._add(
            "territory_note", diagnostic_id, {"theme": theme or "Divers", "text": text}, signed=True
        )

    def add_meeting(
        self,
        diagnostic_id: str,
        kind: MeetingKind,
        day: date,
        place: str = "",
        subject: str = "",
    ) -> Changes:
        """Add a meeting held or planned."""
        values = {
            "kind": MeetingKind(kind).value,
            "day": day.isoformat(),
            "place": place,
            "subject": subject,
        }
        return self._add("territory_meeting", diagnostic_id, values)

    def recommend(self, diagnostic_id: str, text: str, bearer: str = "") -> Changes:
        """Add a recommendation, proposed."""
        _said(text, "La recommandation")
        values = {"text": text, "bearer": bearer, "state": MeasureState.PROPOSED.value}
        kind = {"kind": MeasureKind.RECOMMENDATION.value}
        return self._add("territory_measure", diagnostic_id, {**kind, **values})

    def decide(
        self,
        diagnostic_id: str,
        text: str,
        bearer: str = "",
        due: date | None = None,
        follows: str | None = None,
    ) -> Changes:
        """Add a decided action; ``follows`` is the id of the recommendation it comes from."""
        _said(text, "L’action")
        values = {
            "kind": MeasureKind.ACTION.value,
            "text": text,
            "bearer": bearer,
            "due": write_date(due),
            "state": MeasureState.DECIDED.value,
            "follows": follows,
        }
        return self._add("territory_measure", diagnostic_id, values)

    def set_part(self, kind: str, record_id: str, fields: Mapping[str, Any]) -> Changes:
        """Give fields of a part their new values; ``kind`` is one of ``PARTS``."""
        values = {name: _kept(value) for name, value in _known(fields, PARTS[kind]).items()}
        return self._desk.set(kind, record_id, values)

    def set_step(self, step_id: str, state: StepState, **days: date | None) -> Changes:
        """Say where a step stands; ``days`` are ``begun``, ``due``, ``done``."""
        return self.set_part("territory_step", step_id, {"state": StepState(state), **days})

    def remove_part(self, kind: str, record_id: str) -> Changes:
        """Take a participant, a note, a meeting or a measure out; steps always stay."""
        if kind not in PARTS or kind == "territory_step":
            raise RefusedError("Une étape ne se retire pas.")
        with self._desk.write() as work:
            work.delete(kind, record_id)
        return work.changes

    def undo(self, diagnostic_id: str) -> Changes:
        """Revert the last edit of this diagnostic and its parts; again, the one before."""
        with self._desk.write() as work:
            undo_last_of_territory(work, diagnostic_id)
        return work.changes

    def _add(
        self, kind: str, diagnostic_id: str, values: Mapping[str, Any], *, signed: bool = False
    ) -> Changes:
        with self._desk.write() as work:
            departement = work.territories.get(diagnostic_id).departement
            whole = {"diagnostic": diagnostic_id, **values}
            if signed:
                adviser = work.signature.adviser
                whole |= {"author": adviser.name, "organisation": adviser.organisation}
            work.create(kind, whole, departement=departement)
        return work.changes


def _said(text: str, what: str) -> None:
    if not text.strip():
        raise RefusedError(f"{what} est vide.")


def _known(fields: Mapping[str, Any], allowed: Sequence[str]) -> Mapping[str, Any]:
    unknown = [name for name in fields if name not in allowed]
    if unknown:
        raise RefusedError(f"« {unknown[0]} » n’est pas un champ de cette fiche.")
    return fields


def _kept(value: Any) -> Any:
    if isinstance(value, Hypotheses | Parameters):
        plain = asdict(value)
        return {name: list(one) if isinstance(one, tuple) else one for name, one in plain.items()}
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "value", value)
