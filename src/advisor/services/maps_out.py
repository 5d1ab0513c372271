"""Maps handed over: the HTML file that leaves, and the maps that stand in printed pages.

Asks the map of the window for its scene, layers and marks, freezes them, then has them drawn.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from advisor.documents.web_map import make_web_map
from advisor.domain.cases.appointment import Permanence
from advisor.domain.maps.layers import LayerKind, MapLayer, MapMark, MapScene, around
from advisor.domain.maps.scopes import DEPARTEMENT, FRANCE
from advisor.domain.paper.map_close_up import starred, surroundings, within
from advisor.domain.paper.map_content import MapContent
from advisor.domain.paper.map_writing import situation_layer, write_map
from advisor.domain.places.place import Commune
from advisor.errors import RefusedError
from advisor.services.map import MapService
from advisor.services.map_marks import candidate_marks, permanence_marks

ZONED = ("medecin_generaliste", "infirmier", "masseur_kinesitherapeute", "sage_femme")
NOT_HELD = (
    "Les communes de ce territoire ne sont pas dans ce référentiel\u202f: la carte montre les "
    "communes connues du département, un cercle selon la population de chacune."
)
CITIES = {"13055": "132", "69123": "6938", "75056": "751"}  # drawn by arrondissement
FIGURES = (LayerKind.POPULATION, LayerKind.DENSITY, LayerKind.SUPPLY)


def too_large_to_leave(scope: str) -> RefusedError | None:
    """Return why the map of a scope cannot be one file that a browser opens, None when it can."""
    if scope != FRANCE:
        return None
    return RefusedError(
        "La carte de toute la France est trop lourde pour un seul fichier.",
        "Choisissez une région ou un département, puis exportez de nouveau.",
    )


class MapsOut:
    """The maps of one home that leave it; ``now`` gives the instant, in UTC."""

    def __init__(
        self, maps: MapService, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._maps = maps
        self._now = now

    def make_ready(self) -> None:
        """Load what draws the page, so that the first map of a run is made as fast as the next."""
        from advisor.documents import web_map_page  # noqa: F401, PLC0415  (loads folium)

    def web_map(
        self,
        out: Path,
        scope: str = "",
        *,
        profession: str = ZONED[0],
        candidates: Sequence[str] = (),
        sessions: Sequence[Permanence] = (),
    ) -> MapContent:
        """Write the map of a scope (``reg:11``, ``dep:38``; empty: the first one) at ``out``.

        Its first layer is the zoning of ``profession`` today. ``candidates`` are INSEE codes of
        places envisaged; ``sessions`` the permanences to show. Returns what it shows. RefusedError
        for all of France, and when the file cannot be written there; DiskFullError.
        """
        refusal = too_large_to_leave(scope)
        if refusal is not None:
            raise refusal
        content = self.content(
            scope, profession=profession, candidates=candidates, sessions=sessions
        )
        make_web_map(content, out)
        return content

    def content(
        self,
        scope: str = "",
        *,
        profession: str = ZONED[0],
        candidates: Sequence[str] = (),
        sessions: Sequence[Permanence] = (),
    ) -> MapContent:
        """Return what the map of a scope shows now."""
        today = self._now().astimezone().date()
        scene = self._maps.scene(scope or self._maps.first_scope())
        layers = tuple(self._layers(scene, profession, today))
        standing = (
            *candidate_marks(scene, candidates).marks,
            *self._sessions(scene, sessions, today),
            *self._maps.structures(scene).marks,
            *self._maps.quarters(scene).marks,
        )
        return write_map(scene, layers, standing, today)

    def _sessions(
        self, scene: MapScene, sessions: Sequence[Permanence], today: date
    ) -> tuple[MapMark, ...]:
        places = [self._maps.locate(one.place, one.departement) for one in sessions]
        codes = [place.code if place else None for place in places]
        return permanence_marks(scene, zip(sessions, codes, strict=True), today).marks

    def territory_maps(
        self, name: str, communes: Sequence[Commune], day: date, departement: str = ""
    ) -> tuple[MapContent, ...]:
        """Return the maps of a territory's pages, one theme each.

        Where it stands, the zones of its doctors on ``day`` with its structures, its inhabitants.
        When none of its communes is held, those of its ``departement``, which is said on them.
        """
        departements = sorted({one.departement for one in communes}) or [departement]
        whole = self._around([one for one in departements if one])
        if whole is None or not whole.places:
            return ()
        codes = _shown(communes, whole)
        inside = replace(whole, places=tuple(one for one in whole.places if one.code in codes))
        if not inside.places:
            known = self._close_up(replace(whole, statement=NOT_HELD), day)
            return tuple(replace(one, extent=whole.bounds) for one in known)
        shown = whole if whole.schematic else inside
        situation = write_map(shown, (situation_layer(shown, codes, name),), (), day)
        box = surroundings(inside.places)
        close = self._close_up(inside if box is None else within(whole, box, len(codes)), day)
        if box is not None:
            close = tuple(starred(one, name, inside.places, box) for one in close)
        return (replace(situation, extent=whole.bounds), *close)

    def territory_ground(
        self, name: str, communes: Sequence[Commune], day: date
    ) -> tuple[MapScene, MapLayer, tuple[MapMark, ...]] | None:
        """Return a territory alone: its communes held, the zones of its doctors, its structures.

        None when none of its communes is held.
        """
        whole = self._around(sorted({one.departement for one in communes}))
        codes = frozenset(one.code for one in communes)
        places = tuple(one for one in whole.places if one.code in codes) if whole else ()
        if whole is None or not places:
            return None
        boxes = [one.outline.bounds for one in places if one.outline is not None]
        bounds = around(boxes) if len(boxes) == len(places) else whole.bounds
        scene = replace(whole, title=name, places=places, bounds=bounds)
        marks = [one for one in self._maps.structures(scene).marks if one.commune in codes]
        return scene, self._maps.layer(scene, LayerKind.ZONES, ZONED[0], day), tuple(marks)

    def territory_web_map(
        self, out: Path, name: str, communes: Sequence[Commune], day: date, departement: str = ""
    ) -> MapContent:
        """Write at ``out`` the map of a territory in its département, to be opened elsewhere.

        Its first layer tells the territory from its neighbours, then the zones and figures.
        """
        departements = sorted({one.departement for one in communes}) or [departement]
        whole = self._around([one for one in departements if one])
        if whole is None or not whole.places:
            raise RefusedError(
                "Aucune commune de ce département n’est dans ce référentiel.",
                "Installez le référentiel complet pour exporter sa carte.",
            )
        codes = _shown(communes, whole)
        shown = whole if codes else replace(whole, statement=NOT_HELD)
        first = (situation_layer(shown, codes, name),) if codes else ()
        layers = (*first, *self._layers(shown, ZONED[0], day))
        marks = (*self._maps.structures(shown).marks, *self._maps.quarters(shown).marks)
        content = write_map(shown, layers, marks, day)
        make_web_map(content, out)
        return content

    def _around(self, departements: Sequence[str]) -> MapScene | None:
        """Return these départements as one scene."""
        scenes = [self._maps.scene(f"{DEPARTEMENT}:{one}") for one in departements]
        if not scenes:
            return None
        return replace(
            scenes[0],
            title=", ".join(one.title for one in scenes),
            bounds=around([one.bounds for one in scenes], 0),
            places=tuple(place for one in scenes for place in one.places),
            borders=tuple(border for one in scenes for border in one.borders),
        )

    def _close_up(self, scene: MapScene, day: date) -> tuple[MapContent, ...]:
        codes = {one.code for one in scene.places}
        marks = [one for one in self._maps.structures(scene).marks if one.commune in codes]
        zones = self._maps.layer(scene, LayerKind.ZONES, ZONED[0], day)
        people = self._maps.layer(scene, LayerKind.POPULATION, ZONED[0], day)
        return write_map(scene, (zones,), marks, day), write_map(scene, (people,), (), day)

    def _layers(self, scene: MapScene, first: str, today: date) -> Iterator[MapLayer]:
        """Give the zones of today then of each earlier act, profession by profession; figures."""
        for profession in dict.fromkeys((first, *ZONED)):
            for day in self._days(scene, profession, today):
                layer = self._maps.layer(scene, LayerKind.ZONES, profession, day)
                if layer.keys:
                    yield layer
        for kind in FIGURES:
            layer = self._maps.layer(scene, kind, first, today)
            if layer.keys:
                yield layer

    def _days(self, scene: MapScene, profession: str, today: date) -> Iterator[date]:
        """Give today, then the first day of each act no longer in force, the newest first."""
        yield today
        for zoning in self._maps.acts(scene, profession):
            first = zoning.period.first
            if zoning.held and first is not None and not zoning.period.holds(today):
                yield first


def _shown(communes: Sequence[Commune], scene: MapScene) -> frozenset[str]:
    """Return the codes of a scene that these communes are: a city is its arrondissements there."""
    parts = tuple(CITIES[one.code] for one in communes if one.code in CITIES)
    codes = {one.code for one in communes}
    drawn = {place.code for place in scene.places}
    return frozenset(code for code in drawn if code in codes or code.startswith(parts))
