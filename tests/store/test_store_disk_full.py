import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from case_home import PASSPHRASE, new_interview

from advisor.config import Home
from advisor.errors import DiskFullError
from advisor.store.backups import key_path, list_backups
from advisor.store.keys import read_key_file
from advisor.store.surroundings import Surroundings
from advisor.store.vault import Vault, open_vault


def fill(vault: Vault) -> None:
    """Forbid the real ciphered file to grow by one more page, as a full disk would."""

    @sa.event.listens_for(vault.engine, "begin")
    def no_more_page(connection: sa.Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def write_much(vault: Vault, interview: str) -> None:
    with vault.write() as work:
        work.set("project", interview, {"sector": "2"})
        note = {"interview": interview, "text": "mot " * 100_000}
        work.create("note", note, departement="77")


def test_a_full_disk_while_typing_is_told_and_leaves_nothing_half_written(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    interview = new_interview(vault)
    with vault.read() as look:
        before, lines = look.interviews.get(interview), look.journal.pending().count
    fill(vault)
    with pytest.raises(DiskFullError, match="plein") as caught:
        write_much(vault, interview)
    assert "reste à l’écran" in caught.value.hint
    with vault.read() as look:
        assert look.interviews.get(interview) == before
        assert look.journal.pending().count == lines
    vault.close()
    again = open_vault(home, PASSPHRASE, around=around)
    with again.write() as work:
        work.create("note", {"interview": interview, "text": "après"}, departement="77")
    with again.read() as look:
        assert [note.text for note in look.interviews.get(interview).notes] == ["après"]
    again.close()


LIMITED = """
import resource, signal, sys
from pathlib import Path
from advisor.config import Home
from advisor.errors import DiskFullError
from advisor.store.keys import FLOOR
from advisor.store.surroundings import Surroundings
from advisor.store.vault import open_vault

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
home = Home(Path(sys.argv[1]))
vault = open_vault(home, "quatre mots sans lien", around=Surroundings(cost=FLOOR))
interview = sys.argv[2]
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
kept = 0
try:
    for number in range(1000):
        with vault.write() as work:
            text = f"{number} " + "mot " * 2000
            work.create("note", {"interview": interview, "text": text}, departement="77")
        kept += 1
except DiskFullError as error:
    print(kept, error.message)
"""


@pytest.mark.skipif(os.name == "nt", reason="file size limits of POSIX systems")
def test_a_disk_that_refuses_to_write_keeps_all_that_was_acknowledged(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    interview = new_interview(vault)
    vault.close()
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(home.root), interview],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    kept, message = done.stdout.split(" ", 1)
    assert int(kept) > 0
    assert "Le disque est plein" in message
    again = open_vault(home, PASSPHRASE, around=around)
    with again.read() as look:
        texts = [note.text.split()[0] for note in look.interviews.get(interview).notes]
    again.close()
    assert texts == [str(number) for number in range(int(kept))]


def test_a_backup_without_room_leaves_no_partial_copy(
    vault: Vault, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(home.root)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=100))
    with pytest.raises(DiskFullError):
        vault.backup()
    assert list_backups(home) == []
    assert list(home.backups.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full device of Linux")
def test_a_key_file_that_cannot_be_written_leaves_the_former_whole(
    vault: Vault, home: Home
) -> None:
    path = key_path(home)
    before = read_key_file(path)
    Path(f"{path}.new").symlink_to("/dev/full")
    with pytest.raises(DiskFullError, match="fichier de clés"):
        vault.change_passphrase(PASSPHRASE, "une phrase toute neuve")
    assert read_key_file(path) == before
