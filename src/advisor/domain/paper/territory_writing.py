"""Writes a territorial diagnostic in French, ready for its pages: the content, not the layout.

True on paper; the maps are added by whoever draws them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from advisor.domain.paper.territory_blocks import reading_block, scenario_block
from advisor.domain.paper.territory_content import (
    Bar,
    BarChart,
    Cell,
    CommuneLine,
    IndicatorGroup,
    IndicatorRow,
    ScenarioLine,
    TerritoryContent,
)
from advisor.domain.paper.territory_values import Notes, dated, unit_of, value_text, when
from advisor.domain.paper.territory_work_writing import work_block
from advisor.domain.places.region_names import REGION_NAMES
from advisor.domain.territories.comparison import Row
from advisor.domain.territories.diagnosis import Diagnosis
from advisor.domain.territories.evidence import Level
from advisor.domain.territories.figures import NOT_HELD, Value
from advisor.domain.territories.kinds import GROUP_TITLES, OLDER, Group
from advisor.domain.territories.territory import CHOICE_LABELS, ChosenBy, Population
from advisor.domain.territories.work import TerritoryWork
from advisor.domain.words.wording import counted, number

HIGHLIGHTS = (
    "nombre_mg_liberaux",
    "densite_mg_liberaux",
    "part_mg_plus_60_ans",
    "part_mg_55_ans_et_plus",
    "ratio_installations_cessations_mg",
    "part_sans_mtt",
    "part_population_zip",
)
COMPARED = {
    Level.DEPARTEMENT: "département",
    Level.REGION: "région",
    Level.FRANCE: "France",
}
DRAWN = (
    "densite_mg_liberaux",
    "densite_generalistes_10000",
    "densite_idel",
    "densite_sages_femmes",
    "densite_chirurgiens_dentistes",
    "densite_masseurs_kinesitherapeutes",
    "apl_mg",
    *OLDER,
    "ratio_installations_cessations_mg",
    "part_sans_mtt",
    "part_c2s",
    "part_75_ans_et_plus",
    "part_population_zip",
)
NOT_PRINTED = r"\s*[;,]?\s*[Aa]nnée non imprimée\.?"
SECRECY = "secret statistique"
METHOD = (
    (
        "Une valeur imprimée ou importée pour le territoire est reprise telle quelle, avec son"
        " année et sa source. À défaut, les nombres des communes s’additionnent, les parts,"
        " densités et indices se moyennent avec leur pondération, et le reste ne s’agrège pas."
    ),
    (
        "Une valeur couverte par le secret statistique est « non diffusé », jamais zéro. Une"
        " valeur qui manque reste manquante, et sa raison est dite."
    ),
    (
        "Les années ne se mélangent pas\u202f: l’agrégat prend la dernière année que toutes les"
        " communes ont. Quand les niveaux comparés n’ont pas la même année, la ligne le dit."
    ),
    (
        "Le scénario à dix ans prolonge ce qui est observé selon trois hypothèses"
        " déplaçables\u202f: c’est un scénario, pas une prévision."
    ),
    (
        "La lecture par les quatre indicateurs de 2012 emploie des seuils et des poids choisis"
        " par l’utilisateur, que la source n’imprime pas\u202f: elle n’est pas officielle."
    ),
)


@dataclass(frozen=True, slots=True)
class Printing:
    """Who prints, when, with which pack."""

    day: date
    pack: str
    adviser: str = ""
    organisation: str = ""


def write_content(
    diagnosis: Diagnosis, printing: Printing, work: TerritoryWork | None = None
) -> TerritoryContent:
    """Return everything the pages say of a diagnostic, but its maps."""
    notes = Notes()
    territory = diagnosis.territory
    population = _population(diagnosis.population, notes)
    groups = _groups(diagnosis.rows, notes)
    return TerritoryContent(
        title="Diagnostic territorial de l’offre de soins",
        name=territory.name,
        chosen=_chosen(diagnosis),
        day=printing.day,
        pack=printing.pack,
        population=population,
        warnings=diagnosis.warnings,
        communes=_communes(diagnosis),
        highlights=_highlights(diagnosis, notes),
        groups=groups,
        comparisons=_comparisons(diagnosis),
        pyramid=_pyramid(diagnosis, notes),
        dynamics=_dynamics(diagnosis),
        scenario=scenario_block(diagnosis.scenario),
        reading=reading_block(diagnosis.reading, diagnosis.rows),
        work=work_block(work) if work is not None else None,
        method=METHOD,
        sources=tuple(notes.texts),
        adviser=printing.adviser,
        organisation=printing.organisation,
        departement_name=territory.departement_name
        if Level.DEPARTEMENT in _levels(diagnosis)
        else "",
        region_name=REGION_NAMES.get(territory.region, territory.region),
    )


def _population(people: Population, notes: Notes) -> Cell:
    held = people.people is not None
    text = f"{number(people.people or 0)} habitants" if held else NOT_HELD
    note = notes.of(people.source)
    return Cell(people.people, text, people.year, note, reason=people.reason)


def _chosen(diagnosis: Diagnosis) -> str:
    territory = diagnosis.territory
    label = CHOICE_LABELS[territory.chosen_by]
    code = f" {territory.code}" if territory.code else ""
    held = counted(len(territory.communes), "commune connue", "communes connues")
    if not territory.communes:
        held = "ses communes ne sont pas dans ce référentiel"
    elif territory.whole:
        held = counted(len(territory.communes), "commune")
    elif territory.members:
        held = f"{held} sur {number(territory.members)}"
    return f"{label[0].upper()}{label[1:]}{code}, {held}"


def _communes(diagnosis: Diagnosis) -> tuple[CommuneLine, ...]:
    lines = []
    for one in diagnosis.territory.communes:
        zone = diagnosis.evidence.zones.get(one.code)
        known = sum(each.commune == one.code for each in diagnosis.evidence.structures)
        lines.append(
            CommuneLine(
                one.code,
                one.name,
                one.departement,
                number(one.population) if one.population is not None else NOT_HELD,
                one.population,
                zone.label if zone else "",
                zone.letters if zone else "",
                zone.pattern if zone else "",
                counted(known, "structure connue", "structures connues") if known else "",
            )
        )
    return tuple(lines)


def _groups(rows: Sequence[Row], notes: Notes) -> tuple[IndicatorGroup, ...]:
    found = []
    for group in Group:
        mine = tuple(_row(one, notes) for one in rows if one.kind.group is group)
        if mine:
            found.append(IndicatorGroup(group.value, GROUP_TITLES[group], mine))
    return tuple(found)


def _row(row: Row, notes: Notes) -> IndicatorRow:
    cells = {level: _cell(row.values[level], notes) for level in Level}
    return IndicatorRow(
        row.kind.id,
        row.kind.label,
        row.kind.unit,
        cells[Level.TERRITORY],
        cells[Level.DEPARTEMENT],
        cells[Level.REGION],
        cells[Level.FRANCE],
        _definition(row),
        row.remarks,
    )


def _definition(row: Row) -> str:
    """Return how the territory's value is made, without what the remarks say already."""
    how = row.territory.how if row.territory.known else ""
    return re.sub(NOT_PRINTED, "", how) if row.remarks else how


