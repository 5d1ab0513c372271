"""Read the places of the starter pack from ``data/places/*.csv``, checked line by line.

Knows files and their shape; gives domain communes.
"""

import re
from datetime import date
from pathlib import Path

from advisor.domain.places.place import Commune, PlaceKind
from advisor.errors import BadDataError
from advisor.reference.files.table_file import Row, read_table

COLUMNS = (
    "code",
    "name",
    "kind",
    "departement",
    "region",
    "postcodes",
    "population",
    "population_year",
    "population_source",
    "longitude",
    "latitude",
    "epci_siren",
    "epci_name",
    "parent",
    "started",
    "ended",
    "former_names",
    "former_codes",
    "density_class",
    "source",
)
CODE = re.compile(r"(?:\d{2}|2[AB])\d{3}")
POSTCODE = re.compile(r"\d{5}")
SIREN = re.compile(r"\d{9}")
INSIDE_ANOTHER = {PlaceKind.ARRONDISSEMENT, PlaceKind.DELEGATED, PlaceKind.FORMER}


def load_places(folder: Path) -> tuple[Commune, ...]:
    """Return every place of ``folder``/places, sorted by code.

    ``folder`` is the data folder. BadDataError names the file and line of the first fault:
    malformed code, duplicate, unknown containing commune, bad date or figure.
    """
    rows = [row for file in sorted((folder / "places").glob("*.csv")) for row in _rows(file)]
    if not rows:
        raise BadDataError("aucun lieu n’est décrit", file=folder / "places")
    first_seen: dict[str, Row] = {}
    for row in rows:
        code = row.text("code")
        if code in first_seen:
            other = first_seen[code]
            row.fail(f"{code} est déjà décrit ({other.file.name}, ligne {other.line})")
        first_seen[code] = row
    for row in rows:
        _check_parent(row, first_seen)
    return tuple(_commune(first_seen[code]) for code in sorted(first_seen))


def _rows(file: Path) -> list[Row]:
    rows = read_table(file, COLUMNS)
    for row in rows:
        _check_code(row, "code", row.required("code"), CODE)
        for code in row.words("former_codes"):
            _check_code(row, "former_codes", code, CODE)
        for postcode in row.words("postcodes"):
            _check_code(row, "postcodes", postcode, POSTCODE)
        if row.text("epci_siren"):
            _check_code(row, "epci_siren", row.text("epci_siren"), SIREN)
    return rows


def _check_code(row: Row, column: str, written: str, shape: re.Pattern[str]) -> None:
    if not shape.fullmatch(written):
        row.fail(f"« {written} » n’a pas la forme attendue ({column})")


def _check_parent(row: Row, known: dict[str, Row]) -> None:
    parent = row.text("parent")
    if row.choice("kind", PlaceKind) in INSIDE_ANOTHER and not parent:
        row.fail("la commune qui contient ce lieu n’est pas écrite (parent)")
    if parent and (parent not in known or parent == row.text("code")):
        row.fail(f"la commune {parent} est inconnue (parent)")


def _commune(row: Row) -> Commune:
    started, ended = row.day("started"), row.day("ended")
    _check_life(row, started, ended)
    longitude, latitude = row.number("longitude", -180, 180), row.number("latitude", -90, 90)
    if (longitude is None) != (latitude is None):
        row.fail("longitude et latitude vont ensemble")
    population, year = row.integer("population"), row.integer("population_year")
    if (population is None) != (year is None):
        row.fail("une population va avec son année")
    return Commune(
        code=row.text("code"),
        name=row.required("name"),
        departement=row.required("departement"),
        region=row.required("region"),
        kind=row.choice("kind", PlaceKind),
        postcodes=row.words("postcodes"),
        population=population,
        population_year=year,
        population_source=row.text("population_source"),
        longitude=longitude,
        latitude=latitude,
        epci_siren=row.text("epci_siren"),
        epci_name=row.text("epci_name"),
        parent=row.text("parent") or None,
        started=started,
        ended=ended,
        former_names=row.words("former_names", "|"),
        former_codes=row.words("former_codes"),
        density_class=row.text("density_class"),
        source=row.required("source"),
    )


def _check_life(row: Row, started: date | None, ended: date | None) -> None:
    if started is not None and ended is not None and ended <= started:
        row.fail("la fin précède le début (ended)")
    if row.choice("kind", PlaceKind) is PlaceKind.FORMER and ended is None:
        row.fail("le jour où la commune a cessé n’est pas écrit (ended)")
