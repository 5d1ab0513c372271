from pathlib import Path

import pytest

from advisor.config import Home
from advisor.domain.cases.operation import Operation
from advisor.errors import AlreadyOpenError, NotFoundError
from advisor.services.all_services import Services
from advisor.services.cases import Cases
from advisor.store.keys import FLOOR
from advisor.store.migrating import HEAD
from advisor.store.surroundings import Surroundings
from advisor.store.vault import open_vault


def test_a_check_reads_everything_and_counts_what_is_held(cases: Cases, interview: str) -> None:
    cases.vault.backup()
    found = cases.vault.check()
    assert found.faults == ()
    assert found.records["appointment"] == 1
    assert found.records["candidate_place"] == 1
    assert (found.backups, found.schema_version) == (1, HEAD)
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


def test_after_the_recovery_key_a_new_passphrase_is_chosen_and_opens(
    cases: Cases, tmp_path: Path
) -> None:
    home, shown = Home(tmp_path / "home"), cases.recovery_key
    cases.close()
    around = Surroundings(cost=FLOOR)
    rescued = Cases(open_vault(home, recovery_key=shown, around=around))
    rescued.vault.choose_passphrase("une phrase toute neuve")
    rescued.close()
    opened = Cases(open_vault(home, "une phrase toute neuve", around=around))
    opened.vault.change_passphrase("une phrase toute neuve", "encore une autre phrase")
    assert opened.recovery_key is None
    assert opened.vault.new_recovery_key() != shown
    opened.close()


def test_a_home_held_by_its_window_takes_no_copy_back(tmp_path: Path) -> None:
    services = Services(Home(tmp_path / "home"), lambda: "quatre mots sans lien")
    services.around = Surroundings(cost=FLOOR)
    copy = services.cases.vault.backup()
    held = services.hold_window()
    with pytest.raises(AlreadyOpenError):
        services.restore(copy)
    held.release()
    assert services.restore(copy) is not None
    services.close()
