"""Reads bookings out of a file: CSV as offices write it, or an iCalendar export.

A bad line is reported with its number and the reason; the others are kept.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from advisor.domain.cases.appointment import Changed
from advisor.domain.cases.bookings import COLUMNS, Booking, plain
from advisor.errors import AdvisorError, BadDataError
from advisor.services.calendar_bookings import read_events
from advisor.services.openings import booking_of

BIGGEST = 20 * 1024 * 1024
SEPARATORS = ";,\t|"
MOST_LINES = 200  # lines one quoted cell may run over
NEEDED = ("departement", "date")
OTHER_NAMES = {
    "dept": "departement",
    "dep": "departement",
    "jour": "date",
    "date_rdv": "date",
    "horaire": "heure",
    "heure_debut": "heure",
    "nom_de_famille": "nom",
    "tel": "telephone",
    "mobile": "telephone",
    "mail": "email",
    "e_mail": "email",
    "courriel": "email",
    "adresse_mail": "email",
    "commune": "commune_souhaitee",
    "objet": "motif",
}


class Rejection(NamedTuple):
    """A line left out (counted from 1, header included) and why, in French."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: how many were added, were already there, and what was left out.

    ``cancelled`` events of a calendar are counted and not added; ``waiting`` bookings were not
    reached, when somebody stopped it: the same file brings them in later.
    """

    added: int
    already: int
    rejected: tuple[Rejection, ...]
    changes: tuple[Changed, ...] = ()
    cancelled: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class BookingFile:
    """What a file holds: bookings with their line, lines left out, cancelled events."""

    rows: list[tuple[int, Booking]]
    rejected: list[Rejection]
    cancelled: int = 0


Rows = list[tuple[int, Booking]]


def read_bookings(path: Path, today: date) -> BookingFile:
    """Return what a file holds; BadDataError when it is not one of bookings.

    A calendar event that repeats gives its dates of the twelve months from ``today``.
    """
    text = read_text(path)
    if text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        events = read_events(text, path, today)
        refused = [Rejection(*one) for one in events.refused]
        return BookingFile(events.rows, refused, events.cancelled)
    return BookingFile(*_read_csv(text, path))


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8 (with or without mark) or Windows-1252."""
    try:
        if path.stat().st_size > BIGGEST:
            raise BadDataError(
                "ce fichier est trop gros pour des réservations.",
                "Exportez seulement les rendez-vous à venir.",
                file=path.name,
            )
        raw = path.read_bytes()
    except OSError as error:
        raise BadDataError(
            "le fichier est introuvable ou ne peut pas être lu.",
            "Vérifiez son nom et son emplacement.",
            file=path.name,
        ) from error
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    if b"\0" in raw:
        raise BadDataError(
            "ce fichier n’est pas un texte (classeur, image, autre encodage\u202f?).",
            "Dans le tableur, enregistrez-le sous le format «\u202fCSV UTF-8\u202f».",
            file=path.name,
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _read_csv(text: str, path: Path) -> tuple[Rows, list[Rejection]]:
    lines = list(io.StringIO(text, newline=""))
    header_at = next((i for i, line in enumerate(lines) if _says_something(line)), None)
    if header_at is None:
        raise BadDataError("le fichier est vide.", "Exportez-le de nouveau.", file=path.name)
    separator = max(SEPARATORS, key=lines[header_at].count)
    columns = _columns(next(csv.reader([lines[header_at]], delimiter=separator)), path)
    rows: Rows = []
    rejected: list[Rejection] = []
    for line, cells in _records(lines, header_at + 1, separator, len(columns)):
        try:
            rows.append((line, _booking(columns, cells)))
        except AdvisorError as error:
            rejected.append(Rejection(line, f"{error.message} {error.hint}".strip()))
    return rows, rejected


def _says_something(line: str) -> bool:
    """Tell a header from a blank line and from the « sep=; » line spreadsheets put before it."""
    return bool(line.strip()) and not re.fullmatch(r"sep=.\s*", line, re.IGNORECASE)


def _records(
    lines: Sequence[str], start: int, separator: str, width: int
) -> Iterator[tuple[int, list[str] | None]]:
    """Give each record with the number of its first line, None when it is not readable.

    Blank lines are skipped. After an unreadable record the next line is read afresh, so that
    a quote left open never swallows the lines that follow it.
    """
    at = start
    while at < len(lines):
        cells, taken = _record(lines, at, separator, width)
        if cells is None or any(cell.strip() for cell in cells):
            yield at + 1, cells
        at += taken


def _record(
    lines: Sequence[str], at: int, separator: str, width: int
) -> tuple[list[str] | None, int]:
    """Return the cells of the record that starts on that line, and how many lines it takes."""
    following = (lines[i] for i in range(at, min(len(lines), at + MOST_LINES)))
    reader = csv.reader(following, delimiter=separator, strict=True)
    try:
        cells = next(reader)
    except csv.Error:
        return None, 1
    inside = (part for cell in cells if "\n" in cell for part in cell.splitlines()[1:])
    if any(part.count(separator) >= width - 1 for part in inside):
        return None, 1
    return cells, reader.line_num


def _columns(header: Sequence[str], path: Path) -> list[str]:
    names = [plain(name).replace(" ", "_") for name in header]
    columns = [OTHER_NAMES.get(name, name) for name in names]
    twice = [name for name in COLUMNS if columns.count(name) > 1]
    if twice:
        raise BadDataError(
            f"la colonne «\u202f{twice[0]}\u202f» est là deux fois.",
            "Gardez une seule colonne de ce nom.",
            file=path.name,
            line=1,
        )
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise BadDataError(
            f"il manque la colonne «\u202f{missing[0]}\u202f».",
            f"Première ligne attendue, dans n’importe quel ordre\u202f: {', '.join(COLUMNS)}.",
            file=path.name,
            line=1,
        )
    return columns


def _booking(columns: Sequence[str], cells: Sequence[str] | None) -> Booking:
    if cells is None:
        raise BadDataError(
            "Cette ligne n’est pas du CSV lisible\u202f: guillemet resté ouvert, case trop longue."
        )
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        raise BadDataError(f"{len(cells)} cases pour {len(columns)} colonnes.")
    given = {
        name: cell.strip()
        for name, cell in zip(columns, cells, strict=False)
        if name in COLUMNS and cell.strip()
    }
    if "date" not in given:
        raise BadDataError("Il manque la date.")
    if not any(given.get(name) for name in ("nom", "prenom", "telephone", "email")):
        raise BadDataError("Il manque de quoi reconnaître la personne (nom, téléphone…).")
    if "telephone" in given:
        given["telephone"] = _telephone(given["telephone"])
    return booking_of(given, date.min)


def _telephone(text: str) -> str:
    """Give back the zero a spreadsheet takes away from a French number."""
    digits = "".join(c for c in text if c.isdigit())
    lost = len(digits) == len("612345678") and not text.startswith(("0", "+"))
    return f"0{digits}" if lost else text
