"""The encrypted case database with 2,000 interviews: an edit on disk, a file opened, a backup."""

from __future__ import annotations

import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from harness import Bench, alone, milliseconds, percentile

HOW_MANY = 2000
TIMES = 300
PASSPHRASE = "quatre mots sans lien"  # noqa: S105 - a phrase for measures


def run(bench: Bench) -> None:
    from advisor.config import Home  # noqa: PLC0415
    from advisor.services.cases import Cases  # noqa: PLC0415
    from advisor.store.vault import open_vault  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        cases = Cases(open_vault(home, PASSPHRASE))
        ids = fill(cases)
        turn = iter(range(1_000_000))
        edits = milliseconds(lambda: edit(cases, ids, next(turn)), TIMES)
        notes = milliseconds(lambda: cases.interviews.note(ids[next(turn) % 99], "Texte."), TIMES)
        opened = milliseconds(lambda: cases.interviews.get(ids[next(turn) % HOW_MANY]), TIMES)
        bench.add("edit_on_disk_p50", percentile(edits, 50), "ms")
        bench.add("edit_on_disk_p99", percentile(edits, 99), "ms", 100)
        bench.add("note_on_disk_p99", percentile(notes, 99), "ms", 100)
        bench.add("interview_open_p99", percentile(opened, 99), "ms", 100)
        bench.add("list_all", milliseconds(cases.interviews.list, 3)[-1], "ms", 2000)
        day = date(2024, 1, 9)
        bench.add(
            "day", percentile(milliseconds(lambda: cases.permanences.day(day)), 50), "ms", 100
        )
        bench.add("backup_verified", milliseconds(cases.vault.backup, 1)[0], "ms")
        bench.add("database", home.database.stat().st_size / 1e6, "MB")
        cases.close()
        began = time.perf_counter()
        open_vault(home, PASSPHRASE).close()
        bench.add("unlock", (time.perf_counter() - began) * 1000, "ms", 1200, "Argon2id 64 MiB")


def fill(cases: Any) -> list[str]:
    """Open interviews, three a day; returns their ids."""
    cases.identity.sign_in("Mesure", "URPS")
    made = []
    for number in range(HOW_MANY):
        day = date(2023, 1, 3) + timedelta(days=number // 3)
        booking = {"departement": "77", "date": day.isoformat(), "nom": f"Numéro {number}"}
        made.append(cases.interviews.new(booking, {"sector": "1"}, ["77288"]).id)
    return made


def edit(cases: Any, ids: list[str], number: int) -> None:
    """Change one field of one interview, as a keystroke's pause does."""
    cases.interviews.set(ids[number % HOW_MANY], {"days_per_week": number % 5})


if __name__ == "__main__":
    alone("cases", run)
