"""Opens a table, CSV or XLSX, as lines of text cells; separator and encoding are found.

Reads line by line, so that a file of 100 MB costs time and not memory.
"""

import codecs
import csv
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from advisor.domain.words.wording import short_date
from advisor.errors import BadDataError

SEPARATORS = (";", "\t", ",", "|")
LARGEST_FILE = 400_000_000
LARGEST_WORKBOOK = 1_000_000_000  # bytes once unpacked
CHUNK = 1 << 20
SEEN = 40
LONGEST_LINE = 1_000_000
MERGED = re.compile(rb'<mergeCell [^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
Line = tuple[int, tuple[str, ...]]


@dataclass(slots=True)
class OpenTable:
    """One sheet: ``name`` is empty for a CSV; ``merged`` maps a line to its merged range."""

    path: Path
    name: str = ""
    separator: str = ""
    encoding: str = ""
    merged: dict[int, str] = field(default_factory=dict)

    def lines(self) -> Iterator[Line]:
        """Yield (line from 1, cells); a line that cannot be read has one cell, its fault."""
        return _sheet_lines(self) if self.name else _csv_lines(self)


class UnreadableLineError(Exception):
    """A line of a CSV cannot be cut into cells; holds (line, reason)."""


def open_tables(path: Path, separator: str = "", sheet: str = "") -> list[OpenTable]:
    """Return the sheets of a workbook, or the one table of a CSV; BadDataError when it is none."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4)
    except OSError as error:
        raise BadDataError("ce fichier ne peut pas être lu.", file=path.name) from error
    if size > LARGEST_FILE:
        raise BadDataError("ce fichier est trop gros (plus de 400 Mo).", file=path.name)
    if not size:
        raise BadDataError("ce fichier est vide.", file=path.name)
    if head.startswith(b"PK"):
        return _sheets(path, sheet)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadDataError(
            "c’est un classeur d’un ancien format (.xls).",
            "Enregistrez-le en .xlsx ou en .csv.",
            file=path.name,
        )
    if head.lstrip().startswith(b"<"):
        raise BadDataError(
            "c’est une page web ou du XML, pas un tableau.",
            "Ouvrez-le dans un tableur et enregistrez-le en .xlsx ou en .csv.",
            file=path.name,
        )
    encoding = _encoding(path, head)
    return [OpenTable(path, "", separator or _separator(path, encoding), encoding)]


def _encoding(path: Path, head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head[1::2] == b"\0\0" or head[0::2] == b"\0\0":  # UTF-16 that does not say so
        return "utf-16-le" if head[1::2] == b"\0\0" else "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _separator(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        seen = [line for line in (file.readline(LONGEST_LINE) for _ in range(SEEN)) if line.strip()]
    best, score = SEPARATORS[0], 0
    for one in SEPARATORS:
        counts = Counter(line.count(one) for line in seen if line.count(one))
        if counts and max(counts.values()) * 2 + min(max(counts), 1) > score:
            best, score = one, max(counts.values()) * 2 + min(max(counts), 1)
    return best


def _csv_lines(table: OpenTable) -> Iterator[Line]:
    with table.path.open(encoding=table.encoding, errors="replace", newline="") as file:
        reader = csv.reader(_bounded(file), delimiter=table.separator)
        number = 0
        try:
            for cells in reader:
                yield number + 1, tuple(cells)
                number = reader.line_num
        except csv.Error as error:
            raise UnreadableLineError(
                number + 1,
                "cette ligne ne se découpe pas en cellules (guillemets, caractère nul, ou texte"
                " énorme)\u202f; la suite n’est pas lue",
            ) from error


def _bounded(file: Any) -> Iterator[str]:
    while line := file.readline(LONGEST_LINE):
        if "\0" in line:
            raise csv.Error("NUL")
        yield line


def _sheets(path: Path, sheet: str) -> list[OpenTable]:
    import openpyxl  # noqa: PLC0415  (only an import reads workbooks; starting must be quick)

    try:
        _refuse_enormous(path)
        with closing(openpyxl.load_workbook(path, read_only=True)) as book:
            found = [
                OpenTable(
                    path, one.title, merged=_merged(path, getattr(one, "_worksheet_path", ""))
                )
                for one in book.worksheets
                if not sheet or one.title == sheet
            ]
    except BadDataError:
        raise
    except Exception as error:  # a damaged workbook fails in many ways inside the library
        raise BadDataError(
            "ce fichier n’est pas un classeur XLSX lisible.",
            "Enregistrez-le de nouveau en .xlsx ou en .csv.",
            file=path.name,
        ) from error
    if not found:
        raise BadDataError(f"ce classeur n’a pas de feuille « {sheet} ».", file=path.name)
    return found


def _refuse_enormous(path: Path) -> None:
    with zipfile.ZipFile(path) as packed:
        unpacked = sum(one.file_size for one in packed.infolist())
    if unpacked > LARGEST_WORKBOOK:
        raise BadDataError("ce classeur est trop gros une fois ouvert.", file=path.name)


def _merged(path: Path, inside: str) -> dict[int, str]:
    """Return, by line, the merged range that touches it; merged cells hide which line is theirs."""
    found: dict[int, str] = {}
    with zipfile.ZipFile(path) as packed, packed.open(inside.lstrip("/")) as file:
        tail = b""
        while chunk := file.read(CHUNK):
            for first, top, last, bottom in MERGED.findall(tail + chunk):
                text = f"{first.decode()}{int(top)}:{last.decode()}{int(bottom)}"
                for line in range(int(top), min(int(bottom), int(top) + CHUNK) + 1):
                    found.setdefault(line, text)
            tail = chunk[-200:]
    return found


def _sheet_lines(table: OpenTable) -> Iterator[Line]:
    import openpyxl  # noqa: PLC0415  (only an import reads workbooks)

    with closing(openpyxl.load_workbook(table.path, read_only=True, data_only=True)) as book:
        for number, cells in enumerate(book[table.name].iter_rows(), start=1):
            yield number, tuple(_written(cell) for cell in cells)


def _written(cell: Any) -> str:
    """Return a cell as a reader sees it: a sheet keeps 0.26 for what it shows as « 26 % »."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, int | float):
        percent = "%" in cell.number_format
        shown = round(value * 100, 9) if percent else value
        return f"{int(shown) if shown == int(shown) else shown}{'%' if percent else ''}"
    return str(value).strip()
