"""How the columns of an official table become indicators: what the user matches.

True on paper. A known indicator brings its label, unit and way of adding up; a new one says its
unit, and is not aggregated unless told how.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from advisor.domain.territories.kinds import KINDS, Group, IndicatorKind, Rule
from advisor.errors import BadDataError

TERRITORY_KINDS = ("commune", "epci", "bassin_de_vie", "departement", "region", "france")
WRITE = 'Écrivez par exemple {"territory": "CODGEO", "year": 2023, "source": "…", "columns":'
EXAMPLE = f'{WRITE} {{"NB_MG": "nombre_mg_liberaux"}}}}.'
IDENTIFIER = re.compile(r"[a-z0-9_]{1,60}")
YEARS = range(1900, 2101)
LONGEST = 300
LEAST_FACTOR, MOST_FACTOR = 1e-6, 1e6


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header in the file, the indicator it gives, its own year if any.

    ``factor`` brings what the file says to the indicator's unit (100 for fractions in per cent).
    """

    header: str
    kind: IndicatorKind
    unit: str
    year: int | None = None
    source: str = ""
    definition: str = ""
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How to read a table. ``year_column`` names the column of the year when rows have their own.

    Empty ``territory`` looks for a usual header; ``separator``, ``sheet`` and ``header_row`` (from
    1) are found when not given.
    """

    columns: tuple[Column, ...] = ()
    territory: str = ""
    kind: str = "commune"
    year: int | None = None
    year_column: str = ""
    source: str = ""
    separator: str = ""
    sheet: str = ""
    header_row: int | None = None


KNOWN = {
    "columns", "territory", "kind", "year", "source", "separator", "sheet", "header_row", "unit",
    "layout",
}  # fmt: skip
KNOWN_OF_COLUMN = {
    "column", "id", "label", "unit", "rule", "weight", "year", "source", "definition", "group",
    "factor",
}  # fmt: skip


def read_mapping(given: Mapping[str, Any]) -> TableMapping:
    """Return the mapping as JSON gives it; BadDataError with a French sentence."""
    _refuse_unknown(given, KNOWN)
    territory, kind = _territory(given)
    year, year_column = _year(given.get("year"))
    row = given.get("header_row")
    if row is not None and (type(row) is not int or row < 1):
        raise BadDataError("header_row est le numéro de la ligne d’en-tête, à partir de 1.")
    made = TableMapping(
        territory=territory,
        kind=kind,
        year=year,
        year_column=year_column,
        source=_text(given, "source"),
        separator=_text(given, "separator").replace("\\t", "\t"),
        sheet=_text(given, "sheet"),
        header_row=row,
    )
    columns = tuple(_column(*one, given) for one in _listed(given.get("columns", {})))
    ids = [(one.kind.id, one.year) for one in columns]
    if len(set(ids)) < len(ids):
        raise BadDataError("Deux colonnes donnent le même indicateur pour la même année.")
    return replace(made, columns=columns)


def _refuse_unknown(given: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(set(map(str, given)) - known)
    if unknown:
        raise BadDataError(f"« {unknown[0][:60]} » n’est pas connu de la correspondance.", EXAMPLE)


def _territory(given: Mapping[str, Any]) -> tuple[str, str]:
    said = given.get("territory", "")
    kind = given.get("kind", "commune")
    if isinstance(said, Mapping):
        kind = said.get("kind", kind)
        said = said.get("column", "")
    if not isinstance(said, str) or kind not in TERRITORY_KINDS:
        allowed = ", ".join(TERRITORY_KINDS)
        raise BadDataError(f"« territory » nomme la colonne du code, et son genre ({allowed}).")
    return said.strip(), kind


def _year(said: Any) -> tuple[int | None, str]:
    if isinstance(said, Mapping):
        said = said.get("column")
    if said is None or (type(said) is int and said in YEARS):
        return said, ""
    if isinstance(said, str) and said.strip():
        text = said.strip()
        if text.isdigit() and int(text) in YEARS:
            return int(text), ""
        return None, text
    raise BadDataError("« year » est une année (2023), ou la colonne qui la donne.")


def _text(given: Mapping[str, Any], name: str) -> str:
    said = given.get(name, "")
    if said is None:
        return ""
    if not isinstance(said, str) or len(said) > LONGEST:
        raise BadDataError(f"« {name} » est un texte court.", EXAMPLE)
    return said.strip() if name != "separator" else said


def _listed(said: Any) -> Sequence[tuple[str, Mapping[str, Any]]]:
    """Return (header, what is said of it) from any of the accepted shapes."""
    if isinstance(said, Mapping):
        return [_pair(str(key), value) for key, value in said.items()]
    given = said if isinstance(said, Sequence) and not isinstance(said, str) else [None]
    rows = [one for one in given if isinstance(one, Mapping) and isinstance(one.get("column"), str)]
    if len(rows) == len(given):
        return [(one["column"], one) for one in rows]
    raise BadDataError("« columns » associe une colonne à un indicateur.", EXAMPLE)


def _pair(key: str, value: Any) -> tuple[str, Mapping[str, Any]]:
    if isinstance(value, str):
        return key, {"id": value}
    if not isinstance(value, Mapping):
        raise BadDataError(f"La colonne « {key[:60]} » n’est associée à rien.", EXAMPLE)
    if isinstance(value.get("column"), str):
        return value["column"], {"id": key, **value}
    return key, value


def _column(header: str, said: Mapping[str, Any], whole: Mapping[str, Any]) -> Column:
    _refuse_unknown(said, KNOWN_OF_COLUMN)
    key = said.get("id")
    if not isinstance(key, str) or not IDENTIFIER.fullmatch(key):
        raise BadDataError(
            f"La colonne « {header[:60]} » n’a pas d’identifiant d’indicateur.",
            "Un identifiant s’écrit en minuscules sans accent, par exemple nombre_mg_liberaux.",
        )
    unit = _text(said, "unit") or _text(whole, "unit")
    kind = _known(key, unit, header) if key in KINDS else _fresh(key, header, said, unit)
    year, year_column = _year(said.get("year"))
    if year_column:
        raise BadDataError("L’année d’une colonne est un nombre.", EXAMPLE)
    source, definition = _text(said, "source"), _text(said, "definition")
    factor = _factor(said.get("factor", 1))
    return Column(header.strip(), kind, unit or kind.unit, year, source, definition, factor)


def _factor(said: Any) -> float:
    if type(said) not in {int, float} or not LEAST_FACTOR <= said <= MOST_FACTOR:
        raise BadDataError("« factor » multiplie les valeurs d’une colonne, par exemple 100.")
    return float(said)


def _known(key: str, unit: str, header: str) -> IndicatorKind:
    kind = KINDS[key]
    if unit and re.sub(r"\D", "", unit) != re.sub(r"\D", "", kind.unit):
        raise BadDataError(
            f"La colonne « {header[:60]} » est en « {unit} », l’indicateur {key} est en"
            f" « {kind.unit} ».",
            "Choisissez l’indicateur de la bonne unité.",
        )
    return kind


def _fresh(key: str, header: str, said: Mapping[str, Any], unit: str) -> IndicatorKind:
    if not unit:
        raise BadDataError(
            f"L’unité de la colonne « {header[:60]} » n’est pas dite.",
            'Ajoutez "unit", par exemple "pour 100 000 habitants".',
        )
    try:
        rule = Rule(said.get("rule", Rule.NONE.value))
        group = Group(said.get("group", Group.OTHER.value))
    except ValueError:
        raise BadDataError(
            "« rule » est somme, moyenne ou aucune.", "« group » est un titre du diagnostic."
        ) from None
    label, weight = _text(said, "label") or header, _text(said, "weight") or "population"
    return IndicatorKind(key, label, unit, group, rule, weight)
