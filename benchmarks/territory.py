"""A territorial diagnostic of thirty communes from the full pack; tables of indicators read."""

from __future__ import annotations

import tempfile
from pathlib import Path

from aids import DAY
from full_pack import UNSET, full_home
from harness import Bench, alone, milliseconds

THIRTY = "200077014"  # CA Vienne Condrieu, 30 communes in two départements
COLUMNS = {"APL": "apl_mg", "POP": "population_standardisee", "MG": "nombre_mg_liberaux"}
MAPPING = {"territory": "CODGEO", "year": 2023, "source": "essai", "columns": COLUMNS}
HUNDRED_MEGABYTES = 100_000_000


def run(bench: Bench) -> None:
    from advisor.app import Application  # noqa: PLC0415
    from advisor.config import Home  # noqa: PLC0415
    from advisor.services.indicators import Indicators  # noqa: PLC0415
    from advisor.services.territories import Territories  # noqa: PLC0415

    home = full_home()
    if home is None:
        bench.skip(UNSET)
        return
    with tempfile.TemporaryDirectory() as folder, Application(Home(home)) as app:
        plain = app.services.territories
        taken = milliseconds(lambda: plain.diagnose(plain.of_epci(THIRTY), DAY), 5)
        bench.add("diagnostic_30_communes", min(taken), "ms", 200, note=f"EPCI {THIRTY}")
        shelf = Indicators(Home(Path(folder) / "home"), app.reference)
        codes = [one.code for one in app.reference.communes()]
        file = Path(folder) / "france.csv"
        file.write_text(_table(codes), encoding="utf-8")
        (read,) = milliseconds(lambda: shelf.accept(shelf.read(file, MAPPING)), 1)
        bench.add("import_france", read / 1000, "s", 10, note=f"{len(codes)} lignes")
        full = Territories(app.reference, shelf)
        taken = milliseconds(lambda: full.diagnose(full.of_epci(THIRTY), DAY), 5)
        bench.add("diagnostic_avec_import", min(taken), "ms", 200, note=f"EPCI {THIRTY}")
        big = Path(folder) / "cent-mega.csv"
        _fill(big, codes)
        (slow,) = milliseconds(lambda: shelf.read(big, MAPPING), 1)
        bench.add("table_100_mo", slow / 1000, "s", 120, note=f"{big.stat().st_size} octets")
        shelf.close()


def _table(codes: list[str]) -> str:
    lines = [f"{code};{1 + n % 40 / 10};{100 + n % 900};{n % 30}" for n, code in enumerate(codes)]
    return "CODGEO;APL;POP;MG\n" + "\n".join(lines) + "\n"


def _fill(file: Path, codes: list[str]) -> None:
    """Write the same table over and over: all but its first lines are doubles, told as such."""
    body = _table(codes).partition("\n")[2]
    with file.open("w", encoding="utf-8") as stream:
        size = stream.write("CODGEO;APL;POP;MG\n")
        while size < HUNDRED_MEGABYTES:
            size += stream.write(body)


if __name__ == "__main__":
    alone("territory", run)
