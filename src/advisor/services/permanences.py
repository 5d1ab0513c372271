"""Permanences: sessions, who is present, slots, walk-ins, bookings brought in from a file."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

from advisor.domain.cases.appointment import AppointmentStatus, Interview, Permanence, Slot
from advisor.domain.cases.changes import Changes
from advisor.domain.words.month_days import month_later
from advisor.domain.years import of_our_time
from advisor.errors import RefusedError
from advisor.services.booking_import import Tell, bring_in
from advisor.services.bookings import ImportReport, Rejection, read_bookings
from advisor.services.desk import Desk
from advisor.services.openings import (
    departement_of,
    open_interview,
    typed,
)
from advisor.store.permanences import write_time

MOST_MONTHS = 36


class PermanenceService:
    """One method for each thing an adviser does with a session."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def create(
        self,
        departement: str,
        day: date,
        place: str,
        starts: time | None = None,
        ends: time | None = None,
        *,
        every_month: int = 0,
        partners: Sequence[str] = (),
    ) -> Changes:
        """Open a session, repeated on the same weekday for ``every_month`` more months.

        Times are local. ``partners`` are institutions, never persons.
        """
        scope = departement_of(departement)
        if not of_our_time(day):
            raise RefusedError(
                f"Aucune permanence ne se tient en {day.year}.", "Vérifiez l’année de la date."
            )
        if starts and ends and ends <= starts:
            raise RefusedError(
                "La permanence finirait avant de commencer.", "Vérifiez les deux heures."
            )
        if not 0 <= every_month <= MOST_MONTHS:
            raise RefusedError(f"Une série compte au plus {MOST_MONTHS} mois.")
        values = {
            "place": typed("lieu", place),
            "starts": write_time(starts),
            "ends": write_time(ends),
            "partners": list(partners),
        }
        with self._desk.write() as work:
            series = work.unit if every_month else None
            for months in range(every_month + 1):
                on = {"day": month_later(day, months).isoformat(), "series": series}
                work.create("permanence", {**values, **on}, departement=scope)
        return work.changes

    def get(self, permanence_id: str) -> Permanence:
        """Return one session; NotFoundError when there is none."""
        with self._desk.read() as look:
            return look.permanences.get(permanence_id)

    def list(
        self,
        departement: str | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> Sequence[Permanence]:
        """Return the sessions by day; bounds are inclusive."""
        with self._desk.read() as look:
            return look.permanences.find(departement=departement, first=first, last=last)

    def day(self, day: date, departement: str | None = None) -> Sequence[Interview]:
        """Return the interviews of one day, by hour."""
        with self._desk.read() as look:
            return look.interviews.find(departement=departement, first=day, last=day)

    def set_partners(self, permanence_id: str, partners: Sequence[str]) -> Changes:
        """Say which institutions are present."""
        return self._desk.set("permanence", permanence_id, {"partners": [*partners]})

    def book(self, permanence_id: str, slot: Slot, professional: Mapping[str, Any]) -> Changes:
        """Book a slot for somebody; the interview's id is ``.id`` of what is returned."""
        return self._open(permanence_id, slot, professional, AppointmentStatus.BOOKED)

    def walk_in(self, permanence_id: str, professional: Mapping[str, Any]) -> Changes:
        """Receive somebody without an appointment; the interview's id is ``.id``."""
        at = self._desk.vault.around.now().astimezone().time().replace(second=0, microsecond=0)
        return self._open(permanence_id, Slot(at, 30), professional, AppointmentStatus.WALK_IN)

    def set_status(self, interview_id: str, status: AppointmentStatus) -> Changes:
        """Say where an appointment stands (« absent », « reçu »…)."""
        return self._desk.set("appointment", interview_id, {"status": AppointmentStatus(status)})

    def import_bookings(
        self,
        path: Path,
        tell: Tell = lambda _stage: None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> ImportReport:
        """Bring in a CSV or iCalendar file; what was imported before is not added again.

        Opens a session for a day that has none; ``tell`` is given each stage. Stopped, what was
        written stays and the report counts the rest. BadDataError when the file is unreadable.
        """
        today = self._desk.vault.around.now().astimezone().date()
        return bring_in(self._desk, read_bookings(path, today), tell, is_stopped)

    def _open(
        self,
        permanence_id: str,
        slot: Slot,
        professional: Mapping[str, Any],
        status: AppointmentStatus,
    ) -> Changes:
        with self._desk.write() as work:
            scope = work.permanences.get(permanence_id).departement
            open_interview(work, permanence_id, scope, slot, professional, status=status)
        return work.changes


__all__ = ["ImportReport", "PermanenceService", "Rejection"]
