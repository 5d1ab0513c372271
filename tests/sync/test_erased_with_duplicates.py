"""Who asks to be forgotten is one human being, under however many records."""

from dataclasses import replace
from typing import Any

from asking import INTERVIEW, PERSON, ServerClock, appointment, ask, note, person, pulled
from ops import changes, op

from advisor.domain.cases.operation import FieldChange, Op, Operation
from advisor.domain.cases.synced import DELETED, Life
from advisor.sync.messages import Reply
from advisor.sync.server.engine import Engine
from advisor.sync.server.rights import Rights, Role


def verdicts(reply: Reply) -> list[str]:
    return [one.verdict.value for one in reply.receipts]


def merge_into(number: int, duplicate: str, kept: str, device: str = "a") -> Op:
    merging, into = Operation.MERGE_PERSON, changes(into=kept)
    return op(device, number, merging, "professional", duplicate, into)


def erase(device: str, number: int, one: str, **more: Any) -> Op:
    return op(device, number, Operation.ERASE_PERSON, "professional", one, **more)


def test_erasing_a_duplicate_erases_whom_it_was_merged_into_however_far(engine: Engine) -> None:
    ask(engine, "a", person("a", 1), person("a", 2, "double"), person("a", 3, "triple"))
    ask(engine, "a", appointment("a", 4, professional="double"), note("a", 5, "n1", "secret"))
    ask(engine, "a", merge_into(6, "double", "triple"), merge_into(7, "triple", PERSON))
    unaware = ask(engine, "b", erase("b", 1, "double"))
    assert verdicts(unaware) == ["applied"]
    assert {one.life for one in pulled(engine, "c")} == {Life.ERASED}
    assert len(pulled(engine, "c")) == 5


def test_erasing_the_person_kept_reaches_the_duplicates_of_duplicates(engine: Engine) -> None:
    ask(engine, "a", person("a", 1), person("a", 2, "double"), person("a", 3, "triple"))
    ask(engine, "a", merge_into(4, "triple", "double"), merge_into(5, "double", PERSON))
    ask(engine, "a", erase("a", 6, PERSON))
    assert {one.life for one in pulled(engine, "b")} == {Life.ERASED}
    assert len(pulled(engine, "b")) == 3


def test_a_device_never_erases_through_a_merge_whom_it_may_not_see(engine: Engine) -> None:
    engine.admit(Rights("a", "URPS", Role.ADVISER, frozenset({"77", "91"})))
    engine.admit(Rights("b", "URPS", Role.ADVISER, frozenset({"77"})))
    elsewhere = replace(person("a", 1), departement="91")
    ask(engine, "a", elsewhere, person("a", 2, "double"), merge_into(3, "double", PERSON))
    reply = ask(engine, "b", erase("b", 1, "double"))
    assert [(one.verdict, one.reason) for one in reply.receipts] == [("quarantined", "rights")]
    assert Life.ERASED not in {one.life for one in pulled(engine, "a")}


def test_two_people_told_apart_again_are_not_erased_together(engine: Engine) -> None:
    ask(engine, "a", person("a", 1), person("a", 2, "double"), merge_into(3, "double", PERSON))
    ask(engine, "b", op("b", 1, Operation.SET, "professional", "double", changes(telephone="07")))
    alive = {DELETED: FieldChange(99, True, False)}
    ask(engine, "a", op("a", 4, Operation.RESOLVE_CONFLICT, "professional", "double", alive))
    ask(engine, "a", erase("a", 5, "double"))
    lives = {one.id: one.life for one in pulled(engine, "c")}
    assert lives == {"double": Life.ERASED, PERSON: Life.LIVE}


def test_two_people_told_apart_again_get_back_their_own_interviews(engine: Engine) -> None:
    ask(engine, "a", person("a", 1), person("a", 2, "double"), person("a", 3, "triple"))
    ask(engine, "a", appointment("a", 4, professional="double"))
    ask(engine, "a", merge_into(5, "double", "triple"), merge_into(6, "triple", PERSON))
    assert owner_of_the_interview(engine) == PERSON
    ask(engine, "b", op("b", 1, Operation.SET, "professional", "double", changes(telephone="07")))
    assert owner_of_the_interview(engine) == PERSON, "nobody has decided yet"
    alive = {DELETED: FieldChange(99, True, False)}
    ask(engine, "a", op("a", 7, Operation.RESOLVE_CONFLICT, "professional", "double", alive))
    assert owner_of_the_interview(engine) == "double"
    ask(engine, "a", merge_into(8, "double", PERSON))
    assert owner_of_the_interview(engine) == PERSON


def test_a_merge_of_years_ago_is_still_followed(engine: Engine, server_clock: ServerClock) -> None:
    ask(engine, "a", person("a", 1), person("a", 2, "double"))
    ask(engine, "a", appointment("a", 3, professional="double"), merge_into(4, "double", PERSON))
    server_clock.pass_days(800)
    assert engine.prune() == 0
    ask(engine, "b", erase("b", 1, "double"))
    assert {one.life for one in pulled(engine, "c")} == {Life.ERASED}


def owner_of_the_interview(engine: Engine) -> object:
    held = {one.id: one for one in pulled(engine, "c")}
    return held[INTERVIEW].fields["professional"].value
