from pathlib import Path

import pytest

from advisor.config import Home
from advisor.domain.operation import Operation
from advisor.errors import NotFoundError
from advisor.services.cases import Cases


def test_a_check_reads_everything_and_counts_what_is_held(cases: Cases, interview: str) -> None:
    cases.vault.backup()
    found = cases.vault.check()
    assert found.faults == ()
    assert found.records["appointment"] == 1
    assert found.records["candidate_place"] == 1
    assert (found.backups, found.schema_version) == (1, "0001")
    assert found.argon2id["memory_kib"] >= 19 * 1024


def test_an_erased_person_leaves_a_bare_mark_and_nothing_else_even_in_copies(
    cases: Cases, interview: str, tmp_path: Path
) -> None:
    note = cases.interviews.note(interview, "À effacer.").id
    cases.interviews.revise_note(note, "À effacer aussi.")
    kept = cases.interviews.new({"departement": "77", "nom": "Gardée"}).id
    person = cases.interviews.get(interview).professional.id
    former = cases.vault.backup()
    seqs = [op.local_seq for op in cases.journal.entries()]
    touched = cases.vault.erase(person)
    assert touched[0].id == person
    assert {change.entity for change in touched} >= {"note", "appointment", "project"}
    with pytest.raises(NotFoundError):
        cases.interviews.get(interview)
    assert cases.interviews.get(kept).professional.nom == "Gardée"
    entries = cases.journal.entries()
    assert [op.local_seq for op in entries] == [seqs[0] + 1, *seqs]
    mark = entries[0]
    assert (mark.operation, mark.entity_id, mark.fields) == (Operation.ERASE_PERSON, person, {})
    told = {
        value
        for op in entries
        for change in op.fields.values()
        for value in (change.new,)
        if isinstance(value, str)
    }
    assert "Exemple" not in told
    assert not any("effacer" in text for text in told)
    assert not former.exists()
    home = Home(tmp_path / "home")
    assert len(list(home.backups.glob("*.db"))) == 1
    assert cases.vault.check().faults == ()
    with pytest.raises(NotFoundError):
        cases.vault.erase(person)
