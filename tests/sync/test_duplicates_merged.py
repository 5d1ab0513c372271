"""Two records of one professional: told by the store, merged on a laptop, traced everywhere."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from network import DAY, Field, Laptop

from advisor.cli.shapes_central import lines_of, shape_of
from advisor.domain.cases.operation import Operation
from advisor.sync.messages import Exchange
from advisor.sync.server import tables
from advisor.sync.server.app import RunningServer
from advisor.sync.server.database import Central
from advisor.sync.server.engine import Engine
from advisor.sync.server.overview import overview


@pytest.fixture
def place(central: Central, tmp_path: Path) -> Iterator[Field]:
    with RunningServer(central) as server:
        made = Field(central, server, tmp_path)
        yield made
        for laptop in made.laptops:
            laptop.close()


def received(laptop: Laptop, nom: str, **more: str) -> str:
    booking = {
        "departement": "77", "date": DAY.isoformat(), "nom": nom, "prenom": "Camille",
        "profession": "sage_femme", "telephone": "06 39 98 00 01", **more,
    }  # fmt: skip
    return laptop.cases.interviews.new(booking, {}, ()).id


def audited(central: Central) -> list[str]:
    with central.reading() as connection:
        return list(connection.execute(sa.select(tables.audit.c.kind)).scalars())


def test_a_pair_is_told_without_names_merged_on_a_laptop_and_traced(place: Field) -> None:
    one, other = place.enrolled("un"), place.enrolled("deux")
    first = received(one, "Exemple")
    one.sync.sync()
    second = received(other, "EXEMPLE")
    received(other, "Exemple", telephone="01 99 00 00 02", profession="infirmier")
    other.sync.sync()
    seen = overview(place.central)
    (told,) = shape_of(seen)["duplicates"]
    assert (len(told["ids"]), told["score"]) == (2, 100)
    assert told["why"] == ["name", "profession", "phone", "departement"]
    assert "xemple" not in json.dumps(shape_of(seen)["duplicates"]) + "".join(lines_of(seen))
    (twins,) = other.cases.duplicates.proposed()
    assert list(twins.duplicate.ids) == told["ids"]
    other.cases.duplicates.merge(twins.other.person.id, twins.kept.person.id)
    assert other.cases.duplicates.proposed() == []
    for laptop in (other, one):
        assert laptop.sync.sync().digest_ok is True
    for laptop in (one, other):
        people = {laptop.cases.interviews.get(case).professional.id for case in (first, second)}
        assert people == {twins.kept.person.id}
    assert overview(place.central).duplicates == ()
    assert audited(place.central).count("merge") == 1
    assert any(
        entry.operation is Operation.MERGE_PERSON for entry in other.cases.journal.entries(limit=50)
    )


def test_two_people_of_one_name_are_said_once_and_stay_two(place: Field) -> None:
    one = place.enrolled("un")
    received(one, "Exemple")
    received(one, "exemple")
    (twins,) = one.cases.duplicates.proposed()
    one.cases.duplicates.keep_two(twins.id)
    assert one.cases.duplicates.proposed() == []
    assert len({i.professional.id for i in one.cases.interviews.list()}) == 2


def test_an_erasure_sent_twice_is_one_line_of_the_audit(place: Field) -> None:
    one = place.enrolled("un")
    received(one, "Exemple")
    one.sync.sync()
    (interview,) = one.cases.interviews.list()
    with one.cases.desk.write() as work:
        work.erase_person(interview.professional.id)
    engine = Engine(place.central, audited=True)
    entry = one.cases.journal.entries(limit=1)[0]
    asked = Exchange(entry.device, entry.incarnation, entry.local_seq, (entry.body(),))
    first, second = (engine.exchange(entry.device, asked) for _ in range(2))
    assert first.receipts == second.receipts
    assert audited(place.central).count("erase") == 1
