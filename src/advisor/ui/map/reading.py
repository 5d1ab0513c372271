"""What the map reads for one question, outside the main thread: ground, layer, figures, marks.

Knows the services; touches no widget.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from advisor.domain.cases.appointment import Interview, Permanence
from advisor.domain.maps.comparison import Comparison
from advisor.domain.maps.layers import LayerKind, MapLayer, MapScene, MarkKind
from advisor.domain.zones.zoning import Zoning
from advisor.errors import NotFoundError
from advisor.services.map import MapService
from advisor.services.map_marks import MarkSet, candidate_marks, permanence_marks
from advisor.ui.map.controls import MapAsked
from advisor.ui.map.shapes import Shapes, shapes_of


@dataclass(frozen=True, slots=True)
class Cases:
    """What the map shows of the cases: sessions, and the interview in hand."""

    sessions: tuple[Permanence, ...] = ()
    interview: Interview | None = None

    @property
    def candidates(self) -> tuple[str, ...]:
        """Return the INSEE codes of the places compared, in their order."""
        return tuple(one.commune for one in self.interview.places) if self.interview else ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read for one question; ``shapes`` are kept while the territory stays."""

    asked: MapAsked
    shapes: Shapes
    layer: MapLayer
    acts: tuple[Zoning, ...]
    comparison: Comparison | None
    marks: tuple[MarkSet, ...]


def read_cases(cases: Any, interview: str) -> Cases:
    """Return the sessions, and the interview in hand when there is one."""
    whole = None
    with suppress(NotFoundError):  # erased since it was opened
        whole = cases.interviews.get(interview) if interview else None
    return Cases(tuple(cases.permanences.list()), whole)


def read_map(
    maps: MapService, asked: MapAsked, known: Shapes | None, cases: Cases, today: date
) -> Reading:
    """Return what the map shows for a question; ``known`` are the shapes kept, if any."""
    shapes = known or shapes_of(maps.scene(asked.scope))
    scene = shapes.scene
    comparison, layer = None, None
    if asked.kind is LayerKind.ZONES and asked.compared not in {None, asked.day}:
        first, second = sorted((asked.day, asked.compared or asked.day))
        comparison = maps.compare(scene, asked.profession, first, second)
        layer = comparison.layer
    return Reading(
        asked,
        shapes,
        layer or maps.layer(scene, asked.kind, asked.profession, asked.day),
        maps.acts(scene, asked.profession),
        comparison,
        tuple(_read_marks(maps, scene, asked, cases, today)),
    )


def _read_marks(
    maps: MapService, scene: MapScene, asked: MapAsked, cases: Cases, today: date
) -> list[MarkSet]:
    found = []
    if MarkKind.QPV in asked.marks:
        found.append(maps.quarters(scene))
    if MarkKind.STRUCTURE in asked.marks:
        held = maps.structures(scene)
        kept = tuple(one for one in held.marks if asked.sort in {None, one.sort})
        found.append(replace(held, marks=kept))
    if MarkKind.PERMANENCE in asked.marks:
        located = [(one, maps.locate(one.place, one.departement)) for one in cases.sessions]
        codes = [(one, place.code if place else None) for one, place in located]
        found.append(permanence_marks(scene, codes, today))
    if MarkKind.CANDIDATE in asked.marks:
        found.append(candidate_marks(scene, cases.candidates))
    return found
