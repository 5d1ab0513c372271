"""The visitor's sheet as frozen content: everything its two pages say, and nothing else.

True on paper; no database, no pack, no page. Texts are French and ready to print, so that the
same sheet is made again years later from this content alone. It is stored with the interview.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from advisor.domain.paper.frozen_content import freeze, thaw
from advisor.errors import BadDataError

SCHEMA_VERSION = 1
TO_CONFIRM = "à confirmer"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who the sheet is for; ``project`` holds short French facts known of the project."""

    name: str
    profession: str
    project: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """When, where and with whom they were received."""

    when: str
    where: str
    partners: tuple[str, ...]
    adviser: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A place: its class for the visitor's profession, and its dated figures.

    ``letters`` and ``pattern`` name the class without colour (see ``zone_marks``); ``act`` holds
    the legal act and its dates; each figure carries its year and a note number.
    """

    code: str
    name: str
    departement: str
    letters: str
    pattern: str
    zone: str
    act: str
    population: str
    supply: str
    structures: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AidCard:
    """An aid the visitor can count on, with what it gives and what it asks."""

    id: str
    title: str
    amount: str
    places: str
    basis: str = ""
    schedule: str = ""
    commitments: str = ""
    because: tuple[str, ...] = ()
    dates: str = ""
    payer: str = ""
    reference: str = ""
    confidence: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenAid:
    """An aid to verify: the question that settles it, ``short`` the same in a few words."""

    id: str
    title: str
    amount: str
    places: str
    question: str
    short: str = ""
    payer: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class RefusedAid:
    """An aid that is not available, and why in one short sentence."""

    id: str
    title: str
    why: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class SheetStep:
    """A step of the countdown; ``by`` is a date when installation day is known, else empty."""

    mark: str
    by: str
    who: str
    what: str
    documents: str = ""
    to_verify: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A functional contact; never a named person."""

    name: str
    role: str
    reach: tuple[str, ...]
    referral: str = ""


@dataclass(frozen=True, slots=True)
class PackStamp:
    """Which reference pack the answers come from."""

    id: str
    version: str
    built_at: str
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class SheetContent:
    """All that a printed sheet says. ``printed_at`` is an instant in UTC.

    ``places_notes`` hold for all the places; ``zones_for`` says whose zones they are;
    ``short_notes`` are the notes without pages and articles, for a crowded page;
    ``to_verify_others`` names the aids of a structure project that nobody spoke of.
    """

    schema_version: int
    title: str
    printed_at: datetime
    printed_on: str
    visitor: Visitor
    meeting: Meeting
    summary: tuple[str, ...]
    places: tuple[Strip, ...]
    contacts: tuple[Contact, ...]
    notices: tuple[str, ...]
    pack: PackStamp
    acts: tuple[str, ...]
    eligible: tuple[AidCard, ...] = ()
    to_verify: tuple[OpenAid, ...] = ()
    to_verify_others: str = ""
    refused: tuple[RefusedAid, ...] = ()
    refused_others: str = ""
    limits: tuple[RefusedAid, ...] = ()
    outside: tuple[str, ...] = ()
    steps: tuple[SheetStep, ...] = ()
    notes: tuple[str, ...] = ()
    short_notes: tuple[str, ...] = ()
    total: str = ""
    zones_for: str = ""
    places_notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values, ``schema_version`` inside."""
        frozen: dict[str, Any] = freeze(self)
        return frozen

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "SheetContent":
        """Return the content that ``to_json`` gave; BadDataError when it cannot be read."""
        if int(value.get("schema_version", 0)) > SCHEMA_VERSION:
            raise BadDataError(
                "Cette fiche a été imprimée par une version plus récente de l’application.",
                "Mettez l’application à jour pour la réimprimer.",
            )
        return thaw(cls, value)

    def with_printed_at(self, instant: datetime, words: str) -> "SheetContent":
        """Return the same content printed at another instant (UTC) said in French ``words``."""
        return replace(self, printed_at=instant, printed_on=words)
