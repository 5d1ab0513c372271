"""Permanences and interviews as the contract's JSON."""

from collections.abc import Mapping
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from advisor.cli.shapes import day
from advisor.domain.cases.appointment import (
    CandidatePlace,
    Interview,
    Note,
    NoteVersion,
    Outcome,
    Permanence,
    PrintedDocument,
    Referral,
)
from advisor.domain.cases.changes import Changes
from advisor.domain.cases.people import Professional


def permanence(session: Permanence) -> dict[str, Any]:
    """Shape one session."""
    return {
        "id": session.id,
        "departement": session.departement,
        "date": day(session.day),
        "place": session.place,
        "from": hour(session.starts),
        "to": hour(session.ends),
        "partners": list(session.partners),
    }


def interview(whole: Interview) -> dict[str, Any]:
    """Shape one interview, from booking to outcome."""
    return {
        "id": whole.id,
        "permanence": permanence(whole.permanence),
        "status": str(whole.status),
        "booking": booking(whole),
        "professional": professional(whole.professional),
        "profile": plain_value(whole.profile),
        "places": [candidate(place) for place in whole.places],
        "notes": [note(entry) for entry in whole.notes],
        "aids": plain_value(whole.evaluation),
        "referrals": [referral(one) for one in whole.referrals],
        "outcome": whole.outcome and outcome(whole.outcome),
        "satisfaction": whole.satisfaction,
        "recall_on": day(whole.recall_on),
        "documents": [document(one) for one in whole.documents],
        "sync": whole.sync,
    }


def summary(whole: Interview) -> dict[str, Any]:
    """Shape one line of a list of interviews."""
    return {
        "id": whole.id,
        "date": day(whole.permanence.day),
        "departement": whole.permanence.departement,
        "heure": hour(whole.slot.at),
        "status": str(whole.status),
        "professional": professional(whole.professional),
        "outcome": whole.outcome and str(whole.outcome.kind),
        "recall_on": day(whole.recall_on),
        "sync": whole.sync,
    }


def booking(whole: Interview) -> dict[str, Any]:
    """Shape what was asked when the slot was booked."""
    return {
        "heure": hour(whole.slot.at),
        "duree": whole.slot.minutes,
        "commune_souhaitee": whole.slot.wished_commune,
        "motif": whole.slot.reason,
    }


def professional(person: Professional) -> dict[str, Any]:
    """Shape the person received."""
    return {
        "id": person.id,
        "nom": person.nom,
        "prenom": person.prenom,
        "profession": person.profession,
        "telephone": person.telephone,
        "email": person.email,
    }


def candidate(place: CandidatePlace) -> dict[str, Any]:
    """Shape one place considered; ``code`` is its INSEE code."""
    return {"id": place.id, "code": place.commune, "name": place.name}


def note(entry: Note) -> dict[str, Any]:
    """Shape one dated, signed entry with every text it had."""
    return {
        "id": entry.id,
        "author": entry.author,
        "organisation": entry.organisation,
        "at": instant(entry.at),
        "text": entry.text,
        "versions": [_version(one) for one in entry.versions],
    }


def _version(one: NoteVersion) -> dict[str, Any]:
    return {
        "text": one.text,
        "author": one.author,
        "organisation": one.organisation,
        "at": instant(one.at),
    }


def referral(one: Referral) -> dict[str, Any]:
    """Shape one orientation to a partner."""
    return {
        "id": one.id,
        "partner": one.partner,
        "name": one.partner_name,
        "status": str(one.status),
        "note": one.note,
        "due": day(one.due),
    }


def outcome(given: Outcome) -> dict[str, Any]:
    """Shape what became of the project; the same keys are read by ``outcome --file``."""
    return {
        "kind": str(given.kind),
        "date": day(given.day),
        "commune": given.commune,
        "how": given.how,
        "why": given.why,
    }


def document(printed: PrintedDocument) -> dict[str, Any]:
    """Shape one document handed over, without its frozen content."""
    return {
        "id": printed.id,
        "kind": printed.kind,
        "at": instant(printed.at),
        "pack_version": printed.pack_version,
        "sha256": printed.sha256,
    }


def write_result(interview_id: str, touched: Changes) -> dict[str, Any]:
    """Shape a write: which fields changed, from what to what, and the remarks to show."""
    changed = {name: plain_value(list(values)) for name, values in touched.spoken().items()}
    return {"id": interview_id, "changed": changed, "warnings": list(touched.warnings)}


def hour(value: time | None) -> str | None:
    """Write an hour as ``HH:MM``."""
    return None if value is None else f"{value:%H:%M}"


def instant(value: datetime | None) -> str | None:
    """Write an instant in ISO 8601."""
    return None if value is None else value.isoformat(timespec="seconds")


def plain_value(value: Any) -> Any:
    """Turn what the domain holds into what JSON holds: dates, enumerations, tuples."""
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date | time):
        return hour(value) if isinstance(value, time) else value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain_value(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(one) for one in value]
    return value
