import threading
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from asking import (
    INTERVIEW,
    PERSON,
    ServerClock,
    adviser,
    appointment,
    ask,
    note,
    page_after,
    person,
    pulled,
)
from ops import changes, op

from advisor.domain.cases.operation import Op, Operation
from advisor.domain.cases.synced import Life
from advisor.errors import BadDataError, NewerDatabaseError, NotFoundError
from advisor.sync.messages import Exchange, Pull, Trouble, Verdict
from advisor.sync.server import records, tables
from advisor.sync.server.database import FOLDER, Central
from advisor.sync.server.engine import Engine
from advisor.sync.server.rights import Rights, Role
from advisor.sync.wire import canonical, encode


def verdicts(reply: object) -> list[str]:
    return [one.verdict.value for one in reply.receipts]  # type: ignore[attr-defined]


def test_the_last_migration_leaves_exactly_the_declared_tables(central: Central) -> None:
    with central.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    central.migrate()
    for file in (FOLDER / "versions").glob("central_*.py"):
        text = file.read_text(encoding="utf-8")
        assert "import advisor" not in text
        assert "from advisor" not in text


def test_a_store_of_a_newer_version_is_refused_politely(central: Central) -> None:
    with central.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabaseError, match="plus récente"):
        central.migrate()


def test_what_one_device_sends_another_receives(engine: Engine) -> None:
    assert verdicts(ask(engine, "a", person("a", 1))) == ["applied"]
    (received,) = pulled(engine, "b")
    assert (received.entity, received.id, received.life) == ("professional", PERSON, Life.LIVE)
    assert {n: f.value for n, f in received.fields.items()} == {"nom": "Exemple", "telephone": "01"}


def test_a_sync_of_nothing_costs_one_exchange_and_brings_the_digest(engine: Engine) -> None:
    ask(engine, "a", person("a", 1))
    page = page_after(engine, "b", ask(engine, "b").head)
    assert (page.records, page.more) == ((), False)
    assert page.digest is not None
    assert [(one.entity, one.count) for one in page.digest] == [("professional", 1)]


def test_sending_again_gives_the_same_verdict_and_changes_nothing(
    engine: Engine, central: Central
) -> None:
    first = ask(engine, "a", person("a", 1), note("a", 2, "n1", "un"))
    with central.reading() as connection:
        before = records.dump(connection)
    again = ask(engine, "a", person("a", 1), note("a", 2, "n1", "un"))
    assert again.receipts == first.receipts
    with central.reading() as connection:
        assert records.dump(connection) == before


def test_a_gap_is_answered_with_the_expected_number_and_nothing_after_it_is_taken(
    engine: Engine,
) -> None:
    ask(engine, "a", person("a", 1))
    reply = ask(engine, "a", note("a", 3, "n1", "trois"))
    assert reply.trouble is Trouble.GAP
    assert reply.gap is not None
    assert (reply.gap.incarnation, reply.gap.expected) == ("i", 2)
    assert len(pulled(engine, "b")) == 1


def test_a_restored_copy_that_comes_back_lower_must_take_a_new_incarnation(engine: Engine) -> None:
    ask(engine, "a", person("a", 1), note("a", 2, "n1", "un"))
    assert ask(engine, "a", local_seq=1, pull=Pull(0)).trouble is Trouble.REINCARNATE


def test_a_clone_that_uses_a_number_again_overwrites_nothing(engine: Engine) -> None:
    ask(engine, "a", person("a", 1), note("a", 2, "n1", "un"))
    reply = ask(engine, "a", person("a", 1), note("a", 2, "n2", "autre"))
    assert reply.trouble is Trouble.REINCARNATE
    assert verdicts(reply) == ["applied"]
    assert {one.id for one in pulled(engine, "b")} == {PERSON, "n1"}


def test_a_bad_op_is_kept_whole_in_quarantine_and_does_not_block_the_next(engine: Engine) -> None:
    bad = op("a", 1, fields=changes(sector="1"))
    reply = ask(engine, "a", bad, person("a", 2))
    assert verdicts(reply) == ["quarantined", "applied"]
    (held,) = engine.quarantined()
    assert (held.reason, held.body) == ("unknown_record", bad.body())


