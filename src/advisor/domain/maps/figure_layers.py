"""The layers of figures: inhabitants, density of the settlement, supply of care.

True on paper; no database, no window. Bounds of population are those the protocol speaks of
(10 000 inhabitants, the floor of a territory; 20 000, its usual size). Density is the grid of
Insee, read and never worked out here. Supply is a density of professionals of the smallest
territory held, over the mean of France or else of the region for the same indicator.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.domain.indicator import Indicator
from advisor.domain.maps.layers import LayerKind, LegendEntry, MapLayer, MapPlace, MapScene
from advisor.domain.maps.legend import counted_entries
from advisor.domain.words.french import THIN, number_text
from advisor.domain.zones.classes import PROFESSION_NAMES
from advisor.domain.zones.marks import Pattern

PATTERNS = (
    Pattern.SOLID,
    Pattern.CLOSE_HATCH,
    Pattern.WIDE_HATCH,
    Pattern.DOTS,
    Pattern.EMPTY,
)
POPULATION_FLOORS = (50_000, 20_000, 10_000, 2_000, 0)
POPULATION_WORDS = (
    f"{number_text(50_000)} habitants et plus",
    f"de {number_text(20_000)} à {number_text(49_999)}",
    f"de {number_text(10_000)} à {number_text(19_999)}",
    f"de {number_text(2_000)} à {number_text(9_999)}",
    f"moins de {number_text(2_000)}",
)
POPULATION_LETTERS = ("50k", "20k", "10k", "2k", "<2k")
DENSITY_GRID: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("GC", "grands centres urbains", ("Grands centres urbains",)),
    ("CU", "centres urbains intermédiaires", ("Centres urbains intermédiaires",)),
    ("PV", "petites villes et ceintures urbaines", ("Petites villes", "Ceintures urbaines")),
    ("BR", "bourgs ruraux", ("Bourgs ruraux",)),
    (
        "RD",
        "rural à habitat dispersé ou très dispersé",
        ("Rural à habitat dispersé", "Rural à habitat très dispersé"),
    ),
)
SUPPLY_CEILINGS = (70, 90, 110, 130, None)
SUPPLY_WORDS = (
    f"moins de 70{THIN}% de la moyenne",
    f"de 70 à 90{THIN}%",
    f"de 90 à 110{THIN}%",
    f"de 110 à 130{THIN}%",
    f"130{THIN}% de la moyenne et plus",
)
SUPPLY_LETTERS = ("<70", "70", "90", "110", "130")
DENSITY = "densite"
FRANCE = ("france", "FR")


@dataclass(frozen=True, slots=True)
class Supply:
    """A density of professionals near a place: ``share`` is per cent of the mean held."""

    share: float
    words: str


def population_layer(scene: MapScene) -> MapLayer:
    """Return the layer of inhabitants; a place without figure has no key."""
    shapes = [
        LegendEntry(str(floor), words, letters, pattern, rank)
        for rank, (floor, words, letters, pattern) in enumerate(
            zip(POPULATION_FLOORS, POPULATION_WORDS, POPULATION_LETTERS, PATTERNS, strict=True)
        )
    ]
    held = {one.code: one.population for one in scene.places if one.population is not None}
    keys = {code: str(_floor(people)) for code, people in held.items()}
    years = sorted({one.population_year for one in scene.places if one.population_year})
    year = f" ({', '.join(map(str, years))})" if years else ""
    return MapLayer(
        LayerKind.POPULATION,
        f"Population municipale{year}",
        counted_entries(shapes, scene.places, keys),
        keys,
        {code: f"{number_text(people)} habitants" for code, people in held.items()},
        source="Insee",
        notes=(
            (
                f"Repères du protocole{THIN}: {number_text(10_000)} habitants au moins pour un "
                f"territoire, {number_text(20_000)} d’ordinaire."
            ),
        ),
    )


def density_layer(scene: MapScene) -> MapLayer:
    """Return the layer of Insee's communal grid of density."""
    shapes = [
        LegendEntry(letters, words, letters, pattern, rank)
        for rank, ((letters, words, _), pattern) in enumerate(
            zip(DENSITY_GRID, PATTERNS, strict=True)
        )
    ]
    letters_of = {level: letters for letters, _, levels in DENSITY_GRID for level in levels}
    keys = {
        one.code: letters_of[one.density_class]
        for one in scene.places
        if one.density_class in letters_of
    }
    words = {one.code: one.density_class.lower() for one in scene.places if one.code in keys}
    return MapLayer(
        LayerKind.DENSITY,
        "Densité du peuplement, grille communale",
        counted_entries(shapes, scene.places, keys),
        keys,
        words,
        source="Insee, grille communale de densité à sept niveaux, 2025",
    )


