"""Devices and central stores killed with SIGKILL at chosen points and anywhere (see kills.py)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("kills.py")
RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results" / "sync_kills.json"
FEW = int(os.environ.get("KILL_CYCLES", "20"))
MANY = int(os.environ.get("KILL_MANY", "1000"))
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")
SECONDS = 3600  # for a machine that does many other things


def killed(file: Path, whose: str, cycles: int, *more: str) -> dict[str, Any]:
    """Play cycles in a process without threads; returns what was counted so far."""
    asked = [whose, "--cycles", str(cycles), "--json", str(file), *more]
    done = subprocess.run(
        [sys.executable, SCRIPT, *asked], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    counted: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    assert counted["failures"] == []
    assert [counted[name] for name in ("lost", "doubled", "diverged", "not_erased")] == [0] * 4
    assert counted["acknowledged"] > 0
    return counted


@POSIX
@pytest.mark.timeout(SECONDS)
def test_a_device_killed_anywhere_loses_and_doubles_nothing(tmp_path: Path) -> None:
    counted = killed(tmp_path / "kills.json", "client", FEW)
    assert counted["cycles"] == {"client": FEW}
    assert sum(counted["killed: client"].values()) == FEW


@POSIX
@pytest.mark.timeout(SECONDS)
def test_nor_does_a_central_store_killed_while_devices_push(tmp_path: Path) -> None:
    assert killed(tmp_path / "kills.json", "server", FEW)["cycles"] == {"server on SQLite": FEW}


@POSIX
@pytest.mark.timeout(SECONDS)
def test_nor_one_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    found = killed(tmp_path / "kills.json", "server", 10, "--postgres", postgres_url)
    assert found["cycles"] == {"server on PostgreSQL": 10}


@POSIX
@pytest.mark.long
@pytest.mark.timeout(36_000)
def test_a_thousand_kills_of_each_keep_every_promise(tmp_path: Path, postgres_url: str) -> None:
    file = tmp_path / "kills.json"
    killed(file, "client", MANY)
    killed(file, "server", MANY * 6 // 10)
    counted = killed(file, "server", MANY * 4 // 10, "--postgres", postgres_url)
    assert counted["cycles"] == {
        "client": MANY,
        "server on SQLite": MANY * 6 // 10,
        "server on PostgreSQL": MANY * 4 // 10,
    }
    RESULTS.write_text(json.dumps(counted, indent=2, ensure_ascii=False) + "\n", "utf-8")
