"""Maps handed over: the HTML file that leaves, and the maps that stand in printed pages.

Asks the map of the window for its scene, layers and marks, freezes them, then has them drawn.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from advisor.documents.web_map import make_web_map
from advisor.domain.maps.layers import LayerKind, MapLayer, MapMark, MapScene
from advisor.domain.paper.map_content import MapContent
from advisor.domain.paper.map_writing import write_map
from advisor.services.map import MapService
from advisor.services.map_marks import candidate_marks

ZONED = ("medecin_generaliste", "infirmier", "masseur_kinesitherapeute", "sage_femme")
FIGURES = (LayerKind.POPULATION, LayerKind.DENSITY, LayerKind.SUPPLY)


class MapsOut:
    """The maps of one home that leave it; ``now`` gives the instant, in UTC."""

    def __init__(
        self, maps: MapService, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._maps = maps
        self._now = now

    def web_map(
        self,
        out: Path,
        scope: str = "",
        *,
        profession: str = ZONED[0],
        candidates: Sequence[str] = (),
        marks: Sequence[MapMark] = (),
    ) -> MapContent:
        """Write the map of a scope (``reg:11``, ``dep:38``; empty: the first one) at ``out``.

        Its first layer is the zoning of ``profession`` today. ``candidates`` are INSEE codes of
        places envisaged; ``marks`` other marks to add (permanences). Returns what it shows.
        """
        content = self.content(scope, profession=profession, candidates=candidates, marks=marks)
        make_web_map(content, out)
        return content

    def content(
        self,
        scope: str = "",
        *,
        profession: str = ZONED[0],
        candidates: Sequence[str] = (),
        marks: Sequence[MapMark] = (),
    ) -> MapContent:
        """Return what the map of a scope shows now."""
        today = self._now().astimezone().date()
        scene = self._maps.scene(scope or self._maps.first_scope())
        layers = tuple(self._layers(scene, profession, today))
        standing = (
            *candidate_marks(scene, candidates).marks,
            *marks,
            *self._maps.structures(scene).marks,
            *self._maps.quarters(scene).marks,
        )
        return write_map(scene, layers, standing, today)

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
