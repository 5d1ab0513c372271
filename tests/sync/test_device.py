from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from invariants import nothing_twice
from simulation import World, world
from stage import Stage

from advisor.domain.cases.operation import OpState
from advisor.store import tables
from advisor.store.synced import Synced
from advisor.sync.device import Device, SyncReport
from advisor.sync.server import tables as central_tables


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


def test_a_duplicate_merged_on_one_laptop_gives_its_interviews_to_the_person_kept(
    calm: World,
) -> None:
    first, second = opened(calm), opened(calm)
    sync(calm, 0)
    sync(calm, 1)
    with calm.laptops[1].vault.write() as work:
        kept, duplicate = (work.interviews.get(one).professional.id for one in (first, second))
        work.merge_person(duplicate, kept)
        assert {one.id for one in work.changes} == {duplicate, second}
        assert work.interviews.get(second).professional.id == kept
    assert sync(calm, 1).applied == 1
    assert sync(calm, 0).digest_ok
    with calm.laptops[0].vault.read() as look:
        assert look.interviews.get(second).professional.id == kept
        assert look.counts()["professional"] == 1


def test_a_merge_the_centre_sets_aside_is_undone_on_the_laptop_too(calm: World) -> None:
    first, second = opened(calm), opened(calm)
    sync(calm, 0)
    sync(calm, 1)
    with calm.laptops[0].vault.write() as work:
        kept, duplicate = (work.interviews.get(one).professional.id for one in (first, second))
        work.erase_person(kept)
    sync(calm, 0)
    with calm.laptops[1].vault.write() as work:
        work.merge_person(duplicate, kept)
    report = sync(calm, 1)
    assert (report.quarantined, report.digest_ok) == (1, True)
    with calm.laptops[1].vault.read() as look:
        assert look.interviews.get(second).professional.id == duplicate


def test_an_erasure_empties_what_was_typed_of_records_that_are_gone_on_every_side(
    calm: World,
) -> None:
    interview = opened(calm)
    with calm.laptops[0].vault.write() as work:
        work.put("outcome", interview, {"kind": "en_cours"}, "77")
    sync(calm, 0)
    sync(calm, 1)
    with calm.laptops[1].vault.write() as work:
        work.set("outcome", interview, {"why": "secret"})
    sync(calm, 1)
    sync(calm, 0)
    with calm.laptops[0].vault.write() as work:
        work.delete("outcome", interview)
    sync(calm, 0)
    calm.at += timedelta(days=400)
    assert calm.engine.prune() == 1
    assert sync(calm, 1).digest_ok
    with calm.laptops[0].vault.write() as work:
        work.erase_person(work.interviews.get(interview).professional.id)
    sync(calm, 0)
    assert sync(calm, 1).digest_ok
    with calm.laptops[1].vault.read() as look:
        lines = look.connection.execute(tables.journal.select()).all()
    assert lines
    assert "secret" not in str(lines)


def test_two_who_merge_one_duplicate_into_two_people_see_both_choices(calm: World) -> None:
    interviews = [opened(calm) for _ in range(3)]
    sync(calm, 0)
    sync(calm, 1)
    for number in (0, 1):
        with calm.laptops[number].vault.write() as work:
            people = [work.interviews.get(one).professional.id for one in interviews]
            work.merge_person(people[2], people[number])
    assert sync(calm, 0).applied == 1
    assert sync(calm, 1).conflicts == 1
    with calm.laptops[1].vault.read() as look:
        row = look.connection.execute(tables.open_conflict.select()).one()
        assert [one["value"] for one in row.versions] == people[:2]
        assert look.interviews.get(interviews[2]).professional.id == people[0]


def test_what_is_set_aside_out_of_sight_is_fetched_again_once_in_sight(calm: World) -> None:
    interview = opened(calm)
    sync(calm, 0)
    sync(calm, 1)
    laptop, rights = calm.laptops[1], calm.rights["d1"]
    with laptop.vault.write() as work:
        work.set("project", interview, {"sector": "unseen"})
    calm.engine.admit(replace(rights, departements=frozenset({"91"})))

    def lost(data: bytes) -> bytes:
        reply = calm.engine.answer(laptop.id, data)
        if lost.times:  # type: ignore[attr-defined]
            raise TimeoutError
        lost.times = 1  # type: ignore[attr-defined]
        return reply

    lost.times = 0  # type: ignore[attr-defined]
    with pytest.raises(TimeoutError):
        Device(laptop.vault, lost).sync()
    calm.engine.admit(rights)
    assert sync(calm, 1).digest_ok
    with laptop.vault.read() as look:
        assert look.held("project", interview)["sector"] == "1"


def test_two_copies_of_one_disk_call_what_waits_the_same(calm: World) -> None:
    """Restored from a backup, written to, then cloned before anything was sent."""
    interview = opened(calm)
    calm.keep_copy(calm.laptops[0])
    with calm.laptops[0].vault.write() as work:
        work.set("project", interview, {"sector": "lost with the disk"})
    sync(calm, 0)
    calm.restore(calm.laptops[0])
    with calm.laptops[0].vault.write() as work:
        work.set("project", interview, {"sector": "waiting on both"})
    calm.laptops[0].restart()
    calm.laptops[1].seat.put(calm.laptops[0].home.database)
    calm.laptops[1].device = "d0"
    for number in (0, 1, 0):
        vault = calm.laptops[number].vault
        assert Device(vault, lambda data: calm.engine.answer("d0", data)).sync().digest_ok
    with calm.central.reading() as connection:
        received = connection.execute(central_tables.receipt.select()).all()
    nothing_twice(received, {})
    waited = [one for one in received if "waiting on both" in str(one.body)]
    assert [one.verdict for one in waited] == ["applied_conflict"]
