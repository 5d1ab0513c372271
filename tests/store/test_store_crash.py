import os
import subprocess
import sys
from pathlib import Path

import pytest
from case_home import PASSPHRASE, new_interview

from advisor.config import Home
from advisor.domain.cases.operation import Operation
from advisor.store.cipher import faults, opened
from advisor.store.surroundings import Surroundings
from advisor.store.vault import Vault, open_vault

CYCLES = 40
WRITING = """
import os, random, signal, sys
from pathlib import Path
from advisor.config import Home
from advisor.store.keys import FLOOR
from advisor.store.surroundings import Surroundings
from advisor.store.vault import open_vault

home, interview = Home(Path(sys.argv[1])), sys.argv[2]
chosen = random.Random(int(sys.argv[4]))
for cycle in range(int(sys.argv[3])):
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        vault = open_vault(home, "quatre mots sans lien", around=Surroundings(cost=FLOOR))
        for number in range(100_000):
            text = f"{cycle}-{number}"
            with vault.write() as work:
                work.create("note", {"interview": interview, "text": text}, departement="77")
                work.set("project", interview, {"home_commune": text})
            os.write(write, (text + "\\n").encode())
    os.close(write)
    acknowledged, wanted = b"", chosen.randrange(1, 12)
    while acknowledged.count(b"\\n") < wanted:
        acknowledged += os.read(read, 4096)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(read, 4096):
        acknowledged += more
    os.close(read)
    sys.stdout.write(acknowledged.decode())
    sys.stdout.flush()
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")
def test_every_acknowledged_write_survives_a_kill_and_agrees_with_its_journal_line(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    interview = new_interview(vault)
    vault.close()
    acknowledged = killed_writers(home.root, interview, CYCLES)
    assert len(acknowledged) >= CYCLES
    again = open_vault(home, PASSPHRASE, around=around)
    with opened(home.database, again.raw_key()) as connection:
        assert faults(connection) == []
    with again.read() as look:
        whole = look.interviews.get(interview)
        ops = list(reversed(look.journal.entries(limit=1_000_000)))
    again.close()
    texts = [note.text for note in whole.notes]
    assert set(acknowledged) <= set(texts)
    assert len(texts) - len(acknowledged) <= CYCLES
    appended = [op.fields["text"].new for op in ops if op.operation is Operation.APPEND_NOTE]
    assert sorted(appended) == sorted(texts)
    sets = [op.fields["home_commune"].new for op in ops if "home_commune" in op.fields]
    assert sets == appended
    assert whole.profile["home_commune"] == sets[-1]
    assert [op.local_seq for op in ops] == list(range(1, len(ops) + 1))


def killed_writers(root: Path, interview: str, cycles: int) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", WRITING, str(root), interview, str(cycles), "2026"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")
def test_a_thousand_kills_lose_nothing_that_was_acknowledged(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    interview = new_interview(vault)
    vault.close()
    acknowledged = killed_writers(home.root, interview, 1000)
    again = open_vault(home, PASSPHRASE, around=around)
    with again.read() as look:
        texts = {note.text for note in look.interviews.get(interview).notes}
        seqs = [op.local_seq for op in look.journal.entries(limit=1_000_000)]
    again.close()
    assert set(acknowledged) <= texts
    assert seqs == list(range(len(seqs), 0, -1))
