"""10,000 records between two homes and a central store, over real HTTP on loopback.

SQLite on both sides, the server in a process of its own, as it runs; times are those of
``services.sync``, its copy of the day before the first exchange included.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from harness import ROOT, Bench, alone, milliseconds, percentile

RECORDS = 10_000
CHANGED = 20  # interviews edited between two syncs: a morning of permanence
AT_ONCE = 100
PASSPHRASE = "quatre mots sans lien"  # noqa: S105 - a phrase for measures
SERVE = (
    "import sys;"
    "from advisor.sync.server.app import RunningServer;"
    "from advisor.sync.server.database import Central;"
    "s=RunningServer(Central(sys.argv[1]));"
    "print(s.start(),flush=True);"
    "sys.stdin.read();s.stop()"
)


def run(bench: Bench) -> None:
    from advisor.sync.server.database import Central  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'central.db'}"
        central = Central(url)
        central.migrate()
        with subprocess.Popen(
            [sys.executable, "-c", SERVE, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": str(ROOT / "src")},
        ) as server:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            try:
                measure(bench, Path(folder), central, address)
            finally:
                server.communicate()
                central.close()


def measure(bench: Bench, folder: Path, central: Any, address: str) -> None:
    author, reader = (home(folder / name, central, address) for name in ("auteur", "lecteur"))
    ids = fill(author)
    bench.add("records", RECORDS, "records")
    bench.add("first_push", seconds(author), "s", 10, "10 000 records leave, and are confirmed")
    bench.add("first_pull", seconds(reader), "s", 10, "10 000 records arrive in an empty home")
    for number in range(CHANGED):
        author.interviews.set(ids[number], {"days_per_week": 4})
        author.interviews.note(ids[number], f"Note de mesure numéro {number}.")
    bench.add("incremental_push", seconds(author), "s", 2, f"{2 * CHANGED} entries leave")
    bench.add("incremental_pull", seconds(reader), "s", 2, f"{2 * CHANGED} records arrive")
    nothing = milliseconds(author.sync.sync, 20)
    bench.add("nothing_p50", percentile(nothing, 50), "ms", None, "one request")
    bench.add("nothing_p95", percentile(nothing, 95), "ms", 500, "one request")


def seconds(cases: Any) -> float:
    began = time.perf_counter()
    report = cases.sync.sync()
    taken = time.perf_counter() - began
    assert report.digest_ok is True, report.sentence
    return taken


def home(root: Path, central: Any, address: str) -> Any:
    """Return the open cases of a home enrolled there, with its sync."""
    from advisor.config import Home  # noqa: PLC0415
    from advisor.services.cases import Cases  # noqa: PLC0415
    from advisor.services.sync import SyncService  # noqa: PLC0415
    from advisor.store.vault import open_vault  # noqa: PLC0415
    from advisor.sync.server.enrolment import invite  # noqa: PLC0415

    cases = Cases(open_vault(Home(root), PASSPHRASE, keyring=False))
    cases.identity.sign_in("Mesure", "URPS")
    cases.sync = SyncService(lambda: cases.desk, str)
    now = datetime.now(UTC)
    invited = invite(
        central, name=root.name, organisation="URPS", role="conseiller", departements=["77"],
        now=now,
    )  # fmt: skip
    cases.sync.enrol(address, invited.code)
    return cases


def fill(cases: Any) -> list[str]:
    """Write the records: five for each interview, as a permanence leaves them."""
    made, records = [], 0
    while records < RECORDS:
        with cases.desk.write() as work:
            day = (date(2023, 1, 3) + timedelta(days=len(made))).isoformat()
            values = {"day": day, "place": "Mairie", "partners": []}
            permanence = work.create("permanence", values, departement="77")
            records += 1
            for number in range(min(AT_ONCE // 5, (RECORDS - records) // 5)):
                made.append(interview(work, permanence, number))
                records += 5
            if RECORDS - records < 5:
                for _ in range(RECORDS - records):
                    work.create("permanence", values, departement="77")
                    records += 1
    return made


def interview(work: Any, permanence: str, number: int) -> str:
    person = {"nom": f"Numéro {number}", "prenom": "Camille", "telephone": "06 39 98 00 01"}
    professional = work.create("professional", person, departement="77")
    booked = {"permanence": permanence, "professional": professional, "status": "recu"}
    made = work.create("appointment", {**booked, "at": "09:30"}, departement="77")
    work.create("project", {"sector": "1", "days_per_week": 3}, departement="77", record_id=made)
    place = {"interview": made, "commune": "77288", "name": "Melun", "position": 0}
    work.create("candidate_place", place, departement="77")
    text = {"interview": made, "text": "Projet de cabinet à Melun. " * 8, "author": "Mesure"}
    work.create("note", text, departement="77")
    return made


if __name__ == "__main__":
    alone("sync", run)
