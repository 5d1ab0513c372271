"""The territories a map may show: mainland France, a region, a département.

True on paper. Codes of the Code officiel géographique; the key of a scope is ``fr``,
``reg:11`` or ``dep:77``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.domain.places.departement_names import DEPARTEMENT_NAMES
from advisor.domain.places.region_names import REGION_NAMES

FRANCE = "fr"
REGION = "reg"
DEPARTEMENT = "dep"
OVERSEAS_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """A territory to show: ``key`` names it, ``words`` say it in French."""

    key: str
    words: str

    @property
    def kind(self) -> str:
        """Return ``fr``, ``reg`` or ``dep``."""
        return self.key.partition(":")[0]

    @property
    def code(self) -> str:
        """Return the code of the region or département, empty for France."""
        return self.key.partition(":")[2]


def is_overseas(departement: str) -> bool:
    """Tell whether a département is drawn in a frame of its own."""
    return len(departement) == OVERSEAS_LENGTH


def scope_of(key: str) -> Scope:
    """Return the scope of a key, with its French name."""
    kind, _, code = key.partition(":")
    if kind == REGION:
        return Scope(key, REGION_NAMES.get(code, f"Région {code}"))
    if kind == DEPARTEMENT:
        name = DEPARTEMENT_NAMES.get(code, "").replace("'", "’")
        return Scope(key, f"{code} {name}".strip())
    return Scope(FRANCE, "France métropolitaine")


def scopes_of(held: Iterable[tuple[str, str]]) -> tuple[Scope, ...]:
    """Return the scopes to offer for the (region, département) pairs that have places."""
    pairs = sorted(set(held))
    departements = sorted({departement for _, departement in pairs})
    regions = sorted(
        {region for region, departement in pairs if not is_overseas(departement)},
        key=lambda code: REGION_NAMES.get(code, code),
    )
    keys = [FRANCE] if len(regions) > 1 else []
    keys += [f"{REGION}:{code}" for code in regions]
    keys += [f"{DEPARTEMENT}:{code}" for code in departements]
    return tuple(scope_of(key) for key in keys)
