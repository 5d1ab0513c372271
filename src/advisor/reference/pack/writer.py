"""What goes into a pack, and its writing into one database whose bytes depend on nothing else.

Rows are sorted before they are written, so that the same content gives the same file.
"""

import json
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from advisor.domain.indicator import Indicator
from advisor.domain.places.place import Commune, Epci, PlaceKind
from advisor.domain.structure import Structure
from advisor.domain.zones.zoning import Territory, Zoning
from advisor.reference.pack.plain import to_plain
from advisor.reference.pack.schema import INDEXES, TABLES


@dataclass(frozen=True, slots=True)
class CommuneClass:
    """The class a long list gives to one commune, without a territory of its own.

    ``part`` names the part of the commune that has this class, when it is not the whole.
    """

    commune: str
    zone_class: str
    partial: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class Contour:
    """A simplified and projected outline: ``body`` is made by ``contour_blob``.

    ``kind`` is commune, departement or region; ``frame`` names the projection; bounds in metres.
    """

    kind: str
    code: str
    frame: str
    bounds: tuple[int, int, int, int]
    body: bytes


@dataclass(slots=True)
class PackContent:
    """All that a pack holds. ``classes`` maps a zoning id to its list by commune.

    ``documents`` maps a kind (aid, funding, criterion, partner) to (id, JSON text) in order.
    """

    communes: list[Commune] = field(default_factory=list)
    epcis: list[Epci] = field(default_factory=list)
    territories: list[Territory] = field(default_factory=list)
    zonings: list[Zoning] = field(default_factory=list)
    classes: dict[str, list[CommuneClass]] = field(default_factory=dict)
    documents: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    structures: list[Structure] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    contours: list[Contour] = field(default_factory=list)
    blobs: dict[str, bytes] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """Return how many of each kind; ``communes`` are the communes of today alone."""
        kinds = [commune.kind for commune in self.communes]
        return {
            "communes": kinds.count(PlaceKind.COMMUNE),
            "arrondissements": kinds.count(PlaceKind.ARRONDISSEMENT),
            "delegated": kinds.count(PlaceKind.DELEGATED),
            "former": kinds.count(PlaceKind.FORMER),
            "epcis": len(self.epcis),
            "zonings": len(self.zonings),
            "classes": sum(len(lines) for lines in self.classes.values()),
            "aids": len(self.documents.get("aid", [])),
            "funding": len(self.documents.get("funding", [])),
            "structures": len(self.structures),
            "partners": len(self.documents.get("partner", [])),
            "indicators": len(self.indicators),
            "territories": len(self.territories),
            "contours": len(self.contours),
        }


def fold(text: str) -> str:
    """Return ``text`` without accents, in lower case, for looking words up."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def write_database(content: PackContent, path: Path) -> None:
    """Write ``content`` into a new database at ``path``, which must not exist."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + TABLES)
        connection.execute("BEGIN")
        for table, rows in _tables(content).items():
            _insert(connection, table, rows)
        connection.execute("COMMIT")
        connection.executescript(INDEXES + "ANALYZE; PRAGMA synchronous=FULL; VACUUM;")
    finally:
        connection.close()


def compact(value: object) -> str:
    """Return a domain object as compact JSON text, in a stable order."""
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    ordered = iter(rows)
    first = next(ordered, None)
    if first is None:
        return
    marks = ",".join("?" * len(first))
    statement = f"INSERT INTO {table} VALUES ({marks})"
    connection.execute(statement, first)
    connection.executemany(statement, ordered)


def _tables(content: PackContent) -> Mapping[str, Iterable[tuple[Any, ...]]]:
    return {
        **_place_tables(content),
        **_zoning_tables(content),
        "document": (
            (kind, n, name, text)
            for kind in sorted(content.documents)
            for n, (name, text) in enumerate(content.documents[kind])
        ),
        "structure": (_structure_row(n, one) for n, one in enumerate(content.structures)),
        "indicator": (
            (n, one.territory_kind, one.territory, compact(one))
            for n, one in enumerate(content.indicators)
        ),
        "contour": sorted((c.kind, c.code, c.frame, *c.bounds, c.body) for c in content.contours),
        "side_blob": sorted(content.blobs.items()),
    }


def _place_tables(content: PackContent) -> Mapping[str, Iterable[tuple[Any, ...]]]:
    communes = sorted(content.communes, key=lambda commune: commune.code)
    units = content.territories
    return {
        "commune": (_commune_row(commune) for commune in communes),
        "former_code": sorted({(c, one.code) for one in communes for c in one.former_codes}),
        "epci": sorted((e.siren, e.name, e.departement) for e in content.epcis),
        "territory": sorted((t.kind.value, t.id, t.name, compact(t)) for t in units),
        "territory_member": sorted(
            {(m.commune, t.kind.value, t.id) for t in units for m in t.members}
        ),
    }


def _zoning_tables(content: PackContent) -> Mapping[str, Iterable[tuple[Any, ...]]]:
    positions = {zoning.id: index for index, zoning in enumerate(content.zonings)}
    return {
        "zoning": ((i, z.id, compact(replace(z, lines=()))) for i, z in enumerate(content.zonings)),
        "zone_line": (
            (i, n, compact(line))
            for i, zoning in enumerate(content.zonings)
            for n, line in enumerate(zoning.lines)
        ),
        "zone_member": sorted(_zone_members(content.zonings)),
        "commune_class": sorted(
            (c.commune, positions[zoning], c.zone_class, int(c.partial), c.part)
            for zoning, classes in content.classes.items()
            for c in classes
        ),
    }


def _zone_members(zonings: Iterable[Zoning]) -> Iterator[tuple[str, int, int]]:
    seen: set[tuple[str, int, int]] = set()
    for index, zoning in enumerate(zonings):
        for position, line in enumerate(zoning.lines):
            seen.update((member.commune, index, position) for member in line.territory.members)
    yield from seen


def _commune_row(commune: Commune) -> tuple[Any, ...]:
    return (
        commune.code,
        commune.name,
        commune.departement,
        commune.region,
        commune.kind.value,
        " ".join(commune.postcodes),
        commune.population,
        commune.population_year,
        commune.population_source,
        commune.longitude,
        commune.latitude,
        commune.epci_siren,
        commune.parent,
        commune.started.isoformat() if commune.started else None,
        commune.ended.isoformat() if commune.ended else None,
        "|".join(commune.former_names),
        "|".join(commune.former_codes),
        commune.density_class,
        commune.source,
    )


def _structure_row(position: int, one: Structure) -> tuple[Any, ...]:
    words = fold(
        f"{one.kind.value} {one.name} {one.commune_name} {one.address} {one.programme} {one.finess}"
    )
    return (
        position,
        one.id,
        one.kind.value,
        one.commune,
        one.departement,
        words,
        compact(one),
    )
