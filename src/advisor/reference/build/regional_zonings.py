"""Zonings added to the official files by whoever builds the pack: a newer act, with its own list.

``zonages/<id>.yaml`` in the folder of sources is a header shaped as those of ``data/zonings``; its
list stands beside it, ``<id>.csv`` or ``<id>.xlsx``: on each line the code of a commune or of a
QPV, and a class, as in the sheets Zonage_TVS and Zonage_QPV of the ministry.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from advisor.config import data_folder
from advisor.domain.places.place import Commune, PlaceKind
from advisor.domain.zones.classes import CLASS_LABELS
from advisor.domain.zones.zoning import Territory, ZoneLine, Zoning
from advisor.errors import BadDataError
from advisor.reference.build.build_ledger import Ledger
from advisor.reference.build.national_zonings import combined
from advisor.reference.files.marked_yaml import read_marked
from advisor.reference.files.territory_files import territory_of_place
from advisor.reference.files.zoning_headers import read_header
from advisor.reference.imported.cells import folded
from advisor.reference.imported.tables import OpenTable, UnreadableLineError, open_tables
from advisor.reference.pack.writer import CommuneClass

FOLDER = "zonages"
SCHEMA = "zoning.schema.json"
ENDINGS = (".csv", ".xlsx")
CODES = (
    *("code commune insee", "code commune", "code insee", "codgeo", "insee", "depcom"),
    *("code qpv", "code qp", "qpv", "commune"),
)
CLASSES = ("qualification regionale", "classe", "qualification nationale")  # who decides first
HEADER_WITHIN = 20  # lines
NO_HEADER = "aucune feuille n’a une colonne de codes de commune ou de QPV et une colonne de classe."


def read_regional(
    ledger: Ledger,
    places: Mapping[str, Commune],
    shipped: Iterable[Zoning],
    territories: Iterable[Territory],
) -> tuple[list[Zoning], dict[str, list[CommuneClass]]]:
    """Return the zonings with those of ``zonages/``, and the classes of these by zoning id.

    BadDataError names the header or the list at fault; a line left out goes to the ledger.
    """
    zonings, classes = list(shipped), dict[str, list[CommuneClass]]()
    quarters = {one.id: one for one in territories}
    for file in sorted((ledger.root / FOLDER).glob("*.yaml")):
        header = read_header(read_marked(file), data_folder() / "schema" / SCHEMA)
        if any(one.id == header.id for one in zonings):
            raise BadDataError("un zonage de ce nom est déjà dans le référentiel.", file=file)
        written = _List(ledger, file, header, {*places, *quarters}).read()
        found = combined(places, {code: one for code, one in written.items() if code in places})
        cities = [one for one in found if places[one.commune].kind is PlaceKind.ARRONDISSEMENT]
        units = {
            one.commune: territory_of_place(places[one.commune], header.source) for one in cities
        }
        units |= {code: quarters[code] for code in written if code in quarters}
        lines = (ZoneLine(unit, written[code], header.source) for code, unit in units.items())
        zonings.append(replace(header, lines=tuple(lines)))
        classes[header.id] = [one for one in found if one not in cities]
    return zonings, classes


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the header of a sheet stands: its line, the code's column, those of the class."""

    line: int
    code: int
    classes: tuple[int, ...]


class _List:
    """The list of one act, each line a code and a class; ``known`` are the codes there are."""

    def __init__(self, ledger: Ledger, header_file: Path, header: Zoning, known: set[str]) -> None:
        files = [header_file.with_suffix(one) for one in ENDINGS]
        held = [one for one in files if one.is_file()]
        if len(held) != 1:
            said = "manque" if not held else "est deux fois"
            message = f"la liste {files[0].name} ou {files[1].name} {said} à côté de cet en-tête."
            raise BadDataError(message, file=header_file)
        self._path, self._ledger, self._known = held[0], ledger, known
        self._name = f"{FOLDER}/{self._path.name}"
        self._classes = {word: one for one in header.classes for word in _words_of(one)}
        for file in (header_file, self._path):
            day, publisher = header.source.read_on, header.source.document
            ledger.source(f"{FOLDER}/{file.name}", header.title, publisher, "", day)

    def read(self) -> dict[str, str]:
        """Return the class of each code, in the order written."""
        found: dict[str, str] = {}
        heads = [(table, head) for table in open_tables(self._path) if (head := _head(table))]
        if not heads:
            raise BadDataError(NO_HEADER, file=self._path)
        for table, head in heads:
            try:
                for line, cells in table.lines():
                    if line > head.line and any(one.strip() for one in cells):
                        self._take(found, line, cells, head)
            except UnreadableLineError as error:
                self._ledger.reject(self._name, *error.args)
        return found

    def _take(self, found: dict[str, str], line: int, cells: Sequence[str], head: _Head) -> None:
        code = self._ledger.code(_cell(cells, head.code))
        written = next((one for at in head.classes if (one := _cell(cells, at))), "")
        zone_class = self._classes.get(folded(written))
        if code not in self._known:
            self._ledger.reject(self._name, line, f"le code « {code} » est inconnu")
        elif zone_class is None:
            why = f"« {written} » n’est pas une classe de l’acte" if written else "la classe manque"
            self._ledger.reject(self._name, line, why)
        elif found.setdefault(code, zone_class) != zone_class:
            self._ledger.reject(self._name, line, f"{code} a déjà une autre classe plus haut")


def _words_of(zone_class: str) -> set[str]:
    """Return how a class may be written: its code, its name, its name with the code after it."""
    label = folded(CLASS_LABELS[zone_class])
    code = folded(zone_class)
    return {code, label, label.removesuffix(f" ({code})")}


def _head(table: OpenTable) -> _Head | None:
    """Return where the header of a sheet stands, None when it is no list of classes."""
    for line, cells in _first_lines(table):
        names = [folded(one) for one in cells]
        code = next((names.index(one) for one in CODES if one in names), None)
        classes = [names.index(one) for one in CLASSES if one in names]
        classes += [at for at, one in enumerate(names) if one.startswith("zonage 20")][-1:]
        if code is not None and classes:
            return _Head(line, code, tuple(classes))
    return None


def _first_lines(table: OpenTable) -> Iterator[tuple[int, tuple[str, ...]]]:
    for line, cells in table.lines():
        if line > HEADER_WITHIN:
            return
        yield line, cells


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""
