import pytest
import sqlalchemy as sa
from case_home import ADVISER, PASSPHRASE, Clock, new_interview

from advisor.config import Home
from advisor.domain.cases.operation import Operation
from advisor.domain.cases.synced import DELETED
from advisor.errors import BadDataError, NotFoundError, RefusedError
from advisor.store import records, tables
from advisor.store.entities import ENTITIES, Policy
from advisor.store.identifiers import new_id
from advisor.store.migrating import HEAD
from advisor.store.surroundings import Surroundings
from advisor.store.undo import undo_last
from advisor.store.unit_of_work import UnitOfWork
from advisor.store.vault import Vault, open_vault


def seqs(vault: Vault) -> list[int]:
    with vault.read() as look:
        return [op.local_seq for op in reversed(look.journal.entries(limit=10_000))]


def test_every_change_has_its_journal_line_with_all_that_sync_needs(vault: Vault) -> None:
    interview = new_interview(vault)
    with vault.write("pack-2") as work:
        work.set("project", interview, {"sector": "2"})
    with vault.read() as look:
        op = look.journal.entries(limit=1)[0]
        device = look.connection.execute(tables.device.select()).one()
    assert (op.device, op.incarnation) == (device.id, device.incarnation)
    assert (op.entity, op.entity_id, op.operation) == ("project", interview, Operation.SET)
    change = op.fields["sector"]
    assert (change.base_seq, change.old, change.new) == (0, "1", "2")
    assert (op.actor, op.organisation) == (ADVISER.name, ADVISER.organisation)
    assert (op.schema_version, op.pack_version) == (HEAD, "pack-2")
    assert (op.departement, op.interview, op.state) == ("77", interview, "pending")
    assert op.declared_at.startswith("2026-03-10T08:00:00.")


def test_the_value_seen_by_the_user_gives_the_base_of_the_change(vault: Vault) -> None:
    interview = new_interview(vault)
    with vault.write() as work:
        synced = {"entity": "project", "entity_id": interview, "field": "sector"}
        work.connection.execute(tables.field_state.insert().values(**synced, server_seq=41))
        work.set("project", interview, {"sector": "2", "exercise": "msp"})
    with vault.read() as look:
        fields = look.journal.entries(limit=1)[0].fields
    assert {name: change.base_seq for name, change in fields.items()} == {
        "sector": 41,
        "exercise": 0,
    }


def change_then_fail(work: UnitOfWork, interview: str) -> None:
    work.set("project", interview, {"sector": "2"})
    work.create("note", {"interview": interview, "text": "perdue"}, departement="77")
    work.set("appointment", new_id(), {"status": "recu"})


def test_a_unit_that_fails_leaves_neither_record_nor_line_nor_gap(vault: Vault) -> None:
    interview = new_interview(vault)
    before = seqs(vault)
    with pytest.raises(NotFoundError), vault.write() as work:
        change_then_fail(work, interview)
    assert seqs(vault) == before
    with vault.write() as work:
        work.set("project", interview, {"sector": "2"})
    assert seqs(vault) == list(range(1, len(before) + 2))
    with vault.read() as look:
        assert look.interviews.get(interview).notes == ()


def test_setting_what_is_already_so_writes_nothing(vault: Vault) -> None:
    interview = new_interview(vault)
    before = seqs(vault)
    with vault.write() as work:
        work.set("project", interview, {"sector": "1"})
    assert not work.changes
    assert seqs(vault) == before


