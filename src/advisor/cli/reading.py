"""Reads what the command line is given: files, standard input, dates, numbers.

Every failure is a French sentence that names what was given.
"""

import json
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, time
from pathlib import Path
from typing import Any

from advisor.domain.years import of_our_time
from advisor.errors import BadDataError, NotFoundError, UsageError

HALF_CHARACTER = (
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
INLINE = "correspondance"
CHECK_FILE = "Vérifiez que c’est bien le fichier voulu."
LARGEST_TEXT = 20_000_000  # bytes; a profile or a list of communes is far below


def iso_date(text: str) -> date:
    """Read ``YYYY-MM-DD``."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        try:
            read = date.fromisoformat(text)
        except ValueError:
            pass
        else:
            if of_our_time(read):
                return read
    raise UsageError(
        f"« {text} » n’est pas une date.", "Écrivez-la AAAA-MM-JJ, par exemple 2026-11-22."
    )


def clock_time(text: str) -> time:
    """Read ``HH:MM``."""
    found = re.fullmatch(r"(\d{1,2})[:hH](\d{2})", text)
    if found and int(found[1]) <= 23 and int(found[2]) <= 59:  # noqa: PLR2004  (a clock)
        return time(int(found[1]), int(found[2]))
    raise UsageError(f"« {text} » n’est pas une heure.", "Écrivez-la HH:MM, par exemple 09:30.")


def whole_number(text: str) -> int:
    """Read a number of things, one or more."""
    if re.fullmatch(r"\d{1,6}", text) and int(text) > 0:
        return int(text)
    raise UsageError(f"« {text} » n’est pas un nombre entier positif.", "Par exemple 10.")


def read_text(name: str, others: tuple[str, ...] = ()) -> str:
    """Return the text of the file named, or of standard input for ``-``.

    ``others`` are the encodings to try when it is not UTF-8 (a spreadsheet's CSV).
    """
    raw = _from_standard_input() if name == "-" else _from_file(Path(name))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        for one in others:
            with suppress(UnicodeDecodeError):
                return raw.decode(one)
        raise BadDataError(
            "ce fichier n’est pas en UTF-8.", "Enregistrez-le en UTF-8.", file=_shown(name)
        ) from error


def read_object(name: str) -> dict[str, Any]:
    """Return the JSON object of the file named, or of standard input for ``-``."""
    return _object(read_text(name), name)


def mapping_object(given: str) -> dict[str, Any]:
    """Return a JSON object written on the line itself (``{…}``), or in the file it names."""
    written = given.lstrip()
    return _object(written, INLINE) if written.startswith("{") else read_object(given)


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        read = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise BadDataError(
            f"ce n’est pas du JSON bien formé (colonne {error.colno}).",
            "Vérifiez les virgules, les guillemets et les accolades.",
            file=_shown(name),
            line=error.lineno,
        ) from error
    except (ValueError, RecursionError) as error:
        raise BadDataError(
            "ce JSON ne peut pas être lu.",
            "Il est trop imbriqué, ou un de ses nombres n’en est pas un (NaN, Infinity).",
            file=_shown(name),
        ) from error
    if not isinstance(read, Mapping):
        raise BadDataError(
            "un objet JSON { … } est attendu.",
            "Écrivez les champs par leur nom, entre accolades.",
            file=_shown(name),
        )
    _refuse_half_characters(text, name)
    return dict(read)


def readable_file(name: str) -> Path:
    """Return the path of a file that exists and can be read."""
    path = Path(name)
    _check(path)
    return path


def _shown(name: str) -> str:
    return "entrée standard" if name == "-" else Path(name).name


def _refuse_half_characters(text: str, name: str) -> None:
    """Refuse half of a character written alone (ud800): no file and no database can hold it."""
    found = re.search(HALF_CHARACTER, text)
    if found:
        raise BadDataError(
            f"le code {found[0]} n’est que la moitié d’un caractère.",
            "Écrivez le caractère lui-même, en UTF-8.",
            file=_shown(name),
            line=text.count("\n", 0, found.start()) + 1,
        )


def _refuse_constant(constant: str) -> float:
    raise ValueError(constant)


def _from_standard_input() -> bytes:
    if sys.stdin is None:
        raise NotFoundError("L’entrée standard est fermée.", "Nommez un fichier.")
    stream = getattr(sys.stdin, "buffer", None)
    raw = stream.read(LARGEST_TEXT + 1) if stream else sys.stdin.read().encode()
    if len(raw) > LARGEST_TEXT:
        raise BadDataError(
            "ce texte est trop long (plus de 20 Mo).", CHECK_FILE, file="entrée standard"
        )
    return bytes(raw)


def _from_file(path: Path) -> bytes:
    _check(path)
    if path.stat().st_size > LARGEST_TEXT:
        raise BadDataError("ce fichier est trop gros (plus de 20 Mo).", CHECK_FILE, file=path.name)
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path) from error


def _check(path: Path) -> None:
    try:
        if path.is_dir():
            raise NotFoundError(
                f"« {path} » est un dossier, un fichier est attendu.", "Nommez le fichier."
            )
        if not path.exists():
            raise NotFoundError(f"Le fichier « {path} » n’existe pas.", "Vérifiez son nom.")
        with path.open("rb"):
            pass
    except OSError as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> NotFoundError:
    return NotFoundError(
        f"Le fichier « {path} » ne peut pas être lu.",
        "Vérifiez son nom, et vos droits sur ce fichier.",
    )
