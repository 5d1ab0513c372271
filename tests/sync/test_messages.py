import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ops import changes, op

from advisor.domain.cases.operation import Operation
from advisor.domain.cases.synced import Bucket, FieldState, Life, RecordState, Version
from advisor.errors import BadDataError
from advisor.sync.messages import (
    Exchange,
    Gap,
    Page,
    Pull,
    Receipt,
    Reply,
    Trouble,
    Verdict,
    content_mark,
    identity_of,
    op_of,
    readable,
    understood,
)
from advisor.sync.wire import canonical, decode, encode, mark, same

VERSION = Version("a/i/1", "sector", ["2"], "Camille", "URPS", "2026-03-10T08:00:00.0Z", 4)
RECORD = RecordState(
    "project",
    "p1",
    "77",
    4,
    Life.LIVE,
    "t1",
    "t2",
    {"sector": FieldState("1", 3)},
    {"sector": (VERSION, VERSION)},
    (VERSION,),
    {"later": {"x": 1}},
)
REPLY = Reply(
    (Receipt("i", 1, Verdict.CONFLICT, "", ("double_booking",), 4),),
    (RECORD,),
    Trouble.GAP,
    Gap("i", 3),
    9,
    Page((RECORD,), 4, more=False, digest=(Bucket("project", "77", 1, 5),)),
)
BODY = op("a", 1, Operation.CREATE, fields=changes(sector="1")).body()


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


def test_every_message_comes_back_as_it_left() -> None:
    question = Exchange("a", "i", 7, (through_json(BODY),), Pull(3, 50, None, ("note", "77")))
    assert decode(Exchange, encode(question)) == question
    assert decode(Reply, encode(REPLY)) == REPLY
    assert op_of(through_json(BODY)).body() == BODY


def test_what_a_newer_version_adds_is_kept_and_sent_back() -> None:
    whole = json.loads(encode(REPLY))
    whole["colour"] = {"a": [1, None]}
    whole["refreshed"][0]["shade"] = "blue"
    data = canonical(whole).encode()
    kept = decode(Reply, data)
    assert kept.extra == {"colour": {"a": [1, None]}}
    assert kept.refreshed[0].extra == {"later": {"x": 1}, "shade": "blue"}
    assert encode(kept) == data


def test_a_message_cut_at_any_byte_is_refused_in_words() -> None:
    data = encode(REPLY)
    for length in range(len(data)):
        with pytest.raises(BadDataError, match="illisible"):
            decode(Reply, data[:length])


@pytest.mark.parametrize(
    "data",
    [
        b"<html>502 Bad Gateway</html>",
        b"[]",
        b'{"device": "a"}',
        b'{"device": 1, "incarnation": "i", "local_seq": 1}',
        b'{"device": "a", "incarnation": "i", "local_seq": true}',
        b'{"device": "a", "incarnation": "i", "local_seq": NaN}',
        b'{"device": "a", "incarnation": "i", "local_seq": 1, "ops": {}}',
        b'{"device":"a","incarnation":"i","local_seq":1,"pull":{"cursor":1,"bucket":["note"]}}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_what_is_not_an_exchange_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(BadDataError, match="illisible"):
        decode(Exchange, data)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(BadDataError):
        decode(Exchange, data)


@pytest.mark.parametrize(
    "change",
    [
        {"operation": "explode"},
        {"fields": {"sector": {"base_seq": "1", "old": 1, "new": 2}}},
        {"entity_id": ""},
        {"departement": "\x00"},
        {"declared_at": "mardi"},
        {"unit": None},
    ],
)
def test_an_op_of_another_shape_keeps_its_name_though_it_cannot_be_read(
    change: dict[str, Any],
) -> None:
    body = through_json(BODY) | change
    assert readable(body) is None
    assert identity_of(body).local_seq == 1


@pytest.mark.parametrize("change", [{"device": "a/b"}, {"local_seq": 0}, {"incarnation": ""}])
def test_an_op_without_a_name_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(BadDataError):
        identity_of(through_json(BODY) | change)


def test_two_protocols_back_are_understood_and_no_more() -> None:
    assert [one for one in range(9) if understood(one, ours=6)] == [4, 5, 6]
    assert [one for one in range(9) if understood(one, ours=1)] == [1]


def test_what_a_later_version_adds_to_a_body_does_not_make_it_another_op() -> None:
    body = through_json(BODY)
    assert content_mark(body) == content_mark(body | {"colour": 1})
    assert content_mark(body) != content_mark(body | {"entity_id": "other"})


def test_numbers_booleans_and_texts_are_never_taken_for_each_other() -> None:
    values = [1, 1.0, True, "1", None, 0, False, "", [], {}]
    equal = [(a, b) for a in range(10) for b in range(10) if same(values[a], values[b])]
    assert equal == [(one, one) for one in range(10)]
    assert 0 <= mark(values) < 2**44
