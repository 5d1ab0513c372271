"""The demonstration plays a whole permanence through the real services, in the real program."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

SCREENS = {"accueil", "permanences", "entretien", "structures", "suivi", "synchronisation"}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], str]:
    """Return the folder written, the JSON answer and what was said on the way."""
    folder = tmp_path_factory.mktemp("demo")
    phrase = folder / "phrase"
    phrase.write_text("une phrase de démonstration\n", encoding="utf-8")
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "advisor", "demo", "--json"),
            *("--out", str(folder / "out"), "--home", str(folder / "home")),
        ],
        env={**os.environ, "ADVISOR_PASSPHRASE_FILE": str(phrase), "DISPLAY": ""},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    return folder, json.loads(ran.stdout), ran.stderr.decode()


def text_of(file: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(file).pages)


def test_every_file_that_is_announced_is_written(
    played: tuple[Path, dict[str, Any], str],
) -> None:
    folder, told, _ = played
    assert set(told) == {"files", "interview", "sync"}
    expected = {"journee.pdf", "entretien.json", "synthese.pdf", "synthese-accessible.pdf"}
    expected |= {f"synthese-{n}.pdf" for n in (2, 3)} | {"carte.html", "diagnostic.pdf"}
    expected.add("diagnostic-isere.pdf")
    assert expected <= set(told["files"])
    for name, path in told["files"].items():
        assert Path(path) == folder / "out" / name
        assert Path(path).stat().st_size > 1000
    pictures = [name for name in told["files"] if name.endswith(".png")]
    assert {screen for screen in SCREENS for name in pictures if screen in name} == SCREENS


def test_each_visitor_leaves_with_a_sheet_in_their_name(
    played: tuple[Path, dict[str, Any], str],
) -> None:
    folder, _, _ = played
    for file, name, place in (
        ("synthese.pdf", "Camille Exemple", "Provins"),
        ("synthese-2.pdf", "Dominique Fictive", "Donnemarie-Dontilly"),
        ("synthese-3.pdf", "Sacha Modèle", "Coulommiers"),
    ):
        told = text_of(folder / "out" / file)
        assert name in told
        assert place in told


def test_the_map_and_the_diagnostic_of_a_territory_are_written(
    played: tuple[Path, dict[str, Any], str],
) -> None:
    folder, _, _ = played
    page = (folder / "out" / "carte.html").read_text(encoding="utf-8")
    for told in ("Carte schématique", "Permanences d’aide à l’installation (1)", "Provins"):
        assert told in page
    assert "default-src 'none'" in page
    diagnostic = " ".join(text_of(folder / "out" / "diagnostic.pdf").split())
    assert 6 <= len(PdfReader(folder / "out" / "diagnostic.pdf").pages) <= 10
    for told in (
        "CC des Deux Morin",
        "scénario, pas une prévision",
        "médecin généraliste installé",
    ):
        assert told in diagnostic


def test_the_interview_written_is_the_first_visitor_s(
    played: tuple[Path, dict[str, Any], str],
) -> None:
    folder, told, _ = played
    shown = json.loads((folder / "out" / "entretien.json").read_text(encoding="utf-8"))
    assert shown["id"] == told["interview"]
    assert shown["professional"]["profession"] == "medecin_generaliste"
    assert len(shown["places"]) == 4
    assert len(shown["notes"]) == 2
    assert {one["partner"] for one in shown["referrals"]} == {"ordre_medecins_77", "cpam_77"}
    assert shown["outcome"]["kind"] == "en_cours"
    assert shown["satisfaction"] == 5
    assert shown["aids"]["frozen"] is True
    assert shown["documents"]


def test_the_day_really_reached_a_central_store(
    played: tuple[Path, dict[str, Any], str],
) -> None:
    folder, told, said = played
    assert told["sync"]["sent"] == told["sync"]["applied"] > 20
    assert told["sync"]["cursor"] > 0
    assert told["sync"]["digest_ok"] is True
    assert {told["sync"][name] for name in ("parallel", "conflicts", "quarantined")} == {0}
    shown = json.loads((folder / "out" / "entretien.json").read_text(encoding="utf-8"))
    assert shown["sync"] == "sent"
    assert "Synchronisé avec un central d’essai" in said


def test_the_home_may_enrol_with_a_real_central_store_afterwards(
    played: tuple[Path, dict[str, Any], str],
) -> None:
    folder, told, _ = played
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "advisor", "sync", "status", "--json"),
            *("--home", str(folder / "home")),
        ],
        env={**os.environ, "ADVISOR_PASSPHRASE_FILE": str(folder / "phrase")},
        capture_output=True,
        check=False,
    )
    found = json.loads(ran.stdout)
    assert found["central"] is None
    assert found["pending"] == told["sync"]["sent"]


def test_what_is_said_on_the_way_is_french_and_names_no_secret(
    played: tuple[Path, dict[str, Any], str],
) -> None:
    _, _, said = played
    assert "Permanence ouverte à Melun" in said
    for word in ("Traceback", "plugin", "Warning", "phrase de démonstration"):
        assert word not in said


def test_a_home_that_already_has_cases_is_left_as_it_is(
    played: tuple[Path, dict[str, Any], str], tmp_path: Path
) -> None:
    folder, told, _ = played
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "advisor", "demo", "--json"),
            *("--out", str(tmp_path / "again"), "--home", str(folder / "home")),
        ],
        env={**os.environ, "ADVISOR_PASSPHRASE_FILE": str(folder / "phrase")},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["interview"] != told["interview"]
    listed = subprocess.run(
        [
            *(sys.executable, "-m", "advisor", "appointment", "list", "--json"),
            *("--home", str(folder / "home")),
        ],
        env={**os.environ, "ADVISOR_PASSPHRASE_FILE": str(folder / "phrase")},
        capture_output=True,
        check=False,
    )
    assert len(json.loads(listed.stdout)["appointments"]) == 3


def test_the_figures_of_the_isere_meeting_come_out_again_in_its_diagnostic(
    played: tuple[Path, dict[str, Any], str],
) -> None:
    folder, _, _ = played
    text = " ".join(text_of(folder / "out" / "diagnostic-isere.pdf").split())
    for told in (
        "1 153 médecins (2023)",
        "26 % (année non dite)",
        "0,94 installation pour 1 cessation (2018-2023)",
        "366 2018-2023",
        "391 2018-2023",
        "Scénario, pas une prévision",
    ):
        assert told in text, told
