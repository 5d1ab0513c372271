"""Writes the frozen content of a map from what the map of the window shows.

True on paper; no pack, no page. The same layers, legends and marks give the same answers on the
screen, in the HTML file and in the pages.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from advisor.domain.maps.layers import UNKNOWN, LayerKind, MapLayer, MapMark, MapScene, MarkKind
from advisor.domain.maps.layers import LegendEntry as LayerEntry
from advisor.domain.maps.layers import MapPlace as ScenePlace
from advisor.domain.maps.legend import counted_entries
from advisor.domain.paper.map_content import (
    UNKNOWN_CLASS,
    Backdrop,
    CardLine,
    LegendEntry,
    MapContent,
    MapPlace,
    MapSpot,
    MapTheme,
    SpotLayer,
)
from advisor.domain.places.departement_names import DEPARTEMENT_NAMES
from advisor.domain.places.outline import Outline
from advisor.domain.words.french import THIN, day_text, number_text
from advisor.domain.words.wording import counted
from advisor.domain.zones.marks import Pattern

GROUPS = {LayerKind.ZONES: "Zonages", LayerKind.CHANGE: "Comparaison"}
FIGURES = "Chiffres"
STRUCTURES: dict[str, tuple[str, str, str]] = {
    "msp": ("Maisons de santé (MSP)", "M", "carre"),
    "cds": ("Centres de santé (CDS)", "C", "carre"),
    "cabinet_groupe": ("Cabinets de groupe", "G", "carre"),
    "pole": ("Pôles de santé", "P", "losange"),
    "cpts": ("CPTS", "CP", "losange"),
    "dac": ("DAC et PTA", "D", "losange"),
    "mmg": ("Maisons médicales de garde", "MG", "triangle"),
    "reseau": ("Réseaux de santé", "R", "triangle"),
    "non_precise": ("Structures de nature non précisée", "S", "rond"),
}
OTHERS: dict[MarkKind, tuple[str, str, str]] = {
    MarkKind.PERMANENCE: ("Permanences d’aide à l’installation", "i", "rond"),
    MarkKind.CANDIDATE: ("Lieux envisagés", "L", "etoile"),
    MarkKind.QPV: ("Quartiers prioritaires (QPV)", "Q", "triangle"),
    MarkKind.RANKED: ("Lieux classés pour le projet", "N", "etoile"),
}


def write_map(
    scene: MapScene,
    layers: Sequence[MapLayer],
    marks: Sequence[MapMark],
    made_on: date,
    title: str = "",
) -> MapContent:
    """Return the content of a scene with its layers as themes, in their order."""
    inside = _structures_inside(marks)
    return MapContent(
        title=title or f"Carte{THIN}: {scene.title}",
        subtitle=f"{counted(len(scene.places), 'commune')}, {scene.pack}",
        places=tuple(_place(one, inside.get(one.code, ())) for one in scene.places),
        themes=tuple(_theme(scene, rank, one) for rank, one in enumerate(layers)),
        layers=tuple(_spot_layers(marks)),
        backdrop=tuple(_backdrop(one) for one in scene.borders),
        schematic=scene.schematic,
        notice=scene.statement,
        sources=(),
        pack=scene.pack.removeprefix("référentiel "),
        made_on=day_text(made_on),
    )


def situation_layer(scene: MapScene, codes: Collection[str], name: str) -> MapLayer:
    """Return the layer that tells the communes of a territory from those around it."""
    inside, outside = "territoire", "autour"
    keys = {one.code: inside if one.code in codes else outside for one in scene.places}
    shapes = (
        LayerEntry(inside, name, "", Pattern.SOLID, 0),
        LayerEntry(outside, "autres communes connues", "", Pattern.EMPTY, 4),
    )
    drawn = shapes if outside in keys.values() else shapes[:1]
    return MapLayer(
        kind=LayerKind.POPULATION,
        title=f"Le territoire dans son département{THIN}: {scene.title}",
        entries=counted_entries(drawn, scene.places, keys),
        keys=keys,
        source=f"{scene.pack}",
    )


def _place(place: ScenePlace, structures: Sequence[str]) -> MapPlace:
    people, year = place.population, place.population_year
    told = f" ({year})" if year else ""
    population = f"{number_text(people)}{told}" if people is not None else "non disponible"
    card = []
    if structures:
        card.append(CardLine("Structures recensées", f"{THIN}; ".join(structures)))
    return MapPlace(
        code=place.code,
        name=place.name,
        departement=place.departement,
        x=place.x,
        y=place.y,
        people=people,
        population=population,
        rings=_rings(place.outline),
        card=tuple(card),
    )


def _rings(outline: Outline | None) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(ring) for ring in outline.rings) if outline else ()


def _backdrop(border: Outline) -> Backdrop:
    return Backdrop(DEPARTEMENT_NAMES.get(border.code, border.code), _rings(border))


def _theme(scene: MapScene, rank: int, layer: MapLayer) -> MapTheme:
    lines = {one.key: index for index, one in enumerate(layer.entries)}
    unknown = lines.get(UNKNOWN, UNKNOWN_CLASS)
    codes = [place.code for place in scene.places]
    day = f", en vigueur depuis le {day_text(layer.day)}" if layer.act and layer.day else ""
    return MapTheme(
        id=f"{rank}-{layer.kind.value}",
        group=GROUPS.get(layer.kind, FIGURES),
        title=layer.title,
        legend=tuple(
            LegendEntry(
                one.letters,
                one.label,
                one.pattern.value,
                f"{counted(one.places, 'commune')}{_people(one.population)}",
            )
            for one in layer.entries
        ),
        classes=tuple(lines.get(layer.key_of(code), unknown) for code in codes),
        texts=tuple(layer.told(code) for code in codes),
        act=f"{layer.act}{day}",
        source=layer.source,
        remarks=layer.notes,
    )


def _people(population: int | None) -> str:
    return f", {number_text(population)} hab." if population else ""


def _structures_inside(marks: Iterable[MapMark]) -> dict[str, list[str]]:
    inside: defaultdict[str, list[str]] = defaultdict(list)
    for mark in marks:
        if mark.kind is MarkKind.STRUCTURE and mark.commune:
            inside[mark.commune].append(mark.label)
    return inside


def _spot_layers(marks: Sequence[MapMark]) -> Iterable[SpotLayer]:
    held: defaultdict[tuple[str, str], list[MapMark]] = defaultdict(list)
    for mark in marks:
        sort = mark.sort if mark.kind is MarkKind.STRUCTURE else ""
        held[mark.kind.value, sort].append(mark)
    signs = {(kind.value, ""): sign for kind, sign in OTHERS.items()}
    signs |= {(MarkKind.STRUCTURE.value, sort): sign for sort, sign in STRUCTURES.items()}
    for key, (title, letters, shape) in signs.items():
        if key in held:
            spots = tuple(_spot(one) for one in held[key])
            name = "-".join(part for part in key if part)
            yield SpotLayer(name, title, letters, shape, spots)


def _spot(mark: MapMark) -> MapSpot:
    return MapSpot(mark.x, mark.y, mark.label, tuple(filter(None, (mark.words, mark.told))))
