"""200 aids for one profile and place: the catalogue repeated until it has 200."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from harness import Bench, alone, milliseconds, percentile

PROFILE = {
    "profession": "medecin_generaliste",
    "status": "remplacant",
    "sector": "1",
    "exercise": "groupe",
    "days_per_week": 4,
    "first_installation": True,
    "installation_date": "2026-01-05",
    "previous_aids": [],
}
DAY = date(2026, 2, 1)
HOW_MANY = 200


def run(bench: Bench) -> None:
    from advisor.app import Application  # noqa: PLC0415
    from advisor.config import Home  # noqa: PLC0415
    from advisor.domain.aids.eligibility import evaluate  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, Application(Home(Path(folder))) as app:
        held = app.reference.pack.aids()
        many = [
            replace(held[n % len(held)], id=f"{held[n % len(held)].id}_{n}")
            for n in range(HOW_MANY)
        ]
        facts = app.aids.facts(PROFILE, "91286", DAY)
        taken = milliseconds(lambda: evaluate(many, PROFILE, facts, DAY), 20)
        bench.add("aids_200_median", percentile(taken, 50), "ms", 50)
        bench.add("aids_200_worst", max(taken), "ms")
        whole = milliseconds(lambda: app.aids.for_place(PROFILE, "91286", DAY), 10)
        bench.add("catalogue_with_facts", percentile(whole, 50), "ms", note=f"{len(held)} aides")


if __name__ == "__main__":
    alone("aids", run)