def test_what_cannot_even_be_read_is_kept_whole_too(engine: Engine) -> None:
    body = {"device": "a", "incarnation": "i", "local_seq": 1, "operation": "teleport", "x": [1]}
    reply = engine.exchange("a", Exchange("a", "i", 1, (body,)))
    assert verdicts(reply) == ["quarantined"]
    assert engine.quarantined()[0].body == body
    with pytest.raises(BadDataError):
        engine.answer("a", encode(Exchange("a", "i", 1, ({"device": "a"},))))


def test_an_op_in_quarantine_is_replayed_once_its_right_is_given(engine: Engine) -> None:
    one = person("a", 1, departement="91")
    assert ask(engine, "a", one).receipts[0].reason == "rights"
    engine.admit(adviser("a", "77", "91"))
    cursor = ask(engine, "a").head
    assert engine.replay(engine.quarantined()[0]).verdict is Verdict.APPLIED
    page = page_after(engine, "a", cursor)
    assert [(one.local_seq, one.verdict) for one in page.replayed] == [(1, "applied")]
    assert [one.id for one in page.records] == [PERSON]
    assert engine.quarantined() == []
    assert ask(engine, "a", one).receipts[0].verdict is Verdict.APPLIED


def test_a_quarantined_change_comes_back_with_the_record_as_it_stands(engine: Engine) -> None:
    ask(engine, "a", person("a", 1))
    forged = op("b", 1, entity="professional", entity_id=PERSON, fields=changes(nom=[1]))
    reply = ask(engine, "b", forged)
    assert (verdicts(reply), reply.refreshed[0].fields["nom"].value) == (["quarantined"], "Exemple")


def test_pages_cut_anywhere_bring_everything_once_in_order(engine: Engine) -> None:
    notes = [note("a", n + 1, f"n{n}", str(n)) for n in range(10)]
    ask(engine, "a", *notes)
    for limit in range(1, 12):
        found = pulled(engine, "b", limit=limit)
        assert [one.id for one in found] == [f"n{n}" for n in range(10)]


def test_a_tombstone_is_kept_thirteen_months_then_an_older_client_takes_a_snapshot(
    engine: Engine, server_clock: ServerClock
) -> None:
    ask(engine, "a", person("a", 1), note("a", 2, "n1", "un"))
    cursor = ask(engine, "b").head
    deleting = op("a", 3, Operation.DELETE, "note", "n1", changes(text=(9, None)))
    assert verdicts(ask(engine, "a", deleting)) == ["applied"]
    server_clock.pass_days(390)
    assert engine.prune() == 0
    assert [one.life for one in pulled(engine, "b", cursor)] == [Life.DELETED]
    server_clock.pass_days(10)
    assert engine.prune() == 1
    reply = ask(engine, "b", person("b", 1, "p2"), pull=Pull(cursor))
    assert (reply.trouble, verdicts(reply)) == (Trouble.SNAPSHOT, ["applied"])
    kept = ask(engine, "b", pull=Pull(0, snapshot=reply.head)).page
    assert kept is not None
    assert {one.id for one in kept.records} == {PERSON, "p2"}


def test_a_cursor_from_a_server_that_was_restored_starts_again(engine: Engine) -> None:
    assert ask(engine, "a", pull=Pull(10**9)).trouble is Trouble.SNAPSHOT


def test_erasing_purges_rows_and_op_bodies_and_leaves_bare_marks(
    engine: Engine, central: Central
) -> None:
    late = note("b", 1, "n2", "Exemple secret", departement="91")
    ask(engine, "a", person("a", 1), appointment("a", 2), note("a", 3, "n1", "Exemple secret"))
    assert ask(engine, "b", late).receipts[0].verdict is Verdict.QUARANTINED
    ask(engine, "a", op("a", 4, Operation.ERASE_PERSON, "professional", PERSON))
    marks = {(one.entity, one.id): one for one in pulled(engine, "c")}
    assert {one.life for one in marks.values()} == {Life.ERASED}
    assert set(marks) == {("professional", PERSON), ("appointment", INTERVIEW), ("note", "n1")}
    with central.reading() as connection:
        rows = [tuple(row) for row in connection.execute(tables.receipt.select())]
        rows += [tuple(row) for row in connection.execute(tables.record.select())]
    assert "Exemple" not in canonical(rows)
    assert len(rows) == 8


