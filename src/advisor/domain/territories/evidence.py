"""All that is held about a territory before anything is worked out: figures, structures, zones.

True on paper; gathered by the services from the pack and from imported tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from advisor.domain.indicator import Indicator
from advisor.domain.structure import Structure
from advisor.domain.territories.kinds import KINDS, Group, IndicatorKind, Rule
from advisor.domain.territories.territory import Population, Territory


class Level(StrEnum):
    """What a value is about: the territory, or what it is compared with."""

    TERRITORY = "territory"
    DEPARTEMENT = "departement"
    REGION = "region"
    FRANCE = "france"


@dataclass(frozen=True, slots=True)
class PlaceZone:
    """The class of a commune for doctors; ``zone_class`` is empty when unknown, for ``label``."""

    zone_class: str
    label: str
    act: str = ""
    year: int | None = None
    letters: str = ""
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is held. ``communes`` and ``levels`` map to indicators, newest import first.

    ``kinds`` are the indicators that only imported tables declare.
    """

    territory: Territory
    day: date
    communes: Mapping[str, Sequence[Indicator]] = field(default_factory=dict)
    levels: Mapping[Level, Sequence[Indicator]] = field(default_factory=dict)
    people: Mapping[Level, Population] = field(default_factory=dict)
    structures: Sequence[Structure] = ()
    zones: Mapping[str, PlaceZone] = field(default_factory=dict)
    kinds: Mapping[str, IndicatorKind] = field(default_factory=dict)

    def every_kind(self) -> Mapping[str, IndicatorKind]:
        """Return the declared indicators, then those imported, then those printed only."""
        found = {**KINDS, **{key: one for key, one in self.kinds.items() if key not in KINDS}}
        printed = [
            *self.levels.get(Level.TERRITORY, ()),
            *(one for rows in self.communes.values() for one in rows),
        ]
        for one in printed:
            unit = one.figure.unit
            fresh = IndicatorKind(one.id, one.label, unit, Group.OTHER, Rule.NONE)
            found.setdefault(one.id, fresh)
        return found

    def of_commune(self, kind: str) -> dict[str, list[Indicator]]:
        """Return the figures of one indicator by commune."""
        return {
            code: [one for one in rows if one.id == kind and self._past(one)]
            for code, rows in self.communes.items()
        }

    def at(self, level: Level, kind: str) -> list[Indicator]:
        """Return the figures of one indicator printed for a whole level."""
        return [one for one in self.levels.get(level, ()) if one.id == kind and self._past(one)]

    def _past(self, one: Indicator) -> bool:
        """Tell whether a figure is observed, not projected for a year to come."""
        return one.figure.year is None or one.figure.year <= self.day.year

    def weights(self) -> dict[str, dict[str, float]]:
        """Return what may weigh a mean: the population and the newest figures, by commune."""
        population = {
            one.code: float(one.population)
            for one in self.territory.communes
            if one.population is not None
        }
        found: dict[str, dict[str, float]] = {"population": population}
        for code, rows in self.communes.items():
            for one in sorted(rows, key=lambda row: row.figure.year or 0):
                if one.figure.value is not None and not one.figure.secret:
                    found.setdefault(one.id, {})[code] = one.figure.value
        return found
