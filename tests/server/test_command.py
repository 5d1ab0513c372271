"""The commands of whoever keeps the store, as typed; each refusal is a French sentence."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from advisor.cli.main import run
from advisor.cli.shapes_central import lines_of
from advisor.config import Home
from advisor.domain.cases.disagreement import REASONS
from advisor.sync.server.audit import Chain
from advisor.sync.server.database import Central
from advisor.sync.server.overview import DeviceSeen, HeldBack, Overview
from reference.pack_samples import small_pack

REASONS_GIVEN = sorted(REASONS)


class Keeper:
    """Types commands for one database."""

    def __init__(self, database: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._database = database
        self._capsys = capsys

    def types(self, *words: str, status: int = 0) -> Any:
        assert run(["central", *words, "--database", self._database, "--json"]) == status
        return json.loads(self._capsys.readouterr().out)

    def reads(self, *words: str) -> str:
        assert run(["central", *words, "--database", self._database]) == 0
        return self._capsys.readouterr().out

    def invites(self, **more: str) -> Any:
        said = {"name": "Poste 1", "organisation": "URPS", "role": "conseiller", **more}
        said.setdefault("departements", "77,91")
        return self.types("enrol", *(word for n, v in said.items() for word in (f"--{n}", v)))


@pytest.fixture
def keeper(
    central: Central, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Keeper:  # fmt: skip
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path / "no-home"))
    return Keeper(central.engine.url.render_as_string(hide_password=False), capsys)


def test_a_device_is_invited_listed_and_put_out(keeper: Keeper, tmp_path: Path) -> None:
    made = keeper.invites()
    assert set(made) == {"device", "code", "expires"}
    seen = keeper.types("status")
    assert [one["device"] for one in seen["devices"]] == [made["device"]]
    assert seen["audit"] == {"lines": 1, "ok": True, "broken_at": None}
    assert seen["sizes"]["bytes"] > 0
    assert "invité, pas encore inscrit, code valable jusqu’au" in keeper.reads("status")
    assert keeper.types("revoke", made["device"]) == {"revoked": made["device"]}
    assert "retiré" in keeper.reads("status")
    assert not (tmp_path / "no-home").exists()


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "1 ko"), (81_920, "82 ko"), (999_499, "999 ko"), (1_000_000, "1 Mo"), (4_520_000, "5 Mo")],
)
def test_a_small_database_is_told_in_kilobytes(size: int, said: str) -> None:
    seen = Overview("0001", (), (), 0, 0, 0, size, (), (), Chain(0))
    assert lines_of(seen)[0].endswith(f"base de {said}.")


def test_what_is_in_quarantine_is_told_by_device_and_reason_in_french() -> None:
    held = tuple(HeldBack("poste-1", n, "note", "rights") for n in (1, 2)) + tuple(
        HeldBack("poste-2", n, "note", reason) for n, reason in enumerate(REASONS_GIVEN, 1)
    )
    seen = DeviceSeen(
        "d", "Melun", "URPS", "lecteur", ("77",), "x", "2026-11-30T10:00:00.000000Z",
        revoked=False, ops=0, quarantined=0,
    )  # fmt: skip
    lines = lines_of(Overview("0001", (seen,), held, 0, 0, 0, 0, (), (), Chain(0)))
    assert "  2 saisies du poste poste-1\u202f: hors des droits du poste" in lines
    assert lines[1].endswith("vu le 30/11/2026")
    assert not any("inconnue de cette version (" in one for one in lines)


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2026-01-02T10:00:00.000000Z", "code périmé depuis le 02/01/2026"),
        ("2999-01-02T10:00:00.000000Z", "pas encore inscrit, code valable jusqu’au 02/01/2999"),
    ],
)
def test_an_invitation_says_whether_its_code_still_opens(until: str, said: str) -> None:
    seen = DeviceSeen(
        "d", "Melun", "URPS", "lecteur", ("77",), None, None,
        revoked=False, ops=0, quarantined=0, code_until=until,
    )  # fmt: skip
    lines = lines_of(Overview("0001", (seen,), (), 0, 0, 0, 0, (), (), Chain(0)))
    assert said in lines[1]


def test_migrating_twice_is_harmless(keeper: Keeper) -> None:
    told = keeper.types("migrate")
    assert told["from"] == told["to"]


def test_a_signed_pack_is_published_and_a_damaged_one_is_not(
    keeper: Keeper, home: Home, tmp_path: Path
) -> None:
    file = tmp_path / "small.pack"
    small_pack(file, home)
    made = keeper.types("publish", str(file))["pack"]
    assert (made["size"], made["signed_by"][:10]) == (file.stat().st_size, "publisher:")
    assert keeper.types("status")["packs"][0]["id"] == made["id"]
    whole = file.read_bytes()
    file.write_bytes(whole[:-200] + b"x" + whole[-199:])
    assert keeper.types("publish", str(file), status=1)["error"]["code"] == "pack"


def test_a_broken_audit_is_a_bad_news(keeper: Keeper, central: Central) -> None:
    keeper.invites()
    with central.engine.begin() as connection:
        connection.execute(sa.text("UPDATE audit_end SET hash = 'other'"))
    assert keeper.types("status", status=1)["audit"]["ok"] is False


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("revoke", "nobody"), "pas inscrit"),
        (("publish", "/nowhere.pack"), "n’existe pas"),
        (("serve", "--listen", "0.0.0.0:0"), "certificat"),
        (("serve", "--certificate", "/no.pem", "--key", "/no.pem"), "n’existe pas"),
    ],
)
def test_what_cannot_be_done_is_told(keeper: Keeper, words: tuple[str, ...], told: str) -> None:
    assert told in keeper.types(*words, status=1)["error"]["message"]


@pytest.mark.parametrize(
    "words",
    [
        ("serve", "--listen", "nowhere"),
        ("serve", "--certificate", "/no.pem"),
        ("enrol", "--name", "x"),
        ("revoke",),
    ],
)
def test_what_is_badly_written_is_told(keeper: Keeper, words: tuple[str, ...]) -> None:
    assert keeper.types(*words, status=2)["error"]["message"]


@pytest.mark.parametrize(
    ("database", "told"),
    [
        ("nonsense", "illisible"),
        ("mysql://a:secret@b/c", "mysql"),
        ("sqlite:////nowhere/at/all.db", "n’existe pas"),
        ("sqlite://", "fichier"),
        ("postgresql://a:secret@127.0.0.1:1/b", "ne répond pas"),
        ("postgresql://a:secret@127.0.0.1:port/b", "illisible"),
    ],
)
def test_a_database_that_is_none_is_told_without_its_password(
    capsys: pytest.CaptureFixture[str], database: str, told: str
) -> None:
    error = Keeper(database, capsys).types("status", status=1)["error"]
    assert told in error["message"]
    assert "secret" not in error["message"] + error["hint"]


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"port": 1, "host": "127.0.0.1", "query": {}}, "La connexion est refusée"),
        ({"host": "nowhere.invalid", "query": {}}, "introuvable sur le réseau"),
        ({"database": "no_such_base"}, "Cette base n’existe pas"),
        ({"username": "nobody_here"}, "Ce compte n’existe pas"),
        ({"query": {"host": "/nowhere"}}, "ne tourne pas sur cet ordinateur"),
    ],
)
def test_why_a_server_does_not_answer_is_told_in_french(
    postgres_url: str, capsys: pytest.CaptureFixture[str], change: dict[str, Any], cause: str
) -> None:
    wrong = sa.make_url(postgres_url).set(**change)
    keeper = Keeper(wrong.render_as_string(hide_password=False), capsys)
    error = keeper.types("status", status=1)["error"]
    assert error["message"] == "La base du central ne répond pas."
    assert cause in error["hint"]
    assert "Elle dit" not in error["hint"]


@pytest.mark.parametrize("action", ["status", "migrate"])
def test_a_file_that_is_no_database_is_told_and_left_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, action: str
) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Ceci n’est pas une base.\n" * 100, encoding="utf-8")
    before = file.read_bytes()
    error = Keeper(f"sqlite:///{file}", capsys).types(action, status=1)["error"]
    assert "n’est pas une base SQLite" in error["message"]
    assert file.read_bytes() == before


def test_without_a_database_named_it_asks_which(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ADVISOR_DATABASE", raising=False)
    assert run(["central", "status", "--json"]) == 2
    assert "--database" in json.loads(capsys.readouterr().out)["error"]["hint"]


def test_a_database_not_migrated_is_told_and_a_missing_file_is_not_made(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    missing = tmp_path / "central.db"
    error = Keeper(f"sqlite:///{missing}", capsys).types("status", status=1)["error"]
    assert "central migrate" in error["hint"]
    assert not missing.exists()
    missing.touch()
    error = Keeper(f"sqlite:///{missing}", capsys).types("status", status=1)["error"]
    assert "central migrate" in error["hint"]
