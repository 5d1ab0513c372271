"""The layer of APL: how easily the people of each commune reach a general practitioner.

True on paper; no database, no window. Values come from an official table brought in by the user;
the bounds are ours, around the 2.5 consultations that the DREES reads as under-served.
"""

from collections.abc import Iterable, Mapping

from advisor.domain.indicator import Indicator
from advisor.domain.maps.figure_layers import PATTERNS
from advisor.domain.maps.layers import LayerKind, LegendEntry, MapLayer, MapScene
from advisor.domain.maps.legend import counted_entries
from advisor.domain.words.french import THIN, number_text

APL = "apl_mg"
PROFESSION = "medecin_generaliste"
CEILINGS = (1.5, 2.5, 3.5, 4.5, None)
LETTERS = ("<1,5", "1,5", "2,5", "3,5", "4,5")
WORDS = (
    "moins de 1,5 consultation par an et par habitant",
    "de 1,5 à 2,5",
    "de 2,5 à 3,5",
    "de 3,5 à 4,5",
    "4,5 et plus",
)
BOUNDS = (
    f"Bornes choisies pour cet outil{THIN}; 2,5 était le seuil des zones prioritaires dans"
    " l’arrêté du 13 novembre 2017, lu sur les bassins (TVS), non sur les communes."
)


def newest_apl(figures: Iterable[Indicator]) -> dict[str, Indicator]:
    """Return the APL of each commune, of the newest year that has a value."""
    found: dict[str, Indicator] = {}
    for one in figures:
        if one.id != APL or one.figure.value is None:
            continue
        held = found.get(one.territory)
        if held is None or (one.figure.year or 0) > (held.figure.year or 0):
            found[one.territory] = one
    return found


def apl_layer(scene: MapScene, held: Mapping[str, Indicator]) -> MapLayer:
    """Return the layer of the communes whose APL is held; the others are unknown."""
    shapes = [
        LegendEntry(letters, words, letters, pattern, rank)
        for rank, (letters, words, pattern) in enumerate(zip(LETTERS, WORDS, PATTERNS, strict=True))
    ]
    here = {one.code: held[one.code] for one in scene.places if one.code in held}
    keys = {code: _letters(one.figure.value or 0) for code, one in here.items()}
    years = sorted({one.figure.year for one in here.values() if one.figure.year})
    documents = sorted({one.figure.source.document for one in here.values()})
    when = ", ".join(map(str, years)) or "sans année"
    return MapLayer(
        LayerKind.SUPPLY,
        f"Offre{THIN}: APL aux médecins généralistes ({when})",
        counted_entries(shapes, scene.places, keys),
        keys,
        {code: apl_words(one, with_source=False) for code, one in here.items()},
        source=", ".join(documents),
        notes=(BOUNDS,),
        profession=PROFESSION,
    )


def apl_words(one: Indicator, *, with_source: bool = True) -> str:
    """Return « APL : 2,3 consultations par an et par habitant (2023) » and its source."""
    figure = one.figure
    year = f" ({figure.year})" if figure.year else ""
    said = f"APL{THIN}: {number_text(figure.value or 0)} {figure.unit}{year}"
    return f"{said}. Source{THIN}: {figure.source.document}" if with_source else said


def _letters(value: float) -> str:
    return next(
        letters
        for letters, ceiling in zip(LETTERS, CEILINGS, strict=True)
        if ceiling is None or value < ceiling
    )
