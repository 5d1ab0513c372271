"""A territory to be studied: its communes, its population, and what to warn of.

True on paper; no database, no window. Floors: protocol ARS – URPS of 2018 (L119, 10 000
inhabitants) and fiche 1.1 of the SROS of 2012 (L4308, around 20 000); warn, never refuse.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from advisor.domain.places.departement_names import DEPARTEMENT_NAMES
from advisor.domain.places.place import Commune
from advisor.domain.sourced import Source
from advisor.domain.words.wording import counted, listed, number

FLOOR = 10_000
SCALE = 20_000
FAR = 2  # less than half of the scale, or more than twice, is told as far from it
PROTOCOL = Source("Protocole ARS – URPS médecins d’Île-de-France, bilan du 28 juin 2018", "L119")
FICHE = Source("SROS ambulatoire Île-de-France 2012, fiche 1.1", "L4308")
NAMED = 3
STRADDLES = "à cheval sur"


class ChosenBy(StrEnum):
    """How a territory was chosen."""

    HAND = "main"
    LIST = "liste"
    EPCI = "epci"
    BASSIN = "bassin_de_vie"
    DEPARTEMENT = "departement"


CHOICE_LABELS = {
    ChosenBy.HAND: "communes choisies à la main",
    ChosenBy.LIST: "liste de communes",
    ChosenBy.EPCI: "intercommunalité",
    ChosenBy.BASSIN: "bassin de vie",
    ChosenBy.DEPARTEMENT: "département",
}


@dataclass(frozen=True, slots=True)
class PrintedPopulation:
    """A population that a document prints for this territory."""

    people: int
    source: Source


@dataclass(frozen=True, slots=True)
class Population:
    """Inhabitants with their year and source; ``people`` None says why in ``reason``."""

    people: int | None
    year: int | None = None
    source: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Territory:
    """Communes studied together. ``code`` is the SIREN, the bassin's code or the département's.

    ``whole`` is False when this reference does not hold all the communes of the unit: nothing is
    then added up over those it holds, and ``told`` is its population where a source gives it.
    ``members`` is how many communes it has, where that is known.
    """

    name: str
    chosen_by: ChosenBy
    communes: tuple[Commune, ...]
    code: str = ""
    whole: bool = True
    departement: str = ""
    region: str = ""
    printed: PrintedPopulation | None = None
    told: Population | None = None
    remarks: tuple[str, ...] = ()
    members: int | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the INSEE codes of its communes."""
        return tuple(one.code for one in self.communes)

    @property
    def departement_name(self) -> str:
        """Return the name of its département, its code when the name is not known."""
        return DEPARTEMENT_NAMES.get(self.departement, self.departement)

    def population(self) -> Population:
        """Return the sum of the communes' populations, missing when one is missing or years mix."""
        if not self.whole or not self.communes:
            if self.told is not None:
                return self.told
            return Population(None, reason=_not_whole(self))
        without = [one.name for one in self.communes if one.population is None]
        if without:
            said = listed([*without[:NAMED], *(["d’autres"] if without[NAMED:] else [])])
            return Population(None, reason=f"population non disponible pour {said}")
        years = {one.population_year for one in self.communes}
        if len(years) > 1:
            return Population(None, reason="les populations connues sont d’années différentes")
        people = sum(one.population or 0 for one in self.communes)
        sources = dict.fromkeys(one.population_source for one in self.communes)
        return Population(people, years.pop(), " ; ".join(filter(None, sources)))

    def warnings(self) -> tuple[str, ...]:
        """Return what to know before working on this territory; none of them forbids anything."""
        found = self.population()
        said = [*_size_warnings(found.people)]
        if not self.whole:
            said.append(f"{_not_whole(self)[0].upper()}{_not_whole(self)[1:]}.")
        if found.people is None and self.whole:
            said.append(f"Population du territoire{COLON} {found.reason}.")
        said += _printed_warnings(self.printed)
        departements = {one.departement for one in self.communes}
        if len(departements) > 1 and not any(STRADDLES in one.lower() for one in self.remarks):
            said.append(
                f"Le territoire est {STRADDLES} {counted(len(departements), 'département')}"
                f"{COLON} la comparaison se fait avec {self.departement_name}."
            )
        return (*said, *self.remarks)


COLON = "\u202f:"


def home_of(communes: tuple[Commune, ...]) -> tuple[str, str]:
    """Return the département and the région of most inhabitants (of most communes if unknown)."""
    weights: Counter[tuple[str, str]] = Counter()
    for one in communes:
        weights[one.departement, one.region] += (one.population or 0) + 1
    return weights.most_common(1)[0][0] if weights else ("", "")


def _not_whole(territory: Territory) -> str:
    held = len(territory.communes)
    of = f" sur {number(territory.members)}" if territory.members else ""
    return (
        f"ce référentiel ne contient que {counted(held, 'commune')} de ce territoire{of}"
        if held
        else "les communes de ce territoire ne sont pas dans ce référentiel"
    )


def _size_warnings(people: int | None) -> list[str]:
    said: list[str] = []
    if people is None:
        return said
    if people < FLOOR:
        said.append(
            f"{number(people)} habitants{COLON} moins que les {number(FLOOR)} du protocole de 2018,"
            " dont deux des treize diagnostics sont eux-mêmes en dessous. Le diagnostic reste"
            " possible."
        )
    if not SCALE / FAR <= people <= SCALE * FAR:
        said.append(
            f"La fiche 1.1 du SROS de 2012 vise un bassin de vie d’environ {number(SCALE)}"
            f" habitants{COLON} ce territoire en compte {number(people)}."
        )
    return said


def _printed_warnings(printed: PrintedPopulation | None) -> list[str]:
    if printed is None:
        return []
    below = f", sous le plancher de {number(FLOOR)}" if printed.people < FLOOR else ""
    said = f"{number(printed.people)} habitants imprimés dans la source{below}"
    return [f"{said} ({printed.source.told})."]
