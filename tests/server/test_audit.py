"""The audit tells what was done, names nobody, and cannot be rewritten unseen."""

import httpx
import pytest
import sqlalchemy as sa
from asking import PERSON, ServerClock, note, person
from ops import op
from speaking import Post, Posts

from advisor.domain.cases.operation import Operation
from advisor.sync.messages import Pull
from advisor.sync.server import audit, enrolment, tables
from advisor.sync.server.audit import Act, Chain
from advisor.sync.server.database import Central


def told(central: Central) -> list[str]:
    with central.reading() as connection:
        rows = connection.execute(tables.audit.select().order_by(tables.audit.c.seq))
        return [row.kind for row in rows]


def checked(central: Central) -> Chain:
    with central.reading() as connection:
        return audit.verify(connection)


def test_what_is_done_is_told_in_order_without_a_name(
    seine: Post, posts: Posts, central: Central, server_clock: ServerClock, web: httpx.Client
) -> None:
    seine.ask(person(seine.device, 1), note(seine.device, 2, "n1", "secret"))
    seine.pulled()
    seine.ask(op(seine.device, 3, Operation.ERASE_PERSON, "professional", PERSON))
    web.get("/v1/packs/current")
    enrolment.revoke(central, seine.device, server_clock.now())
    assert told(central) == [
        "invite", "redeem", "push", "pull", "push", "erase", "refused", "revoke",
    ]  # fmt: skip
    assert checked(central) == Chain(8)
    with central.reading() as connection:
        text = str([tuple(row) for row in connection.execute(tables.audit.select())])
    for secret in ("Exemple", "secret", "Conseiller", "URPS", "Poste", "127.0.0.1"):
        assert secret not in text


def test_a_sync_of_nothing_writes_nothing(seine: Post, central: Central) -> None:
    before = told(central)
    seine.ask(pull=Pull(0))
    assert told(central) == before


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET kind = 'x'", "DELETE FROM audit", "DELETE FROM audit WHERE seq = 1"],
)
def test_the_database_refuses_to_rewrite_the_audit(
    seine: Post, central: Central, statement: str
) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="only grows"), central.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert checked(central).ok


def tampered(central: Central, statement: str) -> Chain:
    off, on = "", ""
    with central.engine.begin() as connection:
        if central.lite:
            for verb in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS audit_{verb}")
        else:
            off, on = (f"ALTER TABLE audit {verb} TRIGGER ALL" for verb in ("DISABLE", "ENABLE"))
            connection.exec_driver_sql(off)
        connection.exec_driver_sql(statement)
        if on:
            connection.exec_driver_sql(on)
    return checked(central)


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE audit SET device = 'other' WHERE seq = 2", 2),
        ("UPDATE audit SET at = '2020' WHERE seq = 1", 1),
        ("UPDATE audit SET detail = '{\"applied\":9}' WHERE seq = 3", 3),
        ("DELETE FROM audit WHERE seq = 2", 2),
        ("DELETE FROM audit WHERE seq = 3", 3),
        ("DELETE FROM audit", 1),
    ],
)
def test_whoever_gets_around_the_database_is_found_out(
    seine: Post, central: Central, statement: str, line: int
) -> None:
    seine.ask(person(seine.device, 1))
    assert checked(central) == Chain(3)
    assert tampered(central, statement).broken_at == line


def test_a_flood_of_failures_is_not_all_written(web: httpx.Client, central: Central) -> None:
    for _ in range(40):
        web.get("/v1/packs/current")
    assert 0 < told(central).count(Act.REFUSED.value) <= 30
