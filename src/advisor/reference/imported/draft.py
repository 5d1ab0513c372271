"""Reads a table into a draft: what would be taken, what is rejected, line by line.

Nothing of the home is touched: the draft is a file of the system's temporary folder.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from advisor.domain.territories.mapping import TableMapping
from advisor.domain.words.wording import counted
from advisor.errors import BadDataError
from advisor.reference.imported import dataset_file
from advisor.reference.imported.cells import read_code
from advisor.reference.imported.column_cells import Spread, read_cell
from advisor.reference.imported.geography import Geography
from advisor.reference.imported.headers import Header, NoHeader, find_header
from advisor.reference.imported.moves import settle_moves
from advisor.reference.imported.tables import UnreadableLineError, open_tables
from advisor.reference.imported.wholes import add_wholes

MOST_TOLD = 5000
BATCH = 5000
CHUNK = 1 << 20
YEARS = range(1900, 2101)
Progress = Callable[[int], None]


@dataclass(slots=True)
class Ledger:
    """What was read so far: lines with a code, those taken, those rejected and why."""

    rows: int = 0
    accepted: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)
    untold: int = 0

    def reject(self, line: int, reason: str) -> None:
        """Keep why a line is left out; beyond many, only their number."""
        if len(self.rejected) < MOST_TOLD:
            self.rejected.append((line, reason))
        else:
            self.untold += 1

    def told(self) -> tuple[tuple[int, str], ...]:
        """Return the lines rejected, by line, the last one counting those not told."""
        lines = sorted(self.rejected)
        if self.untold:
            lines.append(
                (lines[-1][0], f"et {counted(self.untold, 'autre ligne', 'autres lignes')}")
            )
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class Draft:
    """A table read and not yet taken in. ``path`` is its temporary dataset.

    ``remarks`` are doubts that refuse nothing and must be read before it is taken in.
    """

    path: Path
    rows: int
    accepted: int
    rejected: tuple[tuple[int, str], ...]
    indicators: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    source: str = ""
    name: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    sheet: str = ""
    remarks: tuple[str, ...] = ()


def read_draft(
    file: Path,
    mapping: TableMapping,
    geography: Geography,
    out: Path,
    *,
    today: date,
    progress: Progress = lambda _line: None,
) -> Draft:
    """Return the draft of ``file``, written at ``out``; BadDataError when it is no table."""
    tables = open_tables(file, mapping.separator, mapping.sheet)
    header = find_header(tables, mapping)
    if isinstance(header, NoHeader):
        return Draft(out, 0, 0, ((header.line, header.reason),))
    fault = _unusable(header)
    if fault:
        return Draft(out, 0, 0, ((header.line, fault),))
    ledger = Ledger()
    try:
        return _read(file, header, geography, out, ledger, today, progress)
    except (OSError, sqlite3.OperationalError) as error:
        raise BadDataError(
            "la lecture s’est arrêtée, le dossier temporaire est plein ou le fichier a été retiré.",
            "Libérez de la place, puis recommencez. Rien n’a été changé.",
            file=file.name,
        ) from error


def _read(
    file: Path,
    header: Header,
    geography: Geography,
    out: Path,
    ledger: Ledger,
    today: date,
    progress: Progress,
) -> Draft:
    connection = dataset_file.create(out)
    try:
        taker = _Taker(connection, header, geography, ledger)
        taker.take(progress)
        settle_moves(connection, header.mapping, geography, ledger.reject, _less(ledger))
        add_wholes(connection, header.mapping, geography)
        draft = _finished(connection, file, header, ledger, out, today)
        return replace(draft, remarks=taker.remarks())
    finally:
        connection.close()


def _less(ledger: Ledger) -> Callable[[int], None]:
    def less(lines: int) -> None:
        ledger.accepted -= lines

    return less


def _unusable(header: Header) -> str:
    mapping = header.mapping
    if not mapping.source and not all(one.source for _, one in header.columns):
        return "la source du tableau n’est pas dite (« source »)"
    without = [one for _, one in header.columns if one.year is None]
    if without and mapping.year is None and header.year is None:
        return "l’année des valeurs n’est pas dite (« year »)"
    if header.line in header.table.merged:
        return f"l’en-tête a des cellules fusionnées ({header.table.merged[header.line]})"
    return ""


@dataclass(slots=True)
class _Taker:
    """Takes the lines under the header into the dataset."""

    connection: sqlite3.Connection
    header: Header
    geography: Geography
    ledger: Ledger
    seen: dict[int | None, dict[str, int]] = field(default_factory=dict)
    batch: list[dataset_file.Figure] = field(default_factory=list)
    spreads: dict[int, Spread] = field(default_factory=dict)

    def take(self, progress: Progress) -> None:
        try:
            for line, cells in self.header.table.lines():
                if line > self.header.line and any(one.strip() for one in cells):
                    self._line(line, cells)
                if line % BATCH == 0:
                    progress(line)
        except UnreadableLineError as error:
            self.ledger.rows += 1
            self.ledger.reject(*error.args)
        self._flush()
        if not self.ledger.rows:
            self.ledger.reject(self.header.line, "aucune ligne sous l’en-tête")

    def remarks(self) -> tuple[str, ...]:
        """Return the doubts that the values leave, column by column."""
        columns = dict(self.header.columns)
        said = (self.spreads[place].remark(columns[place]) for place in self.spreads)
        return tuple(one for one in said if one)

    def _line(self, line: int, cells: Sequence[str]) -> None:
        header = self.header
        if line == header.line + 1 and self._is_units(cells):
            return
        self.ledger.rows += 1
        reason = self._shape(line, cells) or self._values(line, cells)
        if reason:
            self.ledger.reject(line, reason)
        else:
            self.ledger.accepted += 1
            if len(self.batch) >= BATCH:
                self._flush()

    def _is_units(self, cells: Sequence[str]) -> bool:
        code = self.header.code
        return 0 <= code < len(cells) and not cells[code].strip()

    def _shape(self, line: int, cells: Sequence[str]) -> str:
        header = self.header
        if line in header.table.merged:
            return f"des cellules sont fusionnées ({header.table.merged[line]})"
        if header.table.separator and len(cells) != header.width:
            more = sum(one.rstrip("\n").count("\n") for one in cells)
            if more:
                return f"un guillemet n’est pas fermé (lignes {line} à {line + more})"
            return (
                f"{counted(len(cells), 'cellule')} au lieu de {header.width}\u202f: séparateur,"
                " ou virgule de trop\u202f?"
            )
        return ""

    def _values(self, line: int, cells: Sequence[str]) -> str:
        mapping = self.header.mapping
        written = cells[self.header.code].strip() if self.header.code >= 0 else "FR"
        code = read_code(written, mapping.kind) if written else None
        if code is None:
            said = "le code est vide" if not written else f"« {written[:30]} » n’est pas un code"
            return f"{said} ({mapping.kind})"
        year, fault = self._year(cells)
        if fault:
            return fault
        seen = self.seen.setdefault(year, {})
        if code in seen:
            return f"le code {code} est déjà donné ligne {seen[code]}"
        known = self.geography.find(mapping.kind, code)
        if known is None:
            held = " de départ" if self.geography.starter else ""
            return f"le code {code} est inconnu du référentiel{held}"
        figures = []
        for place, column in self.header.columns:
            cell = read_cell(column, cells[place] if place < len(cells) else "")
            if cell.fault:
                return cell.fault
            self.spreads.setdefault(place, Spread()).add(cell.value)
            figures.append(
                (mapping.kind, known.code, known.name, code, line, column.kind.id,
                 column.year or year, cell.value, int(cell.secret), "")
            )  # fmt: skip
        seen[known.code if known.code == code else code] = line  # one text for all years
        self.batch += figures
        return ""

    def _year(self, cells: Sequence[str]) -> tuple[int | None, str]:
        place = self.header.year
        if place is None:
            return self.header.mapping.year, ""
        written = cells[place].strip() if place < len(cells) else ""
        if written.isdigit() and int(written) in YEARS:
            return int(written), ""
        return None, f"« {written[:30]} » n’est pas une année"

    def _flush(self) -> None:
        self.connection.executemany(dataset_file.INSERT, self.batch)
        self.batch.clear()


def _finished(
    connection: sqlite3.Connection,
    file: Path,
    header: Header,
    ledger: Ledger,
    out: Path,
    today: date,
) -> Draft:
    rows = connection.execute("SELECT DISTINCT year FROM figure WHERE year IS NOT NULL")
    years = tuple(sorted(year for (year,) in rows))
    columns = {one.kind.id: one for _, one in header.columns}
    meta = {
        "file": file.name,
        "sha256": _hash(file),
        "imported_on": today.isoformat(),
        "source": header.mapping.source,
        "sheet": header.table.name,
        "rows": ledger.rows,
        "accepted": ledger.accepted,
        "units": {key: one.unit for key, one in columns.items()},
        "sources": {key: one.source for key, one in columns.items() if one.source},
        "definitions": {key: one.definition for key, one in columns.items() if one.definition},
    }
    dataset_file.describe(connection, meta, [one.kind for one in columns.values()])
    return Draft(
        out,
        ledger.rows,
        ledger.accepted,
        ledger.told(),
        tuple(columns),
        years,
        header.mapping.source,
        file.name,
        tuple((one.header, one.kind.label) for _, one in header.columns),
        header.table.name,
    )


def _hash(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
