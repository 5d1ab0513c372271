"""Worked examples shipped with the product: territories that a source document studies.

True on paper. An intercommunalité answers from its printed indicators even where the reference
does not hold its communes.
"""

from dataclasses import dataclass

from advisor.domain.sourced import Source
from advisor.domain.territories.territory import ChosenBy


@dataclass(frozen=True, slots=True)
class Example:
    """One territory of a source. ``members`` is how many communes it has (None: not said).

    ``population`` is that of the whole unit, ``printed_population`` what the source prints.
    """

    id: str
    name: str
    kind: ChosenBy
    source: Source
    code: str = ""
    communes: tuple[str, ...] = ()
    departement: str = ""
    region: str = ""
    members: int | None = None
    population: int | None = None
    population_year: int | None = None
    population_source: str = ""
    printed_population: int | None = None
    remark: str = ""
