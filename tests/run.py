"""Runs everything `./dev test` promises: style, types, then the tests, headless.

Prints the test runner's closing line last.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SPREAD = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")  # a whole run, over the cores
ROOT = Path(__file__).resolve().parents[1]
CHECKS = (
    ("style", ["-m", "ruff", "check", "."]),
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("types", ["-m", "mypy"]),
)


def main(arguments: list[str]) -> int:
    """Run the checks then pytest; ``--long`` adds the long tests; returns the exit status."""
    only_checks = "--only-checks" in arguments
    long = "--long" in arguments
    rest = [a for a in arguments if a not in {"--only-checks", "--long"}]
    environment = dict(os.environ)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment["PYTHONPATH"] = str(ROOT / "src")
    failed = 0
    if not rest:
        for name, command in CHECKS:
            print(f"— {name}", file=sys.stderr, flush=True)
            failed |= subprocess.run(
                [sys.executable, *command], cwd=ROOT, env=environment, check=False
            ).returncode
    if only_checks:
        return int(bool(failed))
    marks = [] if long else ["-m", "not long"]
    spread = [] if rest else SPREAD
    tests = subprocess.run(
        [sys.executable, "-m", "pytest", *marks, *spread, *rest],
        cwd=ROOT,
        env=environment,
        check=False,
    )
    return int(bool(failed)) or tests.returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
