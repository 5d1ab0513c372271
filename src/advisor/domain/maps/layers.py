"""What a map shows, wherever it is drawn: places, borders, one coloured layer, marks on top.

True on paper; no database, no window, no page. Coordinates are whole metres of a flat frame
(``lambert93`` on the mainland, ``mercator`` overseas), y growing to the north; ``projection``
goes from degrees to metres and back. A place without data has the key ``UNKNOWN``, never that of
the class « hors zonage ».
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import sqrt
from typing import NamedTuple

from advisor.domain.places.outline import LAMBERT_93, Outline
from advisor.domain.zones.marks import UNKNOWN_MARK, Pattern

UNKNOWN = ""
Bounds = tuple[int, int, int, int]


class LayerKind(StrEnum):
    """What colours the places."""

    ZONES = "zones"
    CHANGE = "comparaison"
    POPULATION = "population"
    DENSITY = "densite"
    SUPPLY = "offre"


class MarkKind(StrEnum):
    """What stands on top of the places."""

    STRUCTURE = "structure"
    PERMANENCE = "permanence"
    CANDIDATE = "candidat"
    QPV = "qpv"
    RANKED = "classement"


class MapPlace(NamedTuple):
    """A commune or arrondissement of the map; ``outline`` is None in a schematic map.

    ``x`` and ``y`` are its centre. ``population`` is None when it is not held. A tuple: all of
    France is 35 000 of them, made before the first paint.
    """

    code: str
    name: str
    departement: str
    x: int
    y: int
    population: int | None = None
    population_year: int | None = None
    density_class: str = ""
    outline: Outline | None = None
    region: str = ""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of the legend, told without colour too: letters and a pattern.

    ``places`` and ``population`` count the places of this map only; ``population`` is None when
    one of them has no population held.
    """

    key: str
    label: str
    letters: str
    pattern: Pattern
    rank: int | None
    places: int = 0
    population: int | None = None


@dataclass(frozen=True, slots=True)
class MapLayer:
    """What colours the places: the key of a legend's entry for each code.

    ``keys`` has no line for a place without data: :meth:`key_of` answers ``UNKNOWN``. ``words``
    say a place's value in French (its class, its inhabitants), or why it is not known.
    ``act`` is empty when no act gives the layer; ``notes`` are sentences to read beside it.
    """

    kind: LayerKind
    title: str
    entries: tuple[LegendEntry, ...]
    keys: Mapping[str, str]
    words: Mapping[str, str] = field(default_factory=dict)
    act: str = ""
    day: date | None = None
    source: str = ""
    notes: tuple[str, ...] = ()
    profession: str = ""

    def key_of(self, code: str) -> str:
        """Return the key of a place, ``UNKNOWN`` when the layer does not know it."""
        return self.keys.get(code, UNKNOWN)

    def entry(self, key: str) -> LegendEntry:
        """Return the legend's entry of a key, the unknown one for a key not in the legend."""
        return next((one for one in self.entries if one.key == key), UNKNOWN_ENTRY)

    def told(self, code: str) -> str:
        """Return what the layer says of a place, in French."""
        return self.words.get(code) or self.entry(self.key_of(code)).label


@dataclass(frozen=True, slots=True)
class MapMark:
    """Something on top of the map: a structure, a session, a candidate place, a quarter.

    ``sort`` refines the kind (``msp``, ``cds``…); ``number`` is the rank or the order of a
    candidate, None otherwise; ``commune`` its INSEE code, empty when not known; ``told`` is what
    the sources say of it, with their date.
    """

    kind: MarkKind
    id: str
    x: int
    y: int
    label: str
    words: str = ""
    commune: str = ""
    sort: str = ""
    number: int | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class MapScene:
    """The ground of a map: what is drawn before any colour.

    ``borders`` are the outlines of départements; ``schematic`` tells that they are roughly drawn
    and that places are circles sized by population. ``statement`` says so in French, on the map.
    ``whole`` names the départements whose every commune is held.
    """

    scope: str
    title: str
    bounds: Bounds
    places: tuple[MapPlace, ...]
    borders: tuple[Outline, ...] = ()
    frame: str = LAMBERT_93
    schematic: bool = False
    statement: str = ""
    whole: frozenset[str] = frozenset()
    pack: str = ""


UNKNOWN_ENTRY = LegendEntry(
    UNKNOWN, "non connu dans ce référentiel", UNKNOWN_MARK.letters, Pattern.UNKNOWN, None
)


def around(boxes: list[Bounds], margin: float = 0.03) -> Bounds:
    """Return the bounds that hold all the boxes, with a margin on each side."""
    if not boxes:
        return (0, 0, 1, 1)
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    edge = round(max(east - west, north - south, 1) * margin) + 1
    return west - edge, south - edge, east + edge, north + edge


def radius_of(population: int | None) -> float:
    """Return the radius in kilometres of a place's circle: its surface follows its population."""
    return min(4.0, max(0.75, sqrt((population or 0) / 11_000)))