def test_replaying_the_journal_on_an_empty_database_gives_the_same_records(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    interview = new_interview(vault)
    with vault.write() as work:
        signed = {"author": ADVISER.name, "organisation": ADVISER.organisation}
        values = {"interview": interview, "text": "première", **signed}
        note = work.create("note", values, departement="77")
        work.revise_note(note, "seconde")
        place = {"interview": interview, "commune": "77288", "name": "Melun", "position": 0}
        work.delete("candidate_place", work.create("candidate_place", place, departement="77"))
        work.put("outcome", interview, {"kind": "en_cours"}, "77")
        work.set("project", interview, {"sector": None, "project.kind": "msp"})
    with vault.write() as work:
        undo_last(work, interview)
    with vault.read() as look:
        ops = list(reversed(look.journal.entries(limit=1000)))
        mine = dump(look.connection)
    other = open_vault(Home(home.root.with_name("autre")), PASSPHRASE, around=around)
    with other.write() as work:
        for op in ops:
            records.apply(work.connection, op)
            records.apply(work.connection, op)
        assert dump(work.connection) == mine
    other.close()


def dump(connection: sa.Connection) -> dict[str, list[tuple[object, ...]]]:
    replayed = [declared.table for declared in ENTITIES.values()] + [tables.note_version]
    return {
        table.name: [tuple(row) for row in connection.execute(table.select().order_by(table.c.id))]
        for table in replayed
    }


def test_a_merged_duplicate_gives_its_interviews_to_the_person_kept(vault: Vault) -> None:
    interview = new_interview(vault)
    with vault.write() as work:
        kept = work.create("professional", {"nom": "Gardé"}, departement="77")
        double = work.interviews.get(interview).professional.id
        line = work.journal.entries(limit=1)[0]
        merging = type(line)(
            **{
                **line.body(),
                "entity_id": double,
                "operation": Operation.MERGE_PERSON,
                "fields": {"into": type(line.fields["nom"])(0, None, kept)},
            }
        )
        records.apply(work.connection, merging)
        assert work.interviews.get(interview).professional.id == kept
        assert records.current(work.connection, "professional", double) is None


def test_an_unknown_kind_or_field_is_refused_and_nothing_is_written(vault: Vault) -> None:
    interview = new_interview(vault)
    before = seqs(vault)
    with pytest.raises(BadDataError, match="Sorte"), vault.write() as work:
        work.create("patient", {}, departement="77")
    with pytest.raises(BadDataError, match="Champ inconnu"), vault.write() as work:
        work.set("appointment", interview, {"couleur": "bleu"})
    with pytest.raises(NotFoundError), vault.write() as work:
        work.set("appointment", new_id(), {"status": "recu"})
    assert seqs(vault) == before


def test_choosing_a_permanence_this_computer_does_not_see_is_told_and_loses_nothing(
    vault: Vault,
) -> None:
    interview = new_interview(vault)
    elsewhere, before = new_id(), seqs(vault)
    with (
        pytest.raises(RefusedError, match="absent de ce poste") as told,
        vault.write() as work,
    ):
        work.resolve("appointment", interview, "permanence", elsewhere)
    assert "rien n’est perdu" in told.value.hint
    assert seqs(vault) == before
    with vault.write() as work:
        work.delete("appointment", interview)


def test_deciding_that_a_record_goes_tells_all_that_was_seen_of_it(vault: Vault) -> None:
    interview = new_interview(vault)
    with vault.write() as work:
        for name, rank in ((DELETED, 7), ("sector", 41)):
            synced = {"entity": "project", "entity_id": interview, "field": name}
            work.connection.execute(tables.field_state.insert().values(**synced, server_seq=rank))
        work.resolve("project", interview, DELETED, value=True)
    with vault.read() as look:
        assert look.journal.entries(limit=1)[0].fields[DELETED].base_seq == 41


def test_every_field_has_the_declared_policy() -> None:
    assert ENTITIES["professional"].policy("telephone") is Policy.LAST_RECEIVED
    assert ENTITIES["project"].policy("anything_new") is Policy.CONFLICT
    assert ENTITIES["note"].policy("text") is Policy.APPEND
    assert ENTITIES["appointment"].policy("at") is Policy.SOFT_WARNING
    assert ENTITIES["document"].policy("content") is Policy.FIXED
    for declared in ENTITIES.values():
        columns = set(declared.table.c.keys())
        assert set(declared.fields) | {declared.open_in} - {""} <= columns
        free = columns - {"id", "departement", "created_at", "updated_at", "deleted"}
        assert free == set(declared.fields) | ({declared.open_in} - {""})


def test_identifiers_increase_even_when_the_clock_stands_still(clock: Clock) -> None:
    made = [new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == 5000
    assert all(one[14] == "7" and one[19] in "89ab" for one in made)
