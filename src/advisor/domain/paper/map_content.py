"""A map as frozen content: what the map that leaves and the maps of the pages show, and no more.

True on paper; no pack, no page, no browser. Texts are French and ready to read. Coordinates are
whole metres of one flat frame (see ``domain.places.outline``), y growing to the north.
"""

from dataclasses import dataclass, replace

Ring = tuple[int, ...]
UNKNOWN_CLASS = -1


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of a commune's card: what it is about, and what is known with year and source."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A commune: ``rings`` (x, y, x, y…; even-odd) or, when empty, a circle at ``x``, ``y``.

    ``people`` sizes the circle; ``population`` says it with its year.
    """

    code: str
    name: str
    departement: str
    x: int
    y: int
    people: int | None = None
    population: str = ""
    rings: tuple[Ring, ...] = ()
    card: tuple[CardLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Backdrop:
    """The outline of a larger territory, drawn under the communes; ``name`` is its label."""

    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One class of a theme: letters and pattern tell it without colour (see ``zones.marks``)."""

    letters: str
    label: str
    pattern: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class MapTheme:
    """One way of colouring the communes.

    ``classes`` gives for each place, in the order of ``MapContent.places``, its line in
    ``legend`` (-1: not coloured); ``texts`` says the same in words. ``act`` holds the legal act
    and its dates for a zoning; ``source`` where the values were read, with their year.
    """

    id: str
    group: str
    title: str
    legend: tuple[LegendEntry, ...]
    classes: tuple[int, ...]
    texts: tuple[str, ...]
    act: str = ""
    source: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MapSpot:
    """One structure, permanence or candidate place, and what is known of it."""

    x: int
    y: int
    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpotLayer:
    """Spots of one kind; ``letters`` (one or two) and ``shape`` tell them without colour.

    ``shape`` is ``rond``, ``carre``, ``losange``, ``triangle`` or ``etoile``.
    """

    id: str
    title: str
    letters: str
    shape: str
    spots: tuple[MapSpot, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class MapContent:
    """The whole map; ``schematic`` when communes are circles over simplified outlines.

    ``extent`` is west, south, east, north of what to show, empty for the places themselves;
    ``notice`` says so on the map itself; ``sources`` lists each document with its date.
    """

    title: str
    subtitle: str
    places: tuple[MapPlace, ...]
    themes: tuple[MapTheme, ...]
    layers: tuple[SpotLayer, ...] = ()
    backdrop: tuple[Backdrop, ...] = ()
    schematic: bool = False
    notice: str = ""
    extent: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    pack: str = ""
    made_on: str = ""

    def bounds(self) -> tuple[int, int, int, int]:
        """Return west, south, east, north of what is drawn; a unit square when nothing is."""
        if self.extent:
            west, south, east, north = self.extent
            return (west, south, east, north)
        rings = [ring for place in self.places for ring in place.rings]
        xs = [x for ring in rings for x in ring[0::2]] + [place.x for place in self.places]
        ys = [y for ring in rings for y in ring[1::2]] + [place.y for place in self.places]
        if not xs:
            return (0, 0, 1, 1)
        return (min(xs), min(ys), max(xs), max(ys))

    def with_theme(self, theme: str) -> "MapContent":
        """Return the same map with this theme alone: what one printed map shows."""
        return replace(self, themes=tuple(one for one in self.themes if one.id == theme))
