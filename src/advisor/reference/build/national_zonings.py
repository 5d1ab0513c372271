"""Zonings read nationally, a class by commune: doctors since 2022, and ZRR until June 2024.

The lists are written with the codes of their year. A place that is no more answers for itself; a
commune made of several takes their class when it is one and the same, else it is partial.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from advisor.domain.places.place import Commune, PlaceKind
from advisor.domain.sourced import Source
from advisor.domain.zones.zoning import ZoneLine, Zoning
from advisor.errors import BadDataError
from advisor.reference.build.build_ledger import Ledger
from advisor.reference.build.doctors_by_name import FILE as DOCTORS
from advisor.reference.build.doctors_by_name import read_by_name
from advisor.reference.files.territory_files import territory_of_place
from advisor.reference.pack.writer import CommuneClass

ZRR = "zrr-2022-plateforme-inclusion/ZRR_20221109.json"
DOCTORS_OF_TODAY = "medecin_generaliste"
CAPITAL = "75"
NATIONAL_YEAR = 2022
ILE_DE_FRANCE = "11"
ZRR_SCHEME = "zrr"
PARTIAL_CLASSES = frozenset({"zrr_partielle"})
ZRR_CLASSES = {"C": "zrr", "PC": "zrr_partielle", "NC": "hors_zrr"}
ZRR_DAY = date(2022, 11, 9)


def read_doctors(
    ledger: Ledger, places: Mapping[str, Commune], shipped: Iterable[Zoning]
) -> tuple[list[Zoning], dict[str, list[CommuneClass]]]:
    """Return the doctors' zonings completed, and their classes by zoning id.

    The shipped acts keep their lines, which win over the national list; the shipped zoning of
    other regions is extended to all of them.
    """
    zonings = list(shipped)
    if not ledger.has(DOCTORS, "Zonage des médecins"):
        return zonings, {}
    written = dict(read_by_name(ledger, places))
    return _share_out(zonings, combined(places, written), places)


def read_zrr(
    ledger: Ledger, places: Mapping[str, Commune], shipped: Iterable[Zoning]
) -> tuple[list[Zoning], dict[str, list[CommuneClass]]]:
    """Return the zonings with the ZRR list (valid until 30 June 2024) held, and its classes."""
    zonings = list(shipped)
    if not ledger.has(ZRR, "Zones de revitalisation rurale"):
        return zonings, {}
    path = ledger.source(ZRR, "Zones de revitalisation rurale", "ANCT", "Licence Ouverte", ZRR_DAY)
    try:
        entries = [entry["fields"] for entry in json.loads(path.read_text(encoding="utf-8"))]
        pairs = [(entry["insee_code"], entry["status"]) for entry in entries]
    except (ValueError, KeyError, TypeError):
        raise BadDataError("la liste des ZRR est illisible.", file=path) from None
    written: dict[str, str] = {}
    for rank, (old_code, status) in enumerate(pairs, start=1):
        code = ledger.code(old_code)
        if code not in places or status not in ZRR_CLASSES:
            ledger.reject(ZRR, rank, f"commune ou statut inconnu : « {code} », « {status} »")
        else:
            written[code] = ZRR_CLASSES[status]
    completed = [_held(one) if one.scheme == ZRR_SCHEME else one for one in zonings]
    classes = combined(places, written)
    return completed, {one.id: classes for one in zonings if one.scheme == ZRR_SCHEME}


def combined(places: Mapping[str, Commune], written: Mapping[str, str]) -> list[CommuneClass]:
    """Return the class of each place written, and of the communes made of several since."""
    inside: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for code, zone_class in written.items():
        parent = places[code].parent
        if parent and places[code].kind is not PlaceKind.ARRONDISSEMENT:
            inside[parent][code] = zone_class
    classes: list[CommuneClass] = []
    for code in sorted({*written, *inside}):
        parts = dict(inside.get(code, {}))
        if code in written:
            parts[code] = written[code]
        if len(set(parts.values())) == 1:
            (only,) = set(parts.values())
            classes.append(CommuneClass(code, only, partial=only in PARTIAL_CLASSES))
        else:
            classes.extend(_mixed(places, code, parts))
    return classes


def _mixed(
    places: Mapping[str, Commune], owner: str, parts: Mapping[str, str]
) -> Iterable[CommuneClass]:
    by_class: defaultdict[str, list[str]] = defaultdict(list)
    for code, zone_class in sorted(parts.items()):
        by_class[zone_class].append(_name_then(places, code))
    for zone_class, names in sorted(by_class.items()):
        yield CommuneClass(owner, zone_class, partial=True, part=", ".join(names))


def _name_then(places: Mapping[str, Commune], code: str) -> str:
    """Return the name a code had when the list was written, as far as movements tell."""
    place = places[code]
    return place.former_names[-1] if place.former_names and not place.parent else place.name


def _share_out(
    shipped: Iterable[Zoning], classes: Iterable[CommuneClass], places: Mapping[str, Commune]
) -> tuple[list[Zoning], dict[str, list[CommuneClass]]]:
    zonings: list[Zoning] = []
    shared: dict[str, list[CommuneClass]] = {}
    everywhere = {one.departement: one.region for one in places.values()}
    for zoning in shipped:
        if not _is_doctors_of_today(zoning):
            zonings.append(zoning)
            continue
        here = zoning.departements
        if CAPITAL not in here:
            here = tuple(sorted(d for d, region in everywhere.items() if region != ILE_DE_FRANCE))
        named = {line.territory.id for line in zoning.lines}
        fresh = [
            one
            for one in classes
            if places[one.commune].departement in here and one.commune not in named
        ]
        districts = [one for one in fresh if _is_district(places, one)]
        lines = (_district_line(zoning, places[one.commune], one) for one in districts)
        zonings.append(replace(zoning, departements=here, lines=(*zoning.lines, *lines)))
        shared[zoning.id] = [one for one in fresh if not _is_district(places, one)]
    return zonings, shared


def _is_district(places: Mapping[str, Commune], one: CommuneClass) -> bool:
    return places[one.commune].kind is PlaceKind.ARRONDISSEMENT


def _district_line(zoning: Zoning, place: Commune, one: CommuneClass) -> ZoneLine:
    """Return the line of an arrondissement: it tells the city too, for a part of it."""
    return ZoneLine(territory_of_place(place, zoning.source), one.zone_class, zoning.source)


def _is_doctors_of_today(zoning: Zoning) -> bool:
    first = zoning.period.first
    return (
        zoning.held
        and not zoning.scheme
        and DOCTORS_OF_TODAY in zoning.professions
        and first is not None
        and first.year >= NATIONAL_YEAR
    )


def _held(zoning: Zoning) -> Zoning:
    return replace(
        zoning,
        held=True,
        source=Source("ANCT, communes classées en ZRR", ZRR, ZRR_DAY),
        why_unknown="Cette commune n’est pas dans la liste des ZRR. Demander à la préfecture.",
    )
