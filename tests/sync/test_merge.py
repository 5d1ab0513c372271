import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ops import changes, op

from advisor.domain.cases.operation import FieldChange, Op, Operation
from advisor.domain.cases.synced import DELETED, Life, Version
from advisor.store.entities import ENTITIES
from advisor.sync.merge import Merged, Record, merge
from advisor.sync.messages import Verdict
from advisor.sync.policies import RULES, Policy
from advisor.sync.wire import same


def created(**fields: object) -> Record:
    made = merge(op("a", 1, Operation.CREATE, fields=changes(**fields)), None, 1).record
    assert made is not None
    return made


def after(record: Record | None, one: Op, seq: int) -> tuple[Record, Verdict]:
    merged = merge(one, record, seq)
    assert merged.record is not None, merged
    return merged.record, merged.verdict


def value(record: Record, name: str) -> object:
    return record.fields[name].current.value


def other_values(record: Record, name: str) -> list[object]:
    return [one.value for one in record.fields[name].others]


def test_a_change_made_on_the_value_seen_is_applied() -> None:
    record, verdict = after(created(sector="1"), op("b", 1, fields=changes(sector=(1, "2"))), 2)
    assert (value(record, "sector"), verdict) == ("2", Verdict.APPLIED)


def test_other_fields_changed_meanwhile_are_told_and_both_stand() -> None:
    record, _ = after(created(sector="1"), op("b", 1, fields=changes(exercise=(0, "msp"))), 2)
    record, verdict = after(record, op("c", 1, fields=changes(sector=(1, "2"))), 3)
    assert verdict is Verdict.PARALLEL
    assert (value(record, "sector"), value(record, "exercise")) == ("2", "msp")


def test_the_first_value_received_stays_and_the_second_is_kept_beside_it() -> None:
    record, _ = after(created(sector="1"), op("b", 1, fields=changes(sector=(1, "2"))), 2)
    record, verdict = after(record, op("c", 1, fields=changes(sector=(1, "2_optam"))), 3)
    assert verdict is Verdict.CONFLICT
    assert value(record, "sector") == "2"
    assert other_values(record, "sector") == ["2_optam"]


def test_the_same_value_typed_twice_is_no_conflict() -> None:
    record, _ = after(created(sector="1"), op("b", 1, fields=changes(sector=(1, "2"))), 2)
    record, verdict = after(record, op("c", 1, fields=changes(sector=(1, "2"))), 3)
    assert verdict is Verdict.APPLIED
    assert other_values(record, "sector") == []


def test_two_offline_edits_of_one_device_follow_each_other_without_conflict() -> None:
    record, _ = after(created(sector="1"), op("b", 1, fields=changes(sector=(1, "2"))), 2)
    record, verdict = after(record, op("b", 2, fields=changes(sector=(1, "3"))), 3)
    assert (value(record, "sector"), verdict) == ("3", Verdict.APPLIED)


def test_a_restored_copy_of_the_same_device_does_not_overwrite_what_it_forgot() -> None:
    record, _ = after(created(sector="1"), op("b", 1, fields=changes(sector=(1, "2"))), 2)
    late = op("b", 1, fields=changes(sector=(1, "3")), incarnation="other")
    record, verdict = after(record, late, 3)
    assert (value(record, "sector"), verdict) == ("2", Verdict.CONFLICT)


def test_a_later_edit_of_the_same_author_replaces_their_side_of_the_conflict() -> None:
    record, _ = after(created(sector="1"), op("b", 1, fields=changes(sector=(1, "2"))), 2)
    record, _ = after(record, op("c", 1, fields=changes(sector=(1, "x"))), 3)
    record, _ = after(record, op("c", 2, fields=changes(sector=(1, "y"))), 4)
    assert (value(record, "sector"), other_values(record, "sector")) == ("2", ["y"])


def test_resolving_closes_what_was_seen_and_keeps_every_text_in_history() -> None:
    record, _ = after(created(sector="1"), op("b", 1, fields=changes(sector=(1, "2"))), 2)
    record, _ = after(record, op("c", 1, fields=changes(sector=(1, "x"))), 3)
    resolving = op("d", 1, Operation.RESOLVE_CONFLICT, fields=changes(sector=(3, "x")))
    record, verdict = after(record, resolving, 4)
    assert (value(record, "sector"), other_values(record, "sector")) == ("x", [])
    assert verdict is Verdict.APPLIED
    assert {one.value for one in record.versions} == {"2", "x"}


