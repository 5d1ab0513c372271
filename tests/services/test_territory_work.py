"""The work kept around a diagnostic, on a real ciphered home and the starter pack."""

from collections.abc import Iterator
from datetime import date

import pytest

from advisor.config import Home
from advisor.domain.cases.nir import NIR_WARNING
from advisor.domain.territories.reading_2012 import Parameters
from advisor.domain.territories.scenario import Hypotheses
from advisor.domain.territories.territory import ChosenBy
from advisor.domain.territories.work import MeasureState, MeetingKind, StepKind, StepState
from advisor.errors import NotFoundError, RefusedError
from advisor.services.cases import Cases
from advisor.services.indicators import Indicators
from advisor.services.reference import Reference
from advisor.services.territories import Territories
from advisor.services.territory_documents import TerritoryDocuments

DAY = date(2026, 11, 22)


@pytest.fixture
def territories(home: Home) -> Iterator[Territories]:
    reference = Reference(home)
    yield Territories(reference, Indicators(home, reference))
    reference.close()


@pytest.fixture
def begun(cases: Cases, territories: Territories) -> str:
    territory = territories.of_epci("200072544")
    return cases.territories.create(
        territory, request="Avant un contrat local de santé", requested_by="CC des Deux Morin"
    ).id


def test_a_diagnostic_begins_with_its_seven_steps_to_do(cases: Cases, begun: str) -> None:
    work = cases.territories.get(begun)
    assert [one.kind for one in work.steps] == list(StepKind)
    assert {one.state for one in work.steps} == {StepState.TO_DO}
    assert (work.chosen_by, work.code, work.departement) == (ChosenBy.EPCI, "200072544", "77")
    assert work.requested_by == "CC des Deux Morin"
    assert [one.id for one in cases.territories.list()] == [begun]
    assert cases.territories.list("95") == []


def test_hypotheses_and_thresholds_are_kept_and_used(
    cases: Cases, territories: Territories, begun: str
) -> None:
    hypotheses, parameters = Hypotheses(65, 1.2, 1000.0), Parameters(70, 5000, weights=(2, 1, 1, 0))
    cases.territories.set(begun, {"hypotheses": hypotheses, "parameters": parameters})
    work = cases.territories.get(begun)
    assert (work.hypotheses, work.parameters) == (hypotheses, parameters)
    found = territories.compute(work, DAY)
    assert found.scenario.hypotheses == hypotheses
    assert found.reading.parameters == parameters
    assert found.population.people == 26_513


def test_every_choice_of_territory_is_found_again(cases: Cases, territories: Territories) -> None:
    chosen = (
        territories.of_communes(["95051"], chosen_by=ChosenBy.HAND),
        territories.of_epci("243801255"),
        territories.of_example("isere"),
        territories.of_example("idf-mery-sur-oise"),
    )
    for territory in chosen:
        made = cases.territories.create(territory).id
        again = territories.of_work(cases.territories.get(made))
        assert again == territory


def test_notes_are_signed_and_read_by_theme(cases: Cases, begun: str) -> None:
    cases.territories.add_note(begun, "Départs", "Deux départs annoncés.")
    cases.territories.add_note(begun, "Locaux", "La mairie propose un local.")
    cases.territories.add_note(begun, "Départs", "Un troisième possible.")
    work = cases.territories.get(begun)
    themes = {theme: [one.text for one in notes] for theme, notes in work.notes_by_theme().items()}
    assert list(themes) == ["Départs", "Locaux"]
    assert themes["Départs"] == ["Deux départs annoncés.", "Un troisième possible."]
    assert work.notes[0].organisation == "URPS"


def test_a_text_that_looks_like_a_social_security_number_is_flagged(
    cases: Cases, begun: str
) -> None:
    touched = cases.territories.add_note(begun, "Divers", "Patient 1 84 12 76 451 089 46")
    assert touched.warnings == (NIR_WARNING,)


def test_what_is_recommended_becomes_an_action_that_is_followed(cases: Cases, begun: str) -> None:
    advice = cases.territories.recommend(begun, "Créer une équipe de soins primaires").id
    action = cases.territories.decide(
        begun, "Étude d’opportunité", "vice-présidente santé", date(2027, 3, 1), advice
    ).id
    cases.territories.set_part("territory_measure", action, {"state": MeasureState.UNDER_WAY})
    work = cases.territories.get(begun)
    assert work.recommendations[0].state is MeasureState.PROPOSED
    assert (work.actions[0].follows, work.actions[0].state) == (advice, MeasureState.UNDER_WAY)


