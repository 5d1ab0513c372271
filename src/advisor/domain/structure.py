"""Structures and projects of the registry: kinds, census stages and dated statuses.

True on paper; no database, no window.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from advisor.domain.sourced import Confidence, Source


class StructureKind(StrEnum):
    """Kinds of structures named by the sources."""

    MSP = "msp"
    CDS = "cds"
    GROUP_PRACTICE = "cabinet_groupe"
    POLE = "pole"
    CPTS = "cpts"
    DAC = "dac"
    MMG = "mmg"
    NETWORK = "reseau"
    UNKNOWN = "non_precise"


@dataclass(frozen=True, slots=True)
class DatedStatus:
    """What a source says of a structure at a date; ``text`` as printed, in French."""

    text: str
    day: date | None
    source: Source
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Structure:
    """A structure or a project of structure; ``programme`` says why it is listed.

    ``programme`` is e.g. ``immobilier_2018``, ``cabinet_fragilise_2018``, ``diagnostic_2018``,
    ``sros_2012`` or ``finess``.
    """

    id: str
    kind: StructureKind
    name: str
    commune: str
    commune_name: str
    departement: str
    programme: str
    statuses: tuple[DatedStatus, ...]
    source: Source
    confidence: Confidence
    address: str = ""
    phone: str = ""
    email: str = ""
    longitude: float | None = None
    latitude: float | None = None
    finess: str = ""
    professions: tuple[str, ...] = ()
    note: str = ""
