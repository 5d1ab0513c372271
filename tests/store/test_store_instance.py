import subprocess
import sys
from pathlib import Path

import pytest
from case_home import PASSPHRASE, new_interview

from advisor.config import Home
from advisor.errors import AlreadyOpenError, VaultError
from advisor.store import cipher
from advisor.store.instance import WindowLock, channel_name
from advisor.store.surroundings import Surroundings
from advisor.store.vault import Vault, open_vault

SECOND = """
import sys
from pathlib import Path
from advisor.config import Home
from advisor.errors import AlreadyOpenError
from advisor.store.instance import WindowLock
from advisor.store.keys import FLOOR
from advisor.store.surroundings import Surroundings
from advisor.store.vault import open_vault

home = Home(Path(sys.argv[1]))
try:
    WindowLock(home).acquire()
    print("ouverte")
except AlreadyOpenError as error:
    print(error.message)
vault = open_vault(home, "quatre mots sans lien", around=Surroundings(cost=FLOOR))
with vault.write() as work:
    work.create("note", {"interview": sys.argv[2], "text": "de la commande"}, departement="77")
vault.close()
"""


def test_a_second_window_is_told_so_while_a_command_still_reads_and_writes(
    vault: Vault, home: Home
) -> None:
    interview = new_interview(vault)
    with WindowLock(home):
        done = subprocess.run(
            [sys.executable, "-c", SECOND, str(home.root), interview],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == "L’application est déjà ouverte sur ce dossier."
        with vault.write() as work:
            work.create("note", {"interview": interview, "text": "de la fenêtre"}, departement="77")
    with vault.read() as look:
        texts = [note.text for note in look.interviews.get(interview).notes]
        seqs = [op.local_seq for op in look.journal.entries()]
    assert sorted(texts) == ["de la commande", "de la fenêtre"]
    assert seqs == list(range(len(seqs), 0, -1))


def test_the_lock_is_free_again_once_the_window_is_closed(home: Home) -> None:
    with WindowLock(home), pytest.raises(AlreadyOpenError):
        WindowLock(home).acquire()
    with WindowLock(home):
        pass


def test_two_homes_never_share_a_lock_nor_a_channel(tmp_path: Path) -> None:
    one, other = Home(tmp_path / "un"), Home(tmp_path / "deux")
    with WindowLock(one), WindowLock(other):
        assert channel_name(one) != channel_name(other)
    assert len(channel_name(one)) < 40


def test_a_writer_that_never_ends_is_told_politely(
    vault: Vault, home: Home, around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cipher, "PATIENCE_MS", 20)
    other = open_vault(home, PASSPHRASE, around=around)
    with vault.write(), pytest.raises(VaultError, match="Une autre fenêtre"), other.write():
        pass
    other.close()