def test_what_says_nothing_or_does_not_exist_is_refused(cases: Cases, begun: str) -> None:
    with pytest.raises(RefusedError):
        cases.territories.add_participant(begun, "  ")
    with pytest.raises(RefusedError):
        cases.territories.set(begun, {"departement": "95"})
    with pytest.raises(RefusedError):
        cases.territories.remove_part("territory_step", cases.territories.get(begun).steps[0].id)
    with pytest.raises(NotFoundError):
        cases.territories.add_note("inconnu", "Thème", "Texte")


def test_a_diagnostic_removed_leaves_the_list(cases: Cases, begun: str) -> None:
    cases.territories.remove(begun)
    assert cases.territories.list() == []
    with pytest.raises(NotFoundError):
        cases.territories.get(begun)


def test_erasing_a_person_and_undoing_an_interview_leave_diagnostics_alone(
    cases: Cases, begun: str, interview: str
) -> None:
    before = cases.territories.get(begun)
    cases.interviews.note(interview, "une note")
    cases.territories.add_participant(begun, "maire", "mairie")
    cases.interviews.undo(interview)
    assert cases.interviews.get(interview).notes == ()
    person = cases.interviews.get(interview).professional.id
    cases.vault.erase(person)
    after = cases.territories.get(begun)
    assert after.participants[0].function == "maire"
    assert after.steps == before.steps


def test_the_pages_say_the_work_and_the_figures(
    cases: Cases, territories: Territories, begun: str, home: Home
) -> None:
    cases.territories.add_participant(begun, "directrice générale des services", "intercommunalité")
    cases.territories.add_meeting(begun, MeetingKind.FEEDBACK, date(2026, 12, 3), "Rebais")
    cases.territories.set_step(
        cases.territories.get(begun).steps[0].id, StepState.DONE, done=date(2026, 11, 20)
    )
    work = cases.territories.get(begun)
    documents = TerritoryDocuments(Reference(home))
    content = documents.content(territories.compute(work, DAY), work, cases.identity.me())
    assert content.work is not None
    assert content.work.participants == ("directrice générale des services, intercommunalité",)
    assert content.work.meetings[0].when == "03/12/2026"
    assert content.work.steps[0].when == "fait le 20/11/2026"
    assert content.scenario is not None
    assert content.scenario.marking == "scénario, pas une prévision"
    assert content.reading is not None
    assert content.reading.marking == "non officiel"
    assert len(content.communes) == 31
    assert all(
        0 <= row.france.note <= len(content.sources) for g in content.groups for row in g.rows
    )


def test_undoing_reverts_the_work_of_a_diagnostic_edit_after_edit(cases: Cases, begun: str) -> None:
    work = cases.territories
    note = work.add_note(begun, "Locaux", "La mairie propose un local.").id
    work.set_part("territory_note", note, {"text": "La mairie retire son local."})
    work.set_step(work.get(begun).steps[0].id, StepState.DONE, done=DAY)
    work.remove_part("territory_note", note)
    work.undo(begun)
    assert work.get(begun).notes[0].text == "La mairie retire son local."
    work.undo(begun)
    assert work.get(begun).steps[0].state is StepState.TO_DO
    work.undo(begun)
    assert work.get(begun).notes[0].text == "La mairie propose un local."
    work.undo(begun)
    assert work.get(begun).notes == ()
    with pytest.raises(RefusedError, match="Rien à annuler"):
        work.undo(begun)
    assert len(work.get(begun).steps) == len(StepKind)


def test_the_map_of_a_territory_leaves_as_one_file(territories: Territories, home: Home) -> None:
    reference = Reference(home)
    documents = TerritoryDocuments(reference)
    found = territories.diagnose(territories.of_epci("200072544"), DAY)
    content = documents.export_map(found, home.root / "carte.html")
    assert "Deux Morin" in (home.root / "carte.html").read_text(encoding="utf-8")
    assert content.themes[0].title.startswith("Le territoire dans son département")
    reference.close()
