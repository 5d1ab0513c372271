"""Reads bookings out of a file: CSV as offices write it, or an iCalendar export.

A bad line is reported with its number and the reason; the others are kept.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from advisor.domain.appointment import Changed
from advisor.domain.bookings import COLUMNS, Booking, plain
from advisor.errors import AdvisorError, BadDataError
from advisor.services.calendar_bookings import read_events
from advisor.services.openings import booking_of

BIGGEST = 20 * 1024 * 1024
SEPARATORS = ";,\t|"
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
    """What an import did: how many were added, were already there, and what was left out."""

    added: int
    already: int
    rejected: tuple[Rejection, ...]
    changes: tuple[Changed, ...] = ()


Rows = list[tuple[int, Booking]]


def read_bookings(path: Path) -> tuple[Rows, list[Rejection]]:
    """Return the bookings with their line, and the lines left out; BadDataError when unreadable."""
    text = read_text(path)
    if text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        events, refused = read_events(text, path)
        return events, [Rejection(*one) for one in refused]
    return _read_csv(text, path)


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
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _read_csv(text: str, path: Path) -> tuple[Rows, list[Rejection]]:
    lines = text.splitlines()
    header_at = next((i for i, line in enumerate(lines) if line.strip()), None)
    if header_at is None:
        raise BadDataError("le fichier est vide.", "Exportez-le de nouveau.", file=path.name)
    separator = max(SEPARATORS, key=lines[header_at].count)
    columns = _columns(next(csv.reader([lines[header_at]], delimiter=separator)), path)
    rows: Rows = []
    rejected: list[Rejection] = []
    for line, cells in _records(text, separator, header_at):
        try:
            rows.append((line, _booking(columns, cells)))
        except AdvisorError as error:
            rejected.append(Rejection(line, f"{error.message} {error.hint}".strip()))
    return rows, rejected


def _records(text: str, separator: str, header_at: int) -> Iterator[tuple[int, list[str]]]:
    """Give each record with the number of its first line; the header and blanks are skipped."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadDataError(
                "cette ligne n’est pas du CSV lisible.",
                "Ouvrez le fichier dans un tableur et enregistrez-le de nouveau en CSV.",
                line=reader.line_num,
            ) from error
        line, before = before + 1, reader.line_num
        if line > header_at + 1 and any(cell.strip() for cell in cells):
            yield line, cells


def _columns(header: Sequence[str], path: Path) -> list[str]:
    names = [plain(name).replace(" ", "_") for name in header]
    columns = [OTHER_NAMES.get(name, name) for name in names]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise BadDataError(
            f"il manque la colonne «\u202f{missing[0]}\u202f».",
            f"Première ligne attendue, dans n’importe quel ordre\u202f: {', '.join(COLUMNS)}.",
            file=path.name,
            line=1,
        )
    return columns


def _booking(columns: Sequence[str], cells: Sequence[str]) -> Booking:
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
