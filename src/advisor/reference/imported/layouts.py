"""Official tables recognised by their headers, so that nothing has to be matched by hand.

Column layouts: note of research on the rules, §4 (DREES APL workbook: eight title lines, the
header, one line of units; ministry's zoning workbook; PACA's QPV workbook).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from advisor.domain.territories.kinds import KINDS
from advisor.domain.territories.mapping import Column, TableMapping
from advisor.reference.imported.cells import folded

APL_SOURCE = "DREES, accessibilité potentielle localisée (APL) aux médecins généralistes"
CODES = {
    "commune": (
        "code commune insee", "codgeo", "code insee", "code commune", "insee", "depcom", "com",
        "code geo", "insee com", "codecommune", "commune",
    ),
    "epci": ("siren", "epci", "code epci", "siren epci"),
    "departement": ("dep", "departement", "code departement", "dept"),
    "region": ("reg", "region", "code region"),
    "bassin_de_vie": ("bv2022", "bassin de vie", "code bv"),
    "france": ("france", "pays"),
}  # fmt: skip
ZONING_SHEETS = {"zonage_tvs", "zonage_qpv", "zd_qpv"}
ZONING = (
    "ce classeur est un zonage (classes de communes, TVS ou QPV), pas un tableau de chiffres"
    "\u202f: un zonage entre par le référentiel, que publie le référent régional."
)
_APL = re.compile(r"apl aux medecins generalistes(?: .*?(65|62|60) ans.*)?")
_CLASS = re.compile(r"qualification (?:nationale|regionale)|zonage \d{4}|code tvs")
_POPULATION = re.compile(r"population (standardisee|totale) (\d{4}).*")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def code_header(headers: Sequence[str], mapping: TableMapping) -> str | None:
    """Return the header of the code's column: the one given, else a usual one; None if absent."""
    known = {folded(one): one for one in reversed(headers) if one.strip()}
    wanted = (mapping.territory,) if mapping.territory else CODES[mapping.kind]
    return next((known[folded(one)] for one in wanted if folded(one) in known), None)


def is_zoning(sheet: str) -> bool:
    """Tell whether a sheet is one of the official zoning workbooks."""
    return folded(sheet).replace(" ", "_") in ZONING_SHEETS


def is_zoning_column(header: str) -> bool:
    """Tell whether a heading is that of a class, as a zoning saved as CSV has."""
    return _CLASS.fullmatch(folded(header)) is not None


def recognised(
    headers: Sequence[str], titles: Sequence[str], mapping: TableMapping
) -> TableMapping | None:
    """Return the mapping of a DREES APL sheet, None when the headers are not its own.

    ``titles`` are the sheet's name and the lines above, where the year of the table stands.
    """
    columns = []
    for header in headers:
        name = folded(header)
        apl = _APL.fullmatch(name)
        people = _POPULATION.fullmatch(name)
        if apl:
            kind = KINDS["apl_mg" + (f"_{apl[1]}" if apl[1] else "")]
            columns.append(Column(header, kind, kind.unit))
        elif people:
            kind = KINDS[f"population_{people[1]}"]
            columns.append(Column(header, kind, kind.unit, int(people[2])))
    if not any(one.kind.id == "apl_mg" for one in columns):
        return None
    return replace(
        mapping,
        columns=tuple(columns),
        year=mapping.year or _year_in(titles),
        source=mapping.source or APL_SOURCE,
    )


def _year_in(titles: Sequence[str]) -> int | None:
    for title in titles:
        found = _YEAR.findall(title)
        if found:
            return max(int(one) for one in found)
    return None
