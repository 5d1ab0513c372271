"""Writes the adviser's day sheet from the permanences and interviews of one day.

True on paper; no database, no page.
"""

from collections.abc import Sequence
from datetime import date, datetime, time

from advisor.domain.cases.appointment import AppointmentStatus, Interview, Permanence
from advisor.domain.cases.people import Adviser
from advisor.domain.cases.profile_fields import FIELDS
from advisor.domain.paper.day_content import SCHEMA_VERSION, DayContent, DayLine, DaySession
from advisor.domain.paper.sheet_places import departement_text
from advisor.domain.words.wording import NARROW, counted, hour, instant, long_date

STATUS_WORDS = {
    AppointmentStatus.BOOKED: "prévu",
    AppointmentStatus.WALK_IN: "sans rendez-vous",
    AppointmentStatus.RECEIVED: "reçu",
    AppointmentStatus.ABSENT: "absent",
    AppointmentStatus.CANCELLED: "annulé",
}
NOTICE = (
    "Feuille de travail du conseiller\u202f: données personnelles, à ne pas laisser sur la table "
    "et à détruire après usage. Aucune donnée de patient ne s’y écrit."
)


def write_day(
    day: date,
    permanences: Sequence[Permanence],
    interviews: Sequence[Interview],
    adviser: Adviser | None,
    printed_at: datetime,
    pack_version: str,
) -> DayContent:
    """Return the content of the day sheet, the sessions and appointments by hour."""
    told = " · ".join(
        part for part in ((adviser.name, adviser.organisation) if adviser else ()) if part
    )
    return DayContent(
        schema_version=SCHEMA_VERSION,
        title=f"Feuille du {long_date(day)}",
        day=long_date(day),
        printed_at=printed_at,
        printed_on=instant(printed_at.astimezone()),
        adviser=told,
        sessions=tuple(_session(one, interviews) for one in _by_hour(permanences)),
        pack_version=pack_version,
        notice=NOTICE,
    )


def _by_hour(permanences: Sequence[Permanence]) -> list[Permanence]:
    return sorted(permanences, key=lambda one: (one.departement, one.starts or time.min, one.id))


def _session(permanence: Permanence, interviews: Sequence[Interview]) -> DaySession:
    held = [one for one in interviews if one.permanence.id == permanence.id]
    held.sort(key=lambda one: (one.slot.at or time.max, one.id))
    return DaySession(
        departement=departement_text(permanence.departement),
        place=permanence.place,
        hours=_hours(permanence, len(held)),
        partners=permanence.partners,
        lines=tuple(_line(one) for one in held),
    )


def _hours(permanence: Permanence, count: int) -> str:
    between = ""
    if permanence.starts and permanence.ends:
        between = f"de {hour(permanence.starts)} à {hour(permanence.ends)}, "
    elif permanence.starts:
        between = f"à partir de {hour(permanence.starts)}, "
    return f"{between}{counted(count, 'rendez-vous', 'rendez-vous')}"


def _line(interview: Interview) -> DayLine:
    slot, person = interview.slot, interview.professional
    labels = dict(FIELDS["profession"].choices)
    wished = slot.wished_commune or ", ".join(place.name for place in interview.places)
    return DayLine(
        time=hour(slot.at) if slot.at else "sans heure",
        minutes=f"{slot.minutes}{NARROW}min" if slot.minutes else "",
        name=person.display_name,
        profession=labels.get(person.profession, person.profession),
        reason=slot.reason,
        wished=wished,
        phone=person.telephone,
        status=STATUS_WORDS[interview.status],
    )
