"""Permanences, appointments and all that an interview gathers, frozen.

True on paper; no database, no window. Dates are local days, instants are UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from advisor.domain.cases.people import Professional


class AppointmentStatus(StrEnum):
    """Where an appointment stands."""

    BOOKED = "prevu"
    WALK_IN = "sans_rendez_vous"
    RECEIVED = "recu"
    ABSENT = "absent"
    CANCELLED = "annule"


class ReferralStatus(StrEnum):
    """Where an orientation to a partner stands."""

    TO_CONTACT = "a_contacter"
    CONTACTED = "contacte"
    TAKEN = "pris_en_charge"
    CLOSED = "clos"


class OutcomeKind(StrEnum):
    """What became of the project."""

    INSTALLED = "installe"
    UNDER_WAY = "en_cours"
    ABANDONED = "abandonne"
    NO_FOLLOW_UP = "sans_suite"


@dataclass(frozen=True, slots=True)
class Permanence:
    """A session in a département: day, place, hours, partners present (institutions)."""

    id: str
    departement: str
    day: date
    place: str
    starts: time | None = None
    ends: time | None = None
    partners: tuple[str, ...] = ()
    series: str | None = None


@dataclass(frozen=True, slots=True)
class NoteVersion:
    """One text of a note: several when two people revised the same entry."""

    text: str
    author: str
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A dated, signed entry; ``versions`` holds every text it had, newest last."""

    id: str
    author: str
    organisation: str
    at: datetime
    text: str
    versions: tuple[NoteVersion, ...] = ()
    theme: str = ""


@dataclass(frozen=True, slots=True)
class CandidatePlace:
    """A place the visitor considers; at most four are compared side by side."""

    id: str
    commune: str
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Referral:
    """An orientation to a partner, with what is asked and its status."""

    id: str
    partner: str
    partner_name: str
    status: ReferralStatus
    note: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the project: where, when and how, or why it was given up."""

    kind: OutcomeKind
    day: date | None = None
    commune: str = ""
    how: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """A document handed over: its kind, when, and the frozen content it was made from."""

    id: str
    kind: str
    at: datetime
    pack_version: str
    content: Mapping[str, Any]
    sha256: str


@dataclass(frozen=True, slots=True)
class Slot:
    """When and how long, and what was asked at booking."""

    at: time | None
    minutes: int
    reason: str = ""
    wished_commune: str = ""


@dataclass(frozen=True, slots=True)
class Interview:
    """One appointment, from booking to outcome, as it stands now.

    ``profile`` holds only the fields that are known (see ``profile.FIELDS``).
    ``sync`` is local, sent, conflict or quarantined.
    """

    id: str
    permanence: Permanence
    professional: Professional
    status: AppointmentStatus
    slot: Slot
    profile: Mapping[str, Any]
    places: tuple[CandidatePlace, ...] = ()
    notes: tuple[Note, ...] = ()
    referrals: tuple[Referral, ...] = ()
    outcome: Outcome | None = None
    satisfaction: int | None = None
    recall_on: date | None = None
    documents: tuple[PrintedDocument, ...] = ()
    evaluation: Mapping[str, Any] | None = None
    sync: str = "local"
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """What a use case touched: ``fields`` maps a name to (old, new); announced to the screens.

    ``warnings`` are French remarks to show beside what was typed (a text like a NIR).
    """

    entity: str
    id: str
    fields: Mapping[str, tuple[Any, Any]]
    interview: str | None = None
    warnings: tuple[str, ...] = ()
