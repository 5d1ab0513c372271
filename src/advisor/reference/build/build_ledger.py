"""What a build has to tell: refused rows, remarks, sources read, the newest date found."""

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from advisor.domain.pack import PackInfo, PackSource
from advisor.errors import BadDataError

Progress = Callable[[str], None]
"""Called with a French sentence at each step of a long work."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not be used: ``file`` relative to the sources, ``line`` from 1."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: the pack's identity and the rows it had to leave out."""

    info: PackInfo
    rejected: tuple[Rejected, ...]


@dataclass(slots=True)
class Ledger:
    """Kept along a build.

    ``root`` is the folder of official files; ``recoded`` maps an old code to today's.
    """

    root: Path
    rejected: list[Rejected] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    sources: list[PackSource] = field(default_factory=list)
    newest: date | None = None
    recoded: dict[str, str] = field(default_factory=dict)

    def code(self, written: str) -> str:
        """Return today's code of a place written with the code it had in another year."""
        return self.recoded.get(written, written)

    def reject(self, file: str, line: int, reason: str) -> None:
        """Note a row left out."""
        self.rejected.append(Rejected(file, line, reason))

    def remark(self, text: str) -> None:
        """Note something to know about the pack, in French."""
        self.remarks.append(text)

    def saw(self, day: date) -> None:
        """Note a date found in a source."""
        if self.newest is None or day > self.newest:
            self.newest = day

    def source(self, file: str, title: str, publisher: str, licence: str, day: date | None) -> Path:
        """Note a file used and return its path; raises BadDataError when it is missing."""
        path = self.root / file
        if not path.is_file():
            raise BadDataError(
                "ce fichier officiel manque dans le dossier des sources.",
                "Téléchargez-le avec « advisor reference fetch », ou complétez le dossier.",
                file=file,
            )
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        self.sources.append(PackSource(file, title, publisher, licence, day, digest))
        if day is not None:
            self.saw(day)
        return path

    def has(self, file: str, what: str) -> bool:
        """Tell whether an optional file is there; when not, a remark says what is missing."""
        if (self.root / file).is_file():
            return True
        self.remark(f"{what} : le fichier {file} manque, le paquet est fait sans lui.")
        return False


def read_rows(
    path: Path, needed: tuple[str, ...], delimiter: str = ","
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, row) of a UTF-8 table; raises BadDataError when a column is missing."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter=delimiter, restval="")
        missing = [name for name in needed if name not in (reader.fieldnames or ())]
        if missing:
            raise BadDataError(
                f"il manque la colonne « {missing[0]} ».",
                "Vérifiez que le fichier est bien celui que nomme SOURCES.md.",
                file=path,
                line=1,
            )
        try:
            for row in reader:
                yield reader.line_num, row
        except (csv.Error, UnicodeDecodeError):
            raise BadDataError(
                "le fichier n’est pas un tableau en UTF-8 lisible.",
                "Téléchargez-le de nouveau.",
                file=path,
                line=reader.line_num,
            ) from None
