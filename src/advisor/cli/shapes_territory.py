"""A territorial diagnostic as the contract's JSON, and as French lines."""

from collections.abc import Iterator
from typing import Any

from advisor.cli.shapes import plain
from advisor.domain.paper.territory_values import Notes, dated
from advisor.domain.territories.comparison import Row
from advisor.domain.territories.diagnosis import Diagnosis
from advisor.domain.territories.evidence import Level
from advisor.domain.territories.figures import Value
from advisor.domain.territories.reading_2012 import Reading
from advisor.domain.territories.scenario import Scenario
from advisor.domain.words.wording import number

DECIMALS = 4


def diagnosis_json(found: Diagnosis) -> dict[str, Any]:
    """Shape the whole diagnostic."""
    territory, people = found.territory, found.population
    return {
        "territory": {
            "name": territory.name,
            "chosen_by": territory.chosen_by.value,
            "code": territory.code,
            "departement": territory.departement,
            "region": territory.region,
            "communes": [{"code": one.code, "name": one.name} for one in territory.communes],
            "whole": territory.whole,
        },
        "population": people.people,
        "population_year": people.year,
        "population_source": people.source,
        "warnings": list(found.warnings),
        "indicators": [indicator_json(row) for row in found.rows],
        "scenario": scenario_json(found.scenario),
        "reading_2012": reading_json(found.reading),
    }


def indicator_json(row: Row) -> dict[str, Any]:
    """Shape one row: the territory's value, then the four levels with year and source."""
    here = row.territory
    return {
        "id": row.kind.id,
        "label": row.kind.label,
        "value": _number(here.value),
        "unit": row.kind.unit,
        "year": here.year,
        "source": here.source,
        **{level.value: value_json(row.values[level]) for level in Level},
        "remarks": list(row.remarks),
    }


def value_json(value: Value) -> dict[str, Any]:
    """Shape one value: null with a reason when it is missing, « non diffusé » when secret."""
    return {
        "value": _number(value.value),
        "year": value.year,
        "source": value.source,
        "secret": value.secret,
        "reason": value.reason,
        "how": value.how,
    }


def scenario_json(scenario: Scenario) -> dict[str, Any]:
    """Shape the ten-year scenario with its marking and its hypotheses."""
    return {
        "marking": scenario.marking,
        "hypotheses": {
            "departure_age": scenario.departure_age,
            "pace": scenario.hypotheses.pace,
            "patients_per_doctor": _number(scenario.patients_per_doctor),
        },
        "per_hundred": scenario.per_hundred,
        "doctors": _number(scenario.doctors),
        "leaving": _number(scenario.leaving),
        "installing": _number(scenario.installing),
        "balance": _number(scenario.balance),
        "losing_a_doctor": _number(scenario.losing),
        "without_doctor_now": _number(scenario.without_now),
        "without_doctor_then": _number(scenario.without_then),
        "how": list(scenario.how),
        "missing": list(scenario.missing),
    }


def reading_json(reading: Reading) -> dict[str, Any]:
    """Shape the four-indicator reading with its marking."""
    return {
        "marking": reading.marking,
        "indicators": [
            {"label": one.label, "answer": one.answer.value, "weight": one.weight}
            for one in reading.indicators
        ],
        "score": reading.score,
    }


def diagnosis_lines(found: Diagnosis) -> Iterator[str]:
    """Say the same to a person; [n] is the number of a source told at the end."""
    people, notes = found.population, Notes()
    population = Value(people.people, "habitants", people.year, people.source)
    known = people.people is not None
    said = dated(population, notes, " habitants") if known else f"population, {people.reason}"
    yield f"{found.territory.name}\u202f: {said}"
    yield from (f"  ! {one}" for one in found.warnings)
    for row in found.rows:
        cells = [dated(row.values[level], notes) for level in Level]
        remark = f"  ({', '.join(row.remarks)})" if row.remarks else ""
        yield f"  {row.kind.label}, {row.kind.unit}\u202f: {' | '.join(cells)}{remark}"
    yield "  (territoire | département | région | France)"
    scenario = found.scenario
    if scenario.balance is not None:
        for_whom = " pour 100 médecins" if scenario.per_hundred else ""
        leaving, installing = (
            number(round(one or 0)) for one in (scenario.leaving, scenario.installing)
        )
        said = f"{leaving} départs, {installing} installations."
        yield f"Dans dix ans ({scenario.marking}){for_whom}\u202f: {said}"
    yield from (f"[{rank}] {source}" for rank, source in enumerate(notes.texts, start=1))


def _number(value: float | None) -> int | float | None:
    return None if value is None else plain(round(value, DECIMALS))
