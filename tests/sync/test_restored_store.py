"""A central store put back from a copy: what it forgot comes again from the laptops, once.

Real homes, real HTTP, both databases. The copy is of the whole database, row by row.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from network import Field, Laptop

from advisor.errors import RefusedError, UnknownDeviceError
from advisor.sync.server import audit, lives, tables
from advisor.sync.server.app import RunningServer
from advisor.sync.server.database import Central

Copy = Mapping[str, list[dict[str, Any]]]
NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def place(central: Central, tmp_path: Path) -> Iterator[Field]:
    with RunningServer(central) as server:
        made = Field(central, server, tmp_path)
        yield made
        for laptop in made.laptops:
            laptop.close()


def copy_of(central: Central) -> Copy:
    with central.reading() as connection:
        return {
            name: [dict(row._mapping) for row in connection.execute(table.select())]
            for name, table in tables.metadata.tables.items()
        }


def put_back(place: Field, copy: Copy, *, told: bool = True) -> None:
    """Put the copy in the place of what is there, as an older disk would be."""
    with place.central.engine.begin() as connection:
        let_rewrite(connection)
        for name, table in tables.metadata.tables.items():
            connection.execute(table.delete())
            if copy[name]:
                connection.execute(table.insert(), copy[name])
    if told:
        lives.begin(place.central, NOW)


def let_rewrite(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS audit_only_grows ON audit")
        return
    for verb in ("update", "delete"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS audit_{verb}")


def texts(laptop: Laptop) -> set[str]:
    interviews = [laptop.cases.interviews.get(one.id) for one in laptop.cases.interviews.list()]
    return {note.text for one in interviews for note in one.notes}


def synced(*laptops: Laptop) -> None:
    for laptop in laptops:
        report = laptop.sync.sync()
        assert (report.digest_ok, report.quarantined) == (True, 0), report


@pytest.mark.parametrize("told", [True, False])
def test_what_the_copy_did_not_hold_comes_again_from_who_wrote_it(
    place: Field, *, told: bool
) -> None:
    one, other = place.enrolled("un"), place.enrolled("deux")
    first = one.interview("Avant")
    one.cases.interviews.note(first, "Écrit avant la copie")
    synced(one, other)
    copy = copy_of(place.central)
    one.cases.interviews.note(first, "Écrit après la copie")
    other.cases.interviews.note(first, "Écrit par l’autre après la copie")
    second = other.interview("Après")
    synced(one, other, one)
    put_back(place, copy, told=told)
    expected = {
        "Écrit avant la copie",
        "Écrit après la copie",
        "Écrit par l’autre après la copie",
    }
    synced(one, other, one, other)
    assert texts(one) == texts(other) == expected
    assert {entry.id for entry in one.cases.interviews.list()} == {first, second}
    assert one.sync.state().conflicts == other.sync.state().conflicts == 0
    assert one.sync.sync().exchanges == 1


def test_what_another_wrote_meanwhile_is_not_overwritten_in_silence(place: Field) -> None:
    one, other = place.enrolled("un"), place.enrolled("deux")
    case = one.interview("Rangs")
    synced(one, other)
    copy = copy_of(place.central)
    for _ in range(4):  # ranks that the next life will give to something else
        one.cases.interviews.note(case, "Des rangs")
    other.cases.interviews.set(case, {"days_per_week": 2})
    synced(one, other, one)
    one.cases.interviews.set(case, {"days_per_week": 3})
    put_back(place, copy)
    third = place.enrolled("trois")
    synced(third)
    third.cases.interviews.set(case, {"days_per_week": 5})
    synced(third, one)
    assert third.sync.sync().digest_ok
    (conflict,) = third.cases.disagreements.conflicts()
    assert {voice.value for voice in conflict.voices} == {3, 5}


def test_a_laptop_enrolled_after_the_copy_is_enrolled_again_and_loses_nothing(
    place: Field,
) -> None:
    one = place.enrolled("un")
    copy = copy_of(place.central)
    late = place.enrolled("tard")
    case = late.interview("Tard")
    late.cases.interviews.note(case, "Déjà envoyé une fois")
    synced(late, one)
    put_back(place, copy)
    with pytest.raises(UnknownDeviceError, match="ne reconnaît pas"):
        late.sync.sync()
    late.sync.enrol(place.url, place.code("77"))
    synced(late, one)
    assert texts(one) == texts(late) == {"Déjà envoyé une fois"}
    with pytest.raises(RefusedError, match="déjà inscrit"):
        late.sync.enrol(place.url, place.code("77"))


def test_what_still_waited_is_sent_once(place: Field) -> None:
    one = place.enrolled("un")
    case = one.interview("Une fois")
    synced(one)
    copy = copy_of(place.central)
    one.cases.interviews.note(case, "Envoyée, oubliée")
    synced(one)
    one.cases.interviews.note(case, "Pas encore envoyée")
    put_back(place, copy)
    synced(one)
    found = one.cases.interviews.get(case)
    assert sorted(note.text for note in found.notes) == ["Envoyée, oubliée", "Pas encore envoyée"]
    with place.central.reading() as connection:
        numbers = list(connection.execute(sa.select(tables.receipt.c.local_seq)).scalars())
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_the_same_database_is_the_same_life_and_another_body_begins_one(place: Field) -> None:
    assert not lives.notice(place.central, NOW)
    with place.central.reading() as connection:
        before = lives.current(connection)
    with place.central.writing() as connection:
        connection.execute(tables.life.update().values(body="elsewhere"))
    assert lives.notice(place.central, NOW)
    with place.central.reading() as connection:
        assert lives.current(connection) != before
        assert audit.verify(connection).ok
    assert not lives.notice(place.central, NOW)
