"""Every place of the Code officiel géographique, of today and since 1943.

Communes and arrondissements of today, delegated and associated communes that have a code of
their own, and the former communes that movements tell of.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from advisor.domain.places.place import Commune, PlaceKind
from advisor.reference.build.build_ledger import Ledger, read_rows
from advisor.reference.build.cog_movements import Movements

FILE = "cog-2026-datagouv/communes.csv"
COG_DAY = date(2026, 1, 1)
SOURCE = "COG Insee au 01/01/2026"
OVERSEAS = "97"


def departement_of(code: str) -> str:
    """Return the département of an INSEE code (three digits overseas)."""
    return code[:3] if code.startswith(OVERSEAS) else code[:2]


def read_places(ledger: Ledger, movements: Movements) -> dict[str, Commune]:
    """Return every place by code; rows without a parent of today are reported."""
    path = ledger.source(FILE, "Code officiel géographique", "Insee", "Licence Ouverte", COG_DAY)
    rows = list(read_rows(path, ("TYPECOM", "COM", "REG", "DEP", "LIBELLE", "COMPARENT")))
    places = {
        row["COM"]: _living(row, movements, PlaceKind.COMMUNE)
        for _, row in rows
        if row["TYPECOM"] == "COM"
    }
    for line, row in rows:
        if row["TYPECOM"] == "COM":
            continue
        parent = places.get(row["COMPARENT"])
        if parent is None:
            ledger.reject(FILE, line, f"commune mère inconnue : « {row['COMPARENT']} »")
        elif row["COM"] == parent.code:
            places[parent.code] = _with_names(parent, [row["LIBELLE"]])
        else:
            places[row["COM"]] = _part(row, parent, movements)
    places = _with_former(places, movements)
    ledger.recoded = {old: one.code for one in places.values() for old in one.former_codes}
    return places


def _living(row: dict[str, str], movements: Movements, kind: PlaceKind) -> Commune:
    return Commune(
        code=row["COM"],
        name=row["LIBELLE"],
        departement=row["DEP"],
        region=row["REG"],
        kind=kind,
        started=movements.started.get(row["COM"]),
        source=SOURCE,
    )


def _part(row: dict[str, str], parent: Commune, movements: Movements) -> Commune:
    arrondissement = row["TYPECOM"] == "ARM"
    ended = movements.absorbed.get(row["COM"])
    return Commune(
        code=row["COM"],
        name=row["LIBELLE"],
        departement=parent.departement,
        region=parent.region,
        kind=PlaceKind.ARRONDISSEMENT if arrondissement else PlaceKind.DELEGATED,
        parent=parent.code,
        ended=ended[0] if ended and not arrondissement else None,
        source=SOURCE,
    )


def _with_former(places: dict[str, Commune], movements: Movements) -> dict[str, Commune]:
    living = frozenset(code for code, one in places.items() if one.kind is PlaceKind.COMMUNE)
    for code in sorted(movements.absorbed):
        day = movements.ended(code)
        now = movements.today(code, living)
        if code not in places and day is not None and now is not None:
            places[code] = _former(code, day, movements, places[now])
    return _with_old_names(places, movements, living)


def _former(code: str, day: date, movements: Movements, parent: Commune) -> Commune:
    return Commune(
        code=code,
        name=movements.last_name[code][1],
        departement=parent.departement,
        region=parent.region,
        kind=PlaceKind.FORMER,
        parent=parent.code,
        ended=day,
        source=f"{SOURCE}, mouvements de communes",
    )


def _with_old_names(
    places: dict[str, Commune], movements: Movements, living: frozenset[str]
) -> dict[str, Commune]:
    for code, name in _old_names(movements):
        place = movements.place_code(code)
        owner = place if place in places else movements.today(place, living)
        if owner is not None:
            places[owner] = _with_names(places[owner], [name])
    for code in sorted(movements.recoded):
        place = movements.place_code(code)
        owner = place if place in places else movements.today(place, living)
        if owner is not None and code not in places:
            known = places[owner]
            codes = tuple(dict.fromkeys((*known.former_codes, code)))
            places[owner] = replace(known, former_codes=codes)
    return places


def _old_names(movements: Movements) -> Iterator[tuple[str, str]]:
    for code in sorted(movements.names):
        for _, name in sorted(movements.names[code]):
            yield code, name


def _with_names(place: Commune, names: list[str]) -> Commune:
    fresh = [name for name in names if name not in {place.name, *place.former_names}]
    return replace(place, former_names=(*place.former_names, *fresh)) if fresh else place
