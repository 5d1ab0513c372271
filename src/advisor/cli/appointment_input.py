"""Reads what an interview is given on the command line: bookings, fields, outcomes."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from advisor.domain.cases.appointment import Outcome, OutcomeKind
from advisor.domain.cases.bookings import COLUMNS as BOOKING_COLUMNS
from advisor.domain.cases.profile import FIELDS, read_value
from advisor.errors import BadDataError, UsageError

OUTCOME_KEYS = ("kind", "date", "commune", "how", "why", "satisfaction")


def new_interview(given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    """Return booking, profile and places of ``{"booking", "profile", "places"}``."""
    _refuse_unknown(given, ("booking", "profile", "places"))
    booking = _object(given, "booking")
    _refuse_unknown(booking, BOOKING_COLUMNS)
    places = [] if given.get("places") is None else given["places"]
    if not isinstance(places, list) or not all(isinstance(code, str) for code in places):
        raise BadDataError(
            "« places » attend une liste de codes INSEE.", "Entre guillemets, comme 77284."
        )
    profile = _object(given, "profile")
    return booking, {n: profile_value(n, v) for n, v in profile.items()}, list(places)


def assignments(words: Sequence[str]) -> dict[str, Any]:
    """Read ``FIELD=VALUE`` words; numbers, true, false, null and JSON are read as such."""
    fields: dict[str, Any] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.strip():
            raise UsageError(
                f"« {word} » n’est pas de la forme CHAMP=VALEUR.", "Par exemple sector=1."
            )
        fields[name.strip()] = _value(name.strip(), value)
    return fields


def outcome_given(given: Mapping[str, Any]) -> tuple[Outcome, int | None]:
    """Return the outcome, and the satisfaction from 1 to 5 when it is told with it."""
    _refuse_unknown(given, OUTCOME_KEYS)
    kinds = ", ".join(kind.value for kind in OutcomeKind)
    try:
        kind = OutcomeKind(given.get("kind", ""))
    except ValueError as error:
        raise BadDataError(
            f"« kind » attend l’une de ces issues : {kinds}.", "Choisissez l’une d’elles."
        ) from error
    told = Outcome(
        kind,
        _day(given.get("date")),
        *(_text(given, name) for name in ("commune", "how", "why")),
    )
    satisfaction = given.get("satisfaction")
    if satisfaction is not None and (
        not isinstance(satisfaction, int) or satisfaction not in range(1, 6)
    ):
        raise BadDataError(
            "« satisfaction » attend un nombre de 1 à 5.", "Ou laissez ce champ absent."
        )
    return told, satisfaction


def profile_value(name: str, value: Any) -> Any:
    """Return a profile value as it is kept; BadDataError names the field when it is wrong."""
    if name not in FIELDS:
        raise BadDataError(
            f"« {name} » n’est pas un champ connu.",
            "Champs : ceux du profil (profession, status, sector…), booking.x, status, recall_on.",
        )
    if value is not None:
        read_value(name, value)
    return value


def _value(name: str, text: str) -> Any:
    """Text fields stay text; elsewhere a word that is JSON is read as JSON."""
    if name.startswith("booking.") or name in {"status", "recall_on"}:
        return text or None
    return profile_value(name, _loaded(name, text))


def _loaded(name: str, text: str) -> Any:
    if name in FIELDS and FIELDS[name].kind in {"choice", "text", "date"}:
        return None if text in {"", "null"} else text
    try:
        return json.loads(text, parse_constant=lambda _: text)
    except ValueError:
        return text or None


def _day(value: Any) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise BadDataError(f"« {value} » n’est pas une date.", "Écrivez-la AAAA-MM-JJ.") from error


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name) or ""
    if not isinstance(value, str):
        raise BadDataError(f"« {name} » attend un texte.", "Mettez-le entre guillemets.")
    return value


def _object(given: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = {} if given.get(name) is None else given[name]
    if not isinstance(value, Mapping):
        raise BadDataError(
            f"« {name} » attend un objet JSON {{ … }}.", "Écrivez ses champs par leur nom."
        )
    return dict(value)


def _refuse_unknown(given: Mapping[str, Any], known: Sequence[str]) -> None:
    strange = [name for name in given if name not in known]
    if strange:
        raise BadDataError(
            f"« {strange[0]} » n’est pas un champ connu.", f"Champs connus : {', '.join(known)}."
        )