def test_what_hangs_on_an_erased_person_is_erased_on_arrival(
    engine: Engine, central: Central
) -> None:
    ask(engine, "a", person("a", 1), op("a", 2, Operation.ERASE_PERSON, "professional", PERSON))
    reply = ask(engine, "b", appointment("b", 1, reason="secret"), note("b", 2, "n1", "secret"))
    assert [one.reason for one in reply.receipts] == ["erased", "erased"]
    assert {one.life for one in pulled(engine, "c")} == {Life.ERASED}
    with central.reading() as connection:
        bodies = connection.execute(sa.select(tables.receipt.c.body)).scalars().all()
    assert "secret" not in canonical(list(bodies))


def test_after_an_erasure_an_emptied_receipt_is_never_taken_for_another_op(
    engine: Engine,
) -> None:
    ask(engine, "a", person("a", 1), appointment("a", 2), note("a", 3, "n1", "secret"))
    ask(engine, "a", op("a", 4, Operation.ERASE_PERSON, "professional", PERSON))
    again = ask(engine, "a", note("a", 3, "n1", "secret"), local_seq=4)
    assert (again.trouble, verdicts(again)) == (None, ["applied"])
    emptied = replace(note("a", 3, "n1", ""), operation=Operation.VOID, fields={})
    assert ask(engine, "a", emptied, local_seq=4).trouble is None
    other = ask(engine, "a", note("a", 3, "n2", "of another copy"), local_seq=4)
    assert (other.trouble, other.receipts) == (Trouble.REINCARNATE, ())
    later = replace(note("a", 3, "n1", "secret"), declared_at="2026-03-11T08:00:00.000000Z")
    assert ask(engine, "a", later, local_seq=4).trouble is Trouble.REINCARNATE


def test_notes_of_an_erased_person_go_even_when_their_interview_never_left_quarantine(
    engine: Engine, central: Central
) -> None:
    held = appointment("b", 1, status="inconnu", professional=PERSON)
    reply = ask(engine, "b", held, note("b", 2, "n1", "secret"))
    assert verdicts(reply) == ["quarantined", "applied"]
    ask(engine, "a", person("a", 1), op("a", 2, Operation.ERASE_PERSON, "professional", PERSON))
    assert {one.life for one in pulled(engine, "c")} == {Life.ERASED}
    with central.reading() as connection:
        bodies = connection.execute(sa.select(tables.receipt.c.body)).scalars().all()
        kept = connection.execute(sa.select(tables.record.c.content)).scalars().all()
    assert "secret" not in canonical([list(bodies), list(kept)])


def test_erasing_follows_a_merged_duplicate(engine: Engine) -> None:
    ask(engine, "a", person("a", 1), person("a", 2, "double"))
    ask(engine, "a", appointment("a", 3, professional="double"))
    merging = op("a", 4, Operation.MERGE_PERSON, "professional", "double", changes(into=PERSON))
    ask(engine, "a", merging)
    moved = {one.id: one for one in pulled(engine, "b")}[INTERVIEW]
    assert moved.fields["professional"].value == PERSON
    ask(engine, "a", op("a", 5, Operation.ERASE_PERSON, "professional", PERSON))
    assert {one.life for one in pulled(engine, "b")} == {Life.ERASED}


def test_a_line_emptied_before_it_was_sent_only_keeps_its_place(engine: Engine) -> None:
    void = replace(person("a", 1), operation=Operation.VOID, fields={})
    assert verdicts(ask(engine, "a", void)) == ["applied"]
    assert pulled(engine, "a") == []
    assert verdicts(ask(engine, "a", person("a", 1))) == ["applied"]


def test_in_one_push_a_booking_meets_only_those_that_still_stand_at_its_hour(
    engine: Engine,
) -> None:
    def moved(number: int, one: str, **fields: Any) -> Op:
        return op("a", number, Operation.SET, "appointment", one, changes(**fields))

    reply = ask(
        engine,
        "a",
        appointment("a", 1, "first", at="08:45", minutes=30),
        appointment("a", 2, "second", at="09:10", minutes=30),
        moved(3, "first", at="11:00"),
        moved(4, "second", reason="vu"),
        appointment("a", 5, "third", at="08:50", minutes=20),
        moved(6, "second", status="annule"),
        appointment("a", 7, "fourth", at="09:10", minutes=30),
        moved(8, "first", minutes=45, at="08:20"),
    )
    meets = [one.local_seq for one in reply.receipts if "double_booking" in one.warnings]
    assert meets == [2, 8]


