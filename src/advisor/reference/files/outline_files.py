"""Read the schematic outlines of départements from ``data/outlines/*.csv``, typed by hand.

Points are degrees WGS84, longitude then latitude, separated by commas; at most a few dozen, since
they only say roughly where a département stands.
"""

from pathlib import Path

from advisor.domain.maps.projection import metres
from advisor.domain.places.outline import LAMBERT_93
from advisor.reference.files.table_file import Row, read_table
from advisor.reference.pack.outline_blobs import to_contour
from advisor.reference.pack.writer import Contour

COLUMNS = ("code", "name", "points")
WEST, EAST = -6.0, 10.0
SOUTH, NORTH = 41.0, 52.0


def load_outlines(folder: Path) -> list[Contour]:
    """Return the outlines of ``folder``/outlines by code; BadDataError on the first fault."""
    found: dict[str, Contour] = {}
    for file in sorted((folder / "outlines").glob("*.csv")):
        for row in read_table(file, COLUMNS):
            code = row.required("code")
            if code in found:
                row.fail(f"le département {code} est dessiné deux fois")
            found[code] = _contour(row, code)
    return [found[code] for code in sorted(found)]


def _contour(row: Row, code: str) -> Contour:
    points = [_point(row, text) for text in row.words("points", ",")]
    made = to_contour("departement", code, LAMBERT_93, [points])
    if made is None:
        row.fail("un contour a au moins trois points")
    return made


def _point(row: Row, text: str) -> tuple[int, int]:
    try:
        longitude, latitude = (float(part) for part in text.split())
    except ValueError:
        row.fail(f"« {text.strip()} » n’est pas un point", "Écrire la longitude puis la latitude.")
    if not (WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH):
        row.fail(f"« {text.strip()} » n’est pas en France métropolitaine")
    return metres(longitude, latitude)
