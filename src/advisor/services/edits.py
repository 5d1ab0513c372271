"""Sorts the fields of one edit by the record that holds them, and reads their values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from advisor.domain.cases.appointment import AppointmentStatus, Permanence
from advisor.domain.cases.bookings import (
    BOOKING_FIELDS,
    profession_code,
    read_day,
    read_hour,
    read_minutes,
)
from advisor.domain.cases.profile import FIELDS, LONGEST_SHOWN
from advisor.errors import BadDataError, RefusedError
from advisor.services.openings import departement_of, typed
from advisor.store.permanences import write_date, write_time

BOOKING = "booking."
PERSONAL = [code for code, _label in FIELDS["status"].choices]


@dataclass(slots=True)
class Edits:
    """The new values by kind of record, as JSON values; day and département move the slot."""

    professional: dict[str, Any] = field(default_factory=dict)
    appointment: dict[str, Any] = field(default_factory=dict)
    project: dict[str, Any] = field(default_factory=dict)
    day: date | None = None
    departement: str | None = None

    def by_kind(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give each kind that has something to change."""
        for kind in ("project", "appointment", "professional"):
            values = getattr(self, kind)
            if values:
                yield kind, values

    def moved_to(self, present: Permanence) -> tuple[str, date] | None:
        """Return the département and day the slot moves to, None when it stays."""
        there = (self.departement or present.departement, self.day or present.day)
        return None if there == (present.departement, present.day) else there


def sorted_edits(fields: Mapping[str, Any]) -> Edits:
    """Return the edits; RefusedError names the field whose value cannot be read.

    ``status`` is the appointment's when its value is one of an appointment (« recu »), else the
    professional's own (« remplacant »). Profile values are checked by ``open_fields``.
    """
    edits = Edits()
    for name, value in fields.items():
        if name.startswith(BOOKING):
            _booked(edits, name.removeprefix(BOOKING), value)
        elif name == "status" and value in set(AppointmentStatus):
            edits.appointment["status"] = AppointmentStatus(value).value
        elif name == "status" and isinstance(value, str) and value not in PERSONAL:
            raise _no_such_status(value)
        elif name == "recall_on":
            edits.appointment["recall_on"] = write_date(_day(name, value)) if value else None
        else:
            edits.project[name] = value
    return edits


def _no_such_status(value: str) -> BadDataError:
    shown = value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"
    return BadDataError(
        f"Le champ «\u202fStatut\u202f» (status) ne peut pas valoir «\u202f{shown}\u202f».",
        f"Pour le rendez-vous\u202f: {', '.join(AppointmentStatus)}. "
        f"Pour le professionnel\u202f: {', '.join(PERSONAL)}.",
    )


def _booked(edits: Edits, column: str, value: Any) -> None:
    if column == "date":
        edits.day = _day(column, value)
    elif column == "departement":
        edits.departement = departement_of(str(value or ""))
    elif column == "heure":
        edits.appointment["at"] = write_time(_hour(value)) if value else None
    elif column == "duree":
        edits.appointment["minutes"] = _minutes(value)
    elif column in BOOKING_FIELDS:
        kind, name = BOOKING_FIELDS[column]
        text = typed(column, value or "")
        text = profession_code(text) or text if column == "profession" else text
        getattr(edits, kind)[name] = text
    else:
        raise RefusedError(
            f"La réservation ne connaît pas la colonne «\u202f{column}\u202f».",
            f"Colonnes acceptées\u202f: date, departement, {', '.join(BOOKING_FIELDS)}.",
        )


def _day(name: str, value: Any) -> date:
    found = value if isinstance(value, date) else read_day(str(value))
    if found is None:
        raise RefusedError(
            f"«\u202f{value}\u202f» n’est pas une date pour «\u202f{name}\u202f».",
            "Écrivez par exemple 2026-03-10.",
        )
    return found


def _hour(value: Any) -> time:
    found = value if isinstance(value, time) else read_hour(str(value))
    if found is None:
        raise RefusedError(
            f"«\u202f{value}\u202f» n’est pas une heure.", "Écrivez par exemple 09:30."
        )
    return found


def _minutes(value: Any) -> int:
    found = read_minutes(str(value))
    if found is None:
        raise RefusedError(f"«\u202f{value}\u202f» n’est pas une durée.", "Par exemple 45.")
    return found
