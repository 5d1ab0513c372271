"""One cell under one column: a figure of its indicator, or the French reason why it is none."""

from dataclasses import dataclass

from advisor.domain.territories.mapping import Column
from advisor.reference.imported.cells import read_number

SHOWN = 30
FEWEST = 5  # values before one dares to say that a column looks like fractions


@dataclass(frozen=True, slots=True)
class ReadCell:
    """What a cell gives; ``fault`` is empty when it can be taken."""

    value: float | None = None
    secret: bool = False
    fault: str = ""


def read_cell(column: Column, text: str) -> ReadCell:
    """Return the figure of a cell, in the unit of its indicator."""
    cell = read_number(text)
    where = f"(colonne « {column.header} »)"
    shown = f"« {text.strip()[:SHOWN]} »"
    if cell is None:
        return ReadCell(fault=f"{shown} n’est pas un nombre {where}")
    if cell.value is None:
        return ReadCell(secret=cell.secret)
    if text.rstrip().endswith("%") and "%" not in column.unit:
        return ReadCell(fault=f"{shown} est un pourcentage, « {column.unit} » est attendu {where}")
    value = cell.value * column.factor
    refused = column.kind.refusal(value)
    return ReadCell(value, fault=f"{shown} ne va pas\u202f: {refused} {where}" if refused else "")


@dataclass(slots=True)
class Spread:
    """How far the values of a column go, to tell shares that are written as fractions."""

    count: int = 0
    highest: float = 0.0

    def add(self, value: float | None) -> None:
        """Keep a value in mind."""
        if value is not None:
            self.count += 1
            self.highest = max(self.highest, value)

    def remark(self, column: Column) -> str:
        """Return the French doubt to tell, empty when there is none."""
        if column.unit != "%" or self.count < FEWEST or not 0 < self.highest <= 1:
            return ""
        return (
            f"Aucune valeur de la colonne « {column.header} » ne dépasse 1\u202f%\u202f: si elle"
            ' donne des fractions (0,26 pour 26\u202f%), ajoutez "factor": 100 à sa'
            " correspondance."
        )