def test_a_double_booking_is_a_warning_and_both_stand(engine: Engine) -> None:
    ask(engine, "a", appointment("a", 1, at="09:00", minutes=30))
    reply = ask(engine, "b", appointment("b", 1, "other", at="09:15", minutes=30))
    assert (verdicts(reply), reply.receipts[0].warnings) == (["applied"], ("double_booking",))
    after = ask(engine, "b", appointment("b", 2, "third", at="09:45", minutes=30))
    assert after.receipts[0].warnings == ()


def test_a_device_of_another_departement_receives_and_changes_nothing(engine: Engine) -> None:
    ask(engine, "a", person("a", 1))
    engine.admit(adviser("b", "91"))
    assert pulled(engine, "b") == []
    assert page_after(engine, "b").digest == ()
    assert page_after(engine, "b", bucket=("professional", "77")).records == ()
    for departement in ("77", "91"):
        seq = 1 if departement == "77" else 2
        one = op("b", seq, Operation.SET, "professional", PERSON, changes(nom="X"))
        reply = ask(engine, "b", replace(one, departement=departement))
        assert (reply.receipts[0].reason, reply.refreshed) == ("rights", ())
    assert pulled(engine, "a")[0].fields["nom"].value == "Exemple"


def test_a_kind_hidden_from_an_organisation_never_leaves_the_store(engine: Engine) -> None:
    ask(engine, "a", person("a", 1), note("a", 2, "n1", "un"))
    engine.admit(Rights("d", "CPAM", Role.ADVISER, frozenset({"77"}), frozenset({"note"})))
    assert [one.entity for one in pulled(engine, "d")] == ["professional"]
    assert ask(engine, "d", note("d", 1, "n2", "x")).receipts[0].reason == "rights"


def test_a_reader_receives_and_writes_nothing(engine: Engine) -> None:
    ask(engine, "a", person("a", 1))
    engine.admit(Rights("d", "ARS", Role.READER, frozenset({"77"})))
    assert len(pulled(engine, "d")) == 1
    assert ask(engine, "d", note("d", 1, "n2", "x")).receipts[0].reason == "rights"


def test_a_revoked_an_unknown_or_an_impersonated_device_is_told_to_lock(engine: Engine) -> None:
    engine.revoke("a")
    for device in ("a", "unknown"):
        reply = ask(engine, device, person(device, 1), pull=Pull(0))
        assert (reply.trouble, reply.receipts, reply.page) == (Trouble.LOCKED, (), None)
    assert engine.exchange("b", Exchange("c", "i", 0)).trouble is Trouble.LOCKED
    with pytest.raises(NotFoundError):
        engine.revoke("unknown")
    assert pulled(engine, "b") == []


def test_an_old_client_that_cannot_pull_can_still_push(engine: Engine) -> None:
    reply = ask(engine, "a", person("a", 1))
    assert (verdicts(reply), reply.page) == (["applied"], None)
    assert ask(engine, "a", protocol=99).trouble is Trouble.PROTOCOL


def test_every_concurrent_writer_is_read_and_no_reader_skips_a_committed_op(
    central: Central, engine: Engine
) -> None:
    """Six writers commit while a reader follows its cursor: it must miss none of their ops."""
    many, writers = 10, "defghi"
    for device in writers:
        engine.admit(adviser(device))
    failures: list[BaseException] = []

    def write(device: str) -> None:
        try:
            for n in range(1, many + 1):
                ask(engine, device, note(device, n, f"{device}{n}", device))
        except BaseException as error:  # noqa: BLE001 - told by the main thread
            failures.append(error)

    threads = [threading.Thread(target=write, args=(device,)) for device in writers]
    for thread in threads:
        thread.start()
    seen: list[str] = []
    cursor = 0
    finished = False
    while not finished:
        finished = not any(thread.is_alive() for thread in threads)
        page = page_after(engine, "a", cursor, limit=7)
        seen += [one.id for one in page.records]
        cursor = page.cursor
        finished = finished and not page.more
    assert not failures
    assert sorted(seen) == sorted(f"{d}{n}" for d in writers for n in range(1, many + 1))
    assert len(pulled(engine, "b")) == many * len(writers)
