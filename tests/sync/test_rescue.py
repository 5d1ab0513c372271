import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from posts import HOME_PHRASE, PHRASE, Post, Star

from advisor.config import Home
from advisor.errors import AdvisorError, NotFoundError, VaultError, WrongKeyError
from advisor.services.sync_files import SyncFiles
from advisor.services.sync_state import SyncReport
from advisor.store import tables
from advisor.store.backups import list_backups
from advisor.store.enrolled import Enrolled
from advisor.store.raw_pages import PAGE, read_pages
from advisor.store.salvage import salvage
from advisor.store.vault import open_vault
from advisor.sync.bundle import unseal
from advisor.sync.server.database import Central


@pytest.fixture
def star(tmp_path: Path) -> Iterator[Star]:
    central = Central(f"sqlite:///{tmp_path / 'central.db'}")
    central.migrate()
    made = Star(tmp_path, central)
    yield made
    made.close()
    central.close()


def busy(star: Star, notes: int = 60) -> tuple[Post, str]:
    """Return a laptop that sent something, then wrote more, a long note among it."""
    a = star.post("a")
    interview = a.opens()
    a.sync()
    for number in range(notes):
        a.notes(interview, f"note {number} " + "mot " * (4000 if number == notes - 1 else 40))
    return a, interview


def closed(post: Post, *, folded: bool = True) -> Home:
    """Close a laptop; ``folded``: its log is put back into the database."""
    if folded:
        post.vault.engine.dispose()
        assert not post.vault.home.database.with_name("case.db-wal").exists()
        return post.vault.home
    home = Home(post.vault.home.root.with_name("arraché")).create()
    for name in ("case.db", "case.db-wal", "case.keys"):
        shutil.copyfile(post.vault.home.root / name, home.root / name)
    post.vault.engine.dispose()
    return home


def rescued(post: Post, home: Home, name: str = "sauve.advisor") -> tuple[SyncReport, Path]:
    file = post.folder / name
    files = SyncFiles(never, home, post.vault.around)
    return files.rescue(file, PHRASE, passphrase=HOME_PHRASE), file


def never() -> None:  # type: ignore[return]
    raise AssertionError


def damage(file: Path, *pages: int) -> None:
    data = bytearray(file.read_bytes())
    for number in pages:
        for place in range(64, 2000, 7):
            data[(number - 1) * PAGE + place] ^= 0x5A
    file.write_bytes(data)


def texts_in(file: Path) -> set[str]:
    content = unseal(file.read_bytes(), PHRASE)
    bodies = [one for sent in content["envelopes"] for one in sent["bodies"] if one]
    return {one["fields"]["text"]["new"] for one in bodies if one["entity"] == "note"}


def test_a_sound_home_gives_all_that_was_not_sent_and_stays_as_it_was(star: Star) -> None:
    a, _interview = busy(star)
    home = closed(a)
    before = {one: one.read_bytes() for one in home.root.glob("case.*")}
    report, file = rescued(a, home)
    assert (report.sent, report.remarks) == (60, ())
    assert len(texts_in(file)) == 60
    assert {one: one.read_bytes() for one in home.root.glob("case.*")} == before


def test_page_by_page_reads_the_same_as_the_engine(star: Star) -> None:
    a, _interview = busy(star)
    home = closed(a)
    key = bytes(star.template.key)
    ordinary = salvage(home, key)
    assert read_pages(home.database, key).damaged == set()
    damage(home.database, 1)
    by_page = salvage(home, key)
    assert by_page.pages > 0
    assert by_page.bodies == ordinary.bodies
    assert by_page.settings == ordinary.settings
    assert (by_page.device, by_page.incarnation) == (ordinary.device, ordinary.incarnation)
    assert (by_page.local_seq, by_page.unreadable) == (ordinary.local_seq, 0)


def test_a_broken_salt_does_not_keep_the_pages_from_opening(star: Star) -> None:
    a, _interview = busy(star)
    home = closed(a)
    data = bytearray(home.database.read_bytes())
    data[:16] = bytes(16)
    home.database.write_bytes(data)
    report, file = rescued(a, home)
    assert report.sent == len(texts_in(file)) == 60


@pytest.mark.parametrize("seed", range(6))
def test_damaged_pages_cost_only_what_they_held(star: Star, seed: int) -> None:
    a, _interview = busy(star)
    home = closed(a)
    rng = random.Random(seed)  # noqa: S311 - a choice of pages, not a secret
    count = home.database.stat().st_size // PAGE
    damage(home.database, *rng.sample(range(1, count + 1), 6))
    try:
        report, file = rescued(a, home)
    except AdvisorError as error:
        pytest.fail(error.message)
    saved = len(texts_in(file))
    assert report.sent == saved
    assert saved >= 20
    if saved < 60:
        assert "n’ont pas pu être lues" in report.remarks[1] or "n’a pas pu" in report.remarks[1]


def test_a_torn_log_gives_all_that_was_committed(star: Star) -> None:
    a, interview = busy(star, notes=5)
    a.notes(interview, "la dernière")
    home = closed(a, folded=False)
    log = home.root / "case.db-wal"
    log.write_bytes(log.read_bytes()[:-1500])
    report, file = rescued(a, home)
    assert report.sent >= 5
    assert {text.split()[1] for text in texts_in(file) if text.startswith("note")} == set("01234")


