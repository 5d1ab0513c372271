"""Every place of a département, then of France, ranked for one profile."""

from __future__ import annotations

import tempfile
from pathlib import Path

from aids import DAY, PROFILE
from full_pack import UNSET, full_home
from harness import Bench, alone, milliseconds


def run(bench: Bench) -> None:
    from advisor.app import Application  # noqa: PLC0415
    from advisor.config import Home  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, Application(Home(Path(folder))) as app:
        codes = app.reference.codes_of_departement("93")
        taken = milliseconds(lambda: app.aids.rank(PROFILE, codes, DAY, 20), 3)
        bench.add("starter_93", min(taken), "ms", 1000, note=f"{len(codes)} lieux")
    home = full_home()
    if home is None:
        bench.skip(UNSET)
        return
    with Application(Home(home)) as app:
        codes = app.reference.codes_of_departement("77")
        taken = milliseconds(lambda: app.aids.rank(PROFILE, codes, DAY, 20), 3)
        bench.add("departement_77", min(taken), "ms", 1000, note=f"{len(codes)} lieux")
        everywhere = [place.code for place in app.reference.communes()]
        (taken_all,) = milliseconds(lambda: app.aids.rank(PROFILE, everywhere, DAY, 20), 1)
        bench.add("france", taken_all / 1000, "s", 10, note=f"{len(everywhere)} lieux")


if __name__ == "__main__":
    alone("rank", run)
