"""What a long proof counts, added up in a file so that it can be made in pieces.

A file made by another version of the code under test, or of what tests it, is begun anew.
"""

import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from play import HERE, ROOT

UNDER_TEST = (
    *("src/advisor/sync", "src/advisor/store", "src/advisor/domain/cases"),
    "src/advisor/services/sync.py",
)
EACH_SAVE = 20  # seconds between two writes
PROMISES = ("lost", "doubled", "diverged", "not_erased", "other")


class Tally:
    """Counts in ``file``; ``named`` counters hold figures by kind, ``made_by`` names the files."""

    def __init__(self, file: Path | None, what: str, made_by: tuple[str, ...]) -> None:
        self._file, self._saved, self._began = file, time.monotonic(), time.monotonic()
        found = json.loads(file.read_text(encoding="utf-8")) if file and file.exists() else {}
        here = version(made_by)
        self.held: dict[str, Any] = found if found.get("version") == here else _fresh(what, here)
        self._before = self.held["seconds"]

    def add(self, name: str, many: int = 1) -> None:
        """Add to a plain count."""
        self.held[name] = self.held.get(name, 0) + many

    def count(self, name: str, counted: Mapping[str, int]) -> None:
        """Add figures by kind."""
        whole = Counter(self.held.get(name, {})) + Counter(counted)
        self.held[name] = dict(sorted(whole.items()))

    def fail(self, name: str, error: BaseException) -> None:
        """Keep a broken promise."""
        broken = getattr(error, "promise", "other")
        self.add(broken if broken in PROMISES else "other")
        told = f"{type(error).__name__}: {error}"[:400]
        self.held["failures"].append({"run": name, "what": told})

    def save(self, *, now: bool = False) -> None:
        """Write the file whole, now or when it was long ago."""
        at = time.monotonic()
        self.held["seconds"] = round(self._before + at - self._began, 1)
        self.held["date"] = datetime.now(UTC).strftime("%Y-%m-%d")
        if self._file is None or not (now or at - self._saved > EACH_SAVE):
            return
        self._saved = at
        half = self._file.with_suffix(".part")
        half.write_text(json.dumps(self.held, indent=2, ensure_ascii=False) + "\n", "utf-8")
        half.replace(self._file)


def _fresh(what: str, here: str) -> dict[str, Any]:
    commit = (
        os.environ.get("PROOF_COMMIT", "")
        or subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        ).stdout.strip()
    )
    begun = {"what": what, "version": here, "commit": commit, "date": ""}
    machine = {"cores": os.cpu_count()}
    return {
        **begun,
        "machine": machine,
        "seconds": 0.0,
        **dict.fromkeys(PROMISES, 0),
        "failures": [],
    }


def version(made_by: tuple[str, ...]) -> str:
    """Return what tells two versions apart."""
    import hashlib  # noqa: PLC0415 - for this line only

    whole = hashlib.sha256()
    for folder in UNDER_TEST:
        files = sorted((ROOT / folder).rglob("*.py")) or [ROOT / folder]
        for file in files:
            whole.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    for name in made_by:
        whole.update((HERE / f"{name}.py").read_bytes())
    return whole.hexdigest()[:16]
