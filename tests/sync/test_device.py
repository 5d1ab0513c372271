from collections.abc import Iterator
from pathlib import Path

import pytest
from simulation import World, world
from stage import Stage

from advisor.domain.cases.operation import OpState
from advisor.store import tables
from advisor.store.synced import Synced
from advisor.sync.device import Device, SyncReport


@pytest.fixture
def calm(tmp_path: Path) -> Iterator[World]:
    """Give a world where nothing goes wrong by itself."""
    with world(1, Stage(tmp_path)) as made:
        made.faults = False
        yield made


def sync(world: World, number: int) -> SyncReport:
    laptop = world.laptops[number]
    return Device(laptop.vault, lambda data: world.engine.answer(laptop.id, data)).sync()


def opened(world: World, number: int = 0) -> str:
    with world.laptops[number].vault.write() as work:
        here = {"departement": "77"}
        permanence = work.create("permanence", {"day": "2026-03-10"}, **here)
        person = work.create("professional", {"nom": "Exemple"}, **here)
        values = {"permanence": permanence, "professional": person, "status": "prevu"}
        interview = work.create("appointment", values, **here)
        work.create("project", {"sector": "1"}, record_id=interview, **here)
        note = {"interview": interview, "text": "un", "author": "x"}
        work.create("note", note, **here)
    return interview


def test_an_interview_typed_on_one_laptop_is_read_on_another(calm: World) -> None:
    interview = opened(calm)
    report = sync(calm, 0)
    assert (report.sent, report.applied, report.digest_ok) == (5, 5, True)
    assert sync(calm, 1).received == 5
    with calm.laptops[0].vault.read() as mine, calm.laptops[1].vault.read() as theirs:
        assert mine.interviews.get(interview) == theirs.interviews.get(interview)
        assert theirs.interviews.get(interview).sync == "sent"


def test_a_sync_of_nothing_costs_one_exchange(calm: World) -> None:
    opened(calm)
    sync(calm, 0)
    report = sync(calm, 0)
    assert (report.exchanges, report.sent, report.digest_ok) == (1, 0, True)


def test_two_who_change_one_field_see_both_values_until_one_chooses(calm: World) -> None:
    interview = opened(calm)
    sync(calm, 0)
    sync(calm, 1)
    for number, sector in ((0, "2"), (1, "2_optam")):
        with calm.laptops[number].vault.write() as work:
            work.set("project", interview, {"sector": sector})
    assert sync(calm, 0).conflicts == 0
    assert sync(calm, 1).conflicts == 1
    with calm.laptops[1].vault.write() as work:
        row = work.connection.execute(tables.open_conflict.select()).one()
        assert [one["value"] for one in row.versions] == ["2", "2_optam"]
        assert work.interviews.get(interview).sync == "conflict"
        work.resolve("project", interview, "sector", "2_optam")
    sync(calm, 1)
    sync(calm, 0)
    with calm.laptops[0].vault.read() as look:
        found = look.interviews.get(interview)
        assert (found.profile["sector"], found.sync) == ("2_optam", "sent")


def test_what_waits_stays_in_sight_when_a_page_arrives(calm: World) -> None:
    """The adviser types between the push and the page; the next edit still shows the conflict."""
    interview = opened(calm)
    sync(calm, 0)
    sync(calm, 1)
    with calm.laptops[0].vault.write() as work:
        work.set("project", interview, {"sector": "theirs"})
    sync(calm, 0)
    laptop = calm.laptops[1]

    def typing(data: bytes) -> bytes:
        with laptop.vault.write() as work:
            if work.held("project", interview)["sector"] == "1":
                work.set("project", interview, {"sector": "mine"})
        return calm.engine.answer(laptop.id, data)

    Device(laptop.vault, typing).sync()
    with laptop.vault.write() as work:
        assert work.held("project", interview)["sector"] == "mine"
        work.set("project", interview, {"sector": "mine again"})
    assert sync(calm, 1).conflicts == 2
    with laptop.vault.read() as look:
        row = look.connection.execute(tables.open_conflict.select()).one()
        assert [one["value"] for one in row.versions] == ["theirs", "mine again"]


def test_a_damaged_copy_is_told_by_the_digest_and_repaired(calm: World) -> None:
    interview = opened(calm)
    sync(calm, 0)
    sync(calm, 1)
    with calm.laptops[1].vault.receive() as synced:
        table = tables.synced_record
        synced.connection.execute(table.delete().where(table.c.entity == "note"))
        synced.connection.execute(tables.note.delete())
    report = sync(calm, 1)
    assert (report.digest_ok, report.received) == (True, 0)
    with calm.laptops[1].vault.read() as look:
        assert [note.text for note in look.interviews.get(interview).notes] == ["un"]


def test_erasing_a_person_reaches_every_laptop_and_its_journal(calm: World) -> None:
    interview = opened(calm)
    sync(calm, 0)
    sync(calm, 1)
    with calm.laptops[1].vault.write() as work:
        work.create("note", {"interview": interview, "text": "secret"}, departement="77")
    with calm.laptops[0].vault.write() as work:
        work.erase_person(work.interviews.get(interview).professional.id)
    sync(calm, 0)
    assert sync(calm, 1).digest_ok
    with calm.laptops[1].vault.read() as look:
        assert look.counts()["note"] == look.counts()["professional"] == 0
        assert not [op for op in look.journal.entries() if op.fields]


def test_a_lost_answer_leaves_everything_waiting_and_the_next_sync_doubles_nothing(
    calm: World,
) -> None:
    opened(calm)
    laptop = calm.laptops[0]

    def lost(data: bytes) -> bytes:
        calm.engine.answer(laptop.id, data)
        raise TimeoutError

    with pytest.raises(TimeoutError):
        Device(laptop.vault, lost).sync()
    assert len(laptop.pending()) == 5
    assert sync(calm, 0).applied == 5
    assert sync(calm, 1).received == 5
    with laptop.vault.read() as look:
        assert {op.state for op in look.journal.entries()} == {OpState.SENT}
        assert Synced(look.connection).outbox() == []
