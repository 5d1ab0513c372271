"""Reads a profile as it comes from a file or a form, and refuses bad values in French.

True on paper; no database, no window. Absent or null means « not known yet ».
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from advisor.domain.aids.situation import DATE_FIELDS
from advisor.domain.cases.profile_fields import FIELDS, Field, label_of, question_of
from advisor.domain.years import of_our_time
from advisor.errors import BadDataError

__all__ = [
    "FIELDS",
    "Field",
    "days_looked_at",
    "label_of",
    "named_quarter",
    "question_of",
    "read_profile",
]

TRUE_WORDS = frozenset({"true", "oui", "vrai", "1", "o"})
FALSE_WORDS = frozenset({"false", "non", "faux", "0", "n"})
LONGEST_SHOWN = 80  # characters of a wrong value repeated to the person
CORRECT_THIS = "Corrigez ce champ, ou laissez-le vide s’il n’est pas connu."


def _number(value: Any) -> float:
    if isinstance(value, bool):
        raise TypeError
    if isinstance(value, str):
        value = value.strip().replace("\u202f", "").replace(" ", "").replace(",", ".")
    number = float(value)
    if not 0 <= number < 1e12:  # noqa: PLR2004 - no euro, day or act count is beyond that
        raise ValueError
    return int(number) if number == int(number) else number


def _integer(value: Any) -> int:
    number = _number(value)
    if number != int(number):
        raise ValueError
    return int(number)


def _share(value: Any) -> float:
    number = _number(value)
    if number > 1:
        raise ValueError
    return number


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in TRUE_WORDS | FALSE_WORDS:
        return word in TRUE_WORDS
    raise ValueError


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    text = str(value).strip()
    if "/" in text:
        text = "-".join(reversed(text.split("/")))
    day = date.fromisoformat(text)
    if not of_our_time(day):
        raise ValueError
    return day


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "aucun"
    if not isinstance(value, str | int):
        raise TypeError
    return str(value).strip()


def _previous(value: Any) -> tuple[Mapping[str, Any], ...]:
    """Read the list of earlier aids: id, and when it was signed and ended if known."""
    if isinstance(value, str) or not isinstance(value, list | tuple):
        raise TypeError
    read = []
    for item in value:
        if not isinstance(item, Mapping) or not isinstance(item.get("id"), str) or not item["id"]:
            raise ValueError
        days = {key: _day(item[key]) for key in ("signed", "ended") if item.get(key)}
        read.append({"id": str(item["id"]), **days})
    return tuple(read)


READERS: Mapping[str, tuple[Callable[[Any], Any], str]] = {
    "bool": (_boolean, "répondez par oui ou par non"),
    "integer": (_integer, "donnez un nombre entier"),
    "number": (_number, "donnez un nombre"),
    "money": (_number, "donnez un montant en euros"),
    "share": (_share, "donnez une part entre 0 et 1 (0,8 pour 80\u202f%)"),
    "date": (_day, "donnez une date, par exemple 2026-03-01"),
    "text": (_text, "donnez un texte"),
    "list": (_previous, "donnez une liste d’aides avec leur identifiant et leur date"),
}


def read_value(name: str, value: Any) -> Any:
    """Return one value in its own type; BadDataError in French names the field."""
    field = FIELDS[name]
    if field.kind == "object":
        return _read_object(name, value)
    if field.kind == "choice":
        return _read_choice(field, value)
    reader, expected = READERS[field.kind]
    try:
        read = reader(value)
    except (TypeError, ValueError, OverflowError):
        raise _refused(field, value, expected) from None
    if field.highest is not None and read > field.highest:
        raise _refused(field, value, f"{expected}, {field.highest} au plus")
    return read


def _refused(field: Field, value: Any, expected: str) -> BadDataError:
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    if len(shown) > LONGEST_SHOWN:
        shown = f"{shown[:LONGEST_SHOWN]}…"
    return BadDataError(
        f"Le champ «\u202f{field.label}\u202f» ({field.name}) ne peut pas valoir "
        f"«\u202f{shown}\u202f»\u202f: {expected}.",
        CORRECT_THIS,
    )


def _read_choice(field: Field, value: Any) -> str:
    codes = [code for code, _ in field.choices]
    if not isinstance(value, str | int) or isinstance(value, bool) or str(value) not in codes:
        raise _refused(field, value, f"choisissez parmi {', '.join(codes)}")
    return str(value)


def _read_object(name: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _refused(FIELDS[name], value, "donnez ses champs par nom")
    known = {}
    for key, part in value.items():
        path = f"{name}.{key}"
        if part is not None and path in FIELDS:
            known[key] = read_value(path, part)
    return known


def read_profile(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return only the known fields, each in its own type; raise BadDataError on a bad value.

    A field that no rule knows is left out (``unknown_fields`` names them).
    """
    if not isinstance(raw, Mapping):
        raise BadDataError("Le profil doit être un objet JSON avec des champs nommés.", "")
    return {
        name: read_value(name, value)
        for name, value in raw.items()
        if value is not None and value != "" and name in FIELDS
    }


def unknown_fields(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of a profile that no rule knows, as typed."""
    nested = raw.get("project")
    inside = nested if isinstance(nested, Mapping) else {}
    return (
        *(name for name in raw if name not in FIELDS),
        *(f"project.{name}" for name in inside if f"project.{name}" not in FIELDS),
    )


NO_QPV = frozenset({"aucun", "aucune", "non", "hors qpv"})


def named_quarter(profile: Mapping[str, Any]) -> str | None:
    """Return the quartier prioritaire a profile names, None when it names none or says so."""
    named = profile.get("qpv")
    return None if named is None or str(named).lower() in NO_QPV else str(named)


def days_looked_at(profile: Mapping[str, Any], day: date) -> tuple[date, ...]:
    """Return the days whose zones the aids look at: the day asked and the dates given."""
    given = (profile.get(name) for name in DATE_FIELDS)
    days = [day, *(read_value("installation_date", held) for held in given if held)]
    return tuple(dict.fromkeys(days))
