"""What an adviser can ask of the map: a territory, a layer, what changed, what stands around.

Reads the reference and hands facts to the domain's maps; every answer is ready to be drawn, in
the window, on paper or in a browser. Slow for all of France: asked outside the main thread.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from advisor.domain.indicator import Indicator
from advisor.domain.maps.apl_layer import apl_layer
from advisor.domain.maps.comparison import AtDate, Comparison, compare
from advisor.domain.maps.figure_layers import density_layer, population_layer, supply_layer
from advisor.domain.maps.layers import (
    Bounds,
    LayerKind,
    MapLayer,
    MapPlace,
    MapScene,
    around,
    radius_of,
)
from advisor.domain.maps.scopes import (
    DEPARTEMENT,
    FRANCE,
    REGION,
    Scope,
    is_overseas,
    scope_of,
    scopes_of,
)
from advisor.domain.maps.zone_layer import zone_layer
from advisor.domain.places.outline import LAMBERT_93, Outline
from advisor.domain.places.place import Commune
from advisor.domain.words.french import day_text
from advisor.domain.zones.zoning import ZonesAtPlace, Zoning
from advisor.errors import NotFoundError
from advisor.reference.pack.reader import Pack
from advisor.services.indicators import Indicators
from advisor.services.map_card import PlaceCard, read_card
from advisor.services.map_marks import MarkSet, read_quarters, read_structures
from advisor.services.reference import Reference

ILE_DE_FRANCE = f"{REGION}:11"
WHOLE_IN_STARTER = frozenset({"75", "92", "93", "94"})  # said in data/README.md, « Lieux »
FEW_DEPARTEMENTS = 20
PARTS = frozenset({"132", "693", "751"})  # the arrondissements of the three cities
SCHEMATIC = (
    "Carte schématique\u202f: ce référentiel de départ n’a pas les contours des communes. Cercles "
    "selon la population\u202f; départements dessinés à grands traits."
)


class MapService:
    """Maps of one home's reference; codes are INSEE codes, scopes are keys (``reg:11``).

    With the ``indicators`` of the home, the supply is that of the official tables brought in.
    """

    def __init__(self, reference: Reference, indicators: Indicators | None = None) -> None:
        self._reference = reference
        self._indicators = indicators

    def scopes(self) -> tuple[Scope, ...]:
        """Return the territories that may be shown."""
        return scopes_of(self._pack.map.regions())

    def first_scope(self, departement: str | None = None) -> str:
        """Return the key of the territory to show first, around a département when one is given."""
        pairs = self._pack.map.regions()
        for region, held in pairs:
            if departement is not None and held == departement:
                return f"{DEPARTEMENT}:{held}" if is_overseas(held) else f"{REGION}:{region}"
        keys = {f"{REGION}:{region}" for region, _ in pairs}
        return ILE_DE_FRANCE if ILE_DE_FRANCE in keys else min(keys, default=FRANCE)

    def scope_around(self, code: str) -> str:
        """Return the key of the territory to show for a place; raises NotFoundError."""
        return self.first_scope(self._reference.commune(code).departement)

    def scene(self, key: str) -> MapScene:
        """Return the ground of a territory's map: its places and the borders around them."""
        scope, pack = scope_of(key), self._pack
        places = tuple(_places(pack, scope))
        borders = tuple(_borders(pack, places))
        schematic = pack.info.is_starter
        return MapScene(
            scope=key,
            title=scope.words,
            bounds=_bounds(places, borders, schematic=schematic),
            places=places,
            borders=borders,
            frame=places[0].outline.frame if places and places[0].outline else LAMBERT_93,
            schematic=schematic,
            statement=SCHEMATIC if schematic else "",
            whole=_whole(pack, places),
            pack=f"référentiel du {day_text(pack.info.built_at)}",
        )

    def acts(self, scene: MapScene, profession: str) -> tuple[Zoning, ...]:
        """Return the dated zonings of a profession over a map, the newest first."""
        here = {place.departement for place in scene.places}
        found = [
            zoning
            for zoning in self._pack.map.zonings()
            if profession in zoning.professions
            and not zoning.scheme
            and (not zoning.departements or here & set(zoning.departements))
        ]
        return tuple(sorted(found, key=lambda one: one.period.first or date.min, reverse=True))

    def layer(self, scene: MapScene, kind: LayerKind, profession: str, day: date) -> MapLayer:
        """Return one layer of a map; ``profession`` and ``day`` matter to zones and supply."""
        if kind is LayerKind.POPULATION:
            return population_layer(scene)
        if kind is LayerKind.DENSITY:
            return density_layer(scene)
        if kind is LayerKind.SUPPLY:
            codes = [place.code for place in scene.places]
            apl = self._apl(codes, profession)
            if apl:
                return apl_layer(scene, apl)
            epcis = self._pack.map.epci_of(codes)
            return supply_layer(scene, epcis, self._pack.indicators(), profession)
        return zone_layer(scene, self._zones(scene, profession, day), profession, day)

    def compare(self, scene: MapScene, profession: str, first: date, second: date) -> Comparison:
        """Return what changed between two dates on a map, in figures and in colours."""
        return compare(
            scene,
            self._at(scene, profession, first),
            self._at(scene, profession, second),
            profession,
        )

    def structures(self, scene: MapScene) -> MarkSet:
        """Return the structures of a map, each where it stands or at its commune's centre."""
        return read_structures(self._pack, scene)

    def quarters(self, scene: MapScene) -> MarkSet:
        """Return the communes that hold quartiers prioritaires, with the names of these."""
        return read_quarters(self._pack, scene)

    def locate(self, text: str, departement: str) -> Commune | None:
        """Return the commune a session's place names (« Melun, mairie »), None when none does."""
        head = text.split(",", maxsplit=1)[0].split("(", maxsplit=1)[0].strip()
        hits = self._pack.search(head, departement=departement, limit=1) if head else []
        found = hits[0].commune if hits else None
        return found if found is not None and found.departement == departement else None

    def card(self, code: str, profession: str, day: date) -> PlaceCard:
        """Return what is known of a place; raises NotFoundError."""
        return read_card(self._pack, code, profession, day, self._apl([code], profession))

    def _apl(self, codes: Sequence[str], profession: str) -> dict[str, Indicator]:
        return self._indicators.apl(codes, profession) if self._indicators else {}

    def _at(self, scene: MapScene, profession: str, day: date) -> AtDate:
        acts = [one for one in self.acts(scene, profession) if one.period.holds(day)]
        zoning = acts[0] if acts else None
        layer = self.layer(scene, LayerKind.ZONES, profession, day)
        absorbed = self._absorbed(zoning, layer) if zoning else ()
        return AtDate(day, zoning, layer, absorbed)

    def _absorbed(self, zoning: Zoning, layer: MapLayer) -> tuple[str, ...]:
        """Return the former communes an act names with another class than what they joined."""
        whole = next((one for one in self._pack.zonings() if one.id == zoning.id), zoning)
        classes = {
            member.commune: line.zone_class
            for line in whole.lines
            for member in line.territory.members
            if not member.partial and member.commune not in layer.words
        }
        names = []
        for code, zone_class in sorted(classes.items()):
            with suppress(NotFoundError):
                place = self._pack.commune(code)
                after = layer.keys.get(place.parent or "")
                if after is not None and after != zone_class:
                    names.append(place.name)
        return tuple(names)

    def _zones(self, scene: MapScene, profession: str, day: date) -> dict[str, ZonesAtPlace]:
        """Return the classes of the places, those named by the same lines sharing theirs."""
        pack = self._pack
        departements = sorted({place.departement for place in scene.places})
        if len(departements) > FEW_DEPARTEMENTS:
            keys = pack.map.zone_keys(None, profession, day)
        else:
            keys = {}
            for departement in departements:
                keys.update(pack.map.zone_keys(departement, profession, day))
        covered = {one: self._covered(one, profession) for one in departements}
        shared: dict[tuple[object, ...], ZonesAtPlace] = {}
        found: dict[str, ZonesAtPlace] = {}
        for place in scene.places:
            code = place.code
            own = code if code[:3] in PARTS else ""
            key = (own, covered[place.departement], keys.get(code))
            known = shared.get(key)
            if known is None:
                known = shared[key] = pack.zones_at(code, day, profession)
            found[code] = known
        return found

    def _covered(self, departement: str, profession: str) -> tuple[object, ...]:
        """Return what the acts of a profession hold of a département: equal answers when equal."""
        held = [
            (zoning.id, departement in zoning.complete_departements)
            for zoning in self._pack.map.zonings()
            if profession in zoning.professions
            and not zoning.scheme
            and (not zoning.departements or departement in zoning.departements)
        ]
        return tuple(held) or (departement,)

    @property
    def _pack(self) -> Pack:
        return self._reference.pack


def _places(pack: Pack, scope: Scope) -> Sequence[MapPlace]:
    if scope.kind == DEPARTEMENT:
        return pack.map.places(departement=scope.code)
    return pack.map.places(region=scope.code) if scope.kind == REGION else pack.map.places()


def _borders(pack: Pack, places: Sequence[MapPlace]) -> list[Outline]:
    held = {place.departement for place in places}
    if len(held) > FEW_DEPARTEMENTS:
        return [one for one in pack.outlines(None, "departement") if one.code in held]
    return pack.outlines(held, "departement")


def _bounds(places: Sequence[MapPlace], borders: Sequence[Outline], *, schematic: bool) -> Bounds:
    boxes = [border.bounds for border in borders]
    if not boxes:
        boxes = [place.outline.bounds for place in places if place.outline]
    if schematic or not boxes:
        for place in places:
            reach = round(radius_of(place.population) * 1000)
            boxes.append((place.x - reach, place.y - reach, place.x + reach, place.y + reach))
    return around(boxes)


def _whole(pack: Pack, places: Sequence[MapPlace]) -> frozenset[str]:
    held = frozenset(place.departement for place in places)
    return held & WHOLE_IN_STARTER if pack.info.is_starter else held