def _cell(value: Value, notes: Notes) -> Cell:
    reason = "" if value.reason == NOT_HELD else value.reason
    if value.secret:
        reason = SECRECY
    shown = value.known or value.secret
    note = notes.of(value.source) if shown else 0
    period = when(value)
    return Cell(value.value, value_text(value), value.year, note, value.secret, reason, period)


def _bar(label: str, value: Value) -> Bar:
    return Bar(label, value.value, value_text(value), value.year, when(value))


def _names(diagnosis: Diagnosis) -> dict[Level, str]:
    territory = diagnosis.territory
    return {
        Level.TERRITORY: territory.name,
        Level.DEPARTEMENT: territory.departement_name,
        Level.REGION: REGION_NAMES.get(territory.region, territory.region),
        Level.FRANCE: "France",
    }


def _levels(diagnosis: Diagnosis) -> tuple[Level, ...]:
    """Return the levels told apart: a département is not compared with itself."""
    alone = diagnosis.territory.chosen_by is ChosenBy.DEPARTEMENT
    return tuple(one for one in Level if not (alone and one is Level.DEPARTEMENT))


def _highlights(diagnosis: Diagnosis, notes: Notes) -> tuple[ScenarioLine, ...]:
    held, levels = {one.kind.id: one for one in diagnosis.rows}, _levels(diagnosis)
    lines = []
    for name in HIGHLIGHTS:
        row = held.get(name)
        if row is None or not any(one.known or one.secret for one in row.values.values()):
            continue
        compared = ", ".join(
            f"{told}\u202f: {_with_unit(row, level, notes)}"
            for level, told in COMPARED.items()
            if level in levels and row.values[level].known
        )
        text = _with_unit(row, Level.TERRITORY, notes)
        lines.append(ScenarioLine(row.kind.label, text, row.territory.value, compared))
    return tuple(lines)


def _with_unit(row: Row, level: Level, notes: Notes) -> str:
    value = row.values[level]
    return dated(value, notes, unit_of(value.value, row.kind.unit))


def _comparisons(diagnosis: Diagnosis) -> tuple[BarChart, ...]:
    names, shown = _names(diagnosis), _levels(diagnosis)
    charts = []
    for row in diagnosis.rows:
        held = [level for level in shown if row.values[level].known]
        if row.kind.id not in DRAWN or len(held) <= 1:
            continue
        bars = tuple(_bar(names[level], row.values[level]) for level in shown)
        remark = ", ".join(row.remarks)
        charts.append(BarChart(row.kind.id, row.kind.label, row.kind.unit, bars, remark))
    return tuple(charts)


def _pyramid(diagnosis: Diagnosis, notes: Notes) -> BarChart | None:
    if not any(value.known or value.secret for _, value in diagnosis.pyramid):
        return None
    bars = tuple(_bar(label, value) for label, value in diagnosis.pyramid)
    cited = dict.fromkeys(notes.of(value.source) for _, value in diagnosis.pyramid if value.known)
    told = tuple(one for one in cited if one)
    return BarChart("pyramide", "Âge des médecins généralistes", "médecins", bars, notes=told)


def _dynamics(diagnosis: Diagnosis) -> BarChart | None:
    rows = [diagnosis.row(name) for name in ("installations_mg", "cessations_mg")]
    level = next(
        (
            one
            for one in (Level.TERRITORY, Level.DEPARTEMENT)
            if all(row is not None and row.values[one].known for row in rows)
        ),
        None,
    )
    if level is None:
        return None
    bars = tuple(_bar(row.kind.label, row.values[level]) for row in rows if row is not None)
    name = _names(diagnosis)[level]
    return BarChart("dynamique", f"Installations et cessations, {name}", "médecins", bars)
