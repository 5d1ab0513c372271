"""Read indicators from ``data/indicators/*.csv``: one figure per line, with its source.

A cell left empty is a figure or a year that the source does not print, never zero.
"""

from collections.abc import Iterator
from pathlib import Path

from advisor.domain.indicator import Indicator
from advisor.domain.sourced import Figure, Source
from advisor.errors import BadDataError
from advisor.reference.files.table_file import Row, read_table

COLUMNS = (
    "id",
    "label",
    "territory_kind",
    "territory",
    "territory_name",
    "value",
    "unit",
    "year",
    "document",
    "locator",
    "read_on",
    "profession",
    "definition",
)
TERRITORY_KINDS = frozenset({"commune", "epci", "departement", "region", "france"})
LARGEST = 1e12
YEARS = range(1900, 2101)


def load_indicators(folder: Path) -> tuple[Indicator, ...]:
    """Return the indicators of the folder (``data/indicators``) in the order of its files.

    BadDataError names the file and line of the first fault: unknown kind of territory, figure
    that is not one, the same indicator twice for one territory and year.
    """
    seen: dict[tuple[str, ...], Row] = {}
    found = []
    for row in _rows(folder):
        key = tuple(row.text(name) for name in ("id", "territory_kind", "territory", "year"))
        if key in seen:
            other = seen[key]
            row.fail(f"cet indicateur est déjà écrit ({other.file.name}, ligne {other.line})")
        seen[key] = row
        found.append(_indicator(row))
    return tuple(found)


def _rows(folder: Path) -> Iterator[Row]:
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise BadDataError("aucun indicateur n’est décrit", file=folder)
    for file in files:
        yield from read_table(file, COLUMNS)


def _indicator(row: Row) -> Indicator:
    kind = row.required("territory_kind")
    if kind not in TERRITORY_KINDS:
        row.fail(
            f"le territoire « {kind} » est inconnu",
            "Écrire commune, epci, departement, region ou france.",
        )
    return Indicator(
        id=row.required("id"),
        label=row.required("label"),
        territory_kind=kind,
        territory=row.required("territory"),
        territory_name=row.required("territory_name"),
        figure=_figure(row),
        definition=row.text("definition"),
        profession=row.text("profession"),
    )


def _figure(row: Row) -> Figure:
    year = row.integer("year")
    if year is not None and year not in YEARS:
        row.fail(f"« {year} » n’est pas une année")
    return Figure(
        value=row.number("value", -LARGEST, LARGEST),
        unit=row.required("unit"),
        year=year,
        source=Source(row.required("document"), row.required("locator"), row.day("read_on")),
    )
