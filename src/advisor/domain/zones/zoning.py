"""Dated zonings: which class an act gives to which territory, for which profession.

True on paper; no database, no window. The rules of resolution are in ``zone_resolution``.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from advisor.domain.sourced import Confidence, Period, Source


class TerritoryKind(StrEnum):
    """Units of territory that zonings and studies are drawn on."""

    COMMUNE = "commune"
    ARRONDISSEMENT = "arrondissement"
    GRAND_QUARTIER = "grand_quartier"
    QPV = "qpv"
    PSEUDO_CANTON = "pseudo_canton"
    BASSIN_DE_VIE = "bassin_de_vie"
    BVCV = "bvcv"
    TVS = "tvs"
    ZONE_EMPLOI = "zone_emploi"
    EPCI = "epci"
    DEPARTEMENT = "departement"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Membership:
    """A commune of a territory; ``partial`` when only a part of the commune belongs to it."""

    commune: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Territory:
    """A named unit made of communes, wholly or partly; ``complete`` when all are known here."""

    id: str
    kind: TerritoryKind
    name: str
    departement: str
    members: tuple[Membership, ...]
    complete: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class ZoneLine:
    """One line of an act: the class given to a territory.

    ``adapted_from`` is the class before the agency's own adaptation, when the text prints it.
    """

    territory: Territory
    zone_class: str
    source: Source
    adapted_from: str | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PrintedCount:
    """What an act says it contains for one class: territories, communes, people, per cent.

    ``departement`` narrows the figure, empty for the whole region; ``cap`` is the legal ceiling
    of the share, in per cent of the region's population.
    """

    zone_class: str
    locator: str
    departement: str = ""
    territories: int | None = None
    communes: int | None = None
    quarters: int | None = None
    population: int | None = None
    share: float | None = None
    cap: float | None = None


@dataclass(frozen=True, slots=True)
class ProfessionRemark:
    """A French sentence that one profession must read beside the class."""

    profession: str
    text: str


@dataclass(frozen=True, slots=True)
class Zoning:
    """A dated zoning of one region for one profession group.

    ``professions`` are profession codes (empty for fiscal zonings, whose ``scheme`` is set:
    ``zrr``, ``frr``, ``zfu``). ``complete_departements`` are those whose list is complete, so a
    commune not named there has ``default_class``; elsewhere it is unknown for ``why_unknown``.
    ``held`` is False when the act exists but its list is not in this pack. ``departements``
    empty means the whole country. ``default_remarks`` go with the default class only; ``classes``
    are the codes the act may give; ``printed`` are the totals the act prints.
    """

    id: str
    title: str
    professions: tuple[str, ...]
    departements: tuple[str, ...]
    legal_act: str
    period: Period
    source: Source
    confidence: Confidence
    lines: tuple[ZoneLine, ...] = ()
    complete_departements: tuple[str, ...] = ()
    default_class: str | None = None
    why_unknown: str = ""
    held: bool = True
    status: str = "arrêté"
    scheme: str = ""
    remarks: tuple[str, ...] = ()
    default_remarks: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    printed: tuple[PrintedCount, ...] = ()
    profession_remarks: tuple[ProfessionRemark, ...] = ()

    def remarks_for(self, profession: str) -> tuple[str, ...]:
        """Return the remarks that go with every class this zoning gives to the profession."""
        own = (one.text for one in self.profession_remarks if one.profession == profession)
        return (*self.remarks, *own)


@dataclass(frozen=True, slots=True)
class ZoneEntry:
    """One class that applies to a place on a day; ``partial`` when only for a part of it."""

    profession: str
    zoning: str
    zone_class: str
    label: str
    territory: str
    unit: TerritoryKind
    partial: bool
    valid_from: date | None
    valid_to: date | None
    legal_act: str
    source: Source
    confidence: Confidence
    scheme: str = ""
    territory_code: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownZone:
    """A profession whose class is not known for this place and day, and the French reason."""

    profession: str
    reason: str
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class ZonesAtPlace:
    """All that is known of a place's classes on a day."""

    commune: str
    day: date
    zones: tuple[ZoneEntry, ...]
    unknown: tuple[UnknownZone, ...]

    def class_for(self, profession: str) -> ZoneEntry | None:
        """Return the entry that answers for the whole place, None when unknown."""
        for entry in self.zones:
            if entry.profession == profession and not entry.partial and not entry.scheme:
                return entry
        return None

    def why_unknown(self, profession: str) -> str:
        """Return the reason why the class is unknown, empty when it is known."""
        for gap in self.unknown:
            if gap.profession == profession and not gap.scheme:
                return gap.reason
        return ""
