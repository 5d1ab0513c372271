"""Builds the one-folder application in dist/advisor, then measures it.

The starter pack is built beforehand and shipped inside, so that the frozen program starts at
once and needs none of what building a pack needs. Sizes by library and start times go to
benchmarks/results/freeze.json.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "freeze"
DIST = ROOT / "dist"
PROGRAM = DIST / "advisor" / ("advisor.exe" if os.name == "nt" else "advisor")
RESULTS = ROOT / "benchmarks" / "results" / "freeze.json"
STAMP = DIST / "advisor.made-from"
INPUTS = ("src", "data", "resources", "packaging")
MOST_MB = 340
WORTH_NAMING = 500_000  # bytes


def main(arguments: list[str]) -> int:
    """Build, measure, write the figures; 1 when the program is larger than promised."""
    if "--if-changed" in arguments and is_current():
        print(json.dumps({"program": str(PROGRAM)}))
        return 0
    started = time.monotonic()
    build()
    STAMP.write_text(inputs_hash(), encoding="utf-8")
    built = time.monotonic() - started
    figures = {"build_seconds": round(built, 1), **measure(PROGRAM)}
    if "--no-results" not in arguments:
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(
            json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
    print(json.dumps({"program": str(PROGRAM), **figures}, ensure_ascii=False))
    return int(figures["size_mb"] > MOST_MB)


def is_current() -> bool:
    """Tell whether dist/ was made from the very files that are here now."""
    made = STAMP.read_text(encoding="utf-8") if STAMP.is_file() else ""
    return PROGRAM.is_file() and made == inputs_hash()


def inputs_hash() -> str:
    """Hash every file the program is made from."""
    digest = hashlib.sha256(sys.version.encode())
    for name in INPUTS:
        for file in sorted((ROOT / name).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(ROOT).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def build() -> None:
    """Run PyInstaller with a freshly built starter pack."""
    BUILD.mkdir(parents=True, exist_ok=True)
    starter = BUILD / "starter.pack"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "ADVISOR_STARTER_PACK": str(starter),
        "PYTHONHASHSEED": "0",
    }
    make_starter = (
        "import sys, pathlib; from advisor.reference.pack.starter import write_starter_file;"
        "write_starter_file(pathlib.Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", make_starter, str(starter)], env=environment, check=True)
    words = ["--noconfirm", "--log-level", "ERROR", "--distpath", str(DIST), "--workpath"]
    subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", *words, str(BUILD)),
            str(ROOT / "packaging" / "advisor.spec"),
        ],
        env=environment,
        check=True,
        stdout=sys.stderr,
    )


def measure(program: Path) -> dict[str, Any]:
    """Return sizes by library and start times, without any path of this machine."""
    folder = program.parent
    sizes: Counter[str] = Counter()
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            sizes[library_of(file.relative_to(folder))] += file.stat().st_size
    first, again = start_times(program)
    return {
        "measured_on": time.strftime("%Y-%m-%d", time.gmtime()),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "size_mb": round(sum(sizes.values()) / 1e6, 1),
        "budget_mb": MOST_MB,
        "by_library_mb": {
            name: round(size / 1e6, 1)
            for name, size in sizes.most_common(20)
            if size > WORTH_NAMING
        },
        "start_empty_home_seconds": first,
        "start_again_seconds": again,
    }


def library_of(path: Path) -> str:
    """Name the library a file of the bundle belongs to."""
    parts = [part for part in path.parts if part != "_internal"]
    if len(parts) == 1:
        return "advisor (code Python)" if parts[0].startswith("advisor") else "Python et système"
    return parts[0].split("-")[0].split(".")[0]


def start_times(program: Path) -> tuple[float, float]:
    """Run `advisor check` twice in an empty home, with no Python on the path."""
    with tempfile.TemporaryDirectory() as home:
        taken = []
        for _ in range(2):
            began = time.monotonic()
            subprocess.run(
                [str(program), "check", "--json", "--home", home],
                env=bare_environment(),
                check=True,
                stdout=subprocess.DEVNULL,
            )
            taken.append(round(time.monotonic() - began, 2))
    return taken[0], taken[1]


def bare_environment() -> dict[str, str]:
    """Return an environment without Python, without this checkout, without a screen."""
    kept = ("HOME", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LANG")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "PATH": os.devnull,
        "QT_QPA_PLATFORM": "offscreen",
    }


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
