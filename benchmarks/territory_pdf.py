"""The territorial diagnostic of thirty communes as a PDF: content, maps and pages, to disk."""

from __future__ import annotations

import tempfile
from pathlib import Path

from aids import DAY
from full_pack import UNSET, full_home
from harness import Bench, alone, milliseconds

THIRTY = "200077014"  # CA Vienne Condrieu, 30 communes in two départements
STARTER = "200072544"  # CC des Deux Morin, 31 communes, whole in the starter pack


def run(bench: Bench) -> None:
    from advisor.app import Application  # noqa: PLC0415
    from advisor.config import Home  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        with Application(Home(out / "home").create()) as app:
            _measure(bench, app, STARTER, "starter", out)
        home = full_home()
        if home is None:
            bench.skip(UNSET)
            return
        with Application(Home(home)) as app:
            _measure(bench, app, THIRTY, "full", out)


def _measure(bench: Bench, app: object, epci: str, name: str, out: Path) -> None:
    services = app.services  # type: ignore[attr-defined]
    territories, papers = services.territories, services.territory_documents
    found = territories.diagnose(territories.of_epci(epci), DAY)
    file = out / f"{name}.pdf"
    first = milliseconds(lambda: papers.print_diagnostic(found, file), 1)
    bench.add(f"{name}_first_pdf", first[0], "ms", 2000, note=f"EPCI {epci}, import compris")
    taken = milliseconds(lambda: papers.print_diagnostic(found, file), 3)
    bench.add(f"{name}_pdf", min(taken), "ms", 2000, note=f"EPCI {epci}")
    bench.add(f"{name}_pdf_size", file.stat().st_size / 1000, "ko")


if __name__ == "__main__":
    alone("territory_pdf", run)
