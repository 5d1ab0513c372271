"""The one-folder program starts and does the main job where there is no Python at all."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 340_000_000
pytestmark = pytest.mark.timeout(3600)  # building it, on a machine that does many other things


@pytest.fixture(scope="session")
def program() -> Path:
    """Return the frozen program, built unless it was made from these very files."""
    made = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "freeze.py"), "--if-changed", "--no-results"],
        capture_output=True,
        check=False,
        text=True,
    )
    assert made.returncode == 0, made.stderr[-4000:]
    return Path(json.loads(made.stdout.splitlines()[-1])["program"])


def run(program: Path, *words: str) -> Any:
    environment = {"PATH": os.devnull, "QT_QPA_PLATFORM": "offscreen"}
    kept = {
        name: os.environ[name] for name in ("HOME", "TMPDIR", "SYSTEMROOT") if name in os.environ
    }
    ran = subprocess.run(
        [str(program), *words, "--json"],
        env={**kept, **environment},
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert ran.returncode == 0, (ran.stdout[-2000:], ran.stderr[-2000:])
    return json.loads(ran.stdout)


def test_the_frozen_program_checks_itself_in_an_empty_home(program: Path, tmp_path: Path) -> None:
    told = run(program, "check", "--home", str(tmp_path / "home"))
    assert told["ok"] is True
    assert told["pack"]["counts"]["aids"] > 0
    assert told["versions"]["advisor"]
    assert told["versions"]["PySide6-Essentials"]


def test_the_frozen_program_plays_the_whole_demonstration(program: Path, tmp_path: Path) -> None:
    out = tmp_path / "demo"
    told = run(program, "demo", "--out", str(out), "--home", str(tmp_path / "home"))
    written = {"synthese.pdf", "synthese-accessible.pdf", "journee.pdf", "entretien.json"}
    assert written | {"carte.html", "diagnostic.pdf"} <= set(told["files"])
    assert b"leaflet" in (out / "carte.html").read_bytes()
    assert (out / "diagnostic.pdf").read_bytes().startswith(b"%PDF")
    assert (out / "synthese.pdf").read_bytes().startswith(b"%PDF")
    assert list(out.glob("*.png"))
    assert told["sync"]["digest_ok"] is True
    assert told["sync"]["sent"] == told["sync"]["applied"] > 0


def test_the_frozen_program_keeps_its_promised_size_and_ships_no_web_engine(program: Path) -> None:
    files = [file for file in program.parent.rglob("*") if file.is_file()]
    assert not [file.name for file in files if "webengine" in file.name.lower()]
    assert sum(file.stat().st_size for file in files if not file.is_symlink()) < MOST_BYTES


def test_the_frozen_program_says_in_french_that_postgresql_is_not_in_it(
    program: Path, tmp_path: Path
) -> None:
    words = ("central", "status", "--database", "postgresql://nom@127.0.0.1:1/base")
    ran = subprocess.run(
        [str(program), *words, "--home", str(tmp_path)],
        env={"PATH": os.devnull},
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert ran.returncode == 1
    assert "pas livré avec de quoi parler à PostgreSQL" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_frozen_program_refuses_in_french_what_needs_the_sources(
    program: Path, tmp_path: Path
) -> None:
    ran = subprocess.run(
        [str(program), "bench", "--home", str(tmp_path)],
        env={"PATH": os.devnull},
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert ran.returncode == 1
    assert "sources" in ran.stderr
    assert "Traceback" not in ran.stderr