def supply_layer(
    scene: MapScene, epci_of: Mapping[str, str], indicators: Iterable[Indicator], profession: str
) -> MapLayer:
    """Return the layer of supply for a profession; what no source gives is unknown."""
    found = supplies(scene.places, epci_of, indicators, profession)
    shapes = [
        LegendEntry(letters, words, letters, pattern, rank)
        for rank, (letters, words, pattern) in enumerate(
            zip(SUPPLY_LETTERS, SUPPLY_WORDS, PATTERNS, strict=True)
        )
    ]
    keys = {code: _letters(one.share) for code, one in found.items()}
    names = PROFESSION_NAMES.get(profession, profession)
    empty = f"L’offre ({names}) n’est pas dans ce référentiel pour ce territoire."
    return MapLayer(
        LayerKind.SUPPLY,
        f"Offre{THIN}: densité des {names}, par rapport à la moyenne",
        counted_entries(shapes, scene.places, keys),
        keys,
        {code: one.words for code, one in found.items()},
        source="indicateurs du référentiel, cités dans la fiche avec leur année",
        notes=("La densité est celle du plus petit territoire connu, souvent le département.",)
        if found
        else (empty,),
        profession=profession,
    )


def supplies(
    places: Iterable[MapPlace],
    epci_of: Mapping[str, str],
    indicators: Iterable[Indicator],
    profession: str,
) -> dict[str, Supply]:
    """Return what is known of supply around each place, by INSEE code."""
    held: dict[tuple[str, str], list[Indicator]] = {}
    for one in indicators:
        if one.id.startswith(DENSITY) and one.profession == profession and one.figure.value:
            held.setdefault((one.territory_kind, one.territory), []).append(one)
    known: dict[tuple[str, ...], Supply | None] = {}
    found: dict[str, Supply] = {}
    for place in places if held else ():
        asked = (place.code, epci_of.get(place.code, ""), place.departement, place.region)
        own = asked if ("commune", place.code) in held else ("", *asked[1:])
        if own not in known:
            known[own] = _supply(held, own)
        supply = known[own]
        if supply is not None:
            found[place.code] = supply
    return found


def _supply(
    held: Mapping[tuple[str, str], list[Indicator]], asked: tuple[str, ...]
) -> Supply | None:
    code, epci, departement, region = asked
    for here in (("commune", code), ("epci", epci), ("departement", departement)):
        for one in held.get(here, ()):
            for mean in (FRANCE, ("region", region)):
                whole = next((o for o in held.get(mean, ()) if o.id == one.id), None)
                if whole is not None and whole.figure.value and one.figure.value is not None:
                    share = 100 * one.figure.value / whole.figure.value
                    return Supply(share, _supply_words(one, whole))
    return None


def _supply_words(one: Indicator, whole: Indicator) -> str:
    year = f", {one.figure.year}" if one.figure.year else ", année non imprimée"
    return (
        f"{number_text(one.figure.value or 0)} {one.figure.unit} ({one.territory_name}{year}), "
        f"{whole.territory_name}{THIN}: {number_text(whole.figure.value or 0)}. "
        f"Source{THIN}: {one.figure.source.told}"
    )


def _floor(people: int) -> int:
    return next(floor for floor in POPULATION_FLOORS if people >= floor)


def _letters(share: float) -> str:
    return next(
        letters
        for letters, ceiling in zip(SUPPLY_LETTERS, SUPPLY_CEILINGS, strict=True)
        if ceiling is None or share < ceiling
    )
