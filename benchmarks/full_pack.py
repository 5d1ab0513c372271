"""The full pack the benchmarks share: built once from the folder named by ADVISOR_OPENDATA."""

from __future__ import annotations

import os
from pathlib import Path

from harness import ROOT

KEPT = ROOT / "build" / "bench"
UNSET = "ADVISOR_OPENDATA n’est pas défini : le référentiel complet n'est pas mesuré"


def opendata() -> Path | None:
    """Return the folder of official files, None when it is not named."""
    named = os.environ.get("ADVISOR_OPENDATA")
    return Path(named) if named and Path(named).is_dir() else None


def full_home() -> Path | None:
    """Return a home where the full pack is installed, None when it cannot be built."""
    from advisor.app import Application  # noqa: PLC0415
    from advisor.config import Home  # noqa: PLC0415

    sources = opendata()
    if sources is None:
        return None
    home = Home(KEPT / "home")
    with Application(home) as app:
        if app.reference.info().is_starter:
            pack = KEPT / "full.pack"
            if not pack.is_file():
                app.reference.build(sources, pack)
            app.reference.install(pack)
    return home.root
