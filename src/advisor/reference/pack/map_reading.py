"""Places read for a map: name, people and outline in one reading, without the rest of a card."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from advisor.domain.maps.layers import MapPlace
from advisor.domain.maps.projection import metres
from advisor.domain.maps.scopes import OVERSEAS_LENGTH
from advisor.domain.places.outline import LAMBERT_93, MERCATOR
from advisor.domain.zones.zoning import Zoning
from advisor.reference.pack.database import PackDatabase
from advisor.reference.pack.outline_blobs import to_outline
from advisor.reference.pack.zone_reading import ZoneReader

CITIES = ("13055", "69123", "75056")
PRECISE_UNDER = 5_000  # places from which the middle of an outline is precise enough
SELECT = (
    "SELECT c.code, c.name, c.departement, c.region, c.population, c.population_year,"
    " c.longitude, c.latitude, c.density_class,"
    " k.frame, k.min_x, k.min_y, k.max_x, k.max_y, k.body"
    " FROM commune c LEFT JOIN contour k ON k.kind = 'commune' AND k.code = c.code"
    " WHERE c.kind IN ('commune', 'arrondissement')"
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
        if not asked:
            where = f" AND length(c.departement) < {OVERSEAS_LENGTH}"
        rows = self._database.rows(
            f"{SELECT}{where} ORDER BY c.code", [value for _, value in asked]
        )
        gone = _cities_in_parts(self._database)
        precise = len(rows) < PRECISE_UNDER
        made = (_place(row, precise=precise) for row in rows if row[0] not in gone)
        return [place for place in made if place is not None]

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


def _place(row: Sequence[Any], *, precise: bool) -> MapPlace | None:
    body: bytes | None = row[14]
    bounds = row[10], row[11], row[12], row[13]
    outline = None if body is None else to_outline("commune", row[0], row[9], bounds, body)
    centre = _centre(row, has_outline=outline is not None, precise=precise)
    if centre is None:
        return None
    return MapPlace(
        code=row[0],
        name=row[1],
        departement=row[2],
        x=centre[0],
        y=centre[1],
        population=row[4],
        population_year=row[5],
        density_class=row[8],
        outline=outline,
        region=row[3],
    )


def _centre(row: Sequence[Any], *, has_outline: bool, precise: bool) -> tuple[int, int] | None:
    longitude, latitude = row[6], row[7]
    if longitude is None or latitude is None or (has_outline and not precise):
        if not has_outline:
            return None
        west, south, east, north = row[10:14]
        return (west + east) // 2, (south + north) // 2
    frame = row[9] or (MERCATOR if len(row[2]) == OVERSEAS_LENGTH else LAMBERT_93)
    return metres(longitude, latitude, frame)
