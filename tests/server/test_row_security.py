"""With the first wall taken down, PostgreSQL itself still gives and changes nothing of others."""

import secrets
from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa
from asking import PERSON, adviser, ask, note, page_after, person
from ops import changes, op

from advisor.domain.cases.operation import Operation
from advisor.store.prepared import Prepared
from advisor.sync.messages import Exchange, Pull
from advisor.sync.server import giving, records, tables
from advisor.sync.server.database import Central
from advisor.sync.server.engine import Engine
from advisor.sync.server.rights import Rights, Role
from advisor.sync.server.walls import ROLE, confined

ESSONNE = adviser("b", "91")
BLIND = Rights("c", "CPAM", Role.ADVISER, frozenset({"77"}), frozenset({"note"}))


@pytest.fixture
def owner(postgres: Central, postgres_url: str) -> Iterator[Central]:
    """Return a store whose owner is no superuser and may make no role."""
    name, word = f"owner_{secrets.token_hex(4)}", secrets.token_hex(8)
    admin = postgres.engine
    with admin.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql(f"DROP OWNED BY {ROLE}")
        connection.exec_driver_sql(f"DROP ROLE {ROLE}")
        connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN PASSWORD '{word}'")
        connection.exec_driver_sql(f"CREATE SCHEMA public AUTHORIZATION {name}")
    opened = Central(sa.make_url(postgres_url).set(username=name, password=word))
    opened.migrate()
    yield opened
    opened.close()
    with admin.begin() as connection:
        connection.exec_driver_sql(f"DROP OWNED BY {name} CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA IF NOT EXISTS public")
        connection.exec_driver_sql(f"DROP ROLE {name}")


@pytest.fixture(params=["superuser", "owner"])
def walled(request: pytest.FixtureRequest) -> Central:
    named = {"superuser": "postgres", "owner": "owner"}[request.param]
    found: Central = request.getfixturevalue(named)
    return found


@pytest.fixture
def filled(walled: Central) -> Engine:
    engine = Engine(walled)
    for one in (adviser("a"), ESSONNE, BLIND):
        engine.admit(one)
    ask(engine, "a", person("a", 1), note("a", 2, "n1", "secret"))
    return engine


@pytest.fixture
def no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Python believe that everybody may see and write everything."""
    monkeypatch.setattr(Rights, "sees", lambda *_: True)
    monkeypatch.setattr(Rights, "refuses", lambda *_: False)
    record, receipt = tables.record, tables.receipt
    after = record.select().where(record.c.seq > sa.bindparam("after")).order_by(record.c.seq)
    limited = after.limit(sa.bindparam("most", type_=sa.Integer))
    monkeypatch.setattr(giving, "_AFTER", Prepared(limited))
    kind, place = record.c.entity, record.c.departement
    marks = sa.select(kind, place, sa.func.count(), sa.func.sum(record.c.mark))
    marks = marks.group_by(kind, place).order_by(kind, place)
    monkeypatch.setattr(giving, "_DIGEST", Prepared(marks))
    replayed = receipt.select().order_by(receipt.c.replayed)
    monkeypatch.setattr(giving, "_REPLAYED", Prepared(replayed))


def dump(central: Central) -> str:
    with central.reading() as connection:
        return records.dump(connection)


@pytest.mark.usefixtures("no_filter")
def test_without_the_filter_another_departement_still_receives_nothing(filled: Engine) -> None:
    page = page_after(filled, "b", 0, limit=1000)
    assert (page.records, page.digest, page.replayed) == ((), (), ())


@pytest.mark.usefixtures("no_filter")
def test_without_the_filter_a_hidden_kind_still_stays_hidden(filled: Engine) -> None:
    page = page_after(filled, "c", 0, limit=1000)
    assert [one.entity for one in page.records] == ["professional"]


@pytest.mark.usefixtures("no_filter")
@pytest.mark.parametrize("departement", ["77", "91"])
def test_without_the_filter_another_departement_still_changes_nothing(
    filled: Engine, walled: Central, departement: str
) -> None:
    before = dump(walled)
    one = op("b", 1, Operation.SET, "professional", PERSON, changes(nom=(99, "X")))
    with pytest.raises((LookupError, sa.exc.DBAPIError)):
        ask(filled, "b", replace(one, departement=departement))
    with pytest.raises((LookupError, sa.exc.DBAPIError)):
        ask(filled, "b", person("b", 1, "another", departement="77"))
    assert dump(walled) == before
    assert filled.exchange("a", Exchange("a", "i", 2, (), Pull(0))).page is not None


@pytest.mark.usefixtures("no_filter")
def test_without_the_filter_a_hidden_kind_still_cannot_be_written(
    filled: Engine, walled: Central
) -> None:
    before = dump(walled)
    with pytest.raises((LookupError, sa.exc.DBAPIError)):
        ask(filled, "c", note("c", 1, "n2", "x"))
    assert dump(walled) == before


def test_inside_the_walls_even_plain_sql_reaches_nothing_else(
    filled: Engine, walled: Central
) -> None:
    with walled.engine.connect() as connection, connection.begin():
        with confined(connection, ESSONNE):
            for table in ("record", "receipt", "incarnation"):
                assert connection.exec_driver_sql(f"SELECT * FROM {table}").all() == []
            seen = connection.exec_driver_sql("SELECT id FROM device").scalars().all()
            changed = connection.exec_driver_sql("UPDATE record SET life = 'erased'").rowcount
        assert (seen, changed) == (["b"], 0)
        assert connection.exec_driver_sql("SELECT count(*) FROM record").scalar() == 2
    assert filled.quarantined() == []


@pytest.mark.parametrize("table", ["audit", "identity", "invitation", "pack", "organisation"])
def test_inside_the_walls_the_store_s_own_tables_are_closed(postgres: Central, table: str) -> None:
    with (
        pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
        postgres.engine.begin() as connection,
        confined(connection, ESSONNE),
    ):
        connection.exec_driver_sql(f"SELECT * FROM {table}")


def test_erasing_and_merging_still_reach_every_place(filled: Engine, walled: Central) -> None:
    filled.admit(adviser("b", "77", "91"))
    ask(filled, "b", note("b", 1, "n2", "ailleurs", departement="91"))
    reply = ask(filled, "a", op("a", 3, Operation.ERASE_PERSON, "professional", PERSON))
    assert [one.verdict.value for one in reply.receipts] == ["applied"]
    assert "Exemple" not in dump(walled)
