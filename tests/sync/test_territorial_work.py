from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from simulation import World, world
from stage import Stage

from advisor.domain.places.place import Commune
from advisor.domain.territories.scenario import Hypotheses
from advisor.domain.territories.territory import ChosenBy, Territory
from advisor.domain.territories.work import MeetingKind, StepState, TerritoryWork
from advisor.services.desk import Desk
from advisor.services.territory_work import TerritoryWorkService
from advisor.store import tables
from advisor.sync.device import Device, SyncReport

PROVINS = Territory(
    "Provins",
    ChosenBy.LIST,
    (Commune("77379", "Provins", "77", "11"),),
    departement="77",
    region="11",
)


@pytest.fixture
def calm(tmp_path: Path) -> Iterator[World]:
    with world(1, Stage(tmp_path)) as made:
        made.faults = False
        yield made


def sync(world: World, number: int) -> SyncReport:
    laptop = world.laptops[number]
    return Device(laptop.vault, lambda data: world.engine.answer(laptop.id, data)).sync()


def work_on(world: World, number: int) -> TerritoryWorkService:
    return TerritoryWorkService(Desk(world.laptops[number].vault))


def begun(world: World) -> TerritoryWork:
    mine = work_on(world, 0)
    made = mine.create(
        PROVINS,
        request="Préalable à un contrat local de santé",
        requested_by="Communauté de communes",
        requested_on=date(2026, 3, 1),
    ).id
    mine.add_participant(made, "maire adjointe à la santé", "mairie de Provins")
    mine.add_note(made, "Départs", "Deux départs annoncés.")
    mine.add_meeting(made, MeetingKind.FEEDBACK, date(2026, 5, 4), "Provins", "Restitution")
    mine.recommend(made, "Créer une équipe de soins primaires", "URPS médecins")
    advice = mine.get(made).recommendations[0].id
    mine.decide(made, "Étude d’opportunité", "mairie", date(2026, 9, 1), follows=advice)
    return mine.get(made)


def test_a_diagnostic_begun_on_one_laptop_is_whole_on_another(calm: World) -> None:
    made = begun(calm)
    report = sync(calm, 0)
    assert (report.sent, report.applied, report.digest_ok) == (13, 13, True)
    assert sync(calm, 1).received == 13
    theirs = work_on(calm, 1).get(made.id)
    assert theirs == made
    assert [one.state for one in theirs.steps] == [StepState.TO_DO] * 7
    assert theirs.actions[0].follows == theirs.recommendations[0].id
    assert [one.id for one in work_on(calm, 1).list("77")] == [made.id]


def test_a_step_done_and_hypotheses_moved_reach_the_first_laptop(calm: World) -> None:
    made = begun(calm)
    sync(calm, 0)
    sync(calm, 1)
    theirs = work_on(calm, 1)
    theirs.set_step(made.steps[0].id, StepState.DONE, done=date(2026, 3, 20))
    theirs.set(made.id, {"hypotheses": Hypotheses(70, 1.5, 900.0)})
    sync(calm, 1)
    sync(calm, 0)
    mine = work_on(calm, 0).get(made.id)
    assert mine.steps[0].done == date(2026, 3, 20)
    assert mine.hypotheses == Hypotheses(70, 1.5, 900.0)


def test_two_texts_for_one_recommendation_are_both_kept(calm: World) -> None:
    made = begun(calm)
    sync(calm, 0)
    sync(calm, 1)
    advice = made.recommendations[0].id
    for number, text in ((0, "Créer une MSP"), (1, "Créer un centre de santé")):
        work_on(calm, number).set_part("territory_measure", advice, {"text": text})
    assert sync(calm, 0).conflicts == 0
    assert sync(calm, 1).conflicts == 1
    with calm.laptops[1].vault.read() as look:
        row = look.connection.execute(tables.open_conflict.select()).one()
    assert [one["value"] for one in row.versions] == ["Créer une MSP", "Créer un centre de santé"]


def test_a_participant_taken_out_here_goes_there_too(calm: World) -> None:
    made = begun(calm)
    sync(calm, 0)
    sync(calm, 1)
    work_on(calm, 0).remove_part("territory_participant", made.participants[0].id)
    sync(calm, 0)
    sync(calm, 1)
    assert work_on(calm, 1).get(made.id).participants == ()
