"""Two dates of zoning side by side: what changed, in figures and on the map.

True on paper; no database, no window. Where the communes of every unit are held, communes and
people are counted. Elsewhere the totals that the act prints answer, with their line, and never a
sum over the communes that happen to be known; what no act prints is said to be not printed.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from advisor.domain.maps.layers import LayerKind, LegendEntry, MapLayer, MapScene
from advisor.domain.maps.legend import counted_entries
from advisor.domain.maps.scopes import DEPARTEMENT, REGION, scope_of
from advisor.domain.maps.zone_layer import zone_entry
from advisor.domain.words.french import THIN, day_text, listed
from advisor.domain.zones.classes import PROFESSION_NAMES, label_of
from advisor.domain.zones.marks import Pattern, mark_of
from advisor.domain.zones.zoning import PrintedCount, Zoning

CHANGES = (
    LegendEntry("plus", "devient plus prioritaire", "+", Pattern.SOLID, 0),
    LegendEntry("egal", "garde le même rang", "=", Pattern.EMPTY, 2),
    LegendEntry("moins", "devient moins prioritaire", "–", Pattern.DOTS, 4),
)
NO_PRINTED = "l’acte n’imprime pas de total pour ce territoire"


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """One class at one date: ``communes`` and ``population`` counted, when all are held.

    ``printed`` is what the act prints for this class and territory, None when it prints nothing.
    ``share`` is per cent of the population of the map, counted.
    """

    entry: LegendEntry
    communes: int | None
    population: int | None
    share: float | None
    printed: PrintedCount | None


@dataclass(frozen=True, slots=True)
class DateFigures:
    """A zoning on one of the two dates: its act, and its classes from the most in need.

    ``counted`` tells that every commune of the map has a class that is known; ``why`` says in
    French where the figures come from.
    """

    day: date
    title: str
    act: str
    source: str
    counted: bool
    why: str
    classes: tuple[ClassFigures, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """How many places went from one class to another, among those known at both dates."""

    before: str
    after: str
    places: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two dates side by side; ``layer`` colours the places by what changed."""

    first: DateFigures
    second: DateFigures
    moves: tuple[Move, ...]
    known: int
    places: int
    layer: MapLayer


@dataclass(frozen=True, slots=True)
class AtDate:
    """What a comparison reads at one date: the zoning in force, None when there is none.

    ``absorbed`` names the former communes that had another class than the one they joined since:
    their people can no longer be told apart.
    """

    day: date
    zoning: Zoning | None
    layer: MapLayer
    absorbed: tuple[str, ...] = ()


def compare(scene: MapScene, first: AtDate, second: AtDate, profession: str) -> Comparison:
    """Return what changed between two dates, for the places of a map."""
    both = {
        place.code: (before, after)
        for place in scene.places
        if (before := first.layer.key_of(place.code)) and (after := second.layer.key_of(place.code))
    }
    counted = Counter(both.values())
    moves = tuple(
        Move(before, after, number)
        for (before, after), number in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    )
    return Comparison(
        figures_at(scene, first),
        figures_at(scene, second),
        moves,
        len(both),
        len(scene.places),
        _change_layer(scene, (first, second), both, profession),
    )


def figures_at(scene: MapScene, at: AtDate) -> DateFigures:
    """Return the figures of one date for a map."""
    zoning, layer = at.zoning, at.layer
    whole = {place.departement for place in scene.places} <= scene.whole
    held = bool(scene.places) and all(layer.key_of(place.code) for place in scene.places)
    counted = whole and held and not at.absorbed
    printed = _printed(scene, zoning) if zoning else {}
    codes = list(zoning.classes) if zoning else []
    codes += [one.key for one in layer.entries if one.key and one.key not in codes]
    return DateFigures(
        at.day,
        zoning.title if zoning else f"Aucun zonage connu au {day_text(at.day)}",
        zoning.legal_act if zoning else layer.act,
        zoning.source.told if zoning else "",
        counted,
        _why(scene, at, counted=counted, whole=whole),
        tuple(_class_figures(layer, code, printed.get(code), counted=counted) for code in codes),
    )


