"""Read the units of territory from ``data/territories/*.csv``: named, sourced, checked.

A member written ``~75118`` belongs for a part only. An arrondissement's city gets a partial
membership too, so that the city itself can say that the class depends on the arrondissement.
"""

from collections.abc import Mapping
from pathlib import Path

from advisor.domain.places.place import Commune, PlaceKind
from advisor.domain.sourced import Source
from advisor.domain.zones.zoning import Membership, Territory, TerritoryKind
from advisor.reference.files.table_file import Row, read_table

COLUMNS = (
    "id",
    "kind",
    "name",
    "departement",
    "members",
    "complete",
    "source",
    "locator",
    "remark",
)
PARTIAL = "~"


def load_territories(folder: Path, places: Mapping[str, Commune]) -> dict[str, Territory]:
    """Return the territories of ``folder``/territories by id; BadDataError on the first fault."""
    found: dict[str, Territory] = {}
    for file in sorted((folder / "territories").glob("*.csv")):
        for row in read_table(file, COLUMNS):
            territory = _territory(row, places)
            if territory.id in found:
                row.fail(f"le territoire « {territory.id} » est écrit deux fois")
            if territory.id in places:
                row.fail(f"« {territory.id} » est déjà le code d’une commune")
            found[territory.id] = territory
    return found


def territory_of_place(place: Commune, source: Source | None = None) -> Territory:
    """Return the territory made of one commune or arrondissement, all of it."""
    arrondissement = place.kind is PlaceKind.ARRONDISSEMENT
    return Territory(
        id=place.code,
        kind=TerritoryKind.ARRONDISSEMENT if arrondissement else TerritoryKind.COMMUNE,
        name=place.name,
        departement=place.departement,
        members=(Membership(place.code), *_city(place)),
        complete=True,
        source=source,
    )


def _city(place: Commune) -> tuple[Membership, ...]:
    if place.kind is not PlaceKind.ARRONDISSEMENT or place.parent is None:
        return ()
    return (Membership(place.parent, partial=True),)


def _territory(row: Row, places: Mapping[str, Commune]) -> Territory:
    return Territory(
        id=row.required("id"),
        kind=row.choice("kind", TerritoryKind),
        name=row.required("name"),
        departement=row.required("departement"),
        members=_members(row, places),
        complete=row.yes("complete"),
        source=Source(row.required("source"), row.required("locator")),
    )


def _members(row: Row, places: Mapping[str, Commune]) -> tuple[Membership, ...]:
    found: dict[str, Membership] = {}
    for word in row.words("members"):
        code = word.removeprefix(PARTIAL)
        if code not in places:
            row.fail(f"la commune {code} est inconnue", "L’ajouter d’abord à data/places.")
        if code in found:
            row.fail(f"la commune {code} est écrite deux fois")
        found[code] = Membership(code, partial=word.startswith(PARTIAL))
        for city in _city(places[code]):
            found.setdefault(city.commune, city)
    return tuple(found.values())
