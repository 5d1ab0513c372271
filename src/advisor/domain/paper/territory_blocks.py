"""The scenario and the reading of 2012 in French, always with their marking."""

from collections.abc import Sequence

from advisor.domain.paper.territory_content import (
    Bar,
    ReadingBlock,
    ReadingLine,
    ScenarioBlock,
    ScenarioLine,
)
from advisor.domain.territories.comparison import Row
from advisor.domain.territories.diagnosis import measured
from advisor.domain.territories.reading_2012 import Parameters, Reading
from advisor.domain.territories.scenario import YEARS, Scenario
from advisor.domain.words.wording import number

TO_SET = "à poser"
NOT_HELD = "non disponible"


def scenario_block(scenario: Scenario) -> ScenarioBlock:
    """Return the ten-year scenario; empty lines are left out and told as remarks."""
    who = "pour 100 médecins" if scenario.per_hundred else "médecins généralistes"
    lines = [
        _line("Médecins aujourd’hui", scenario.doctors, who),
        _line(f"Départs en {YEARS} ans", scenario.leaving, _first(scenario.how, 0)),
        _line(f"Installations en {YEARS} ans", scenario.installing, _first(scenario.how, 1)),
        _line(f"Solde à {YEARS} ans", scenario.balance, "installations moins départs"),
        _line(
            "Patients qui perdent un médecin", scenario.losing, "négatif\u202f: ils en trouvent un"
        ),
        _line("Habitants sans médecin traitant aujourd’hui", scenario.without_now),
        _line(f"Habitants sans médecin traitant à {YEARS} ans", scenario.without_then),
    ]
    path = tuple(
        Bar(f"{year} an" if year <= 1 else f"{year} ans", value, number(round(value)))
        for year, value in enumerate(scenario.path)
    )
    return ScenarioBlock(
        scenario.marking,
        _hypotheses(scenario),
        tuple(one for one in lines if one.value is not None) if _worked_out(scenario) else (),
        scenario.missing,
        path,
    )


def _worked_out(scenario: Scenario) -> bool:
    """Tell whether anything stands beside the hundred doctors that are only a way of speaking."""
    return not scenario.per_hundred or scenario.leaving is not None


def _line(label: str, value: float | None, how: str = "") -> ScenarioLine:
    text = NOT_HELD if value is None else number(round(value)).replace("-", "−")
    return ScenarioLine(label, text, value, how)


def _first(texts: Sequence[str], index: int) -> str:
    return texts[index] if index < len(texts) else ""


def _hypotheses(scenario: Scenario) -> tuple[str, ...]:
    age = f"{scenario.departure_age} ans" if scenario.departure_age else TO_SET
    patients = scenario.patients_per_doctor
    return (
        f"Âge de départ\u202f: {age}",
        f"Rythme d’installation\u202f: {number(scenario.hypotheses.pace)} fois le rythme observé",
        f"Patients par médecin\u202f: {number(round(patients)) if patients else TO_SET}",
    )


def reading_block(reading: Reading, rows: Sequence[Row]) -> ReadingBlock:
    """Return the four-indicator reading of 2012 with the thresholds the user set."""
    figures = measured(tuple(rows))
    set_ = reading.parameters
    told = (
        (
            _pair("densité", figures.density, "actes", figures.activity),
            _set("densité sous", set_.density_below, "actes au-dessus de", set_.activity_above),
        ),
        (
            _said("densités en % de la région", figures.complementarity),
            _set("sous", set_.complementarity_below),
        ),
        (
            _pair("60 ans et plus, %", figures.older, "évolution, %", figures.change),
            _set("au-dessus de", set_.older_above, "évolution d’au plus", set_.change_at_most),
        ),
        (_said("indice", figures.idh), _set("sous", set_.idh_below)),
    )
    lines = tuple(
        ReadingLine(one.label, one.answer.value, threshold, value, number(one.weight))
        for one, (value, threshold) in zip(reading.indicators, told, strict=True)
    )
    return ReadingBlock(reading.marking, lines, _result(reading), _remarks(set_))


def _result(reading: Reading) -> str:
    if not reading.judged:
        return "Aucun des quatre indicateurs ne peut être lu\u202f: posez les seuils."
    score = "" if reading.score is None else f", score {number(round(reading.score, 2))} sur 1"
    return f"{reading.fragile} sur {reading.judged} indicateurs lus sont fragiles{score}."


def _remarks(parameters: Parameters) -> tuple[str, ...]:
    said = ["La source de 2012 n’imprime ni seuils ni poids (sauf « négative ou nulle »)."]
    if parameters == Parameters():
        said.append("Aucun seuil n’a été posé.")
    return tuple(said)


def _said(label: str, value: float | None) -> str:
    return f"{label}\u202f: {NOT_HELD if value is None else number(value)}"


def _set(label: str, value: float | None, other: str = "", second: float | None = None) -> str:
    """Say the thresholds; those that nobody set are to be set, they are not missing."""
    pairs = ((label, value), (other, second)) if other else ((label, value),)
    if all(one is None for _, one in pairs):
        return TO_SET
    return "\u202f; ".join(
        f"{name}\u202f: {TO_SET}" if one is None else f"{name} {number(one)}" for name, one in pairs
    )


def _pair(one: str, value: float | None, other: str, second: float | None) -> str:
    return f"{_said(one, value)}\u202f; {_said(other, second)}"
