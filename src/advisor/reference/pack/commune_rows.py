"""Communes read back from a pack's rows."""

from datetime import date
from typing import Any

from advisor.domain.places.place import Commune, PlaceKind

COLUMNS = (
    "c.code, c.name, c.departement, c.region, c.kind, c.postcodes, c.population,"
    " c.population_year, c.population_source, c.longitude, c.latitude, c.epci_siren,"
    " coalesce(e.name, ''), c.parent, c.started, c.ended, c.former_names, c.former_codes,"
    " c.density_class, c.source"
)
SELECT = f"SELECT {COLUMNS} FROM commune c LEFT JOIN epci e ON e.siren = c.epci_siren"
_KINDS = {kind.value: kind for kind in PlaceKind}


def commune_of(row: Any) -> Commune:
    """Return the commune of a row selected with ``SELECT``."""
    return Commune(
        code=row[0],
        name=row[1],
        departement=row[2],
        region=row[3],
        kind=_KINDS[row[4]],
        postcodes=tuple(row[5].split()),
        population=row[6],
        population_year=row[7],
        population_source=row[8],
        longitude=row[9],
        latitude=row[10],
        epci_siren=row[11],
        epci_name=row[12],
        parent=row[13],
        started=_day(row[14]),
        ended=_day(row[15]),
        former_names=_parts(row[16]),
        former_codes=_parts(row[17]),
        density_class=row[18],
        source=row[19],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()
