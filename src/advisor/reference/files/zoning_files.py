"""Read the dated zonings from ``data/zonings``: a header in YAML, its lines in the CSV beside it.

Knows files and their shape; gives domain zonings. A line names a territory of
``data/territories`` or the INSEE code of a commune or arrondissement.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from advisor.domain.places.place import Commune
from advisor.domain.sourced import Source
from advisor.domain.zones.lines import precedence
from advisor.domain.zones.zoning import Territory, ZoneLine, Zoning
from advisor.errors import BadDataError
from advisor.reference.files.marked_yaml import MarkedDocument, read_marked
from advisor.reference.files.table_file import Row, read_table
from advisor.reference.files.territory_files import load_territories, territory_of_place
from advisor.reference.files.zoning_headers import read_header

SCHEMA = "zoning.schema.json"
COLUMNS = ("territory", "class", "adapted_from", "locator", "remark")


def load_zonings(folder: Path, places: Iterable[Commune]) -> tuple[Zoning, ...]:
    """Return every zoning of ``folder``/zonings with its lines, sorted by first day then id.

    ``folder`` is the data folder, ``places`` the communes it knows (``load_places``).
    BadDataError names the file and line of the first fault: unknown commune, territory or
    class, bad date, duplicate line, a file without its header or without its lines.
    """
    known = {place.code: place for place in places}
    units = load_territories(folder, known)
    files = sorted((folder / "zonings").glob("*.yaml"))
    _refuse_orphans(folder / "zonings", files)
    loaded: list[Zoning] = []
    for file in files:
        document = read_marked(file)
        header = read_header(document, folder / "schema" / SCHEMA)
        zoning = replace(header, lines=_lines(document, header, known, units))
        _refuse_clash(document, zoning, loaded)
        loaded.append(zoning)
    return tuple(sorted(loaded, key=lambda one: (str(one.period.first), one.id)))


def _refuse_orphans(folder: Path, headers: Iterable[Path]) -> None:
    named = {file.stem for file in headers}
    for file in sorted(folder.glob("*.csv")):
        if file.stem not in named:
            message = f"l’en-tête {file.stem}.yaml manque à côté de cette liste"
            raise BadDataError(message, file=file)


def _refuse_clash(document: MarkedDocument, zoning: Zoning, others: Iterable[Zoning]) -> None:
    for other in others:
        if other.period.first != zoning.period.first or other.scheme != zoning.scheme:
            continue
        if zoning.professions and not set(zoning.professions) & set(other.professions):
            continue
        if set(zoning.departements) & set(other.departements):
            message = f"ce zonage commence le même jour que « {other.id} »"
            raise document.refuse(message, ("first",))


@dataclass(slots=True)
class _Reading:
    """What is known while the lines of one zoning are read."""

    source: Source
    classes: frozenset[str]
    places: Mapping[str, Commune]
    units: Mapping[str, Territory]
    units_seen: dict[str, Row] = field(default_factory=dict)
    communes_seen: dict[tuple[str, int], Row] = field(default_factory=dict)


def _lines(
    document: MarkedDocument,
    header: Zoning,
    places: Mapping[str, Commune],
    units: Mapping[str, Territory],
) -> tuple[ZoneLine, ...]:
    file = document.file.with_suffix(".csv")
    if header.held and not file.exists():
        raise document.refuse(f"la liste {file.name} manque à côté de cet en-tête")
    if not file.exists():
        return ()
    if not header.held:
        message = f"ce zonage dit ne pas avoir de liste, mais {file.name} existe"
        raise document.refuse(message, ("held",))
    reading = _Reading(header.source, frozenset(header.classes), places, units)
    return tuple(_line(row, reading) for row in read_table(file, COLUMNS))


def _line(row: Row, reading: _Reading) -> ZoneLine:
    territory = _territory(row, reading)
    _refuse_duplicates(row, territory, reading)
    adapted = row.text("adapted_from")
    return ZoneLine(
        territory=territory,
        zone_class=_class(row, "class", row.required("class"), reading),
        source=Source(reading.source.document, row.required("locator"), reading.source.read_on),
        adapted_from=_class(row, "adapted_from", adapted, reading) if adapted else None,
        remark=row.text("remark"),
    )


def _territory(row: Row, reading: _Reading) -> Territory:
    name = row.required("territory")
    if name in reading.places:
        return territory_of_place(reading.places[name], reading.source)
    if name in reading.units:
        return reading.units[name]
    commune = name[:1].isdigit()
    what = f"la commune {name} est inconnue" if commune else f"le territoire « {name} » est inconnu"
    where = "data/places" if commune else "data/territories"
    return row.fail(what, f"L’ajouter d’abord à {where}.")


def _class(row: Row, column: str, written: str, reading: _Reading) -> str:
    if written not in reading.classes:
        row.fail(f"« {written} » n’est pas une classe de ce zonage ({column})")
    return written


def _refuse_duplicates(row: Row, territory: Territory, reading: _Reading) -> None:
    earlier = reading.units_seen.setdefault(territory.id, row)
    if earlier is not row:
        row.fail(f"« {territory.id} » est déjà classé à la ligne {earlier.line}")
    for member in territory.members:
        if member.partial:
            continue
        key = (member.commune, precedence(territory.kind))
        earlier = reading.communes_seen.setdefault(key, row)
        if earlier is not row:
            row.fail(f"la commune {member.commune} est déjà classée à la ligne {earlier.line}")
