"""The command line of exchanges by file; the relay speaks to a real central store over HTTP."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cli_runner import Advisor, Ran

from advisor.cli.main import run
from advisor.sync.server.app import RunningServer
from advisor.sync.server.database import Central
from advisor.sync.server.enrolment import invite

REPORT = {
    "sent", "applied", "parallel", "conflicts", "quarantined", "received", "cursor", "digest_ok",
}  # fmt: skip
pytestmark = pytest.mark.usefixtures("passphrase")

HERE = ("--departement", "77", "--date", "2026-03-10", "--place")


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    made = Central(f"sqlite:///{tmp_path / 'central.db'}")
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def phrase(tmp_path: Path) -> Path:
    file = tmp_path / "phrase de la clé.txt"
    file.write_text("une phrase pour la clé\n", encoding="utf-8")
    return file


@pytest.fixture
def homes(
    tmp_path: Path, starter_home: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], Advisor]:
    def home(name: str) -> Advisor:
        root = tmp_path / name
        shutil.copytree(starter_home, root)

        def call(*words: object, stdin: str | bytes | None = None) -> Ran:
            assert stdin is None
            capsys.readouterr()
            status = run([*map(str, words), "--home", str(root)])
            told = capsys.readouterr()
            return Ran(status, told.out, told.err)

        return call

    return home


def enrolled(central: Central, server: RunningServer, who: Advisor) -> None:
    code = invite(
        central,
        name="Poste",
        organisation="URPS Essai",
        role="conseiller",
        departements=("77",),
        now=datetime.now(UTC),
    ).code
    assert who("enrol", "--central", server.url, "--code", code).status == 0


def test_a_laptop_without_a_network_lives_by_key(
    tmp_path: Path, central: Central, homes: Callable[[str], Advisor], phrase: Path
) -> None:
    key = tmp_path / "clé.advisor"
    away, relay = homes("sans réseau"), homes("relais")
    given = ("--phrase-file", phrase, "--json")
    with RunningServer(central) as server:
        enrolled(central, server, away)
        enrolled(central, server, relay)
        assert away("permanence", "create", *HERE, "Melun").status == 0
        written = away("sync", "export", key, *given)
        assert (written.status, written.data["sent"], set(written.data)) == (0, 1, REPORT)
        assert relay("sync", "import", key, *given).data["received"] == 1
        assert "Melun" in relay("permanence", "list").out
        assert relay("sync", "--json").data["digest_ok"] is True
        assert relay("sync", "export", key, *given).status == 0
        back = away("sync", "import", key, *given)
    assert set(back.data) == REPORT
    assert (back.data["sent"], back.data["applied"], back.data["digest_ok"]) == (1, 1, True)
    assert away("sync", "status", "--json").data["pending"] == 0
    again = away("sync", "import", key, *given).data
    assert (again["sent"], again["received"]) == (0, 0)


def test_the_unattended_phrase_serves_for_the_file_too(
    tmp_path: Path, homes: Callable[[str], Advisor]
) -> None:
    one, other = homes("un"), homes("autre")
    one("permanence", "create", *HERE, "Melun")
    assert one("sync", "export", tmp_path / "clé").status == 0
    taken = other("sync", "import", tmp_path / "clé")
    assert (taken.status, taken.out) == (0, "1 nouveauté reçue.\n")
    saved = one("sync", "rescue", tmp_path / "sauve")
    assert saved.status == 0
    assert saved.out.startswith("1 saisie sauvée")
    assert other("sync", "import", tmp_path / "sauve", "--json").data["received"] == 0


@pytest.mark.parametrize("action", ["export", "rescue"])
def test_what_is_not_an_exchange_file_is_left_alone(
    tmp_path: Path, homes: Callable[[str], Advisor], action: str
) -> None:
    one = homes("un")
    one("permanence", "create", *HERE, "Melun")
    report = tmp_path / "rapport.txt"
    report.write_text("le rapport", encoding="utf-8")
    refused = one("sync", action, report)
    assert (refused.status, refused.out) == (1, "")
    assert "laissé comme il est" in refused.err.replace("\n", " ")
    assert report.read_text(encoding="utf-8") == "le rapport"


def test_bad_files_and_phrases_are_one_french_sentence_each(
    tmp_path: Path, homes: Callable[[str], Advisor], phrase: Path
) -> None:
    one = homes("un")
    one("permanence", "create", *HERE, "Melun")
    key = tmp_path / "clé"
    one("sync", "export", key)
    wrong = one("sync", "import", key, "--phrase-file", phrase)
    assert wrong.status == 1
    assert wrong.err.startswith("Cette phrase n’ouvre pas ce fichier.")
    data = key.read_bytes()
    key.write_bytes(data[:-3] + b"\0" + data[-2:])
    assert one("sync", "import", key).err.startswith("Ce fichier est abîmé")
    key.write_bytes(b"")
    assert one("sync", "import", key).err.startswith("Ce fichier est vide.")
    assert "introuvable" in one("sync", "import", tmp_path / "rien").err


def test_status_says_what_is_carried_for_others_until_the_central_store_has_it(
    tmp_path: Path, central: Central, homes: Callable[[str], Advisor], phrase: Path
) -> None:
    key, away, relay = tmp_path / "clé.advisor", homes("sans réseau"), homes("relais")
    with RunningServer(central) as server:
        enrolled(central, server, away)
        enrolled(central, server, relay)
        assert away("permanence", "create", *HERE, "Mairie").status == 0
        assert away("sync", "export", key, "--phrase-file", phrase).status == 0
        assert relay("sync", "import", key, "--phrase-file", phrase).status == 0
        assert "1 saisie d’un autre poste à remettre au central." in relay("sync", "status").out
        assert "autre poste" not in away("sync", "status").out
        assert relay("sync").status == 0
        assert "autre poste" not in relay("sync", "status").out


def test_a_phrase_file_that_cannot_be_read_is_told_by_the_option_that_named_it(
    tmp_path: Path, homes: Callable[[str], Advisor]
) -> None:
    told = homes("seul")("sync", "export", tmp_path / "clé", "--phrase-file", tmp_path / "rien")
    assert told.status == 1
    assert "--phrase-file" in told.err
    assert "ADVISOR_PASSPHRASE_FILE" not in told.err
    recovery = ("--phrase-file", tmp_path / "rien", "--recovery-file", tmp_path / "rien")
    assert homes("autre")("sync", "rescue", tmp_path / "clé", *recovery).status == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no name here")
def test_neither_export_nor_rescue_ever_replaces_what_is_no_plain_file(
    tmp_path: Path, homes: Callable[[str], Advisor], phrase: Path
) -> None:
    pipe, here = tmp_path / "tube", homes("seul")
    os.mkfifo(pipe)
    assert here("me", "--name", "Alex Essai", "--organisation", "URPS").status == 0
    for action in ("export", "rescue"):
        told = here("sync", action, pipe, "--phrase-file", phrase)
        assert (told.status, "n’est pas un fichier" in told.err) == (1, True)
        assert pipe.is_fifo()