def test_a_cut_database_gives_what_is_left_of_it_and_tells_the_rest(star: Star) -> None:
    a, _interview = busy(star)
    home = closed(a)
    with home.database.open("rb+") as stream:
        stream.truncate(home.database.stat().st_size - 12 * PAGE - 100)
    report, file = rescued(a, home)
    assert 0 < report.sent < 60
    assert len(texts_in(file)) == report.sent
    assert "pages abîmées" in report.remarks[0]
    assert "pas pu être lue" in report.remarks[1]


def test_a_newer_database_and_a_revoked_home_are_rescued_all_the_same(star: Star) -> None:
    a, _interview = busy(star, notes=3)
    with a.vault.write() as work:
        work.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        work.connection.exec_driver_sql("ALTER TABLE journal ADD COLUMN later TEXT")
        Enrolled(work.connection).lock("2026-03-10T08:00:00.000000Z")
    home = closed(a)
    with pytest.raises(VaultError):
        open_vault(home, HOME_PHRASE, around=a.vault.around)
    assert rescued(a, home)[0].sent == 3
    damage(home.database, 1)
    assert rescued(a, home)[0].sent == 3


def test_a_home_whose_migration_stopped_halfway_says_what_to_do_and_is_rescued(star: Star) -> None:
    a, _interview = busy(star, notes=3)
    with a.vault.write() as work:
        work.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
        work.connection.exec_driver_sql("DROP TABLE carried_reply")
    home = closed(a)
    before = home.database.read_bytes()
    with pytest.raises(VaultError, match="telle quelle") as told:
        open_vault(home, HOME_PHRASE, around=a.vault.around)
    assert "advisor sync rescue" in told.value.hint
    kept = list_backups(home)
    with pytest.raises(VaultError, match="telle quelle"):
        open_vault(home, HOME_PHRASE, around=a.vault.around)
    assert list_backups(home) == kept
    assert home.database.read_bytes() == before
    report, file = rescued(a, home)
    assert (report.sent, report.remarks) == (3, ())
    assert len(texts_in(file)) == 3


def test_the_copy_of_the_key_file_and_the_recovery_key_are_enough(star: Star) -> None:
    a, _interview = busy(star, notes=3)
    a.vault.backup()
    home = closed(a)
    (home.root / "case.keys").unlink()
    files = SyncFiles(never, home, a.vault.around)
    key = star.template.recovery_key
    assert files.rescue(a.folder / "un", PHRASE, recovery_key=key).sent == 3
    assert files.rescue(a.folder / "deux", PHRASE, passphrase=HOME_PHRASE).sent == 3
    with pytest.raises(WrongKeyError):
        files.rescue(a.folder / "trois", PHRASE, passphrase=PHRASE)
    for kept in home.backups.glob("*.keys"):
        kept.unlink()
    with pytest.raises(VaultError, match="fichier de clés"):
        files.rescue(a.folder / "trois", PHRASE, recovery_key=key)
    assert not (a.folder / "trois").exists()


def test_a_home_without_a_database_says_so(star: Star) -> None:
    a, _interview = busy(star, notes=1)
    home = closed(a)
    home.database.unlink()
    with pytest.raises(NotFoundError):
        rescued(a, home)


def test_what_was_rescued_reaches_the_centre_through_another_once(star: Star) -> None:
    a, interview = busy(star, notes=8)
    b = star.post("b")
    b.sync()
    home = closed(a)
    damage(home.database, 1)
    _report, file = rescued(a, home)
    assert b.take(file).received == 8
    b.sync()
    assert len(b.texts(interview)) == 8
    assert b.take(file).received == 0
    b.sync()
    assert {len(note.versions) for note in b.sees(interview).notes} == {1}


def test_the_same_laptop_in_a_new_home_takes_its_own_work_back(star: Star) -> None:
    a, interview = busy(star, notes=4)
    home = closed(a)
    _report, file = rescued(a, home)
    again = star.post("neuf")
    again.sync()
    again.take(file)
    assert len(again.texts(interview)) == 4
    again.sync()
    assert {len(note.versions) for note in again.sees(interview).notes} == {1}
    a.sync()
    assert a.pending() == 0
    assert a.held() == again.held()


def test_an_entry_that_could_not_be_read_does_not_stop_those_after_it(star: Star) -> None:
    a, interview = busy(star, notes=5)
    with a.vault.write() as work:
        table = tables.journal
        (lost,) = work.connection.execute(table.select().where(table.c.local_seq == 7)).all()
        work.connection.execute(table.delete().where(table.c.seq == lost.seq))
    home = closed(a)
    report, file = rescued(a, home)
    assert report.sent == 4
    assert "1 saisie n’a pas pu être lue" in report.remarks[0]
    b = star.post("b")
    b.take(file)
    b.sync()
    assert len(b.texts(interview)) == 4
    (held,) = star.wire.engine.quarantined()
    assert (held.local_seq, held.reason) == (7, "unreadable")


def test_a_revoked_author_s_work_stays_whole_with_whoever_took_it(star: Star) -> None:
    a, interview = busy(star, notes=2)
    b = star.post("b")
    b.sync()
    with a.vault.read() as look:
        device = look.connection.execute(tables.device.select()).one().id
    star.wire.engine.revoke(device)
    _report, file = rescued(a, closed(a))
    b.take(file)
    b.sync()
    assert len(b.texts(interview)) == 2
    again = b.export()
    c = star.post("c")
    c.sync()
    assert c.take(again).received == 2
