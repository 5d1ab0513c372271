"""A table typed by hand: ``;`` between cells, UTF-8, one header; every fault has file and line.

Knows how to read a cell as a word, a figure or a day; not what the table is about.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from advisor.domain.words.french import THIN, listed
from advisor.errors import BadDataError

Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, with where it stands."""

    file: Path
    line: int
    cells: Mapping[str, str]

    def fail(self, message: str, hint: str = "") -> NoReturn:
        """Refuse the line with a French sentence."""
        raise BadDataError(message, hint, file=self.file, line=self.line)

    def text(self, column: str) -> str:
        """Return the cell, empty when nothing is written."""
        return self.cells[column]

    def required(self, column: str) -> str:
        """Return the cell, refusing an empty one."""
        if not self.cells[column]:
            self.fail(f"la colonne « {column} » est vide")
        return self.cells[column]

    def day(self, column: str) -> date | None:
        """Return the ISO date of the cell, None when empty."""
        written = self.cells[column]
        if not written:
            return None
        try:
            return date.fromisoformat(written)
        except ValueError:
            self.fail(f"« {written} » n’est pas une date ({column})", "Écrire la date AAAA-MM-JJ.")

    def integer(self, column: str) -> int | None:
        """Return the whole number of the cell, None when empty."""
        written = self.cells[column]
        if not written:
            return None
        if not written.isascii() or not written.isdigit():
            self.fail(f"« {written} » n’est pas un nombre entier ({column})")
        return int(written)

    def number(self, column: str, lowest: float, highest: float) -> float | None:
        """Return the number of the cell within its bounds, None when empty."""
        written = self.cells[column]
        if not written:
            return None
        try:
            value = float(written)
        except ValueError:
            self.fail(f"« {written} » n’est pas un nombre ({column})")
        if not lowest <= value <= highest:
            self.fail(f"« {written} » est hors des bornes de la colonne « {column} »")
        return value

    def choice(self, column: str, kind: type[Kind]) -> Kind:
        """Return the member of the list that the cell names."""
        try:
            return kind(self.cells[column])
        except ValueError:
            allowed = listed([member.value for member in kind], "ou")
            self.fail(
                f"« {self.cells[column]} » est inconnu ({column})",
                f"Valeurs admises{THIN}: {allowed}.",
            )

    def yes(self, column: str) -> bool:
        """Return True for « oui », False for an empty cell."""
        written = self.cells[column]
        if written not in {"", "oui"}:
            self.fail(f"« {written} »{THIN}: écrire « oui » ou laisser vide ({column})")
        return written == "oui"

    def words(self, column: str, separator: str | None = None) -> tuple[str, ...]:
        """Return the words of the cell, separated by spaces or by ``separator``."""
        return tuple(word for word in self.cells[column].split(separator) if word)


def read_table(file: Path, columns: Iterable[str]) -> list[Row]:
    """Return the lines of a table whose header is exactly ``columns``; BadDataError otherwise."""
    expected = list(columns)
    lines = list(csv.reader(_text(file).splitlines(), delimiter=";"))
    if not lines or lines[0] != expected:
        wanted = ";".join(expected)
        raise BadDataError(
            "l’en-tête n’est pas celui attendu",
            f"Première ligne attendue{THIN}: {wanted}",
            file=file,
            line=1,
        )
    return [
        _row(file, number, cells, expected)
        for number, cells in enumerate(lines[1:], start=2)
        if any(cells)
    ]


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadDataError(
            "ce fichier n’est pas en UTF-8", "L’enregistrer en UTF-8.", file=file, line=line
        ) from error
    except OSError as error:
        raise BadDataError("ce fichier ne peut pas être lu", file=file) from error


def _row(file: Path, line: int, cells: list[str], columns: list[str]) -> Row:
    if len(cells) != len(columns):
        message = f"{len(columns)} colonnes attendues, {len(cells)} lues"
        raise BadDataError(message, file=file, line=line)
    stripped = (cell.strip() for cell in cells)
    return Row(file, line, dict(zip(columns, stripped, strict=True)))
