"""Reads the events of an iCalendar export as bookings, in Paris time.

The département stands in an ``X-DEPARTEMENT`` line, else in the location (« Melun (77) », a
postal code), else in the categories or the description.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from advisor.domain.cases.bookings import (
    DEFAULT_MINUTES,
    LONGEST_MINUTES,
    Booking,
    plain,
)
from advisor.domain.cases.bookings import profession_code as code_of
from advisor.domain.years import of_our_time
from advisor.errors import AdvisorError, BadDataError
from advisor.services.openings import typed
from advisor.services.repeated_events import is_repeated, moved_dates, starts_of

PARIS = ZoneInfo("Europe/Paris")
DEPARTEMENT = r"(?:0[1-9]|[1-8]\d|9[0-5]|2[ABab]|97[1-6])"
MINUTE = 60
UNREADABLE = (ValueError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Events:
    """What a calendar holds: bookings and refusals with the line their event begins at.

    ``cancelled`` counts the events their calendar says are off.
    """

    rows: list[tuple[int, Booking]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    cancelled: int = 0


def read_events(text: str, path: Path, today: date) -> Events:
    """Return the bookings of a calendar; an event that repeats gives each date of a year ahead."""
    from icalendar import Calendar  # noqa: PLC0415  (loaded for the rare calendar, not each start)

    try:
        calendar = Calendar.from_ical(text)
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise BadDataError(
            "ce calendrier n’est pas lisible.", "Exportez-le de nouveau.", file=path.name
        ) from error
    starts = [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip().upper() == "BEGIN:VEVENT"
    ]
    events = list(calendar.walk("VEVENT"))
    found = Events(cancelled=sum(map(_is_cancelled, events)))
    moved = moved_dates([one for one in events if "RECURRENCE-ID" in one])
    for line, event in zip(starts, events, strict=False):
        try:
            if not _is_cancelled(event):
                found.rows.extend((line, one) for one in _bookings(event, today, moved))
        except (AdvisorError, ArithmeticError, LookupError, *UNREADABLE) as error:
            reason = getattr(error, "message", "Cet évènement n’est pas lisible.")
            found.refused.append((line, reason))
    return found


def _is_cancelled(event: Any) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _bookings(event: Any, today: date, moved: dict[str, set[Any]]) -> list[Booking]:
    if "DTSTART" not in event:
        raise BadDataError("Il manque la date de début.")
    _refuse_unknown_zone(event["DTSTART"])
    first = event["DTSTART"].dt
    if not is_repeated(event):
        return [_booking(event, first)]
    _booking(event, first)  # said once for all its dates when it cannot be read
    elsewhere = moved.get(str(event.get("UID", "")), set())
    return [_booking(event, start) for start in starts_of(event, today, elsewhere)]


def _booking(event: Any, begins: date) -> Booking:
    start = _in_paris(begins)
    labels = _labelled(str(event.get("DESCRIPTION", "")))
    place = str(event.get("LOCATION", "")).strip()
    departement = _departement(event, place, labels)
    nom, prenom, profession = _who(str(event.get("SUMMARY", "")), labels)
    attendee = _first(event.get("ATTENDEE"))
    email = labels.get("email") or re.sub(r"(?i)^mailto:", "", str(attendee or ""))
    if not of_our_time(start):
        raise BadDataError(f"Aucun rendez-vous n’a lieu en {start.year}.")
    texts = {
        "nom": nom,
        "prenom": prenom,
        "profession": profession,
        "telephone": labels.get("telephone", ""),
        "email": email if "@" in email else "",
        "commune_souhaitee": labels.get("commune souhaitee") or labels.get("commune", ""),
        "motif": labels.get("motif", ""),
        "place": place,
    }
    return Booking(
        departement,
        start.date(),
        start.time().replace(second=0, microsecond=0) if _timed(event) else None,
        _minutes(event),
        **{name: typed(name, text) for name, text in texts.items()},
        uid=str(event.get("UID", "")),
    )


def _timed(event: Any) -> bool:
    return isinstance(event["DTSTART"].dt, datetime)


def _in_paris(moment: date) -> datetime:
    """Return the local instant in Paris; a floating time is already local."""
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=PARIS)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=PARIS)
    return moment.astimezone(UTC).astimezone(PARIS)


def _refuse_unknown_zone(start: Any) -> None:
    """Refuse an hour given in a zone nobody knows: read as local, it would be another hour."""
    named = start.params.get("TZID")
    if named and isinstance(start.dt, datetime) and start.dt.tzinfo is None:
        raise BadDataError(f"Le fuseau horaire «\u202f{named}\u202f» n’est pas connu.")


def _minutes(event: Any) -> int:
    if "DURATION" in event:
        length = event["DURATION"].dt
    elif "DTEND" in event and _timed(event):
        length = _in_paris(event["DTEND"].dt) - _in_paris(event["DTSTART"].dt)
    else:
        length = timedelta(minutes=DEFAULT_MINUTES)
    minutes = int(length.total_seconds() // MINUTE)
    if not 0 < minutes <= LONGEST_MINUTES:
        raise BadDataError(f"La durée de {minutes} minutes n’est pas celle d’un entretien.")
    return minutes


def _departement(event: Any, place: str, labels: dict[str, str]) -> str:
    told = str(event.get("X-DEPARTEMENT", "")) or labels.get("departement", "")
    if re.fullmatch(DEPARTEMENT, told.strip()):
        return told.strip().upper()
    for text in (place, *_categories(event), str(event.get("DESCRIPTION", ""))):
        found = re.search(rf"\(({DEPARTEMENT})\)", text) or re.search(
            rf"(?<!\d)({DEPARTEMENT})\d{{3}}(?!\d)", text
        )
        if found or re.fullmatch(DEPARTEMENT, text.strip()):
            return (found.group(1) if found else text.strip()).upper()
    raise BadDataError("Le département ne se trouve ni dans le lieu ni dans la description.")


def _categories(event: Any) -> list[str]:
    held = event.get("CATEGORIES")
    groups = held if isinstance(held, list) else [held] if held else []
    return [str(one) for group in groups for one in getattr(group, "cats", [group])]


def _labelled(description: str) -> dict[str, str]:
    """Return the « Étiquette : valeur » lines of a description, labels plain."""
    labels: dict[str, str] = {}
    for line in description.splitlines():
        name, colon, value = line.partition(":")
        if colon and value.strip():
            labels[plain(name)] = value.strip()
    for other, name in (("tel", "telephone"), ("mail", "email"), ("courriel", "email")):
        if other in labels:
            labels.setdefault(name, labels[other])
    return labels


def _who(summary: str, labels: dict[str, str]) -> tuple[str, str, str]:
    """Return nom, prénom and profession out of « Nom Prénom – profession » and the labels."""
    parts = [part.strip() for part in re.split(r"\s[–—-]\s|[,;/(]", summary.rstrip(") "))]
    told = labels.get("profession", "")
    profession = told or next((part for part in parts if code_of(part)), "")
    names = next((part for part in parts if part and part != profession), "")
    names = re.sub(r"(?i)^(rdv|rendez-vous|entretien|dr\.?|docteur|mme|mlle|m\.)\s+", "", names)
    nom, prenom = labels.get("nom", ""), labels.get("prenom", "")
    if not nom and names:
        words = names.split()
        capitals = [word for word in words if word.isupper() and len(word) > 1]
        nom = " ".join(capitals or words[:1])
        prenom = prenom or " ".join(word for word in words if word not in nom.split())
    if not nom and not prenom:
        raise BadDataError("Il manque le nom de la personne dans le titre.")
    return nom, prenom, profession


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value
