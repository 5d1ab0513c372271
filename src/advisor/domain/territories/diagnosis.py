"""A territorial diagnostic worked out: rows compared, age pyramid, scenario, reading of 2012.

True on paper; the same evidence and parameters give the same diagnostic.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.domain.territories.comparison import Row, compare
from advisor.domain.territories.evidence import Evidence, Level
from advisor.domain.territories.figures import Value
from advisor.domain.territories.kinds import AGE_GROUPS, DOCTORS, OLDER
from advisor.domain.territories.reading_2012 import Measured, Parameters, Reading, read
from advisor.domain.territories.scenario import Hypotheses, Observed, Scenario, project
from advisor.domain.territories.territory import Population, Territory

OTHER_PROFESSIONS = (
    "densite_idel",
    "densite_sages_femmes",
    "densite_chirurgiens_dentistes",
    "densite_masseurs_kinesitherapeutes",
)
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that is worked out of a territory. ``pyramid`` holds (label, value), youngest first."""

    evidence: Evidence
    population: Population
    warnings: tuple[str, ...]
    rows: tuple[Row, ...]
    pyramid: tuple[tuple[str, Value], ...]
    scenario: Scenario
    reading: Reading

    @property
    def territory(self) -> Territory:
        """Return the territory studied."""
        return self.evidence.territory

    def row(self, kind: str) -> Row | None:
        """Return the row of an indicator, None when nothing is held of it."""
        return next((one for one in self.rows if one.kind.id == kind), None)


def diagnose(
    evidence: Evidence,
    hypotheses: Hypotheses | None = None,
    parameters: Parameters | None = None,
) -> Diagnosis:
    """Return the diagnostic of what is held, with the user's hypotheses and parameters."""
    rows = compare(evidence)
    held = {one.kind.id: one.territory for one in rows}
    population = evidence.people.get(Level.TERRITORY) or evidence.territory.population()
    pyramid = tuple((label, held[name]) for name, label in AGE_GROUPS.items() if name in held)
    return Diagnosis(
        evidence,
        population,
        evidence.territory.warnings(),
        rows,
        pyramid,
        project(observed(held, population), hypotheses),
        read(measured(rows), parameters),
    )


def observed(held: Mapping[str, Value], population: Population) -> Observed:
    """Return what the scenario starts from, of the territory alone."""
    number = _number(held, DOCTORS)
    covered = _number(held, "population_protegee") or population.people
    share = _number(held, "part_sans_mtt")
    without = None if covered is None or share is None else covered * share / HUNDRED
    patients = _number(held, "patients_par_mg")
    if patients is None and number and covered is not None and without is not None:
        patients = (covered - without) / number
    return Observed(
        doctors=number,
        shares={
            age: value
            for name, (age, _groups) in OLDER.items()
            if (value := _number(held, name)) is not None
        },
        ratio=_number(held, "ratio_installations_cessations_mg"),
        installations=_number(held, "installations_mg"),
        departures=_number(held, "cessations_mg"),
        patients_per_doctor=patients,
        without=without,
    )


def measured(rows: tuple[Row, ...]) -> Measured:
    """Return what the reading of 2012 looks at."""
    held = {one.kind.id: one.territory for one in rows}
    return Measured(
        density=_number(held, "densite_mg_liberaux"),
        activity=_number(held, "actes_par_mg"),
        complementarity=_complementarity(rows),
        older=_number(held, "part_mg_plus_60_ans"),
        change=_number(held, "evolution_mg_3_ans"),
        idh=_number(held, "idh"),
    )


def _complementarity(rows: tuple[Row, ...]) -> float | None:
    """Return the mean of the other professions' densities, in per cent of the région's."""
    ratios = []
    for row in rows:
        here, there = row.territory.value, row.values[Level.REGION].value
        if row.kind.id in OTHER_PROFESSIONS and here is not None and there:
            ratios.append(here / there * HUNDRED)
    return sum(ratios) / len(ratios) if len(ratios) == len(OTHER_PROFESSIONS) else None


def _number(held: Mapping[str, Value], name: str) -> float | None:
    value = held.get(name)
    return None if value is None else value.value


__all__ = ["DOCTORS", "Diagnosis", "diagnose", "measured", "observed"]
