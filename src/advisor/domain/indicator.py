"""Indicators: a figure with its definition, year, source and territory.

True on paper; no database, no window.
"""

from dataclasses import dataclass

from advisor.domain.sourced import Figure


@dataclass(frozen=True, slots=True)
class Indicator:
    """One value of one indicator for one territory.

    ``territory_kind`` is commune, epci, departement, region or france; ``territory`` its code
    (INSEE code, SIREN, number of département, region code, ``FR``).
    """

    id: str
    label: str
    territory_kind: str
    territory: str
    territory_name: str
    figure: Figure
    definition: str = ""
    profession: str = ""
