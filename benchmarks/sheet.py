"""The visitor's sheet, from the frozen content or the whole gesture: time to disk, and sizes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from harness import ROOT, Bench, alone, milliseconds

FIRST_SHEET = """
import sys, json, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from advisor.domain.paper.sheet import SheetContent
content = SheetContent.from_json(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))
start = time.perf_counter()
from advisor.documents.sheet import make_sheet
make_sheet(content, Path(sys.argv[3]))
first = time.perf_counter()
from advisor.documents.accessible import make_accessible_twin
make_accessible_twin(content, Path(sys.argv[4]))
print((first - start) * 1000, (time.perf_counter() - first) * 1000)
"""
BOOKING = {
    "departement": "77",
    "nom": "Exemple",
    "prenom": "Claire",
    "profession": "medecin_generaliste",
    "motif": "première installation",
}
PROFILE = {
    "status": "remplacant",
    "sector": "1",
    "exercise": "groupe",
    "days_per_week": 4,
    "first_installation": True,
    "installation_date": "2027-03-01",
    "previous_aids": [],
}
PLACES = ["77379", "77327", "77014", "77288"]


def run(bench: Bench) -> None:
    from advisor.config import Home  # noqa: PLC0415
    from advisor.documents.accessible import make_accessible_twin  # noqa: PLC0415
    from advisor.documents.sheet import make_sheet  # noqa: PLC0415
    from advisor.services.all_services import Services  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        services = Services(Home(out / "home").create(), lambda: "quatre mots sans lien")
        services.cases.identity.sign_in("Conseillère", "URPS")
        today = datetime.now(UTC).astimezone().date().isoformat()
        made = services.cases.interviews.new({**BOOKING, "date": today}, PROFILE, PLACES)
        content = services.documents.content(made.id)
        kept, sheet = out / "content.json", out / "synthese.pdf"
        twin = out / "synthese-accessible.pdf"
        kept.write_text(json.dumps(content.to_json()), encoding="utf-8")
        first = [_first(kept, sheet, twin) for _ in range(3)]
        bench.add("first_sheet_on_disk", min(one for one, _ in first), "ms", 300, "import compris")
        bench.add("first_twin_on_disk", min(two for _, two in first), "ms", None, "import compris")
        taken = milliseconds(lambda: make_sheet(content, sheet))
        bench.add("sheet_again", min(taken), "ms", 300)
        taken = milliseconds(lambda: make_accessible_twin(content, twin))
        bench.add("twin_again", min(taken), "ms")
        taken = milliseconds(lambda: services.documents.print_sheet(made.id, sheet), 3)
        bench.add("whole_gesture", min(taken), "ms", 1000, "aides, gel, base, deux PDF")
        bench.add("sheet_size", sheet.stat().st_size / 1000, "ko")
        bench.add("twin_size", twin.stat().st_size / 1000, "ko")
        services.close()


def _first(kept: Path, sheet: Path, twin: Path) -> tuple[float, float]:
    """Return the time of the first sheet and first twin of a new process, in milliseconds."""
    command = [sys.executable, "-c", FIRST_SHEET, str(ROOT / "src"), str(kept), sheet, twin]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    one, two = ran.stdout.split()
    return float(one), float(two)


if __name__ == "__main__":
    alone("sheet", run)
