import random
import shutil
from pathlib import Path

import pytest
from case_home import PASSPHRASE, new_interview

from advisor.config import Home
from advisor.store.surroundings import Surroundings
from advisor.store.vault import Vault, open_vault

CUTS = 40


@pytest.fixture
def written(vault: Vault) -> str:
    """Return an interview with many changes that are still only in the log."""
    interview = new_interview(vault)
    vault.engine.dispose()
    with vault.read(), vault.write() as work:
        work.set("project", interview, {"home_commune": "debut"})
    for number in range(25):
        with vault.write() as work:
            text = str(number)
            work.create("note", {"interview": interview, "text": text}, departement="77")
            work.set("project", interview, {"home_commune": text})
    return interview


def torn(log: bytes, chosen: random.Random) -> bytes:
    """Cut the end of a log, or fill its end with noise: what a power cut may leave."""
    place = chosen.randrange(32, len(log))
    if chosen.random() < 0.5:
        return log[:place]
    return log[:place] + chosen.randbytes(min(4096, len(log) - place))


def test_a_torn_log_gives_a_whole_prefix_where_record_and_journal_agree(
    vault: Vault, written: str, home: Home, around: Surroundings, tmp_path: Path
) -> None:
    chosen = random.Random(2026)  # noqa: S311 - a fixed seed, not a secret
    log = home.database.with_name("case.db-wal").read_bytes()
    lengths = set()
    for cut in range(CUTS):
        other = Home(tmp_path / f"coupe-{cut}").create()
        for name in ("case.db", "case.keys"):
            shutil.copyfile(home.root / name, other.root / name)
        (other.root / "case.db-wal").write_bytes(torn(log, chosen))
        lengths.add(agreeing_changes(other, written, around))
    assert len(lengths) > 5


def agreeing_changes(home: Home, interview: str, around: Surroundings) -> int:
    """Return how many changes are there, having checked that they agree and start at 0."""
    opened = open_vault(home, PASSPHRASE, around=around)
    with opened.read() as look:
        whole = look.interviews.get(interview)
        ops = look.journal.entries(interview=interview, limit=1000)
    opened.close()
    texts = [note.text for note in whole.notes]
    journaled = [op.fields["text"].new for op in ops if op.entity == "note"]
    assert texts == [str(number) for number in range(len(texts))]
    assert sorted(journaled) == sorted(texts)
    if texts:
        assert whole.profile["home_commune"] == texts[-1]
    return len(texts)
