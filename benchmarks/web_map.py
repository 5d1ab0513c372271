"""The map that leaves, Île-de-France: time to make the HTML file, and its size."""

from __future__ import annotations

import tempfile
from pathlib import Path

from full_pack import UNSET, full_home
from harness import Bench, alone, milliseconds

SCOPE = "reg:11"


def run(bench: Bench) -> None:
    from advisor.app import Application  # noqa: PLC0415
    from advisor.config import Home  # noqa: PLC0415

    (taken,) = milliseconds(_load, 1)
    bench.add("first_import_of_folium", taken, "ms", None, note="une fois par lancement")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        with Application(Home(out / "home").create()) as app:
            _measure(bench, app, "starter", out)
        home = full_home()
        if home is None:
            bench.skip(UNSET)
            return
        with Application(Home(home)) as app:
            _measure(bench, app, "full", out)


def _load() -> None:
    import advisor.documents.web_map_page  # noqa: F401, PLC0415


def _measure(bench: Bench, app: object, name: str, out: Path) -> None:
    from advisor.services.maps_out import MapsOut  # noqa: PLC0415

    maps = MapsOut(app.services.maps)  # type: ignore[attr-defined]
    file = out / f"{name}.html"
    taken = milliseconds(lambda: maps.web_map(file, SCOPE), 7)
    bench.add(f"{name}_html", min(taken), "ms", 1000, note="Île-de-France")
    bench.add(f"{name}_html_size", file.stat().st_size / 1_000_000, "Mo", 3)


if __name__ == "__main__":
    alone("web_map", run)
