"""Read the worked examples of territorial diagnostics from ``data/diagnostics/*.csv``."""

from pathlib import Path

from advisor.domain.sourced import Source
from advisor.domain.territories.example import Example
from advisor.domain.territories.territory import ChosenBy
from advisor.reference.files.table_file import Row, read_table

COLUMNS = (
    "id",
    "name",
    "kind",
    "code",
    "communes",
    "departement",
    "region",
    "members",
    "population",
    "population_year",
    "population_source",
    "printed_population",
    "document",
    "locator",
    "read_on",
    "remark",
)


def load_examples(folder: Path) -> tuple[Example, ...]:
    """Return the examples in the order of their files; BadDataError on the first fault."""
    found: dict[str, Example] = {}
    for file in sorted(folder.glob("*.csv")):
        for row in read_table(file, COLUMNS):
            one = _example(row)
            if one.id in found:
                row.fail(f"l’exemple « {one.id} » est écrit deux fois")
            if not one.code and not one.communes:
                row.fail("il manque le code ou les communes")
            found[one.id] = one
    return tuple(found.values())


def _example(row: Row) -> Example:
    return Example(
        id=row.required("id"),
        name=row.required("name"),
        kind=row.choice("kind", ChosenBy),
        source=Source(row.required("document"), row.required("locator"), row.day("read_on")),
        code=row.text("code"),
        communes=row.words("communes"),
        departement=row.required("departement"),
        region=row.required("region"),
        members=row.integer("members"),
        population=row.integer("population"),
        population_year=row.integer("population_year"),
        population_source=row.text("population_source"),
        printed_population=row.integer("printed_population"),
        remark=row.text("remark"),
    )
