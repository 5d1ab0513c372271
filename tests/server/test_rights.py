"""Each route, each kind of record, each way of not having the right: nothing seen or changed."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from asking import INTERVIEW, ServerClock
from ops import changes, op
from speaking import Post, Posts

from advisor.domain.cases.operation import Op, Operation
from advisor.sync.messages import Pull, Trouble
from advisor.sync.policies import RULES, Rule
from advisor.sync.server import enrolment, records
from advisor.sync.server.database import Central

KINDS = sorted(RULES)


def value(rule: Rule) -> object:
    if rule.choices:
        return min(rule.choices)
    written = {"day": "2026-03-10", "time": "09:00"}.get(rule.written, "secret")
    return {int: 1}.get(rule.type, written)


def some(kind: str) -> dict[str, object]:
    """Return what a record of that kind cannot do without."""
    return {name: value(RULES[kind].rule(name)) for name in RULES[kind].required()}


def making(device: str, seq: int, kind: str, departement: str = "77") -> Op:
    operation = Operation.APPEND_NOTE if kind == "note" else Operation.CREATE
    fields = changes(**some(kind))
    place = {"departement": departement, "interview": INTERVIEW if kind == "note" else None}
    return op(device, seq, operation, kind, f"{kind}-1", fields, **place)


def changing(device: str, seq: int, kind: str, operation: Operation, departement: str) -> Op:
    fields = changes(**dict.fromkeys(some(kind), (99, "X")))
    return op(device, seq, operation, kind, f"{kind}-1", fields, departement=departement)


def whole(central: Central) -> str:
    with central.reading() as connection:
        return records.dump(connection)


@pytest.fixture
def filled(seine: Post, central: Central) -> str:
    """Return the store once the device of 77 wrote one record of each kind."""
    made = [making(seine.device, n, kind) for n, kind in enumerate(KINDS, 1)]
    assert set(seine.verdicts(*made)) == {"applied"}
    assert {one.entity for one in seine.pulled()} == set(KINDS)
    return whole(central)


WRITING = [one for one in Operation if one is not Operation.VOID]  # it says nothing
OUTSIDERS = {
    "another département": {"departements": ("91",)},
    "a reader of another département": {"departements": ("91",), "role": "lecteur"},
    "an organisation that sees no kind": {"organisation": "CPAM", "hidden": KINDS},
}


@pytest.mark.parametrize("who", OUTSIDERS)
def test_an_outsider_receives_and_changes_no_record_of_any_kind(
    posts: Posts, central: Central, filled: str, who: str
) -> None:
    said = dict(OUTSIDERS[who])
    outsider = posts.enrol(*said.pop("departements", ("77",)), **said)
    page = outsider.ask(pull=Pull(0, 1000)).page
    assert page is not None
    assert (page.records, page.digest) == ((), ())
    for kind in KINDS:
        assert outsider.ask(pull=Pull(0, bucket=(kind, "77"))).page.records == ()  # type: ignore[union-attr]
    wanted = [
        (kind, operation, departement)
        for kind in KINDS
        for operation in WRITING
        for departement in ("77", "91")
    ]
    ops = [changing(outsider.device, n, *one) for n, one in enumerate(wanted, 1)]
    reply = outsider.ask(*ops)
    assert {one.reason for one in reply.receipts} == {"rights"}
    assert {one.verdict.value for one in reply.receipts} == {"quarantined"}
    assert reply.refreshed == ()
    assert whole(central) == filled


def test_a_reader_receives_everything_of_its_place_and_changes_nothing(
    posts: Posts, central: Central, filled: str
) -> None:
    reader = posts.enrol("77", role="lecteur")
    assert {one.entity for one in reader.pulled()} == set(KINDS)
    made = [
        changing(reader.device, n, kind, Operation.SET, "77") for n, kind in enumerate(KINDS, 1)
    ]
    assert set(reader.verdicts(*made)) == {"quarantined rights"}
    assert whole(central) == filled


def test_a_kind_hidden_from_an_organisation_stays_hidden_alone(posts: Posts, filled: str) -> None:
    other = posts.enrol("77", organisation="CPAM", hidden=["note"])
    assert {one.entity for one in other.pulled()} == set(KINDS) - {"note"}
    assert other.verdicts(making(other.device, 1, "note")) == ["quarantined rights"]


def test_a_device_cannot_write_outside_its_places(seine: Post, central: Central) -> None:
    before = whole(central)
    assert seine.verdicts(making(seine.device, 1, "professional", "91")) == ["quarantined rights"]
    assert whole(central) == before


def test_a_stolen_token_gives_nothing_in_the_name_of_another(
    seine: Post, posts: Posts, central: Central, filled: str
) -> None:
    thief = posts.enrol("91")
    for reply in (
        thief.ask(pull=Pull(0), device=seine.device),
        thief.ask(changing(seine.device, 99, "note", Operation.SET, "77"), device=seine.device),
    ):
        assert (reply.trouble, reply.page, reply.receipts) == (Trouble.LOCKED, None, ())
    forged = thief.asked(changing(seine.device, 1, "note", Operation.SET, "77"))
    assert forged.status_code == 400
    assert whole(central) == filled


ROUTES: dict[str, Callable[[httpx.Client, Any], httpx.Response]] = {
    "exchange": lambda web, headers: web.post("/v1/exchange", content=b"{}", headers=headers),
    "carried": lambda web, headers: web.post(
        "/v1/carried", content=b'{"envelopes": []}', headers=headers
    ),
    "current pack": lambda web, headers: web.get("/v1/packs/current", headers=headers),
    "pack": lambda web, headers: web.get("/v1/packs/x", headers=headers),
}


@pytest.mark.parametrize("route", ROUTES)
def test_no_route_answers_whoever_has_no_good_token(web: httpx.Client, route: str) -> None:
    for headers in (
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer " + "A" * 43},
        {"Authorization": b"Bearer \xe9"},
        {"Authorization": "Basic QTpC"},
        {"Authorization": "Bearer " + "A" * 9000},
    ):
        answer = ROUTES[route](web, headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unknown_device")
        assert answer.headers["www-authenticate"] == "Bearer"


def test_a_stolen_revoked_device_learns_only_that_it_must_lock(
    seine: Post, central: Central, server_clock: ServerClock, filled: str
) -> None:
    enrolment.revoke(central, seine.device, server_clock.now())
    reply = seine.ask(changing(seine.device, 50, "note", Operation.SET, "77"), pull=Pull(0))
    assert (reply.trouble, reply.receipts, reply.page, reply.head) == (Trouble.LOCKED, (), None, 0)
    assert whole(central) == filled
