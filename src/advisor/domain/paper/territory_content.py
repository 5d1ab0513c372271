"""A territorial diagnostic as frozen content: what its six to ten pages say, and nothing else.

True on paper; no database, no pack, no page. Texts are French and ready to print; ``value`` fields
are numbers for drawing only, None when missing, and never zero for what is « non diffusé ».
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.domain.paper.frozen_content import freeze, thaw
from advisor.domain.paper.map_content import MapContent
from advisor.errors import BadDataError

SCHEMA_VERSION = 1
NOT_A_FORECAST = "scénario, pas une prévision"
NOT_OFFICIAL = "non officiel"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as printed: ``text`` (« 26 % », « non diffusé », « non disponible »).

    ``note`` is the number of its source in ``sources`` (0: none); ``reason`` says why it is
    missing or what to know of it; ``secret`` marks statistical secrecy. ``period`` stands for
    ``year`` where a value is over several years.
    """

    value: float | None
    text: str
    year: int | None = None
    note: int = 0
    secret: bool = False
    reason: str = ""
    period: str = ""

    @property
    def when(self) -> str:
        """Return the year or the period, empty when the source tells none."""
        return self.period or (str(self.year) if self.year else "")


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator: the territory against its département, its région and France."""

    id: str
    label: str
    unit: str
    territory: Cell
    departement: Cell
    region: Cell
    france: Cell
    definition: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """Indicators under one title: offre, âges, dynamique, population, recours and so on."""

    id: str
    title: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: ``value`` None is drawn as a gap with its ``text``."""

    label: str
    value: float | None
    text: str
    year: int | None = None
    period: str = ""

    @property
    def when(self) -> str:
        """Return the year or the period, empty when the source tells none."""
        return self.period or (str(self.year) if self.year else "")


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars in one unit (territory, département, région, France; or age groups, bottom first).

    ``notes`` are the numbers of their sources, when no indicator of the groups tells them.
    """

    id: str
    title: str
    unit: str
    bars: tuple[Bar, ...]
    remark: str = ""
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CommuneLine:
    """A commune of the territory; ``letters`` and ``pattern`` name its class for doctors.

    ``letters`` and ``pattern`` are empty when its class is unknown, ``zone`` says why.
    """

    code: str
    name: str
    departement: str
    population: str
    people: int | None
    zone: str = ""
    letters: str = ""
    pattern: str = ""
    structures: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """One line of the ten-year scenario: ``label``, what it gives, how it was worked out."""

    label: str
    text: str
    value: float | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioBlock:
    """The ten-year scenario; ``marking`` is printed beside its title, always.

    ``path`` gives the number of doctors each year from now (empty when not worked out).
    """

    marking: str
    hypotheses: tuple[str, ...]
    lines: tuple[ScenarioLine, ...]
    remarks: tuple[str, ...] = ()
    path: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One of the four indicators of 2012: what it says with the threshold that the user set."""

    label: str
    answer: str
    threshold: str
    measured: str
    weight: str = ""


@dataclass(frozen=True, slots=True)
class ReadingBlock:
    """The four-indicator reading of 2012; ``marking`` is printed beside its title, always."""

    marking: str
    lines: tuple[ReadingLine, ...]
    result: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the work: its name, its state in French, its date if any."""

    label: str
    state: str
    when: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ThemeNotes:
    """The qualitative notes of one theme, each already dated and signed by a function."""

    theme: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting: day, place, what it was for, what came out of it."""

    when: str
    place: str
    subject: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A recommendation or a decided action, with who carries it (a function), by when, state."""

    text: str
    bearer: str = ""
    due: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class WorkBlock:
    """The work kept around the figures: who asked, steps, participants by function, decisions."""

    request: str = ""
    requested_by: str = ""
    requested_on: str = ""
    steps: tuple[StepLine, ...] = ()
    participants: tuple[str, ...] = ()
    notes: tuple[ThemeNotes, ...] = ()
    meetings: tuple[MeetingLine, ...] = ()
    recommendations: tuple[MeasureLine, ...] = ()
    actions: tuple[MeasureLine, ...] = ()


@dataclass(frozen=True, slots=True)
class TerritoryContent:
    """The whole diagnostic. ``highlights`` open the summary page: label, value, comparison.

    ``pyramid`` holds age groups, youngest first, ``comparisons`` one chart per indicator drawn.
    ``sources`` are numbered from 1 in the order of the tuple. ``maps`` hold one theme each.
    """

    title: str
    name: str
    chosen: str
    day: date
    pack: str
    population: Cell
    warnings: tuple[str, ...]
    communes: tuple[CommuneLine, ...]
    highlights: tuple[ScenarioLine, ...]
    groups: tuple[IndicatorGroup, ...]
    comparisons: tuple[BarChart, ...] = ()
    pyramid: BarChart | None = None
    dynamics: BarChart | None = None
    scenario: ScenarioBlock | None = None
    reading: ReadingBlock | None = None
    work: WorkBlock | None = None
    method: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    adviser: str = ""
    organisation: str = ""
    departement_name: str = ""
    region_name: str = ""
    maps: tuple[MapContent, ...] = ()
    schema: int = SCHEMA_VERSION


def to_json(content: TerritoryContent) -> dict[str, Any]:
    """Return the content as plain JSON values, to be stored and made again identically."""
    frozen: dict[str, Any] = freeze(content)
    return frozen


def from_json(value: Mapping[str, Any]) -> TerritoryContent:
    """Return the content that ``to_json`` wrote; BadDataError when it does not read."""
    if value.get("schema", SCHEMA_VERSION) > SCHEMA_VERSION:
        raise BadDataError(
            "Ce diagnostic a été imprimé par une version plus récente du logiciel.",
            "Mettez le logiciel à jour pour le réimprimer.",
        )
    return thaw(TerritoryContent, value)
