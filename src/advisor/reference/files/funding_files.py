"""Loads the declared funding schemes and the ranking criteria, checked with file and line.

Part of the reference room: public data files; it must not know any profile nor any case.
"""

from pathlib import Path

from advisor.domain.aids.funding_rules import FundingScheme, read_scheme
from advisor.domain.aids.ranking import MEASURES, Criterion, read_criteria
from advisor.reference.files.marked_yaml import check, read_marked

FUNDING_SCHEMA = "funding.schema.json"
RANKING_SCHEMA = "ranking.schema.json"


def load_funding(folder: Path) -> tuple[FundingScheme, ...]:
    """Return every scheme of a folder, in the order of their ids.

    Raises BadDataError with file and line when a file is not written as the schema says.
    """
    return tuple(_load_scheme(file) for file in sorted(folder.glob("*.yaml")))


def _load_scheme(file: Path) -> FundingScheme:
    document = read_marked(file)
    check(document, file.parent.parent / "schema" / FUNDING_SCHEMA)
    if document.data["id"] != file.stem:
        raise document.refuse("l’identifiant n’est pas le nom du fichier", ("id",))
    return read_scheme(document.data)


def load_ranking(file: Path) -> tuple[Criterion, ...]:
    """Return the criteria that rank places, in the order they are told."""
    document = read_marked(file)
    check(document, file.parent / "schema" / RANKING_SCHEMA)
    for index, criterion in enumerate(document.data["criteria"]):
        if criterion["id"] not in MEASURES:
            raise document.refuse(
                f"critère inconnu «\u202f{criterion['id']}\u202f»", ("criteria", index, "id")
            )
    return read_criteria(document.data)
