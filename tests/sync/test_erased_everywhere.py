"""What is left of an erased person: nothing in the server's log, nothing in older copies."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import PERSON, adviser, ask, page_after, person
from network import Field
from ops import op

from advisor.domain.cases.operation import Operation
from advisor.errors import DiskFullError
from advisor.store.backups import list_backups
from advisor.store.vault import Vault
from advisor.sync.server.app import RunningServer
from advisor.sync.server.database import Central
from advisor.sync.server.engine import Engine

NAME = b"Exemple"


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Central]:
    made = Central(f"sqlite:///{tmp_path / 'central.db'}")
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def place(lite: Central, tmp_path: Path) -> Iterator[Field]:
    with RunningServer(lite) as server:
        made = Field(lite, server, tmp_path)
        yield made
        for laptop in made.laptops:
            laptop.close()


def written(folder: Path) -> bytes:
    return b"".join(one.read_bytes() for one in sorted(folder.glob("central.db*")))


def test_an_erasure_leaves_nothing_in_the_files_of_a_running_sqlite_store(
    lite: Central, tmp_path: Path
) -> None:
    engine = Engine(lite)
    engine.admit(adviser("a"))
    ask(engine, "a", person("a", 1))
    assert NAME in written(tmp_path)
    ask(engine, "a", op("a", 2, Operation.ERASE_PERSON, "professional", PERSON))
    assert NAME not in written(tmp_path)


def test_a_reader_delays_the_emptying_of_the_log_but_not_the_erasure(
    lite: Central, tmp_path: Path
) -> None:
    engine = Engine(lite)
    engine.admit(adviser("a"))
    ask(engine, "a", person("a", 1))
    with lite.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM record").all()
        ask(engine, "a", op("a", 2, Operation.ERASE_PERSON, "professional", PERSON))
        assert page_after(engine, "a").records[0].life == "erased"
        assert NAME in written(tmp_path)
    ask(engine, "a", person("a", 3, "01900000-0000-7000-8000-0000000000ff"))
    ask(
        engine,
        "a",
        op("a", 4, Operation.ERASE_PERSON, "professional", "01900000-0000-7000-8000-0000000000ff"),
    )
    assert NAME not in written(tmp_path)


def test_an_erasure_from_elsewhere_takes_the_older_copies_of_this_home_with_it(
    place: Field,
) -> None:
    one, other = place.enrolled("un"), place.enrolled("deux")
    interview = one.cases.interviews.get(one.interview())
    one.sync.sync()
    other.sync.sync()
    former = other.cases.vault.backup()
    one.cases.vault.erase(interview.professional.id)
    one.sync.sync()
    assert former.exists()
    other.sync.sync()
    assert [backup.why for backup in list_backups(other.vault.home)] == ["effacement"]
    (kept,) = list_backups(other.vault.home)
    other.sync.sync()
    assert list_backups(other.vault.home) == [kept]


def test_copies_a_full_disk_could_not_replace_are_told_and_dropped_the_next_time(
    place: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = place.enrolled("un"), place.enrolled("deux")
    interview = one.cases.interviews.get(one.interview())
    one.sync.sync()
    other.sync.sync()
    former = other.cases.vault.backup()
    one.cases.vault.erase(interview.professional.id)
    one.sync.sync()

    def full(_vault: Vault) -> None:
        raise DiskFullError("plein")

    with monkeypatch.context() as disk:
        disk.setattr(Vault, "forget_copies", full)
        report = other.sync.sync()
    assert report.digest_ok
    assert any("personne effacée" in remark for remark in report.remarks)
    assert former.exists()
    other.sync.sync()
    assert not former.exists()
