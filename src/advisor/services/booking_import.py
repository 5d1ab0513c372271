"""Brings many bookings in: some hundreds at a time, each lot on disk before the next is begun.

A lot takes a few tenths of a second; stopping between two lots loses nothing, since the same file
brings in the rest. Must not know how a file is read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time

from advisor.domain.cases.appointment import AppointmentStatus, Changed, Slot
from advisor.domain.cases.bookings import Booking, profession_code
from advisor.domain.cases.open_fields import checked_fields
from advisor.domain.cases.people import Professional
from advisor.domain.words.wording import number
from advisor.services.bookings import BookingFile, ImportReport
from advisor.services.desk import Desk
from advisor.services.openings import (
    overlap_words,
    permanence_on,
    person_in,
    person_of,
    slot_of,
)
from advisor.store.identifiers import new_id
from advisor.store.permanences import write_time
from advisor.store.unit_of_work import Making, UnitOfWork

LOT = 400  # bookings written together
HOUR = 60


@dataclass(frozen=True, slots=True)
class ImportStage:
    """How far an import is: bookings gone through out of those the file holds."""

    done: int
    total: int

    @property
    def sentence(self) -> str:
        """Return the step in French."""
        return f"Import des rendez-vous\u202f: {number(self.done)} sur {number(self.total)}"


Tell = Callable[[ImportStage], None]


def bring_in(
    desk: Desk, file: BookingFile, tell: Tell, is_stopped: Callable[[], bool]
) -> ImportReport:
    """Write the bookings nobody brought in before; a session is opened for a day that has none."""
    rows = [booking for _line, booking in file.rows]
    added = already = at = 0
    changes: list[Changed] = []
    seen: set[str] = set()
    while at < len(rows) and not is_stopped():
        lot = rows[at : at + LOT]
        with desk.write() as work:
            fresh = _fresh(work, lot, seen)
            _Lot(work).bring_in(fresh)
        seen.update(one.fingerprint for one in fresh)
        changes += work.changes
        added, already, at = added + len(fresh), already + len(lot) - len(fresh), at + len(lot)
        tell(ImportStage(at, len(rows)))
    rejected = tuple(sorted(file.rejected))
    waiting = len(rows) - at
    return ImportReport(added, already, rejected, tuple(changes), file.cancelled, waiting)


def _fresh(work: UnitOfWork, lot: Sequence[Booking], seen: set[str]) -> list[Booking]:
    known = seen | work.interviews.bookings_seen([one.fingerprint for one in lot])
    kept: dict[str, Booking] = {}
    for one in lot:
        if one.fingerprint not in known:
            kept.setdefault(one.fingerprint, one)
    return list(kept.values())


class _Lot:
    """The bookings of one unit of work, and the sessions they fill."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._sessions: dict[tuple[str, date], _Session] = {}
        self._makings: list[Making] = []

    def bring_in(self, bookings: Sequence[Booking]) -> None:
        self._find_sessions(bookings)
        for one in bookings:
            self._add(one)
        if self._makings:
            self._work.create_all(self._makings)

    def _find_sessions(self, bookings: Sequence[Booking]) -> None:
        """Read, in two questions, the sessions of these days and who is expected there."""
        days = {one.day for one in bookings}
        held = self._work.permanences.find(first=min(days), last=max(days)) if days else []
        wanted = {(one.departement, one.day) for one in bookings}
        first: dict[tuple[str, date], str] = {}
        for one in held:
            if (one.departement, one.day) in wanted:
                first.setdefault((one.departement, one.day), one.id)
        taken = self._work.interviews.slots_by_session([*first.values()])
        self._sessions = {key: _Session(one, taken.get(one, [])) for key, one in first.items()}

    def _add(self, booking: Booking) -> None:
        session = self._session(booking)
        person, slot = person_of(person_in(booking)), slot_of(booking)
        who, interview = new_id(), new_id()
        appointment = {
            "permanence": session.id,
            "status": AppointmentStatus.BOOKED.value,
            "at": write_time(slot.at),
            "minutes": slot.minutes,
            "reason": slot.reason,
            "wished_commune": slot.wished_commune,
            "fingerprint": booking.fingerprint,
            "professional": who,
        }
        told = {"profession": person["profession"]} if profession_code(person["profession"]) else {}
        known = checked_fields(told, present={})
        clash = session.take(
            slot, Professional(who, person["nom"], person["prenom"], person["profession"])
        )
        scope = booking.departement
        self._makings += [
            Making("professional", who, person, scope),
            Making("appointment", interview, appointment, scope, clash),
            Making("project", interview, known, scope),
        ]

    def _session(self, booking: Booking) -> "_Session":
        key = (booking.departement, booking.day)
        if key not in self._sessions:
            made = permanence_on(self._work, booking.departement, booking.day, booking.place)
            self._sessions[key] = _Session(made, [])
        return self._sessions[key]


class _Session:
    """One session and who holds each of its minutes, so that an overlap is told at once."""

    def __init__(self, permanence: str, taken: Sequence[tuple[Slot, Professional]]) -> None:
        self.id = permanence
        self._held: dict[int, tuple[Slot, str]] = {}
        for slot, person in taken:
            self.take(slot, person)

    def take(self, slot: Slot, person: Professional) -> str:
        """Note who holds the slot; returns a French remark when somebody already did."""
        if slot.at is None:
            return ""
        minutes = range(_minute(slot.at), _minute(slot.at) + slot.minutes)
        clash = next((self._held[one] for one in minutes if one in self._held), None)
        for one in minutes:
            self._held.setdefault(one, (slot, person.display_name))
        return overlap_words(*clash) if clash else ""


def _minute(at: time) -> int:
    return at.hour * HOUR + at.minute
