import pytest
from case_home import PASSPHRASE, Clock, new_interview

from advisor.config import Home
from advisor.errors import AlreadyOpenError, NotFoundError, VaultError
from advisor.store import tables
from advisor.store.backups import KEPT, list_backups
from advisor.store.instance import WindowLock
from advisor.store.restoring import restore_vault
from advisor.store.surroundings import Surroundings
from advisor.store.vault import Vault, open_vault


def notes(vault: Vault, interview: str) -> list[str]:
    with vault.read() as look:
        return [note.text for note in look.interviews.get(interview).notes]


def write_note(vault: Vault, interview: str, text: str) -> None:
    with vault.write() as work:
        work.create("note", {"interview": interview, "text": text}, departement="77")


def test_a_restored_copy_holds_what_it_held_and_the_replaced_database_is_kept(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    interview = new_interview(vault)
    write_note(vault, interview, "avant la copie")
    copy = vault.backup()
    write_note(vault, interview, "après la copie")
    with vault.read() as look:
        former = look.connection.execute(tables.device.select()).one()
    vault.close()
    aside = restore_vault(home, copy.name, PASSPHRASE, around=around)
    again = open_vault(home, PASSPHRASE, around=around)
    assert notes(again, interview) == ["avant la copie"]
    write_note(again, interview, "après la reprise")
    with again.read() as look:
        op = look.journal.entries(limit=1)[0]
    again.close()
    assert (op.device, op.local_seq) == (former.id, 1)
    assert op.incarnation != former.incarnation
    assert aside is not None
    restore_vault(home, aside / "case.db", PASSPHRASE, around=around)
    before = open_vault(home, PASSPHRASE, around=around)
    assert notes(before, interview) == ["avant la copie", "après la copie"]
    before.close()


def test_seven_copies_are_kept_each_with_its_key_file(
    vault: Vault, home: Home, clock: Clock
) -> None:
    made = []
    for _ in range(KEPT + 3):
        clock.sleep(60)
        made.append(vault.backup())
    kept = [backup.file for backup in list_backups(home)]
    assert kept == list(reversed(made))[:KEPT]
    assert len(list(home.backups.glob("*.keys"))) == KEPT


def test_a_damaged_copy_is_refused_and_the_present_database_stays(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    interview = new_interview(vault)
    copy = vault.backup()
    vault.close()
    changed = bytearray(copy.read_bytes())
    changed[len(changed) // 2] ^= 1
    copy.write_bytes(changed)
    with pytest.raises(VaultError, match=r"abîmée|ne se relit pas"):
        restore_vault(home, copy, PASSPHRASE, around=around)
    again = open_vault(home, PASSPHRASE, around=around)
    assert notes(again, interview) == []
    again.close()


def test_a_copy_that_does_not_exist_is_told_with_where_to_look(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    vault.close()
    with pytest.raises(NotFoundError, match="introuvable") as caught:
        restore_vault(home, "nulle-part.db", PASSPHRASE, around=around)
    assert str(home.backups) in caught.value.hint


def test_a_copy_is_not_put_back_under_an_open_window(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    copy = vault.backup()
    vault.close()
    with WindowLock(home), pytest.raises(AlreadyOpenError):
        restore_vault(home, copy, PASSPHRASE, around=around)


def test_a_copy_made_while_others_write_is_whole(vault: Vault, home: Home) -> None:
    interview = new_interview(vault)
    with vault.read() as look:
        look.interviews.get(interview)
        write_note(vault, interview, "pendant une lecture")
        assert vault.backup().stat().st_size > 0
        assert look.interviews.get(interview).notes == ()
    assert notes(vault, interview) == ["pendant une lecture"]
