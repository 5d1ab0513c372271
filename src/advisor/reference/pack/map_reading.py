"""Places read for a map: name, people and outline in two readings, without the rest of a card."""

import json
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import compress
from operator import itemgetter
from typing import Any

from advisor.domain.maps.layers import MapPlace
from advisor.domain.maps.projection import metres
from advisor.domain.maps.scopes import OVERSEAS_LENGTH
from advisor.domain.places.outline import LAMBERT_93, MERCATOR, Outline, PackedRings
from advisor.domain.zones.zoning import Zoning
from advisor.reference.pack.database import PackDatabase
from advisor.reference.pack.outline_blobs import to_outline
from advisor.reference.pack.zone_reading import ZoneReader

CITIES = ("13055", "69123", "75056")
PRECISE_UNDER = 5_000  # places from which the middle of an outline is precise enough
PLACES = (
    "SELECT c.code, c.name, c.departement, c.population, c.population_year, c.density_class,"
    " c.region, c.longitude, c.latitude FROM commune c"
    " WHERE c.kind IN ('commune', 'arrondissement')"
)
COLUMNS = (  # of PLACES, each as one JSON text: half the time of 35 000 rows
    "SELECT json_group_array(code), json_group_array(name), json_group_array(departement),"
    " json_group_array(population), json_group_array(population_year),"
    " json_group_array(density_class), json_group_array(region) FROM ("
)
BARE = " AND c.code NOT IN (SELECT code FROM contour WHERE kind = 'commune')"
OUTLINES = (
    "SELECT code, frame, min_x, min_y, max_x, max_y, body FROM contour WHERE kind = 'commune'"
)


class MapReader:
    """Reads what maps are drawn from, in few readings; ``Pack.map`` is one."""

    def __init__(self, database: PackDatabase, zones: ZoneReader) -> None:
        self._database = database
        self._zones = zones

    def places(
        self, *, departement: str | None = None, region: str | None = None
    ) -> list[MapPlace]:
        """Return the places of a map, by code: a city gives way to its arrondissements.

        Without département nor region, those of the mainland.
        """
        wanted = [("c.departement", departement), ("c.region", region)]
        asked = [(name, value) for name, value in wanted if value is not None]
        where = "".join(f" AND {name} = ?" for name, _ in asked)
        values = [value for _, value in asked]
        if not asked:
            where = f" AND length(c.departement) < {OVERSEAS_LENGTH}"
        gone = _cities_in_parts(self._database)
        outlines = self._outlines(where if asked else "", values)
        if not asked and len(outlines) >= PRECISE_UNDER:
            return self._rough_places(where, outlines, gone)
        rows = self._database.rows(f"{PLACES}{where} ORDER BY c.code", values)
        found = [_place(row, outlines.get(row[0])) for row in rows if row[0] not in gone]
        return [place for place in found if place is not None]

    def _rough_places(
        self, where: str, outlines: Mapping[str, Outline], gone: Collection[str]
    ) -> list[MapPlace]:
        """Return many places, column by column: a row at a time would keep the eye waiting.

        Each is where the middle of its outline is, or its own centre without outline.
        """
        texts = self._database.one(f"{COLUMNS}{PLACES}{where})")
        columns = [json.loads(text) for text in texts]
        is_bare = any(code not in outlines and code not in gone for code in columns[0])
        held = [code in outlines and code not in gone for code in columns[0]]
        codes, names, departements, people, years, densities, regions = (
            list(compress(column, held)) for column in columns
        )
        drawn = [outlines[code] for code in codes]
        boxes = [one.bounds for one in drawn]
        xs = [(box[0] + box[2]) // 2 for box in boxes]
        ys = [(box[1] + box[3]) // 2 for box in boxes]
        made = (codes, names, departements, xs, ys, people, years, densities, drawn, regions)
        near = map(MapPlace._make, zip(*made, strict=True))
        far = self._database.rows(f"{PLACES}{where}{BARE}") if is_bare else []
        bare = [_place(row, None) for row in far if row[0] not in gone]
        return sorted([*near, *(place for place in bare if place)], key=itemgetter(0))

    def _outlines(self, where: str, values: Sequence[str]) -> dict[str, Outline]:
        """Return the outlines of communes by code; two plain readings beat one that joins."""
        among = f" AND code IN (SELECT c.code FROM commune c WHERE 1{where})" if where else ""
        rows = self._database.rows(f"{OUTLINES}{among}", values)
        if sys.byteorder == "big":
            return {row[0]: to_outline("commune", row[0], row[1], row[2:6], row[6]) for row in rows}
        return {
            row[0]: Outline("commune", row[0], row[1], row[2:6], PackedRings(row[6]))
            for row in rows
        }

    def regions(self) -> list[tuple[str, str]]:
        """Return the (region, département) pairs that have places."""
        rows = self._database.rows(
            "SELECT DISTINCT region, departement FROM commune"
            " WHERE kind IN ('commune', 'arrondissement') ORDER BY region, departement"
        )
        return [(region, departement) for region, departement in rows]

    def epci_of(self, codes: Iterable[str]) -> dict[str, str]:
        """Return the SIREN of the intercommunalité of each of these places that has one."""
        wanted = set(codes)
        rows = self._database.rows("SELECT code, epci_siren FROM commune WHERE epci_siren <> ''")
        return {code: siren for code, siren in rows if code in wanted}

    def zonings(self) -> tuple[Zoning, ...]:
        """Return every dated zoning without its lines: acts, dates, printed totals."""
        return self._zones.headers()

    def zone_keys(
        self, departement: str | None, profession: str, day: date
    ) -> dict[str, tuple[object, ...]]:
        """Return, by INSEE code, what decides a place's class for a profession on a day.

        Two places of a département with equal keys have the same class, its own name aside.
        """
        return self._zones.alike(self._zones.keys(departement, profession, day))


def _cities_in_parts(database: PackDatabase) -> set[str]:
    rows = database.rows(
        "SELECT DISTINCT parent FROM commune WHERE kind = 'arrondissement' AND parent IN (?, ?, ?)",
        CITIES,
    )
    return {parent for (parent,) in rows}


def _place(row: Sequence[Any], outline: Outline | None) -> MapPlace | None:
    """Return a place with its own centre, the middle of its outline when it has none."""
    code, name, departement, people, year, density, region, longitude, latitude = row
    if longitude is not None and latitude is not None:
        overseas = MERCATOR if len(departement) == OVERSEAS_LENGTH else LAMBERT_93
        x, y = metres(longitude, latitude, outline.frame if outline else overseas)
    elif outline is not None:
        west, south, east, north = outline.bounds
        x, y = (west + east) // 2, (south + north) // 2
    else:
        return None
    return MapPlace(code, name, departement, x, y, people, year, density, outline, region)
