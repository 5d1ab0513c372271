"""Whatever is given, the answer is one French sentence and an exit status, never a traceback."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import Advisor

from advisor.cli.main import run

Refuse = Callable[..., str]
PROFILE = json.dumps({"profession": "medecin_generaliste"})


@pytest.mark.parametrize(
    "words",
    [
        ("nimporte",),
        ("communes",),
        ("communes", "Melun", "--limit", "zéro"),
        ("communes", "Melun", "--limit", "-3"),
        ("communes", "Melun", "--inconnu"),
        ("zones", "77288", "--date", "30/03/2022"),
        ("zones", "77288", "--date", "2022-02-30"),
        ("zones", "77288", "--profession", "plombier"),
        ("aids", "--commune", "77288"),
        ("aids", "--profile", "-", "--commune"),
        ("rank", "--profile", "-", "--within", "77"),
        ("reference",),
        ("reference", "brûler"),
        ("permanence", "create", "--departement", "77"),
        ("appointment",),
        ("demo",),
    ],
    ids=" ".join,
)
def test_a_badly_written_command_is_told_in_french_with_status_2(
    refuse: Refuse, words: tuple[str, ...]
) -> None:
    refuse(2, *words, stdin=PROFILE)


@pytest.mark.parametrize(
    "words",
    [
        ("history", "import", "cas.csv"),
        ("report", "--from", "2026-01-01", "--to", "2026-12-31"),
        ("diagnostic", "practice", "--input", "cabinet.json"),
        ("vault", "rekey"),
    ],
    ids=" ".join,
)
def test_a_command_of_a_later_version_says_so_with_status_2(
    refuse: Refuse, words: tuple[str, ...]
) -> None:
    assert "version ultérieure" in refuse(2, *words)


@pytest.mark.parametrize("command", ["aids", "funding", "appointment new"])
def test_every_bad_json_file_is_told_with_its_name(
    refuse: Refuse, tmp_path: Path, passphrase: Path, command: str
) -> None:
    words = {
        "aids": ("aids", "--commune", "77288", "--profile"),
        "funding": ("funding", "--input"),
        "appointment new": ("appointment", "new", "--file"),
    }[command]
    bad = {
        "vide.json": b"",
        "coupe.json": b'{"profession": "medecin_gen',
        "liste.json": b"[1, 2]",
        "infini.json": b'{"fees_in_zone": Infinity}',
        "windows.json": '{"motif": "médecin"}'.encode("cp1252"),
        "binaire.json": bytes(range(256)),
        "profond.json": b"[" * 100_000,
    }
    for name, content in bad.items():
        file = tmp_path / name
        file.write_bytes(content)
        assert name in refuse(1, *words, file)
    refuse(1, *words, tmp_path / "absent.json")
    refuse(1, *words, tmp_path)


def test_a_huge_file_is_refused_without_being_read(refuse: Refuse, tmp_path: Path) -> None:
    file = tmp_path / "enorme.json"
    with file.open("wb") as out:
        out.truncate(3_000_000_000)
    assert "trop gros" in refuse(1, "aids", "--commune", "77288", "--profile", file)


def test_standard_input_is_read_and_checked_like_a_file(refuse: Refuse) -> None:
    assert "entrée standard" in refuse(
        1, "aids", "--profile", "-", "--commune", "77288", stdin=b"\xff\xfe"
    )


@pytest.mark.parametrize("code", ["00000", "77", "Melun", "", "é", "77288 ", "' OR 1=1 --"])
def test_an_unknown_commune_is_told_in_every_command(refuse: Refuse, code: str) -> None:
    refuse(1, "zones", code)
    refuse(1, "aids", "--profile", "-", "--commune", code, stdin=PROFILE)


def test_an_unknown_territory_is_told(refuse: Refuse, tmp_path: Path) -> None:
    refuse(1, "rank", "--profile", "-", "--within", "dep:00", stdin=PROFILE)
    refuse(1, "rank", "--profile", "-", "--within", "epci:123", stdin=PROFILE)
    codes = tmp_path / "codes.txt"
    codes.write_text("77288\n99999\n")
    refuse(1, "rank", "--profile", "-", "--within", f"list:{codes}", stdin=PROFILE)
    codes.write_text("\n")
    refuse(2, "rank", "--profile", "-", "--within", f"list:{codes}", stdin=PROFILE)


@pytest.mark.parametrize(
    "profile",
    [
        {"profession": "plombier"},
        {"profession": 12},
        {"days_per_week": "quatre"},
        {"installation_date": "demain"},
        {"first_installation": "peut-être"},
        {"share_in_zone": 12},
        {"previous_aids": "caim"},
        {"project": 3},
        {"birth_year": True},
    ],
    ids=str,
)
def test_a_profile_field_of_the_wrong_kind_is_named(
    refuse: Refuse, profile: dict[str, object]
) -> None:
    (field,) = profile
    told = refuse(1, "aids", "--profile", "-", "--commune", "77288", stdin=json.dumps(profile))
    assert field in told


def test_an_unknown_interview_is_told_in_every_command(
    refuse: Refuse, tmp_path: Path, passphrase: Path
) -> None:
    outcome = tmp_path / "issue.json"
    outcome.write_text('{"kind": "en_cours"}')
    unknown = "00000000-0000-7000-8000-000000000000"
    for words in (
        ("show", unknown),
        ("set", unknown, "sector=1"),
        ("note", unknown, "bonjour"),
        ("outcome", unknown, "--file", outcome),
        ("print", unknown, "--out", tmp_path / "fiche.pdf"),
    ):
        refuse(1, "appointment", *words)
    refuse(1, "vault", "erase", unknown)


def test_without_a_passphrase_and_without_a_keyboard_the_database_stays_closed(
    refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ADVISOR_PASSPHRASE_FILE", raising=False)
    refuse(1, "appointment", "list", stdin="")


def test_a_passphrase_file_that_is_missing_or_empty_is_told(
    refuse: Refuse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ADVISOR_PASSPHRASE_FILE", str(tmp_path / "absent"))
    refuse(1, "appointment", "list")
    (tmp_path / "vide").write_text("\n")
    monkeypatch.setenv("ADVISOR_PASSPHRASE_FILE", str(tmp_path / "vide"))
    refuse(1, "appointment", "list")


def test_a_wrong_passphrase_is_refused(advisor: Advisor, refuse: Refuse, passphrase: Path) -> None:
    assert advisor("me", "--name", "A. Essai", "--organisation", "URPS").status == 0
    passphrase.write_text("une autre phrase\n", encoding="utf-8")
    refuse(1, "appointment", "list")


def test_an_unforeseen_failure_leaves_a_sentence_and_a_log_without_personal_data(
    advisor: Advisor, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise RuntimeError("Mme Dupont, 06 12 34 56 78")

    monkeypatch.setattr("advisor.services.reference.Reference.search", fail)
    ran = advisor("communes", "Melun")
    assert ran.status == 1
    assert "Traceback" not in ran.err
    assert "Dupont" not in ran.err
    log = (home / "logs" / "advisor.log").read_text(encoding="utf-8")
    assert "RuntimeError" in log
    assert "communes.py" in log
    assert "Dupont" not in log


def test_a_file_that_cannot_be_written_is_told(
    refuse: Refuse, tmp_path: Path, passphrase: Path
) -> None:
    nowhere = tmp_path / "absent" / "jour.pdf"
    refuse(1, "permanence", "day", "2026-11-22", "--pdf", nowhere)
    refuse(1, "permanence", "day", "2026-11-22", "--pdf", tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux may lack a screen")
@pytest.mark.parametrize("platform", ["", "offscreen"])
def test_without_a_screen_the_window_says_so_and_what_to_do(
    in_a_process: Advisor, platform: str
) -> None:
    nothing = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": platform}
    ran = in_a_process(env=nothing)
    assert ran.status == 1
    assert "écran" in ran.err
    assert "advisor demo" in ran.err


def test_a_benchmark_that_does_not_exist_is_told_with_those_that_do(refuse: Refuse) -> None:
    assert "nimporte" in refuse(1, "bench", "nimporte")


def test_a_home_option_without_a_folder_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["communes", "melun", "--home"], ["--home", "--json", "check"], ["--home="]):
        assert run(words) == 2
        told = capsys.readouterr()
        assert "--home attend un dossier" in told.err + told.out


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
def test_a_reader_that_leaves_early_hears_nothing(home: Path) -> None:
    line = f"{sys.executable} -m advisor zones 77159 --home {home} | true"
    ran = subprocess.run(["bash", "-c", line], capture_output=True, check=False)
    assert ran.stderr == b""
