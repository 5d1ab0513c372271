"""Frozen dataclasses to plain JSON values and back, for what must outlive the program.

True on paper; no file, no database. Knows text, numbers, booleans, dates, instants, enumerations,
tuples and frozen dataclasses; anything else is refused, so that nothing is frozen by accident.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from advisor.errors import BadDataError

Content = TypeVar("Content")


def freeze(value: Any) -> Any:
    """Return ``value`` as dictionaries, lists, text, numbers and booleans; dates as ISO text."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [freeze(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: freeze(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"cannot freeze {type(value).__name__}")


def with_texts(value: Content, change: Callable[[str], str]) -> Content:
    """Return the same content with every text changed, whatever its depth."""
    changed: Any = value
    if isinstance(value, str) and not isinstance(value, Enum):
        changed = change(value)
    elif isinstance(value, tuple):
        changed = tuple(with_texts(item, change) for item in value)
    elif is_dataclass(value) and not isinstance(value, type):
        held = {field.name: getattr(value, field.name) for field in fields(value)}
        changed = replace(value, **{name: with_texts(one, change) for name, one in held.items()})
    return changed  # type: ignore[no-any-return]


def thaw(kind: type[Content], value: Any) -> Content:
    """Return the ``kind`` that ``freeze`` made ``value`` from.

    A field that is absent takes its default (older content), a field that is not known is
    ignored (newer content); a required one that is missing raises BadDataError.
    """
    try:
        thawed: Content = _thaw(kind, value)
    except (KeyError, TypeError, ValueError) as error:
        raise BadDataError(
            "Le contenu gardé de ce document ne se relit pas.",
            "Réimprimez le document à partir de l’entretien.",
        ) from error
    return thawed


@cache
def _shape(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _thaw(kind: Any, value: Any) -> Any:
    if get_origin(kind) is tuple:
        return tuple(_thaw(get_args(kind)[0], item) for item in value)
    if NoneType in get_args(kind):
        known = next(one for one in get_args(kind) if one is not NoneType)
        return None if value is None else _thaw(known, value)
    if is_dataclass(kind):
        hints = _shape(kind)  # type: ignore[arg-type]
        parts = {name: _thaw(hints[name], part) for name, part in value.items() if name in hints}
        return kind(**parts)  # type: ignore[operator]
    return _thaw_plain(kind, value)


def _thaw_plain(kind: Any, value: Any) -> Any:
    if kind in {date, datetime}:
        return kind.fromisoformat(value)
    if issubclass(kind, Enum):
        return kind(value)
    if kind is float and type(value) is int:
        return float(value)
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} expected")
    return value
