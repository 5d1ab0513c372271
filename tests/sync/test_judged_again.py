"""What reached the central store before the record it speaks of, carried by another's file."""

from asking import PERSON, adviser, ask, page_after, person, pulled
from ops import changes, op

from advisor.domain.cases.operation import Op, Operation
from advisor.sync.server.engine import Engine


def renamed(device: str, local_seq: int, **more: object) -> Op:
    fields = changes(prenom="Camille")
    return op(device, local_seq, Operation.SET, "professional", PERSON, fields, **more)


def test_a_change_that_came_before_its_record_is_applied_as_soon_as_the_record_is_made(
    engine: Engine,
) -> None:
    reply = ask(engine, "b", renamed("b", 1))
    assert reply.receipts[0].reason == "unknown_record"
    ask(engine, "a", person("a", 1))
    assert engine.quarantined() == []
    (held,) = pulled(engine, "c")
    assert held.fields["prenom"].value == "Camille"
    (told,) = page_after(engine, "b", reply.head).replayed
    assert (told.local_seq, told.verdict, told.reason) == (1, "applied_parallel", "")
    assert ask(engine, "b", renamed("b", 1)).receipts == (told,)


def test_changes_that_waited_for_their_record_are_judged_in_the_order_they_came(
    engine: Engine,
) -> None:
    ask(engine, "b", renamed("b", 1))
    other = op("c", 1, Operation.SET, "professional", PERSON, changes(prenom="Dominique"))
    ask(engine, "c", other)
    ask(engine, "a", person("a", 1))
    (held,) = pulled(engine, "a")
    assert held.fields["prenom"].value == "Camille"
    assert [one.value for one in held.conflicts["prenom"]] == ["Camille", "Dominique"]


def test_what_waited_for_its_record_keeps_the_rights_of_its_own_device(engine: Engine) -> None:
    ask(engine, "b", renamed("b", 1))
    engine.admit(adviser("b", "91"))
    ask(engine, "a", person("a", 1))
    (held,) = pulled(engine, "a")
    assert "prenom" not in held.fields
    assert [one.reason for one in engine.quarantined()] == ["rights"]


def test_a_record_made_by_a_push_sent_twice_judges_nothing_twice(engine: Engine) -> None:
    ask(engine, "b", renamed("b", 1))
    ask(engine, "a", person("a", 1))
    before = ask(engine, "c").head
    ask(engine, "a", person("a", 1))
    assert ask(engine, "c").head == before
    assert len(pulled(engine, "c")) == 1