def _class_figures(
    layer: MapLayer, code: str, printed: PrintedCount | None, *, counted: bool
) -> ClassFigures:
    shape = zone_entry(code)
    if not counted:
        return ClassFigures(shape, None, None, None, printed)
    held = next((one for one in layer.entries if one.key == code), None)
    everyone = [one.population for one in layer.entries]
    people = held.population if held else 0
    total = sum(one or 0 for one in everyone)
    known = people is not None and None not in everyone and total
    share = 100 * people / total if known and people is not None else None
    return ClassFigures(shape, held.places if held else 0, people, share, printed)


def _printed(scene: MapScene, zoning: Zoning) -> dict[str, PrintedCount]:
    """Return what the act prints for the territory of the map, by class."""
    scope = scope_of(scene.scope)
    if scope.kind == DEPARTEMENT:
        return {one.zone_class: one for one in zoning.printed if one.departement == scope.code}
    regions = {place.region for place in scene.places if place.departement in zoning.departements}
    if scope.kind == REGION and regions == {scope.code}:
        return {one.zone_class: one for one in zoning.printed if not one.departement}
    return {}


def _why(scene: MapScene, at: AtDate, *, counted: bool, whole: bool) -> str:
    zoning = at.zoning
    if counted:
        years = sorted({one.population_year for one in scene.places if one.population_year})
        year = f" de {years[-1]}" if years else ""
        return (
            f"Compté commune par commune, sur les communes d’aujourd’hui et leur population{year}."
        )
    if zoning is None:
        return "Ce référentiel n’a aucun zonage pour cette profession, ce jour et ce lieu."
    if not zoning.held:
        return zoning.why_unknown
    reason = "toutes les communes de ce territoire ne sont pas dans ce référentiel"
    if whole and at.absorbed:
        names = listed(at.absorbed, "et")
        reason = f"{names}, de classe différente, a rejoint depuis une autre commune"
    elif whole:
        reason = "la composition de toutes les unités n’est pas connue"
    return f"Totaux imprimés par l’acte{THIN}: {reason}, rien n’est donc additionné."


def _change_layer(
    scene: MapScene,
    dates: tuple[AtDate, AtDate],
    both: Mapping[str, tuple[str, str]],
    profession: str,
) -> MapLayer:
    first, second = dates
    keys = {code: _change(before, after) for code, (before, after) in both.items()}
    years = f"{first.day.year} → {second.day.year}"
    return MapLayer(
        LayerKind.CHANGE,
        f"Ce qui a changé, {years}{THIN}: zones des {PROFESSION_NAMES.get(profession, profession)}",
        counted_entries(CHANGES, scene.places, keys),
        keys,
        {
            place.code: f"{_told(first, place.code)} → {_told(second, place.code)}"
            for place in scene.places
        },
        act=f"{_act(first)}{THIN}; puis {_act(second)}",
        day=second.zoning.period.first if second.zoning else None,
        notes=(
            (
                "Les classes de deux zonages ne sont pas les mêmes : on compare leur rang, du plus "
                "au moins prioritaire, et ce rang est le nôtre."
            ).replace(" :", f"{THIN}:"),
            "Les communes sans classe connue à l’une des deux dates restent « non connu ».",
        ),
        profession=profession,
    )


def _change(before: str, after: str) -> str:
    old, new = mark_of(before).rank, mark_of(after).rank
    if old is None or new is None:
        return ""
    return "egal" if old == new else "plus" if new < old else "moins"


def _told(at: AtDate, code: str) -> str:
    key = at.layer.key_of(code)
    return f"{label_of(key) if key else 'non connu'} ({at.day.year})"


def _act(at: AtDate) -> str:
    return at.zoning.legal_act if at.zoning else f"aucun acte connu au {day_text(at.day)}"
