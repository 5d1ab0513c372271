"""Frozen domain objects to plain JSON values and back, guided by their type hints.

Knows no particular type: dates become ISO text, enumerations their value, tuples lists. A field
equal to its default is not written. A field may be a type or None, not one of several types.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")
Decoder = Callable[[Any], Any]


def to_plain(value: object) -> Any:
    """Return ``value`` as JSON values (dict, list, text, numbers, None)."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: to_plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if not _is_default(field, getattr(value, field.name))
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return value


def from_plain(kind: type[T], plain: object) -> T:
    """Return the object of type ``kind`` that ``to_plain`` wrote."""
    decode: Decoder = _decoder(cast("Any", kind))
    return cast("T", decode(plain))


def _is_default(field: "dataclasses.Field[Any]", content: object) -> bool:
    if field.default is not dataclasses.MISSING:
        return bool(content == field.default)
    if field.default_factory is not dataclasses.MISSING:
        return bool(content == field.default_factory())
    return False


@cache
def _decoder(kind: Any) -> Decoder:
    origin = typing.get_origin(kind)
    if origin in {typing.Union, types.UnionType}:
        return _optional(typing.get_args(kind))
    if origin is tuple:
        inner = _decoder(typing.get_args(kind)[0])
        return lambda plain: tuple(inner(item) for item in plain)
    if origin is not None and issubclass(origin, Mapping):
        inner = _decoder(typing.get_args(kind)[1])
        return lambda plain: {key: inner(item) for key, item in plain.items()}
    if dataclasses.is_dataclass(kind):
        return _dataclass_decoder(cast("type", kind))
    return _scalar(kind)


def _scalar(kind: Any) -> Decoder:
    if isinstance(kind, type) and issubclass(kind, date | time):
        return kind.fromisoformat
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return lambda plain: plain


def _optional(kinds: tuple[Any, ...]) -> Decoder:
    real = [one for one in kinds if one is not type(None)]
    if len(real) != 1:
        return lambda plain: plain
    inner = _decoder(real[0])
    return lambda plain: None if plain is None else inner(plain)


def _dataclass_decoder(kind: type) -> Decoder:
    hints = typing.get_type_hints(kind)
    inner = {field.name: _decoder(hints[field.name]) for field in dataclasses.fields(kind)}

    def build(plain: Mapping[str, Any]) -> Any:
        return kind(**{name: inner[name](item) for name, item in plain.items()})

    return build
