"""What the screen shows, gathered before it is shown: lines of the list, one diagnostic open.

Knows domain objects; must not know any widget nor any service.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from advisor.domain.paper.territory_content import Cell, IndicatorRow, TerritoryContent
from advisor.domain.paper.territory_values import NO_YEAR, unit_of
from advisor.domain.places.departement_names import DEPARTEMENT_NAMES
from advisor.domain.places.name_search import fold
from advisor.domain.territories.diagnosis import Diagnosis, observed
from advisor.domain.territories.example import Example
from advisor.domain.territories.scenario import Hypotheses, project
from advisor.domain.territories.territory import CHOICE_LABELS
from advisor.domain.territories.work import STEP_LABELS, StepState, TerritoryWork
from advisor.domain.words.wording import NARROW, counted, number, sentence
from advisor.ui import wording

STARTS_FROM = (
    "nombre_mg_liberaux",
    "part_mg_55_ans_et_plus",
    "part_mg_plus_60_ans",
    "part_mg_65_ans_et_plus",
    "installations_mg",
    "cessations_mg",
    "ratio_installations_cessations_mg",
    "patients_par_mg",
    "population_protegee",
    "part_sans_mtt",
)
EXAMPLE, OWN = "exemple", "diagnostic"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: own diagnostic or worked example; ``lines`` say more of it."""

    kind: str
    id: str
    name: str
    facts: str
    lines: tuple[str, ...] = ()

    def holds(self, text: str) -> bool:
        """Tell whether every word looked for is in it."""
        said = fold(f"{self.name} {self.facts}")
        return all(word in said for word in fold(text).split())


@dataclass(frozen=True, slots=True)
class Opened:
    """One diagnostic open: worked out, written in French, and the work kept (None: example)."""

    diagnosis: Diagnosis
    content: TerritoryContent
    work: TerritoryWork | None = None
    example: str = ""

    @property
    def key(self) -> str:
        """Return what names it: the diagnostic's id, or the example's."""
        return self.work.id if self.work else self.example

    def with_hypotheses(self, hypotheses: Hypotheses) -> "Opened":
        """Return the same with its scenario worked out again."""
        held = {one.kind.id: one.territory for one in self.diagnosis.rows}
        found = project(observed(held, self.diagnosis.population), hypotheses)
        return replace(self, diagnosis=replace(self.diagnosis, scenario=found))


def own_entry(work: TerritoryWork) -> Entry:
    """Return the line of a diagnostic kept."""
    done = sum(one.state is StepState.DONE for one in work.steps)
    under_way = [STEP_LABELS[one.kind] for one in work.steps if one.state is StepState.UNDER_WAY]
    facts = [wording.capital(CHOICE_LABELS[work.chosen_by]), _departement(work.departement)]
    facts.append(f"{counted(done, 'étape faite', 'étapes faites')} sur {len(work.steps)}")
    asked = " le ".join(
        part for part in (work.requested_by, wording.day(work.requested_on)) if part
    )
    lines = [
        f"Demandé par{NARROW}: {asked}" if asked else "",
        work.request,
        f"En cours{NARROW}: {', '.join(under_way).lower()}" if under_way else "",
        ", ".join(
            (
                counted(len(work.notes), "note"),
                counted(len(work.meetings), "réunion"),
                counted(len(work.actions), "action décidée", "actions décidées"),
            )
        ),
    ]
    return Entry(OWN, work.id, work.name, " · ".join(facts), tuple(one for one in lines if one))


def example_entry(one: Example) -> Entry:
    """Return the line of a worked example."""
    kind = "commune" if len(one.communes) == 1 else CHOICE_LABELS[one.kind]
    facts = ["Exemple", kind, _departement(one.departement)]
    people = ""
    if one.population is not None:
        people = f"{number(one.population)} habitants ({one.population_year})"
        people += f", source{NARROW}: {one.population_source}" if one.population_source else ""
    printed = ""
    if one.printed_population is not None:
        printed = f"{number(one.printed_population)} habitants imprimés dans la source."
    lines = (people, printed, f"Étudié dans{NARROW}: {one.source.told}.", sentence(one.remark))
    kept = tuple(line for line in lines if line)
    return Entry(EXAMPLE, one.id, one.name, " · ".join(part for part in facts if part), kept)


def _departement(code: str) -> str:
    name = DEPARTEMENT_NAMES.get(code, "")
    return f"{name} ({code})" if name else code


def headed(one: IndicatorRow) -> str:
    """Return an indicator with its unit, unless its own words say it: « MEP », « Part… (%) »."""
    if one.unit == "%":
        return f"{one.label} (%)"
    first = fold(one.unit).partition(" ")[0]
    return one.label if first in fold(one.label).split() else f"{one.label}, {one.unit}"


def dated(cell: Cell) -> str:
    """Return « 26 % (2024) [3] », « non diffusé » or « non disponible »."""
    if cell.value is None:
        return cell.text
    note = f" [{cell.note}]" if cell.note else ""
    return f"{cell.text} ({cell.period or cell.year or NO_YEAR}){note}"


def sourced(who: str, cell: Cell, sources: Sequence[str], unit: str = "") -> str:
    """Return the whole sentence of a value: who, what, year, source; or why it is missing."""
    if cell.value is None:
        why = f", {cell.reason}" if cell.reason and cell.reason != cell.text else ""
        said = f"{who}{NARROW}: {cell.text}{why}"
    else:
        bare = unit in {"", "%"} or unit == cell.text
        shown = cell.text if bare else f"{cell.text}{unit_of(cell.value, unit)}"
        said = f"{who}{NARROW}: {shown} ({cell.period or cell.year or NO_YEAR})"
    source = sources[cell.note - 1] if 0 < cell.note <= len(sources) else ""
    return f"{said}. Source{NARROW}: {source}." if source else f"{said}."


def origins(content: TerritoryContent) -> list[str]:
    """Return what the scenario starts from, each figure with its year and source."""
    rows = {one.id: one for group in content.groups for one in group.rows}
    found = [rows[name] for name in STARTS_FROM if name in rows]
    return [
        sourced(one.label, one.territory, content.sources, one.unit)
        for one in found
        if one.territory.value is not None
    ]
