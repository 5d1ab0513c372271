"""The command line of sync, against a real central store over HTTP: shapes, exit codes, French."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cli_runner import Advisor, Ran

from advisor.cli.main import run
from advisor.sync.server.app import RunningServer
from advisor.sync.server.database import Central
from advisor.sync.server.enrolment import invite, revoke

REPORT = {
    "sent", "applied", "parallel", "conflicts", "quarantined", "received", "cursor", "digest_ok",
}  # fmt: skip
STATUS = {"pending", "since", "last_sync", "central", "conflicts", "quarantined"}


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    made = Central(f"sqlite:///{tmp_path / 'central.db'}")
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def server(central: Central) -> Iterator[RunningServer]:
    with RunningServer(central) as running:
        yield running


@pytest.fixture
def code(central: Central) -> Callable[..., str]:
    def made(*departements: str, organisation: str = "URPS Essai") -> str:
        return invite(
            central,
            name="Poste d’essai",
            organisation=organisation,
            role="conseiller",
            departements=departements or ("77",),
            now=datetime.now(UTC),
        ).code

    return made


@pytest.fixture
def other(tmp_path: Path, starter_home: Path, capsys: pytest.CaptureFixture[str]) -> Advisor:
    """Return a second home on the same machine."""
    root = tmp_path / "autre"
    shutil.copytree(starter_home, root)

    def call(*words: object, stdin: str | bytes | None = None) -> Ran:
        assert stdin is None
        capsys.readouterr()
        status = run([*(str(word) for word in words), "--home", str(root)])
        told = capsys.readouterr()
        return Ran(status, told.out, told.err)

    return call


def opened(advisor: Advisor, tmp_path: Path, nom: str = "Exemple", departement: str = "77") -> str:
    file = tmp_path / f"{nom}.json"
    booking = {"departement": departement, "date": "2026-12-01", "nom": nom, "prenom": "Camille"}
    file.write_text(json.dumps({"booking": booking, "profile": {}, "places": []}), "utf-8")
    made = advisor("appointment", "new", "--file", file, "--json")
    assert made.status == 0, made
    return str(made.data["id"])


def enrolled(advisor: Advisor, server: RunningServer, code: str) -> Ran:
    told = advisor("enrol", "--central", server.url, "--code", code, "--json")
    assert told.status == 0, told
    return told


@pytest.mark.usefixtures("passphrase")
def test_two_homes_meet_and_each_answer_has_the_shape_of_the_contract(
    advisor: Advisor,
    other: Advisor,
    server: RunningServer,
    code: Callable[..., str],
    tmp_path: Path,
) -> None:
    advisor("me", "--name", "Alex Essai", "--organisation", "À remplacer")
    interview = opened(advisor, tmp_path)
    made = enrolled(advisor, server, code("91", "77")).data
    assert set(made) == {"device", "organisation", "role", "departements"}
    assert (made["organisation"], made["role"], made["departements"]) == (
        "URPS Essai",
        "conseiller",
        ["77", "91"],
    )
    assert advisor("me", "--json").data == {"name": "Alex Essai", "organisation": "URPS Essai"}
    waiting = advisor("sync", "status", "--json").data
    assert set(waiting) == STATUS
    assert (waiting["central"], waiting["last_sync"]) == (server.url, None)
    sent = advisor("sync", "--central", server.url, "--json")
    assert sent.status == 0, sent
    assert set(sent.data) == REPORT
    assert sent.data["sent"] == sent.data["applied"] == waiting["pending"]
    assert sent.data["digest_ok"] is True
    after = advisor("sync", "status", "--json").data
    assert (after["pending"], after["since"]) == (0, None)
    assert after["last_sync"]
    assert advisor("appointment", "show", interview, "--json").data["sync"] == "sent"
    enrolled(other, server, code())
    assert other("sync", "--json").data["received"] == sent.data["cursor"]
    shown = other("appointment", "show", interview, "--json").data
    assert shown["professional"]["nom"] == "Exemple"


@pytest.mark.usefixtures("passphrase")
def test_a_disagreement_is_listed_with_both_values(
    advisor: Advisor,
    other: Advisor,
    server: RunningServer,
    code: Callable[..., str],
    tmp_path: Path,
) -> None:
    interview = opened(advisor, tmp_path)
    for home in (advisor, other):
        enrolled(home, server, code())
        home("me", "--name", "Alex" if home is advisor else "Camille")
        home("sync")
    advisor("appointment", "set", interview, "sector=1")
    other("appointment", "set", interview, "sector=2")
    advisor("sync")
    assert other("sync", "--json").data["conflicts"] == 1
    (one,) = other("sync", "conflicts", "--json").data["conflicts"]
    assert set(one) == {"id", "entity", "entity_id", "field", "current", "values"}
    assert (one["entity"], one["field"], one["current"]) == ("project", "sector", "1")
    assert {value["value"] for value in one["values"]} == {"1", "2"}
    assert {value["author"] for value in one["values"]} == {"Alex", "Camille"}
    for value in one["values"]:
        assert set(value) == {"value", "author", "organisation", "device", "declared_at"}
    assert other("appointment", "show", interview, "--json").data["sync"] == "conflict"
    assert other("sync", "status", "--json").data["conflicts"] == 1
    said = other("sync").out
    assert said.startswith("Tout est à jour.\nÀ décider ici\u202f: 1 désaccord. ")
    assert "À décider ici\u202f: 1 désaccord. " in advisor("sync").out
    assert "Alex" in other("sync", "conflicts").out


@pytest.mark.usefixtures("passphrase")
def test_what_goes_wrong_is_one_french_sentence(
    advisor: Advisor,
    refuse: Callable[..., str],
    server: RunningServer,
    central: Central,
    code: Callable[..., str],
    tmp_path: Path,
) -> None:
    assert "inscrit à aucun central" in refuse(1, "sync")
    assert "clair" in refuse(1, "enrol", "--central", "http://exemple.fr", "--code", "A")
    assert "code" in refuse(1, "enrol", "--central", server.url, "--code", "AAAA-BBBB")
    interview = opened(advisor, tmp_path)
    made = enrolled(advisor, server, code()).data
    assert "déjà inscrit" in refuse(1, "enrol", "--central", server.url, "--code", code())
    assert "inscrit au central" in refuse(1, "sync", "--central", "https://ailleurs.example")
    revoke(central, made["device"], datetime.now(UTC))
    assert "révoqué" in refuse(1, "sync")
    assert "révoqué" in refuse(1, "appointment", "show", interview)
    assert "révoqué" in refuse(1, "permanence", "list")
    saved = advisor("sync", "rescue", tmp_path / "secours.bin", "--json")
    assert saved.status == 0, saved
    assert saved.data["sent"] > 0
    assert "révoqué" in refuse(1, "appointment", "show", interview)
    checked = advisor("check", "--json")
    assert checked.status == 1
    assert checked.data["pending"] > 0
    assert advisor("sync", "status", "--json").data["pending"] > 0
    enrolled(advisor, server, code())
    assert advisor("appointment", "show", interview).status == 0
    server.stop()
    assert "refusée" in refuse(1, "sync")


@pytest.mark.usefixtures("passphrase")
def test_check_tells_the_central_store_and_what_waits(
    advisor: Advisor, server: RunningServer, code: Callable[..., str], tmp_path: Path
) -> None:
    opened(advisor, tmp_path)
    enrolled(advisor, server, code())
    before = advisor("check", "--json").data
    assert (before["central"], before["last_sync"]) == (server.url, None)
    assert before["pending"] > 0
    advisor("sync")
    after = advisor("check", "--json").data
    assert after["last_sync"]
    assert after["pending"] == 0
    said = advisor("check").out
    assert server.url in said
    assert re.search(r"Dernière synchronisation\u202f: \d\d/\d\d/\d{4} \d\d:\d\d\n", said)
