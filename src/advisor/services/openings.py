"""Opening an interview: the person, the slot, the project and its places, in one unit of work."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from advisor.domain.cases.appointment import AppointmentStatus, Slot
from advisor.domain.cases.bookings import (
    COLUMNS,
    DEFAULT_MINUTES,
    Booking,
    profession_code,
    read_day,
    read_hour,
    read_minutes,
    room_for,
    tidy,
)
from advisor.domain.cases.open_fields import checked_fields
from advisor.domain.places.departement_names import departement_code
from advisor.errors import RefusedError
from advisor.store.permanences import write_time
from advisor.store.unit_of_work import UnitOfWork

MOST_PLACES = 4
PERSON = ("nom", "prenom", "profession", "telephone", "email")


def person_of(given: Mapping[str, Any]) -> dict[str, str]:
    """Return the person's fields as kept: trimmed, the profession as its code when recognised."""
    person = {name: typed(name, given.get(name) or "") for name in PERSON}
    person["profession"] = profession_code(person["profession"]) or person["profession"]
    return person


def open_interview(
    work: UnitOfWork,
    permanence: str,
    departement: str,
    slot: Slot,
    person: Mapping[str, Any],
    *,
    status: AppointmentStatus = AppointmentStatus.BOOKED,
    profile: Mapping[str, Any] | None = None,
    fingerprint: str | None = None,
) -> str:
    """Write an appointment with its professional and project; returns the interview's id."""
    clash = _clash(work, permanence, slot)
    values = {
        "permanence": permanence,
        "status": status.value,
        "at": write_time(slot.at),
        "minutes": slot.minutes,
        "reason": slot.reason,
        "wished_commune": slot.wished_commune,
        "fingerprint": fingerprint,
    }
    kept = person_of(person)
    known = checked_fields(profile or {}, present={})
    if profession_code(kept["profession"]):
        known["profession"] = known.get("profession") or kept["profession"]
    professional = work.create("professional", kept, departement=departement)
    values["professional"] = professional
    interview = work.create("appointment", values, departement=departement)
    work.create("project", known, departement=departement, record_id=interview)
    work.main_first(interview, clash)
    return interview


def add_places(
    work: UnitOfWork, interview: str, departement: str, places: Iterable[tuple[str, str]]
) -> None:
    """Add candidate places, given as (code, name), after those already there."""
    held = work.interviews.places(interview)
    position = max((place.position for place in held), default=-1) + 1
    for count, (code, name) in enumerate(places, len(held)):
        if count >= MOST_PLACES:
            raise RefusedError(
                f"Un entretien compare au plus {MOST_PLACES} lieux.",
                "Retirez un lieu avant d’en ajouter un autre.",
            )
        values = {"interview": interview, "commune": code, "name": name, "position": position}
        work.create("candidate_place", values, departement=departement)
        position += 1


def permanence_on(work: UnitOfWork, departement: str, day: date, place: str = "") -> str:
    """Return that day's permanence of the département, opened when there is none."""
    found = work.permanences.on(departement, day)
    if found is not None:
        return found.id
    values = {"day": day.isoformat(), "place": place, "partners": []}
    return work.create("permanence", values, departement=departement)


def booking_of(given: Mapping[str, Any], today: date) -> Booking:
    """Return a booking from its named columns; RefusedError names the column that is wrong.

    Without a date the booking is for ``today``.
    """
    strange = sorted(set(given) - set(COLUMNS) - {"lieu"})
    if strange:
        raise RefusedError(
            f"La réservation ne connaît pas la colonne «\u202f{strange[0]}\u202f».",
            f"Colonnes acceptées\u202f: {', '.join(COLUMNS)}.",
        )
    text = {name: typed(name, value) for name, value in given.items() if value is not None}
    departement = departement_of(text.get("departement", ""))
    day = read_day(text["date"]) if text.get("date") else today
    at = read_hour(text["heure"]) if text.get("heure") else None
    minutes = read_minutes(text["duree"]) if text.get("duree") else DEFAULT_MINUTES
    if day is None:
        raise _unreadable("date", text["date"], "2026-03-10 ou 10/03/2026")
    if at is None and text.get("heure"):
        raise _unreadable("heure", text["heure"], "09:30 ou 9h30")
    if minutes is None:
        raise _unreadable("duree", text["duree"], "45 ou 1h15")
    person = {name: text.get(name, "") for name in PERSON}
    rest = {name: text.get(name, "") for name in ("commune_souhaitee", "motif")}
    place = text.get("lieu", "")
    return Booking(departement, day, at, minutes, **person, **rest, place=place)


def typed(column: str, value: Any) -> str:
    """Return a booking's text as kept; RefusedError when it is too long for its column."""
    text = tidy(column, str(value))
    if len(text) > room_for(column):
        raise RefusedError(
            f"Le texte donné pour «\u202f{column}\u202f» est trop long ({len(text)} caractères).",
            f"Raccourcissez-le\u202f: {room_for(column)} caractères au plus.",
        )
    return text


def departement_of(text: str) -> str:
    """Return the code of the département named; RefusedError when there is none of that name."""
    if not text.strip():
        raise RefusedError("Il manque le département.", "Par exemple 77.")
    code = departement_code(text)
    if code is None:
        raise RefusedError(
            f"«\u202f{text[:60]}\u202f» n’est pas un département.",
            "Écrivez son numéro, par exemple 77, 2A ou 974.",
        )
    return code


def slot_of(booking: Booking) -> Slot:
    """Return when, how long, and what was asked at booking."""
    return Slot(booking.at, booking.minutes, booking.motif, booking.commune_souhaitee)


def person_in(booking: Booking) -> dict[str, str]:
    """Return the person's fields of a booking."""
    return {name: getattr(booking, name) for name in PERSON}


def _unreadable(column: str, text: str, example: str) -> RefusedError:
    return RefusedError(
        f"«\u202f{text[:60]}\u202f» n’est pas une valeur lisible pour «\u202f{column}\u202f».",
        f"Écrivez par exemple {example}.",
    )


def overlap_words(taken: Slot, person: str) -> str:
    """Return the French remark on a slot that overlaps that of somebody."""
    return f"Ce créneau chevauche celui de {person}, à {taken.at:%H:%M}."


def _clash(work: UnitOfWork, permanence: str, slot: Slot) -> str:
    """Return a French warning when the slot overlaps another of the session, else empty."""
    if slot.at is None:
        return ""
    for taken, person in work.interviews.slots_taken(permanence):
        if taken.at is None:
            continue
        if _start(slot.at) < _end(taken) and _start(taken.at) < _end(slot):
            return overlap_words(taken, person.display_name)
    return ""


def _start(at: time) -> datetime:
    return datetime.combine(date.min, at)


def _end(slot: Slot) -> datetime:
    return _start(slot.at or time()) + timedelta(minutes=slot.minutes)
