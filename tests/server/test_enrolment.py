"""A device is let in once, by a code that people can read aloud, and put out for good."""

import pytest
import sqlalchemy as sa
from asking import ServerClock
from speaking import KEY, Post, Posts

from advisor.errors import BadDataError
from advisor.sync.messages import Pull, Trouble
from advisor.sync.server import codes, enrolment, tables
from advisor.sync.server.database import Central


def test_a_code_reads_back_however_it_is_typed() -> None:
    code = codes.new_code()
    text = codes.code_text(code)
    assert len(text) == 23
    assert codes.read_code(text) == code
    assert (
        codes.read_code(text.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == code
    )
    assert codes.SECRET * 5 >= 60


def test_one_wrong_character_is_told_as_a_typing_mistake() -> None:
    caught = 0
    for _ in range(200):
        text = codes.code_text(codes.new_code())
        wrong = text[:7] + ("A" if text[7] != "A" else "B") + text[8:]
        try:
            codes.read_code(wrong)
        except BadDataError:
            caught += 1
    assert caught >= 195  # ten bits of check


def test_a_device_enrols_once_and_learns_who_it_is(posts: Posts) -> None:
    invited = posts.invite("91", "77", organisation="CPAM", role="lecteur")
    told = posts.redeem(invited.code).json()
    assert (told["device"], told["organisation"], told["role"]) == (
        invited.device,
        "CPAM",
        "lecteur",
    )
    assert told["departements"] == ["77", "91"]
    assert told["publishers"] == []
    assert len(told["token"]) >= 43
    again = posts.redeem(invited.code)
    assert (again.status_code, again.json()["error"]["code"]) == (403, "wrong_code")


def test_neither_code_nor_token_is_kept_as_it_is(posts: Posts, central: Central) -> None:
    invited = posts.invite("77")
    token = posts.redeem(invited.code).json()["token"]
    with central.reading() as connection:
        kept = [
            str(tuple(row))
            for table in tables.metadata.sorted_tables
            for row in connection.execute(table.select())
        ]
    assert not [
        line for line in kept if token in line or codes.read_code(invited.code).secret in line
    ]


def test_a_code_is_worth_nothing_after_seven_days(posts: Posts, server_clock: ServerClock) -> None:
    invited = posts.invite("77")
    server_clock.pass_days(7)
    assert posts.redeem(invited.code).status_code == 403


def test_five_wrong_secrets_spend_an_invitation(posts: Posts) -> None:
    invited = posts.invite("77")
    right = codes.read_code(invited.code)
    for _ in range(enrolment.MOST_ATTEMPTS):
        wrong = codes.code_text(codes.Code(right.public, codes.new_code().secret))
        assert posts.redeem(wrong).status_code == 403
    assert posts.redeem(invited.code).status_code == 403


@pytest.mark.parametrize(
    "said",
    [
        {"code": "XXXXX-XXXXX-XXXXX-XXXXX"},
        {"code": ""},
        {"code": "é" * 20},
        {"public_key": "AAAA"},
        {"public_key": "\u00e9"},
        {"protocol": 99},
        {"protocol": "1"},
    ],
    ids=str,
)
def test_what_is_badly_said_is_refused_and_spends_nothing(
    posts: Posts, said: dict[str, object]
) -> None:
    invited = posts.invite("77")
    answer = posts.redeem(**{"code": invited.code, **said})  # type: ignore[arg-type]
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]
    assert posts.redeem(invited.code).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "a\nb"},
        {"organisation": ""},
        {"role": "chef"},
        {"departements": ["99"]},
        {"departements": []},
        {"hidden": ["secret"]},
    ],
    ids=str,
)
def test_an_invitation_that_makes_no_sense_is_refused_in_french(
    central: Central, server_clock: ServerClock, wrong: dict[str, object]
) -> None:
    known = {"name": "P", "organisation": "O", "role": "conseiller", "departements": ["77"]}
    with pytest.raises(BadDataError) as told:
        enrolment.invite(central, **{**known, **wrong}, now=server_clock.now())  # type: ignore[arg-type]
    assert told.value.hint
    with central.reading() as connection:
        assert connection.execute(sa.select(tables.device)).first() is None


def test_a_revoked_device_is_locked_and_stays_out(
    seine: Post, posts: Posts, central: Central, server_clock: ServerClock
) -> None:
    assert seine.ask(pull=Pull(0)).trouble is None
    enrolment.revoke(central, seine.device, server_clock.now())
    reply = seine.ask(pull=Pull(0))
    assert (reply.trouble, reply.page) == (Trouble.LOCKED, None)
    for path in ("/v1/packs/current", "/v1/packs/x"):
        answer = seine.get(path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "revoked")
    assert seine.post("/v1/carried", b'{"envelopes": []}').status_code == 403


def test_revoking_an_invited_device_spends_its_code(
    posts: Posts, central: Central, server_clock: ServerClock
) -> None:
    invited = posts.invite("77")
    enrolment.revoke(central, invited.device, server_clock.now())
    assert posts.redeem(invited.code).status_code == 403


def test_an_organisation_keeps_what_it_may_not_see_when_another_device_joins(
    posts: Posts, central: Central
) -> None:
    posts.invite("77", organisation="CPAM", hidden=["note"])
    posts.invite("77", organisation="CPAM")
    with central.reading() as connection:
        hidden = connection.execute(sa.select(tables.organisation.c.hidden)).scalars().all()
    assert hidden == [["note"]]


def test_the_key_of_the_store_is_the_same_for_everybody(posts: Posts) -> None:
    keys = {posts.redeem(posts.invite("77").code).json()["central_key"] for _ in range(2)}
    assert len(keys) == 1
    assert keys != {KEY}
