"""A home and a central store of different versions, and two homes that disagree, over HTTP."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from network import Field, Laptop

from advisor.domain.cases.appointment import Interview
from advisor.errors import NetworkError, RefusedError
from advisor.store import tables
from advisor.store.enrolled import Enrolled
from advisor.sync import messages, session
from advisor.sync.client import CentralClient
from advisor.sync.server import engine
from advisor.sync.server.app import RunningServer
from advisor.sync.server.database import Central


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Field]:
    central = Central(f"sqlite:///{tmp_path / 'central.db'}")
    central.migrate()
    with RunningServer(central) as server:
        made = Field(central, server, tmp_path)
        yield made
        for laptop in made.laptops:
            laptop.close()
    central.close()


def only(laptop: Laptop) -> Interview:
    (one,) = laptop.cases.interviews.list()
    return laptop.cases.interviews.get(one.id)


def asked(place: Field, laptop: Laptop, **said: object) -> httpx.Response:
    """Ask with a laptop's own token, whatever version it says it is of."""
    with laptop.vault.read() as look:
        tie = Enrolled(look.connection).tie()
        _device, incarnation, last = look.connection.execute(sa.select(tables.device)).one()[:3]
    assert tie is not None
    question = {"device": tie.device, "incarnation": incarnation, "local_seq": last, **said}
    headers = {"Authorization": f"Bearer {tie.token}"}
    return httpx.post(f"{place.url}/v1/exchange", json=question, headers=headers, timeout=60)


def test_a_device_two_protocols_back_still_exchanges_and_one_further_back_is_told(
    place: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = place.enrolled("un")
    monkeypatch.setattr(engine, "understood", lambda spoken: messages.understood(spoken, 9))
    pull = {"cursor": 0, "limit": 10}
    for spoken, trouble in ((7, None), (9, None), (6, "protocol"), (10, "protocol")):
        told = asked(place, one, protocol=spoken, pull=pull)
        assert told.status_code == 200
        assert told.json().get("trouble") == trouble
        assert (told.json().get("page") is None) is (trouble is not None)


@pytest.mark.parametrize("spoken", [2, 0, -1])
def test_a_device_from_the_future_or_from_nowhere_is_answered_without_a_change(
    place: Field, spoken: int
) -> None:
    one = place.enrolled("un")
    one.interview()
    with one.vault.read() as look:
        rows = look.connection.execute(sa.select(tables.journal).order_by("seq")).all()
    assert rows
    told = asked(place, one, protocol=spoken, ops=[{"local_seq": 1}])
    assert (told.status_code, told.json()["trouble"]) == (200, "protocol")
    assert one.sync.sync().applied == len(rows)


@pytest.mark.parametrize(
    ("theirs", "said"),
    [(1, "Le central est d’une version trop ancienne"), (12, "trop ancienne pour le central")],
)
def test_an_adviser_is_told_which_end_is_too_old_and_loses_nothing(
    place: Field, monkeypatch: pytest.MonkeyPatch, theirs: int, said: str
) -> None:
    one = place.enrolled("un")
    one.interview()
    waiting = one.sync.state().pending.count
    exchange = CentralClient.exchange

    def speaking(self: CentralClient, data: bytes) -> bytes:
        question = json.loads(data) | {"protocol": 9}
        reply = json.loads(exchange(self, json.dumps(question).encode()))
        return json.dumps(reply | {"protocol": theirs}).encode()

    with monkeypatch.context() as other_version:
        other_version.setattr(session, "PROTOCOL", 9)
        other_version.setattr(CentralClient, "exchange", speaking)
        with pytest.raises(RefusedError, match=said):
            one.sync.sync()
    assert one.sync.state().pending.count == waiting
    assert one.sync.sync().applied == waiting


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b'{"protocol": 99}', "trop ancienne pour le central"),
        (b'{"protocol": "99"}', "n’a pas la forme attendue"),
        (b'{"hello": 1}', "n’a pas la forme attendue"),
        (b"[1, 2]", "n’a pas la forme attendue"),
    ],
)
def test_an_answer_of_an_unknown_shape_is_told_in_french_and_nothing_is_lost(
    place: Field, monkeypatch: pytest.MonkeyPatch, answer: bytes, said: str
) -> None:
    one = place.enrolled("un")
    one.interview()
    waiting = one.sync.state().pending.count
    with monkeypatch.context() as other_version:
        other_version.setattr(CentralClient, "exchange", lambda _self, _data: answer)
        with pytest.raises((RefusedError, NetworkError), match=said) as told:
            one.sync.sync()
    assert "Reply" not in told.value.message
    last = one.sync.state().last_sync
    assert last is not None
    assert said in last.sentence
    assert one.sync.state().pending.count == waiting
    assert one.sync.sync().applied == waiting