def test_two_people_who_resolve_make_no_new_conflict() -> None:
    record, _ = after(created(sector="1"), op("b", 1, fields=changes(sector=(1, "2"))), 2)
    record, _ = after(record, op("c", 1, fields=changes(sector=(1, "x"))), 3)
    for device, chosen, seq in (("d", "x", 4), ("e", "2", 5)):
        one = op(device, 1, Operation.RESOLVE_CONFLICT, fields=changes(sector=(3, chosen)))
        record, _ = after(record, one, seq)
    assert (value(record, "sector"), other_values(record, "sector")) == ("x", [])
    assert "Conseiller e" in {one.author for one in record.versions}


def test_a_version_that_arrived_after_the_resolver_looked_stays_open() -> None:
    record, _ = after(created(sector="1"), op("b", 1, fields=changes(sector=(1, "2"))), 2)
    record, _ = after(record, op("c", 1, fields=changes(sector=(1, "x"))), 3)
    record, _ = after(record, op("e", 1, fields=changes(sector=(1, "late"))), 4)
    one = op("d", 1, Operation.RESOLVE_CONFLICT, fields=changes(sector=(3, "x")))
    record, _ = after(record, one, 5)
    assert (value(record, "sector"), other_values(record, "sector")) == ("x", ["late"])


def test_a_delete_against_an_edit_it_did_not_see_leaves_the_edit_as_a_conflict() -> None:
    record, _ = after(created(sector="1"), op("b", 1, fields=changes(sector=(1, "2"))), 2)
    record, verdict = after(record, op("c", 1, Operation.DELETE, fields=changes(sector=(1, 0))), 3)
    assert (record.life, verdict) == (Life.LIVE, Verdict.CONFLICT)
    assert other_values(record, DELETED) == [True]


def test_an_edit_that_arrives_after_the_delete_brings_the_record_back_as_a_conflict() -> None:
    gone, verdict = after(
        created(sector="1"), op("c", 1, Operation.DELETE, fields=changes(sector=(1, None))), 2
    )
    assert (gone.life, verdict) == (Life.DELETED, Verdict.APPLIED)
    record, verdict = after(gone, op("b", 1, fields=changes(sector=(1, "2"))), 3)
    assert (record.life, verdict) == (Life.LIVE, Verdict.CONFLICT)
    assert (value(record, "sector"), other_values(record, DELETED)) == ("2", [True])
    one = op("d", 1, Operation.RESOLVE_CONFLICT, fields={DELETED: FieldChange(3, False, True)})
    assert after(record, one, 4)[0].life is Life.DELETED


def test_removing_for_good_leaves_open_what_was_typed_since_the_resolver_looked() -> None:
    gone, _ = after(
        created(sector="1"), op("c", 1, Operation.DELETE, fields=changes(sector=(1, None))), 2
    )
    record, _ = after(gone, op("b", 1, fields=changes(sector=(1, "2"))), 3)
    record, _ = after(record, op("e", 1, fields=changes(exercise=(0, "msp"))), 4)
    late = op("d", 1, Operation.RESOLVE_CONFLICT, fields={DELETED: FieldChange(3, False, True)})
    record, verdict = after(record, late, 5)
    assert (record.life, verdict) == (Life.LIVE, Verdict.CONFLICT)
    assert [one.value for one in record.fields[DELETED].others] == [True]
    seen = op("d", 2, Operation.RESOLVE_CONFLICT, fields={DELETED: FieldChange(5, False, True)})
    assert after(record, seen, 6)[0].life is Life.DELETED


def test_undoing_ones_own_deletion_brings_the_record_back_without_conflict() -> None:
    gone, _ = after(created(sector="1"), op("a", 2, Operation.DELETE, fields=changes(sector=1)), 2)
    back, verdict = after(gone, op("a", 3, Operation.CREATE, fields=changes(sector="1")), 3)
    assert (back.life, verdict) == (Life.LIVE, Verdict.APPLIED)


