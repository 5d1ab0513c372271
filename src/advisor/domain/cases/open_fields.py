"""A profile as single fields: an object inside it becomes one dotted field for each of its parts.

So two people who fill two parts of the same project never meet in one value. True on paper.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from advisor.domain.cases.profile import FIELDS, read_value
from advisor.errors import BadDataError


def checked_fields(given: Mapping[str, Any], *, present: Mapping[str, Any]) -> dict[str, Any]:
    """Return each field with its value as kept (JSON), objects spread out; None forgets a field.

    ``present`` is the flat profile already held: giving an object again, or None, forgets the
    parts it no longer has. Raises BadDataError for an unknown field or a bad value.
    """
    fields: dict[str, Any] = {}
    for name, value in given.items():
        if name not in FIELDS:
            raise BadDataError(
                f"«\u202f{name[:60]}\u202f» n’est pas un champ connu du profil.",
                "Vérifiez son orthographe\u202f; ceux de la réservation s’écrivent booking.x.",
            )
        if FIELDS[name].kind == "object":
            fields |= {held: None for held in present if held.startswith(f"{name}.")}
            fields |= _parts(name, value)
        else:
            fields[name] = _kept(name, value)
    return fields


def gathered(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the profile with its dotted fields put back into objects."""
    profile: dict[str, Any] = {}
    for name, value in fields.items():
        whole, dot, part = name.partition(".")
        if dot:
            profile.setdefault(whole, {})[part] = value
        else:
            profile[name] = value
    return profile


def _parts(name: str, value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    read_value(name, value)
    unknown = [part for part in value if f"{name}.{part}" not in FIELDS]
    if unknown:
        raise BadDataError(
            f"«\u202f{name}.{unknown[0][:60]}\u202f» n’est pas un champ connu du profil.",
            "Vérifiez son orthographe.",
        )
    return {f"{name}.{part}": _kept(f"{name}.{part}", held) for part, held in value.items()}


def _kept(name: str, value: Any) -> Any:
    return None if value is None or value == "" else _json(read_value(name, value))


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_json(part) for part in value]
    return value