def test_what_a_newer_version_writes_is_kept_by_an_older_home_and_comes_back_whole(
    place: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = place.enrolled("un"), place.enrolled("deux")
    interview = one.interview()
    one.sync.sync()
    exchange = CentralClient.exchange

    def newer(self: CentralClient, data: bytes) -> bytes:
        reply = json.loads(exchange(self, data))
        reply["colour"] = "blue"
        for record in (reply["page"] or {}).get("records", ()):
            record["shade"] = {"a": [1, None]}
        return json.dumps(reply).encode()

    with monkeypatch.context() as newer_server:
        newer_server.setattr(CentralClient, "exchange", newer)
        other.sync.sync()
    with other.vault.read() as look:
        kept = look.connection.execute(sa.select(tables.synced_record.c.extra)).scalars().all()
    assert kept
    assert all(extra["shade"] == {"a": [1, None]} for extra in kept)
    with one.vault.write() as work:
        work.set("project", interview, {"un_champ_de_demain": [1, {"b": None}]})
    one.sync.sync()
    other.sync.sync()
    other.cases.interviews.set(interview, {"sector": "2"})
    other.sync.sync()
    one.sync.sync()
    for laptop in (one, other):
        with laptop.vault.read() as look:
            (whole,) = look.connection.execute(sa.select(tables.project.c.profile)).scalars()
        assert (whole["sector"], whole["un_champ_de_demain"]) == ("2", [1, {"b": None}])


def test_a_note_deleted_by_one_and_rewritten_by_the_other_is_a_choice_not_a_loss(
    place: Field,
) -> None:
    one, other = place.enrolled("un"), place.enrolled("deux")
    interview = one.interview()
    one.cases.interviews.note(interview, "Projet à Melun")
    one.sync.sync()
    other.sync.sync()
    note = only(one).notes[0].id
    with one.vault.write() as work:
        work.delete("note", note)
    other.cases.interviews.revise_note(note, "Projet à Provins")
    one.sync.sync()
    other.sync.sync()
    one.sync.sync()
    for laptop in (one, other):
        assert [shown.text for shown in only(laptop).notes] == ["Projet à Provins"]
        assert laptop.sync.state().conflicts == 1


def test_a_note_rewritten_on_two_homes_shows_both_texts_until_one_chooses(place: Field) -> None:
    one, other = place.enrolled("un"), place.enrolled("deux")
    interview = one.interview()
    one.cases.interviews.note(interview, "Projet")
    one.sync.sync()
    other.sync.sync()
    note = only(one).notes[0].id
    one.cases.interviews.revise_note(note, "Projet à Melun")
    other.cases.interviews.revise_note(note, "Projet à Provins")
    one.sync.sync()
    other.sync.sync()
    one.sync.sync()
    for laptop in (one, other):
        (torn,) = laptop.cases.disagreements.conflicts()
        assert {voice.value for voice in torn.voices} == {"Projet à Melun", "Projet à Provins"}
        texts = {version.text for version in only(laptop).notes[0].versions}
        assert texts >= {"Projet à Melun", "Projet à Provins"}
    (torn,) = one.cases.disagreements.conflicts()
    one.cases.disagreements.settle_conflict(torn, "Projet à Provins")
    one.sync.sync()
    other.sync.sync()
    assert (one.sync.state().conflicts, other.sync.state().conflicts) == (0, 0)
    assert only(one).notes[0].text == only(other).notes[0].text == "Projet à Provins"
