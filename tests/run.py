"""Runs everything `./dev test` promises: the tests, style and types among them, headless.

Prints the test runner's closing line last.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHECKS = {
    "style": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "mypy"],
}
MOST_WORKERS = 4


def main(arguments: list[str]) -> int:
    """Run the tests asked for, all by default; ``--long`` adds the long ones; returns the status.

    ``--only-checks`` runs style, format and types alone, one after the other.
    """
    environment = dict(os.environ)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment["PYTHONPATH"] = str(ROOT / "src")
    rest = [a for a in arguments if a not in {"--only-checks", "--long"}]
    if "--only-checks" in arguments:
        commands = list(CHECKS.values())
    else:
        marks = [] if "--long" in arguments else ["-m", "not long"]
        commands = [["-m", "pytest", *marks, *(rest or spread())]]
    statuses = [
        subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=environment, check=False
        ).returncode
        for command in commands
    ]
    return next((status for status in statuses if status), 0)


def spread() -> list[str]:
    """Return how a whole run is shared out: by files, in the order ``tests/conftest.py`` gives.

    One process more than there are cores: many tests wait for a server to stop.
    """
    workers = min((os.cpu_count() or 1) + 1, MOST_WORKERS)
    return ["-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder"]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