def test_telephone_keeps_the_last_received_and_the_history() -> None:
    person = {"entity": "professional"}
    first = op("a", 1, Operation.CREATE, fields=changes(telephone="01"), **person)
    record, _ = after(None, first, 1)
    record, _ = after(record, op("b", 1, fields=changes(telephone=(1, "02")), **person), 2)
    record, verdict = after(record, op("c", 1, fields=changes(telephone=(1, "03")), **person), 3)
    assert (value(record, "telephone"), verdict) == ("03", Verdict.APPLIED)
    assert [one.value for one in record.versions] == ["01", "02", "03"]


def test_revising_one_note_twice_gives_one_entry_with_two_versions() -> None:
    note = {"entity": "note"}
    first = op("a", 1, Operation.APPEND_NOTE, fields=changes(interview="i1", text="un"), **note)
    record, _ = after(None, first, 1)
    revise = Operation.REVISE_NOTE
    record, _ = after(record, op("b", 1, revise, fields=changes(text=(1, "deux")), **note), 2)
    record, verdict = after(
        record, op("c", 1, revise, fields=changes(text=(1, "trois")), **note), 3
    )
    assert verdict is Verdict.CONFLICT
    assert (value(record, "text"), other_values(record, "text")) == ("deux", ["trois"])
    assert [one.value for one in record.versions] == ["un", "deux", "trois"]


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (op("b", 1, schema_version="0099"), "unknown_schema"),
        (op("b", 1, Operation.CREATE, entity="patient"), "unknown_kind"),
        (op("b", 1, fields=changes(sector="1")), "unknown_record"),
        (op("b", 1, Operation.CREATE, "outcome", fields=changes(kind="vendu")), "invalid"),
        (op("b", 1, Operation.CREATE, "outcome", fields=changes(why="")), "invalid"),
        (op("b", 1, Operation.CREATE, "permanence", fields=changes(day="mardi")), "invalid"),
        (op("b", 1, Operation.CREATE, "project", fields={"@x": FieldChange(0, 0, 1)}), "invalid"),
        (op("b", 1, Operation.CREATE, "professional", fields=changes(nom=None)), "invalid"),
    ],
)
def test_what_cannot_be_done_is_quarantined_with_its_reason(one: Op, reason: str) -> None:
    assert merge(one, None, 1) == Merged(Verdict.QUARANTINED, reason)


def test_evidence_is_written_once() -> None:
    fields = changes(interview="i1", kind="synthese", content={}, sha256="00")
    made, _ = after(None, op("a", 1, Operation.CREATE, "document", fields=fields), 1)
    forged = op("b", 1, entity="document", fields=changes(sha256=(1, "ff")))
    assert merge(forged, made, 2).reason == "fixed"


def test_a_field_of_a_newer_version_is_kept_and_shows_its_conflicts() -> None:
    person = {"entity": "professional"}
    first = op("a", 1, Operation.CREATE, fields=changes(nom="X", rpps=[1]), **person)
    record, _ = after(None, first, 1)
    record, _ = after(record, op("b", 1, fields=changes(rpps=(1, [2])), **person), 2)
    record, verdict = after(record, op("c", 1, fields=changes(rpps=(1, [3])), **person), 3)
    assert (value(record, "rpps"), verdict) == ([2], Verdict.CONFLICT)


def test_a_line_whose_content_was_erased_keeps_its_place_and_changes_nothing() -> None:
    assert merge(op("a", 1, Operation.VOID), None, 1) == Merged(Verdict.APPLIED)


def test_a_merged_duplicate_leaves_a_tombstone_that_names_the_person_kept() -> None:
    person = {"entity": "professional"}
    first = op("a", 1, Operation.CREATE, fields=changes(nom="X"), **person)
    record, _ = after(None, first, 1)
    one = op("a", 2, Operation.MERGE_PERSON, fields=changes(into="kept"), **person)
    merged, verdict = after(record, one, 2)
    assert (merged.life, verdict, value(merged, "into")) == (Life.DELETED, "applied", "kept")


def test_every_declared_field_has_one_rule_and_the_declared_policy() -> None:
    for kind, declared in ENTITIES.items():
        assert {n: r.policy for n, r in RULES[kind].fields.items()} == dict(declared.fields)
        assert RULES[kind].open == bool(declared.open_in)
    assert RULES["note"].rule("text").policy is Policy.APPEND
    assert RULES["appointment"].required() == {"permanence", "professional", "status"}


