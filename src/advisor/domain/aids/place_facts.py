"""What is known of one place for the days an aid looks at: classes, fiscal lists, population.

True on paper; no database, no window. A caller who can read zones builds it with
``place_facts``; the same facts always give the same answers, so answers can be remembered.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from advisor.domain.places.place import Commune
from advisor.domain.zones.zoning import ZoneEntry, ZonesAtPlace

OUTSIDE, PARTLY = "hors_", "_partielle"


@dataclass(frozen=True, slots=True)
class FiscalFact:
    """Whether a place is on a fiscal list: True, False, or None with the French reason."""

    inside: bool | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A place as the aids see it.

    ``zones`` holds one ``ZonesAtPlace`` per day looked at. ``qpv`` are the codes or names of its
    quartiers prioritaires, None when not held. ``main_practice`` are the facts of the main
    practice when it is another commune.
    """

    code: str
    name: str = ""
    departement: str = ""
    region: str = ""
    epci: str = ""
    population: int | None = None
    longitude: float | None = None
    latitude: float | None = None
    zones: tuple[ZonesAtPlace, ...] = ()
    qpv: tuple[str, ...] | None = None
    main_practice: "PlaceFacts | None" = None

    def zones_on(self, day: date) -> ZonesAtPlace | None:
        """Return what was read for that day, None when it was not asked for."""
        for zones in self.zones:
            if zones.day == day:
                return zones
        return None

    def zone(self, profession: str, day: date) -> ZoneEntry | None:
        """Return the class that answers for the whole place, None when unknown."""
        zones = self.zones_on(day)
        return zones.class_for(profession) if zones else None

    def why_unknown(self, profession: str, day: date) -> str:
        """Return the French reason why the class is not known."""
        zones = self.zones_on(day)
        reason = zones.why_unknown(profession) if zones else ""
        return reason or "le zonage de cette profession n’est pas dans ce référentiel"

    def fiscal(self, scheme: str, day: date) -> FiscalFact:
        """Tell whether the place is on the list of a fiscal scheme (zrr, frr, zfu) that day."""
        zones = self.zones_on(day)
        for entry in zones.zones if zones else ():
            if entry.scheme == scheme:
                return _fiscal_fact(entry)
        for gap in zones.unknown if zones else ():
            if gap.scheme == scheme:
                return FiscalFact(None, gap.reason)
        return FiscalFact(None, f"la liste {scheme.upper()} n’est pas dans ce référentiel")

    def with_main_practice(self, facts: "PlaceFacts | None") -> "PlaceFacts":
        """Return the same place, knowing where the main practice is."""
        return replace(self, main_practice=facts)


def _fiscal_fact(entry: ZoneEntry) -> FiscalFact:
    if entry.partial or entry.zone_class.endswith(PARTLY):
        return FiscalFact(None, "une partie seulement de la commune est sur la liste")
    return FiscalFact(not entry.zone_class.startswith(OUTSIDE))


def place_facts(
    commune: Commune,
    zones_at: Callable[[date], ZonesAtPlace],
    days: Iterable[date],
    qpv: tuple[str, ...] | None = None,
) -> PlaceFacts:
    """Gather the facts of a commune for the days named (see ``profile.days_looked_at``).

    ``zones_at`` reads the classes of that commune on a day; it is called once per day.
    """
    return PlaceFacts(
        code=commune.code,
        name=commune.name,
        departement=commune.departement,
        region=commune.region,
        epci=commune.epci_siren,
        population=commune.population,
        longitude=commune.longitude,
        latitude=commune.latitude,
        zones=tuple(zones_at(day) for day in dict.fromkeys(days)),
        qpv=qpv,
    )