DEVICES = ("a", "b", "c", "d")
WRITES = st.lists(
    st.tuples(
        st.sampled_from(DEVICES),
        st.integers(0, 30),  # how far back the writer last looked
        st.sampled_from(["0", "1", 1, True, None, "2"]),
        st.sampled_from([Operation.SET, Operation.SET, Operation.SET, Operation.DELETE]),
    ),
    max_size=25,
)


@settings(max_examples=400, deadline=None)
@given(WRITES)
def test_no_write_is_ever_lost_in_silence(writes: list[tuple[str, int, object, Operation]]) -> None:
    record, counts = created(sector="s"), dict.fromkeys(DEVICES, 10)
    done: list[tuple[Version, int]] = []
    for seq, (device, back, new, operation) in enumerate(writes, start=2):
        counts[device] += 1
        base = max(0, seq - 1 - back)
        fields = {"sector": FieldChange(base, None, new)}
        merged = merge(op(device, counts[device], operation, fields=fields), record, seq)
        record = merged.record or record
        if operation is Operation.SET:
            version = Version(f"{device}/i/{counts[device]}", "sector", new, "", "", "", seq)
            done.append((version, base))
    held = record.fields["sector"]
    standing = [held.current, *held.others]
    for place, (write, _) in enumerate(done):
        assert any(same(one.value, write.value) for one in standing) or any(
            later.writer == write.writer or base >= write.seq or same(later.value, write.value)
            for later, base in done[place + 1 :]
        )
    assert len({one.writer for one in held.others}) == len(held.others)
    gone = record.fields.get(DELETED)
    assert record.life is Life.LIVE or (gone is not None and not gone.others)


@settings(max_examples=100, deadline=None)
@given(WRITES)
def test_the_same_ops_in_the_same_order_give_the_same_record(
    writes: list[tuple[str, int, object, Operation]],
) -> None:
    def play() -> Record:
        record = created(sector="s")
        for seq, (device, back, new, operation) in enumerate(writes, start=2):
            fields = {"sector": FieldChange(max(0, seq - 1 - back), None, new)}
            record = merge(op(device, seq, operation, fields=fields), record, seq).record or record
        return record

    assert play() == play()


def test_of_two_who_typed_the_same_neither_may_change_it_unseen() -> None:
    record, _ = after(created(sector="1"), op("b", 1, fields=changes(sector=(1, "2"))), 2)
    record, _ = after(record, op("c", 1, fields=changes(sector=(1, "2"))), 3)
    for device in ("b", "c"):
        mine = op(device, 2, fields=changes(sector=(1, "2_optam")))
        changed, verdict = after(record, mine, 4)
        assert (value(changed, "sector"), verdict) == ("2", Verdict.CONFLICT)
    knowing = op("b", 2, fields=changes(sector=(3, "2_optam")))
    assert after(record, knowing, 4)[1] is Verdict.APPLIED


def test_a_second_choice_of_whom_to_keep_is_a_conflict_unless_they_were_told_apart() -> None:
    def merging(device: str, number: int, into: str) -> Op:
        chosen = changes(into=into)
        return op(device, number, Operation.MERGE_PERSON, "professional", fields=chosen)

    def deciding(seen: int, *, gone: bool) -> Op:
        chosen = {DELETED: FieldChange(seen, False, gone)}
        return op("e", seen, Operation.RESOLVE_CONFLICT, "professional", fields=chosen)

    person, _ = after(
        None, op("a", 1, Operation.CREATE, "professional", fields=changes(nom="X")), 1
    )
    record, _ = after(person, merging("b", 1, "k1"), 2)
    revived = op("c", 1, Operation.SET, "professional", fields=changes(telephone="07"))
    record, verdict = after(record, revived, 3)
    assert verdict is Verdict.CONFLICT
    disputed, verdict = after(record, merging("d", 1, "k2"), 4)
    assert (value(disputed, "into"), other_values(disputed, "into")) == ("k1", ["k2"])
    assert verdict is Verdict.CONFLICT
    apart, _ = after(record, deciding(3, gone=False), 4)
    merged, verdict = after(apart, merging("d", 1, "k2"), 5)
    assert (value(merged, "into"), other_values(merged, "into")) == ("k2", [])
    assert (verdict, merged.life) == (Verdict.APPLIED, Life.DELETED)
    assert [one.value for one in merged.versions if one.field == "into"] == ["k1"]
